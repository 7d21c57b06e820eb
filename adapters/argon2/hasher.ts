import { createHmac } from 'node:crypto';
import { hash, verify, type Algorithm } from '@node-rs/argon2';
import pLimit from 'p-limit';
import { GatewayError } from '../../src/domain/errors.js';
import type { PasswordHasher } from '../../src/application/ports.js';

/** Argon2id (2: the library's enumeration is a const one), 19 MiB, two passes, one lane. */
const OPTIONS = { algorithm: 2 as Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const AT_ONCE = 2;
const MOST_WAITING = 100;

export interface HasherOptions {
  /** Kept outside the store: a stolen store alone cannot be guessed against. */
  readonly pepper: Uint8Array;
  /** For `password_verifications_total`. */
  readonly onVerify?: (kind: 'account' | 'decoy') => void;
}

/** Passwords by argon2id over an HMAC, at most two at once, and no endless queue. */
export async function argon2Hasher({ pepper, onVerify }: HasherOptions): Promise<PasswordHasher> {
  const queue = pLimit(AT_ONCE);
  const peppered = (password: string): string => createHmac('sha256', pepper).update(password.normalize('NFC'), 'utf8').digest('base64');
  const queued = <T>(work: () => Promise<T>): Promise<T> => {
    if (queue.pendingCount >= MOST_WAITING) {
      throw new GatewayError('TOO_MANY_REQUESTS', 'Too many people are signing in just now. Please try again in a minute.');
    }
    return queue(work);
  };
  const decoy = await hash(peppered('a name that nobody has'), OPTIONS);
  return {
    hash: async (password) => queued(() => hash(peppered(password), OPTIONS)),
    verify: async (held, password) => queued(() => {
      onVerify?.('account');
      return verify(held, peppered(password));
    }),
    verifyDecoy: async (password) => {
      await queued(() => {
        onVerify?.('decoy');
        return verify(decoy, peppered(password));
      });
      return false;
    },
    // A key for each purpose, so that no seal can stand in for another, nor for a password.
    seal: (purpose, text) => createHmac('sha256', createHmac('sha256', pepper).update(`seal:${purpose}`).digest()).update(text, 'utf8').digest('base64url'),
  };
}
