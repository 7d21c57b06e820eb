/** How what could not be sent is tried again: the same for mail and deliveries. */
import type { Random } from './ports.js';

/** A claim outlasts the deadline of what is called by this: for slow stores, and for the clocks of several gateways. */
export const CLAIM_MARGIN_MS = 15_000;

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 5 * 60_000;

/**
 * Full jitter: any time up to the longest, so that a crowd held up together does not come back together.
 * @param failures in a row, from 1 on. @returns milliseconds.
 */
export function retryIn(random: Random, failures: number): number {
  const part = Buffer.from(random.token(4), 'base64url').readUInt32BE() / 2 ** 32;
  return Math.round(part * Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 30)));
}
