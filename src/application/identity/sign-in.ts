import { UNKNOWN_DEVICE, type Bucket } from '../../domain/account.js';
import type { Landlord } from '../../domain/landlord.js';
import { noteEvent, ofPerson, TENANT } from '../audit/event.js';
import { sha256 } from '../sha256.js';
import { clearAttempts, subjectNamed, tryPassword } from './attempts.js';
import type { IdentityDeps } from './deps.js';
import { pausing, REFUSAL_MS } from './even-time.js';
import { KIND, type AccountRecord } from './records.js';
import { same } from './secrets.js';
import { addSession, newSession, tokensFor, type Session } from './sessions.js';
import { transact } from './transaction.js';

export interface SignInInput {
  /** The e-mail address, or the user ID where the landlord uses one. */
  readonly identifier: string;
  readonly password: string;
  readonly sharedComputer: boolean;
  readonly deviceToken?: string | null | undefined;
}

export type SignInResult =
  | { readonly outcome: 'SIGNED_IN' | 'MUST_CHANGE_PASSWORD'; readonly message: string; readonly session: Session }
  | { readonly outcome: 'REFUSED'; readonly message: string; readonly session: null };

/** Devices that an account knows; the one not seen for longest makes room. */
const MOST_DEVICES = 10;

/** The landlord's number for questions about accounts. */
export const phoneNumber = ({ phoneLines }: Landlord): string => phoneLines[0]?.number ?? '';

/** One answer for every cause, and it ends with whom to phone. */
export function refusal(landlord: Landlord): string {
  return `We could not sign you in with those details. Check them and try again, or ask for a new password. If that does not help, phone us on ${phoneNumber(landlord)}.`;
}

export const refused = (message: string): SignInResult => ({ outcome: 'REFUSED', message, session: null });

/** The seal of a temporary password as it stands in an account: bound to the account, so that no other one's fits. */
export const temporarySeal = (deps: Pick<IdentityDeps, 'hasher'>, accountId: string, password: string): string =>
  deps.hasher.seal('temporary-password', `${accountId} ${password.trim()}`);

/** A device that signs in: kept under its token's hash. */
export function withDevice(account: AccountRecord, token: string): AccountRecord {
  const bucket = sha256(token);
  return { ...account, devices: [bucket, ...account.devices.filter((held) => held !== bucket)].slice(0, MOST_DEVICES) };
}

const bucketOf = (account: AccountRecord | null, deviceToken: string | null): Bucket => {
  const bucket = deviceToken === null ? UNKNOWN_DEVICE : sha256(deviceToken);
  return account?.devices.includes(bucket) ? bucket : UNKNOWN_DEVICE;
};

/**
 * Signs a tenant in. The same work is done for a name that nobody has, or that is locked: a hash is verified in any case.
 * @param address the network address, for the count of failures. @throws TOO_MANY_REQUESTS when too many passwords are being
 * verified, SERVICE_UNAVAILABLE when the store is.
 */
export async function signIn(deps: IdentityDeps, input: SignInInput, address: string | null = null): Promise<SignInResult> {
  const pause = pausing(deps, REFUSAL_MS);
  try {
    const result = await tryToSignIn(deps, input);
    if (result) return result;
  } catch (error) {
    await pause;
    throw error;
  }
  deps.watch?.failed(address);
  await pause;
  return refused(refusal(deps.landlord));
}

async function tryToSignIn(deps: IdentityDeps, input: SignInInput): Promise<SignInResult | null> {
  const subject = await subjectNamed(deps, input.identifier);
  const { account } = subject;
  const presented = input.deviceToken ?? null;
  const bucket = bucketOf(account, presented);
  const seal = temporarySeal(deps, account?.id ?? subject.id, input.password);
  const temporary = account?.temporary ?? null;
  const byTemporary = same(temporary?.seal ?? null, seal) && temporary !== null && deps.clock().getTime() < Date.parse(temporary.expiresAt);

  return tryPassword(deps, subject, bucket, input.password,
    // Argon2 runs once whichever of the two passwords it is.
    async () => (account ? await deps.hasher.verify(account.passwordHash, input.password) : await deps.hasher.verifyDecoy(input.password)) || byTemporary,
    async () => (account ? enter(deps, account, { ...input, bucket, deviceToken: presented, temporarySeal: byTemporary ? seal : null }) : null));
}

interface Entry {
  readonly sharedComputer: boolean;
  readonly bucket: Bucket;
  readonly deviceToken: string | null;
  /** Of the temporary password, where it was that one. */
  readonly temporarySeal: string | null;
}

/** Opens a session for a password that was right for `verified`; null where the account has changed since. */
async function enter(deps: IdentityDeps, verified: AccountRecord, entry: Entry): Promise<SignInResult | null> {
  const known = entry.bucket === UNKNOWN_DEVICE ? null : entry.deviceToken;
  const deviceToken = entry.sharedComputer ? null : known ?? deps.random.token(32);
  const created = await transact(deps.store, async (transaction) => {
    const held = await transaction.get<AccountRecord>(KIND.account, verified.id);
    // The password was verified outside this step: it must still be the account's, and a temporary one not used meanwhile.
    if (!held || held.closedAt !== null || held.passwordHash !== verified.passwordHash) return null;
    if (entry.temporarySeal !== null && held.temporary?.seal !== entry.temporarySeal) return null;
    const account = deviceToken === null ? held : withDevice(held, deviceToken);
    const session = newSession(deps, account, {
      sharedComputer: entry.sharedComputer, temporarySeal: entry.temporarySeal,
      bucket: deviceToken === null ? entry.bucket : sha256(deviceToken),
    });
    transaction.put(KIND.account, account.id, {
      ...account,
      temporary: entry.temporarySeal === null ? account.temporary : null,
      sessions: await addSession(transaction, account, session.record),
      lastSignInAt: deps.clock().toISOString(),
    } satisfies AccountRecord);
    await clearAttempts(deps, transaction, account, entry.bucket);
    await noteEvent(transaction, deps, TENANT, entry.temporarySeal === null ? 'signed in' : 'signed in with a temporary password', ofPerson(account.personReference));
    return session;
  });
  if (!created) return null;
  const session = await tokensFor(deps, created.record, created.refreshToken, deviceToken);
  return entry.temporarySeal === null
    ? { outcome: 'SIGNED_IN', message: 'You are signed in.', session }
    : { outcome: 'MUST_CHANGE_PASSWORD', message: 'Choose a new password to go on.', session };
}
