/** What operators and staff do with accounts: look, unlock, close, erase. */
import { NO_ATTEMPTS } from '../../domain/account.js';
import { GatewayError } from '../../domain/errors.js';
import { endEmailChange, removeEmailChangesOf } from '../changes/email-change.js';
import { removeDeliveriesOf } from '../delivery/outbox.js';
import { removeDownloadsOf } from '../housing/statement-downloads.js';
import { removeKeysOf } from '../idempotency.js';
import { removeMailTo } from '../mail/outbox.js';
import { removePaymentsOf } from '../payments/records.js';
import { identifiersOf, NOBODY_YET } from './accounts.js';
import { noteEvent, ofPerson, type Doer } from '../audit/event.js';
import { erasedName, type Subject } from '../audit/entry.js';
import { forgetSubject } from '../audit/prune.js';
import type { AuditTrail } from '../audit/trail.js';
import { attemptsOfAccount, putAttempts } from './attempts.js';
import type { IdentityDeps } from './deps.js';
import { KIND, personId, type AccountRecord, type PersonRecord } from './records.js';
import { removeSessions } from './sessions.js';
import { showAccount, summaryOf, type AccountSummary } from './summaries.js';
import { removeIfThere, transact, type Transaction } from './transaction.js';


export { accountsFor, showAccount, type AccountSummary } from './summaries.js';

export type AdministrationDeps = Pick<IdentityDeps, 'store' | 'clock' | 'log' | 'random'>;

/** Who does it, and why: both go on record. */
export interface Doing {
  readonly by: Doer;
  readonly reason: string;
}

const notFound = (): GatewayError => new GatewayError('NOT_FOUND', 'There is no such account.');

/** Changes an account in one step and says what it then looks like. @throws NOT_FOUND. */
async function change(
  deps: AdministrationDeps, id: string, { by, reason }: Doing, action: 'unlocked' | 'closed',
  step: (transaction: Transaction, account: AccountRecord) => Promise<AccountRecord>,
): Promise<AccountSummary> {
  const changed = await transact(deps.store, async (transaction) => {
    const account = await transaction.get<AccountRecord>(KIND.account, id);
    if (!account) return null;
    const next = await step(transaction, account);
    transaction.put(KIND.account, id, next);
    await noteEvent(transaction, deps, by, `${action} the account`, ofPerson(account.personReference), reason);
    return next;
  });
  if (!changed) throw notFound();
  deps.log.info({ event: `account_${action}`, account: id }, 'an account was changed by staff');
  return summaryOf(deps, changed);
}

/** Ends every lock of an account. @throws NOT_FOUND. */
export function unlockAccount(deps: AdministrationDeps, id: string, doing: Doing): Promise<AccountSummary> {
  return change(deps, id, doing, 'unlocked', async (transaction, account) => {
    const attempts = attemptsOfAccount(id);
    await transaction.get(KIND.attempts, attempts);
    putAttempts(deps, transaction, attempts, NO_ATTEMPTS);
    return account;
  });
}

/** Ends an account and its sessions; its e-mail address and its person can then open another one. @throws NOT_FOUND. */
export function closeAccount(deps: AdministrationDeps, id: string, doing: Doing): Promise<AccountSummary> {
  return change(deps, id, doing, 'closed', async (transaction, account) => {
    if (account.closedAt !== null) return account;
    await release(transaction, account);
    return { ...account, sessions: [], devices: [], temporary: null, closedAt: deps.clock().toISOString() };
  });
}

/** Takes an account's names, sessions and attempts away, and sets its person free. */
async function release(transaction: Transaction, account: AccountRecord): Promise<void> {
  await removeSessions(transaction, account.sessions);
  await endEmailChange(transaction, account);
  for (const name of identifiersOf(account)) {
    // A closed account's names may have gone to another one.
    const pointer = await transaction.get<{ readonly accountId: string }>(KIND.identifier, name);
    if (pointer?.accountId === account.id) transaction.remove(KIND.identifier, name);
  }
  await removeIfThere(transaction, KIND.attempts, attemptsOfAccount(account.id));
  const at = personId(account.personReference);
  const person = await transaction.get<PersonRecord>(KIND.person, at);
  if (person?.accountId === account.id) transaction.put(KIND.person, at, { ...NOBODY_YET, personReference: account.personReference } satisfies PersonRecord);
}

/**
 * Removes a person from the store: account, identifiers, devices, sessions, registrations, queued mail, what they asked for, and
 * payments that have ended (one that has not goes on without the account). The audit trail stays whole, but leads to them no more.
 * @param id as `showAccount` takes it. @throws NOT_FOUND.
 */
export async function eraseAccount(deps: AdministrationDeps & { readonly audit: AuditTrail }, id: string, { by, reason }: Doing): Promise<void> {
  const summary = await showAccount(deps, id);
  if (!summary) throw notFound();
  const at = personId(summary.personReference);
  const held = (await deps.store.get<PersonRecord>(KIND.person, at))?.value;
  // Where this account was closed, the person may have another one: that stays, and so does what is known of it.
  const wholly = !held || held.accountId === null || held.accountId === summary.id;
  if (wholly) await forgetInTrail(deps, summary.personReference, 'first', { by, reason });
  await transact(deps.store, async (transaction) => {
    const account = await transaction.get<AccountRecord>(KIND.account, summary.id);
    if (account) {
      await release(transaction, account);
      transaction.remove(KIND.account, account.id);
    }
    const person = await transaction.get<PersonRecord>(KIND.person, at);
    if (person && person.accountId !== null && person.accountId !== summary.id) return;
    if (person) transaction.remove(KIND.person, at);
    const registrationId = person?.registrationId ?? summary.id;
    await removeIfThere(transaction, KIND.registration, registrationId);
    await removeIfThere(transaction, KIND.mismatch, at);
  });
  // After the account, so that nothing new can be queued for it while this looks.
  await removeDeliveriesOf(deps.store, summary.id, deps.clock().getTime());
  await removeEmailChangesOf(deps.store, summary.id);
  await removePaymentsOf(deps.store, summary.id);
  await removeKeysOf(deps.store, summary.id);
  await removeDownloadsOf(deps.store, summary.id);
  await removeMailTo(deps.store, { accountId: summary.id, ...(summary.email !== '' && { to: summary.email }) });
  // Somebody may have signed in or looked at the account while it was still there.
  if (wholly) await forgetInTrail(deps, summary.personReference, 'again', { by, reason });
  deps.log.info({ event: 'account_erased', account: summary.id }, 'an account was erased by staff');
}

/**
 * Takes the person's name out of the trail, which says so: `first` before anything else of them goes, so that what is cut short can be
 * begun again, and `again` where the trail has got another name for them meanwhile.
 */
async function forgetInTrail(
  { store, audit, clock }: AdministrationDeps & { readonly audit: AuditTrail }, personReference: string, time: 'first' | 'again', { by, reason }: Doing,
): Promise<void> {
  await audit.chainPending();
  const name = await forgetSubject(store, ofPerson(personReference));
  if (name === null && time === 'again') return;
  const subject: Subject = { kind: 'person', reference: name === null ? 'erased' : erasedName(name) };
  await audit.record([{ at: clock().toISOString(), ...by, action: 'erased a person', subject, reason }]);
}
