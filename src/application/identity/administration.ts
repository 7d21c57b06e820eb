/** What operators and staff do with accounts: look, unlock, close, erase. */
import { NO_ATTEMPTS } from '../../domain/account.js';
import { GatewayError } from '../../domain/errors.js';
import { removeDeliveriesOf } from '../delivery/outbox.js';
import { removeKeysOf } from '../idempotency.js';
import { removeMailTo } from '../mail/outbox.js';
import { removePaymentsOf } from '../payments/records.js';
import { identifiersOf, NOBODY_YET } from './accounts.js';
import { attemptsOfAccount, putAttempts } from './attempts.js';
import type { IdentityDeps } from './deps.js';
import { KIND, personId, type AccountRecord, type PersonRecord } from './records.js';
import { removeSessions } from './sessions.js';
import { showAccount, summaryOf, type AccountSummary } from './summaries.js';
import { transact, type Transaction } from './transaction.js';

export { listAccounts, showAccount } from './summaries.js';
export type { AccountState, AccountSummary, ListAccountsInput } from './summaries.js';

export type AdministrationDeps = Pick<IdentityDeps, 'store' | 'clock' | 'log'>;

/** What staff did stays with the account, the latest of it. */
const MOST_ACTIONS = 20;

const notFound = (): GatewayError => new GatewayError('NOT_FOUND', 'There is no such account.');

function noted(deps: AdministrationDeps, account: AccountRecord, action: 'unlocked' | 'closed', by: string, reason: string): AccountRecord {
  return { ...account, staffActions: [...account.staffActions, { action, by, reason, at: deps.clock().toISOString() }].slice(-MOST_ACTIONS) };
}

/** Changes an account in one step and says what it then looks like. @throws NOT_FOUND. */
async function change(
  deps: AdministrationDeps, id: string, event: string, step: (transaction: Transaction, account: AccountRecord) => Promise<AccountRecord>,
): Promise<AccountSummary> {
  const changed = await transact(deps.store, async (transaction) => {
    const account = await transaction.get<AccountRecord>(KIND.account, id);
    if (!account) return null;
    const next = await step(transaction, account);
    transaction.put(KIND.account, id, next);
    return next;
  });
  if (!changed) throw notFound();
  deps.log.info({ event, account: id }, 'an account was changed by staff');
  return summaryOf(deps, changed);
}

/** Ends every lock of an account. @throws NOT_FOUND. */
export function unlockAccount(deps: AdministrationDeps, id: string, by: string, reason: string): Promise<AccountSummary> {
  return change(deps, id, 'account_unlocked', async (transaction, account) => {
    const attempts = attemptsOfAccount(id);
    await transaction.get(KIND.attempts, attempts);
    putAttempts(deps, transaction, attempts, NO_ATTEMPTS);
    return noted(deps, account, 'unlocked', by, reason);
  });
}

/** Ends an account and its sessions; its e-mail address and its person can then open another one. @throws NOT_FOUND. */
export function closeAccount(deps: AdministrationDeps, id: string, by: string, reason: string): Promise<AccountSummary> {
  return change(deps, id, 'account_closed', async (transaction, account) => {
    if (account.closedAt !== null) return account;
    await release(transaction, account);
    return {
      ...noted(deps, account, 'closed', by, reason),
      sessions: [], devices: [], temporary: null, closedAt: deps.clock().toISOString(),
    };
  });
}

/** Takes an account's names, sessions and attempts away, and sets its person free. */
async function release(transaction: Transaction, account: AccountRecord): Promise<void> {
  await removeSessions(transaction, account.sessions);
  for (const name of identifiersOf(account)) {
    // A closed account's names may have gone to another one.
    const pointer = await transaction.get<{ readonly accountId: string }>(KIND.identifier, name);
    if (pointer?.accountId === account.id) transaction.remove(KIND.identifier, name);
  }
  if (await transaction.get(KIND.attempts, attemptsOfAccount(account.id))) transaction.remove(KIND.attempts, attemptsOfAccount(account.id));
  const at = personId(account.personReference);
  const person = await transaction.get<PersonRecord>(KIND.person, at);
  if (person?.accountId === account.id) transaction.put(KIND.person, at, { ...NOBODY_YET, personReference: account.personReference } satisfies PersonRecord);
}

/**
 * Removes a person from the store: account, identifiers, devices, sessions, registrations, queued mail, and payments that have ended
 * (one that has not goes on without the account).
 * @param id as `showAccount` takes it. @throws NOT_FOUND.
 */
export async function eraseAccount(deps: AdministrationDeps, id: string, _by: string, _reason: string): Promise<void> {
  const summary = await showAccount(deps, id);
  if (!summary) throw notFound();
  await transact(deps.store, async (transaction) => {
    const account = await transaction.get<AccountRecord>(KIND.account, summary.id);
    if (account) {
      await release(transaction, account);
      transaction.remove(KIND.account, account.id);
    }
    const at = personId(summary.personReference);
    const person = await transaction.get<PersonRecord>(KIND.person, at);
    // Where this account was closed, the person may have another one: that stays, and so does what is known of it.
    if (person && person.accountId !== null && person.accountId !== summary.id) return;
    if (person) transaction.remove(KIND.person, at);
    const registrationId = person?.registrationId ?? summary.id;
    if (await transaction.get(KIND.registration, registrationId)) transaction.remove(KIND.registration, registrationId);
    if (await transaction.get(KIND.mismatch, at)) transaction.remove(KIND.mismatch, at);
  });
  // After the account, so that nothing new can be queued for it while this looks.
  await removeDeliveriesOf(deps.store, summary.id);
  await removePaymentsOf(deps.store, summary.id);
  await removeKeysOf(deps.store, summary.id);
  await removeMailTo(deps.store, { accountId: summary.id, ...(summary.email !== '' && { to: summary.email }) });
  deps.log.info({ event: 'account_erased', account: summary.id }, 'an account was erased by staff');
}
