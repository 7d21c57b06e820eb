/** Staff's sign-in on its way through the provider: kept for ten minutes, used once, and only by the browser that began it. */
import { same } from '../identity/secrets.js';
import { transact } from '../identity/transaction.js';
import type { Clock, Log, Random, Store } from '../ports.js';
import { sha256 } from '../sha256.js';
import type { SignInStart, StaffIdentity, StaffPerson, StaffRefusal } from './identity.js';

const STAFF_SIGN_IN_KIND = 'staff-sign-in';
export const STAFF_SIGN_IN_SECONDS = 10 * 60;
const BROWSER_BYTES = 32;

export interface StaffSignInDeps {
  readonly staff: StaffIdentity;
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Under the hash of the state, which travels in addresses. */
interface StaffSignInRecord {
  readonly nonce: string;
  readonly verifier: string;
  readonly browserHash: string;
  readonly expiresAt: string;
}

/** @returns where to send the browser, and what it must bring back in a cookie. @throws SERVICE_UNAVAILABLE. */
export async function beginStaffSignIn({ staff, store, clock, random }: StaffSignInDeps, redirectUri: string): Promise<{ readonly url: string; readonly browser: string }> {
  const { url, state, nonce, verifier }: SignInStart = await staff.begin(redirectUri);
  const browser = random.token(BROWSER_BYTES);
  const expiresAt = clock().getTime() + STAFF_SIGN_IN_SECONDS * 1000;
  const record: StaffSignInRecord = { nonce, verifier, browserHash: sha256(browser), expiresAt: new Date(expiresAt).toISOString() };
  await store.commit([{ kind: STAFF_SIGN_IN_KIND, id: sha256(state), ifVersion: 0, value: record, expiresAt }]);
  return { url, browser };
}

/** Why nobody was signed in: the attempt is not this browser's, or too old, or was used; or the provider did not vouch for anybody. */
export type StaffSignInFailure = StaffRefusal | 'NOT_BEGUN_HERE' | 'NOT_VOUCHED_FOR';

/**
 * Ends a sign-in that the browser brings back from the provider. Whatever comes of it, it cannot be brought again.
 * @param browser what the browser was given at the beginning. @throws SERVICE_UNAVAILABLE.
 */
export async function completeStaffSignIn(
  { staff, store, clock, log }: StaffSignInDeps, answered: URL, browser: string | undefined,
): Promise<StaffPerson | StaffSignInFailure> {
  const state = answered.searchParams.get('state') ?? '';
  const begun = await transact(store, async (transaction) => {
    const record = await transaction.get<StaffSignInRecord>(STAFF_SIGN_IN_KIND, sha256(state));
    // Another browser's is left alone: whoever sends it must not be able to spoil it.
    if (!record || browser === undefined || !same(record.browserHash, sha256(browser))) return null;
    transaction.remove(STAFF_SIGN_IN_KIND, sha256(state));
    return clock().getTime() < Date.parse(record.expiresAt) ? record : null;
  });
  const outcome = begun ? await staff.complete(answered, { state, nonce: begun.nonce, verifier: begun.verifier }) ?? 'NOT_VOUCHED_FOR' : 'NOT_BEGUN_HERE';
  if (typeof outcome === 'string') log.info({ event: 'staff_sign_in_refused', reason: outcome }, 'somebody was not signed in as staff');
  else log.info({ event: 'staff_signed_in', role: outcome.role }, 'somebody signed in as staff');
  return outcome;
}
