import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../ports.js';

/** Waits; passed in so that tests need not. */
export type Pause = (milliseconds: number) => Promise<unknown>;

/**
 * How long an answer takes at least. The steps are the same for a name that somebody has and one that nobody has, but the
 * documents that they read are not of one size: what is left of the difference drowns in a wait that is longer than the work,
 * by up to a quarter more each time, since even the end of a timer shows what was done before it.
 */
export const REFUSAL_MS = 100;
export const RESET_MS = 100;
export const EMAIL_CHANGE_MS = 100;
export const REGISTRATION_MS = 250;

interface Deps { readonly pause?: Pause; readonly random: Random }

/** Starts to wait now; the process need not stay for it. */
export function pausing(deps: Deps, milliseconds: number): Promise<unknown> {
  const more = (Buffer.from(deps.random.token(1), 'base64url')[0] ?? 0) / 255 / 4;
  return (deps.pause ?? ((ms) => sleep(ms, undefined, { ref: false })))(milliseconds * (1 + more));
}

/** Answers, or fails, no sooner than after so long. */
export async function noSoonerThan<T>(deps: Deps, milliseconds: number, work: () => Promise<T>): Promise<T> {
  const pause = pausing(deps, milliseconds);
  try {
    return await work();
  } finally {
    await pause;
  }
}
