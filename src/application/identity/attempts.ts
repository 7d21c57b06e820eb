/** How a password is tried: counted before it is looked at, by whichever name it is tried for, whether anybody has it or not. */
import { attempt, hardLocked, lockOf, NO_ATTEMPTS, onlyDevices, succeeded, takenBack, type Attempts, type Bucket } from '../../domain/account.js';
import { HOUR_MS } from '../../domain/calendar.js';
import { GatewayError } from '../../domain/errors.js';
import { noteEvent, ofPerson, TENANT } from '../audit/event.js';
import { queueMail } from '../mail/outbox.js';
import { pretend } from './decoys.js';
import type { IdentityDeps } from './deps.js';
import { identifierId, KIND, type AccountRecord } from './records.js';
import { oneAtATime } from './serial.js';
import { transact, type Transaction } from './transaction.js';

/** Whose password is tried. A name that nobody has is counted and locked as an account is, so that both cost the same work. */
export interface Subject {
  /** Of the attempts' document. */
  readonly id: string;
  readonly account: AccountRecord | null;
}

/** Attempts at a name that nobody has are forgotten after this long. */
const NAME_HOURS = 24;

/** After so long, a hard lock that the owner was not told of belongs to a process that died before it could tell them. */
const ANNOUNCE_AFTER_MS = 60_000;

export const attemptsOfAccount = (accountId: string): string => `account:${accountId}`;

export async function subjectNamed(deps: Pick<IdentityDeps, 'store'>, identifier: string): Promise<Subject> {
  const name = identifierId(identifier);
  const pointer = await deps.store.get<{ readonly accountId: string }>(KIND.identifier, name);
  // Read either way: a name that nobody has takes as many steps as another.
  const found = await deps.store.get<AccountRecord>(KIND.account, pointer?.value.accountId ?? name);
  const account = found?.value.closedAt === null ? found.value : null;
  return { account, id: account ? attemptsOfAccount(account.id) : `name:${name}` };
}

export async function readAttempts(transaction: Transaction, id: string): Promise<Attempts> {
  return (await transaction.get<Attempts>(KIND.attempts, id)) ?? NO_ATTEMPTS;
}

export function putAttempts(deps: Pick<IdentityDeps, 'clock'>, transaction: Transaction, id: string, attempts: Attempts): void {
  const forgotten = deps.clock().getTime() + NAME_HOURS * HOUR_MS;
  transaction.put(KIND.attempts, id, attempts, { expiresAt: id.startsWith('name:') ? forgotten : null });
}

/** The password was right: its bucket starts afresh, and those of devices that are no longer known go. */
export async function clearAttempts(deps: Pick<IdentityDeps, 'clock'>, transaction: Transaction, account: AccountRecord, bucket: Bucket): Promise<void> {
  const id = attemptsOfAccount(account.id);
  putAttempts(deps, transaction, id, onlyDevices(succeeded(await readAttempts(transaction, id), bucket), account.devices));
}

/** The instant of the attempt, which `takenBack` wants; null where the bucket is locked, and then nothing is written. */
function reserve(deps: IdentityDeps, { id }: Subject, bucket: Bucket): Promise<number | null> {
  return transact(deps.store, async (transaction) => {
    const now = deps.clock().getTime();
    const next = attempt(await readAttempts(transaction, id), bucket, now);
    if (!next) return null;
    putAttempts(deps, transaction, id, next);
    return now;
  });
}

/**
 * Puts a new lock on record, and tells the owner of a hard one, once. For a name that nobody has as much is written, and nobody is
 * told.
 */
async function announce(deps: IdentityDeps, { id, account }: Subject, bucket: Bucket, after: number): Promise<void> {
  await transact(deps.store, async (transaction) => {
    const held = await readAttempts(transaction, id);
    const now = deps.clock().getTime();
    const lock = lockOf(held, bucket, now);
    if (held.announced || !lock || now - lock.since < after) return;
    const hard = hardLocked(held);
    // A soft lock that was not put on record when it came is over soon; what a dead process left untold is the hard one.
    if (!hard && after > 0) return;
    putAttempts(deps, transaction, id, { ...held, announced: hard });
    if (hard && account) await queueMail(transaction, deps, { to: account.email, accountId: account.id, template: 'account-locked' });
    if (account) await noteEvent(transaction, deps, TENANT, hard ? 'was locked out until staff unlock the account' : 'was locked out for a while', ofPerson(account.personReference));
    else await pretend(transaction, deps.random, hard ? ['lock-mail', 'lock-event'] : ['lock-event']);
  });
}

/**
 * Tries a password, at most as often as the locks allow. Attempts at one name from one bucket take turns within this
 * process, so that a right password is not refused for others that are being verified beside it.
 * @param verify looks at the password, of an account or of nobody. @param succeed makes what a right one opens, in one step
 * that also clears the count with `clearAttempts`. @returns null where the password is wrong or the bucket is locked.
 */
export async function tryPassword<T>(
  deps: IdentityDeps, subject: Subject, bucket: Bucket, password: string,
  verify: () => Promise<boolean>, succeed: () => Promise<T | null>,
): Promise<T | null> {
  const tried = await oneAtATime(deps.store, `${subject.id} ${bucket}`, async (): Promise<{ readonly result: T | null } | 'locked'> => {
    const at = await reserve(deps, subject, bucket);
    if (at === null) return 'locked';
    try {
      if (await verify()) return { result: await succeed() };
    } catch (error) {
      if (error instanceof GatewayError && error.code === 'TOO_MANY_REQUESTS') {
        await transact(deps.store, async (transaction) => putAttempts(deps, transaction, subject.id, takenBack(await readAttempts(transaction, subject.id), bucket, at)));
      }
      throw error;
    }
    await announce(deps, subject, bucket, 0);
    return { result: null };
  });
  if (tried !== 'locked') return tried.result;
  await announce(deps, subject, bucket, ANNOUNCE_AFTER_MS);
  await deps.hasher.verifyDecoy(password);
  return null;
}
