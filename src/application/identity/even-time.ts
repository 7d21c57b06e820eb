import { setTimeout as sleep } from 'node:timers/promises';

/** Waits; passed in so that tests need not. */
export type Pause = (milliseconds: number) => Promise<unknown>;

/**
 * How long an answer takes at least. The steps are the same for a name that somebody has and one that nobody has, but the
 * documents that they read are not of one size: what is left of the difference drowns in a wait that is longer than the work.
 */
export const REFUSAL_MS = 100;
export const RESET_MS = 100;
export const REGISTRATION_MS = 250;

/** Starts to wait now; the process need not stay for it. */
export const pausing = (deps: { readonly pause?: Pause }, milliseconds: number): Promise<unknown> =>
  (deps.pause ?? ((ms) => sleep(ms, undefined, { ref: false })))(milliseconds);

/** Answers, or fails, no sooner than after so long. */
export async function noSoonerThan<T>(deps: { readonly pause?: Pause }, milliseconds: number, work: () => Promise<T>): Promise<T> {
  const pause = pausing(deps, milliseconds);
  try {
    return await work();
  } finally {
    await pause;
  }
}
