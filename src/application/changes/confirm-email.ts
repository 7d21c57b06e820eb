import { GatewayError, invalidInput } from '../../domain/errors.js';
import { noteEvent, ofPerson, TENANT } from '../audit/event.js';
import { askedAt } from '../delivery/record.js';
import type { Access } from '../housing/access.js';
import { identifierId, KIND, type AccountRecord } from '../identity/records.js';
import { same } from '../identity/secrets.js';
import { phoneNumber } from '../identity/sign-in.js';
import { transact, type Transaction } from '../identity/transaction.js';
import { queueMail } from '../mail/outbox.js';
import { emailChange, emailCodeSeal, putEmailChange, waitsForCode, type EmailChange } from './email-change.js';
import { openAccount, queueChange, tenantAsking, type ChangeAnswer, type ChangeDeps, type Tenant } from './own.js';

export interface ConfirmEmailInput {
  /** As `updateContactDetails` gave it. */
  readonly changeReference: string;
  readonly code: string;
}

/**
 * Makes a new e-mail address the account's for the code that was sent there. The code is looked at, counted and used in one step;
 * the same code again gives the same answer.
 * @throws NOT_FOUND for a change that is somebody else's, and just so for none; INVALID_INPUT for a code that is wrong, too old, or tried
 * too often; CONFLICT where the address has got another account meanwhile; FORBIDDEN for staff.
 */
export async function confirmEmail(deps: ChangeDeps, access: Access, { changeReference, code }: ConfirmEmailInput): Promise<ChangeAnswer> {
  const tenant = tenantAsking(access);
  const reference = changeReference.trim().toUpperCase();
  const presented = emailCodeSeal(deps, reference, code.trim());
  const came = await transact(deps.store, (transaction) => tryCode(transaction, deps, access.now, { tenant, reference, presented }));
  switch (came) {
    case 'CONFIRMED':
      return { outcome: 'APPLIED', reference, message: 'Your new e-mail address is confirmed, and you sign in with it from now on. It can take a few minutes until it shows with your other details.' };
    case 'TAKEN':
      throw new GatewayError('CONFLICT', `This e-mail address has been given to another account meanwhile. Use another one, or phone us on ${phoneNumber(deps.landlord)}.`, { field: 'changeReference' });
    case 'NO_SUCH_CHANGE':
      throw new GatewayError('NOT_FOUND', 'You have asked for no change of that reference that has to be confirmed.', { field: 'changeReference' });
    case 'REFUSED':
      throw invalidInput('code', `That code did not work. Check capitals and small letters, and use the newest code that we sent. If that does not help, ask for the change again, or phone us on ${phoneNumber(deps.landlord)}.`);
  }
}

interface Trying {
  readonly tenant: Tenant;
  readonly reference: string;
  readonly presented: string;
}

/** What a try came to; a wrong one is counted. */
async function tryCode(
  transaction: Transaction, deps: ChangeDeps, now: Date, { tenant, reference, presented }: Trying,
): Promise<'CONFIRMED' | 'TAKEN' | 'REFUSED' | 'NO_SUCH_CHANGE'> {
  const change = await emailChange(transaction, reference);
  if (change?.accountId !== tenant.accountId) return 'NO_SUCH_CHANGE';
  const right = same(change.codeSeal, presented);
  if ((change.state === 'CONFIRMED' || change.state === 'TAKEN') && right) return change.state;
  if (!waitsForCode(change, now.getTime())) return 'REFUSED';
  if (!right) {
    putEmailChange(transaction, { ...change, tries: change.tries + 1 });
    return 'REFUSED';
  }
  const state = (await moveAddress(transaction, deps, await openAccount(transaction, tenant), change)) ? 'CONFIRMED' : 'TAKEN';
  putEmailChange(transaction, { ...change, state });
  if (state === 'CONFIRMED') await queueEmail(transaction, deps, change, now);
  return state;
}

/** Gives the account its new name and sets the old one free. @returns false where somebody else has the new one. */
async function moveAddress(transaction: Transaction, deps: ChangeDeps, account: AccountRecord, { email }: EmailChange): Promise<boolean> {
  const [from, to] = [identifierId(account.email), identifierId(email)];
  if (await transaction.get(KIND.identifier, to)) return false;
  const old = await transaction.get<{ readonly accountId: string }>(KIND.identifier, from);
  if (old?.accountId === account.id) transaction.remove(KIND.identifier, from);
  transaction.put(KIND.identifier, to, { accountId: account.id });
  // A temporary password that waits in the old mailbox goes with the old address; the account's own stays.
  transaction.put(KIND.account, account.id, { ...account, email, temporary: null } satisfies AccountRecord);
  await queueMail(transaction, deps, { to: account.email, accountId: account.id, template: 'email-changed' });
  await noteEvent(transaction, deps, TENANT, 'changed the account\'s e-mail address', ofPerson(account.personReference));
  return true;
}

async function queueEmail(transaction: Transaction, deps: ChangeDeps, { reference: wanted, accountId, personReference, tenancyReference, email }: EmailChange, now: Date): Promise<void> {
  await queueChange(transaction, deps, (reference) => ({
    kind: 'contact-details', reference, accountId, personReference, tenancyReference,
    contact: { phones: null, correspondenceAddress: null, email }, ...askedAt(now),
  }), wanted);
}
