import { createHash } from 'node:crypto';
import type { Clock } from '../src/application/ports.js';

interface Remembering<T> {
  /** How many tokens at once; the oldest goes first. */
  readonly most: number;
  readonly clock: Clock;
  /** What a token says, and until when, in milliseconds; null for one that is not good, which is not remembered. */
  readonly check: (token: string) => Promise<{ readonly says: T; readonly until: number } | null>;
}

/** Checks tokens, each once for as long as it lives. What a good one says is kept under its hash, so that no token is. */
export function remembered<T>({ most, clock, check }: Remembering<T>): (token: string) => Promise<T | null> {
  const kept = new Map<string, { readonly says: T; readonly until: number }>();
  return async (token) => {
    const key = createHash('sha256').update(token).digest('base64');
    const known = kept.get(key);
    if (known && known.until > clock().getTime()) return known.says;
    kept.delete(key);
    const checked = await check(token);
    if (!checked) return null;
    // Oldest first: a Map keeps the order of insertion.
    const oldest = kept.size >= most ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    kept.set(key, checked);
    return checked.says;
  };
}
