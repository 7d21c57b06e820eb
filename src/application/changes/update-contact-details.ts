import { readContact, type AskedContact, type ContactChange } from '../../domain/contact-change.js';
import { askedAt } from '../delivery/record.js';
import type { Access } from '../housing/access.js';
import { firstAnswer, once, type KeyedRequest } from '../idempotency.js';
import { EMAIL_CHANGE_MS, noSoonerThan, type Pause } from '../identity/even-time.js';
import type { AccountRecord } from '../identity/records.js';
import type { Transaction } from '../identity/transaction.js';
import type { TenancyReference } from '../ports.js';
import { askForEmail } from './email-change.js';
import { openAccount, queueChange, tenancyOf, tenantAsking, type ChangeAnswer, type ChangeDeps, type Tenant } from './own.js';

export interface UpdateContactDetailsInput extends AskedContact {
  readonly idempotencyKey: string;
}

/**
 * Takes new phone numbers and a new address for letters, which will reach the legacy system; a new e-mail address waits for its code.
 * What is answered for an address that opens another account is what is answered for any other.
 * @throws FORBIDDEN for staff, INVALID_INPUT, TOO_MANY_REQUESTS, CONFLICT where the key was used for something else.
 */
export async function updateContactDetails(deps: ChangeDeps & { readonly pause?: Pause }, access: Access, input: UpdateContactDetailsInput): Promise<ChangeAnswer> {
  const tenant = tenantAsking(access);
  const asked = readContact(input);
  const request: KeyedRequest = {
    accountId: tenant.accountId, idempotencyKey: input.idempotencyKey, now: access.now,
    content: ['updateContactDetails', asked.phones, asked.correspondenceAddress, asked.email],
  };
  const work = async (): Promise<ChangeAnswer> => {
    const earlier = await firstAnswer<ChangeAnswer>(deps.store, request);
    if (earlier) return earlier;
    const tenancyReference = await tenancyOf(access);
    return once(deps.store, request, async (transaction) => take(transaction, deps, access.now, { tenant, asked, tenancyReference }));
  };
  return asked.email === null ? work() : noSoonerThan(deps, EMAIL_CHANGE_MS, work);
}

interface Taking {
  readonly tenant: Tenant;
  readonly asked: ContactChange;
  readonly tenancyReference: TenancyReference;
}

/** Writes down what counts at once, and opens what waits for its code. */
async function take(transaction: Transaction, deps: ChangeDeps, now: Date, taking: Taking): Promise<ChangeAnswer> {
  const account = await openAccount(transaction, taking.tenant);
  const { asked: { phones, correspondenceAddress, email }, tenancyReference } = taking;
  const reference = phones || correspondenceAddress ? await queueContact(transaction, deps, now, account, taking) : null;
  if (email === null) return applied(reference as string);
  const change = await askForEmail(transaction, deps, account, { email, tenancyReference, now });
  return { outcome: 'CONFIRM_BY_EMAIL', reference: change, message: confirmMessage(reference) };
}

function queueContact(
  transaction: Transaction, deps: ChangeDeps, now: Date, { id: accountId, personReference }: AccountRecord, { asked, tenancyReference }: Taking,
): Promise<string> {
  return queueChange(transaction, deps, (reference) => ({
    kind: 'contact-details', reference, accountId, personReference, tenancyReference,
    contact: { ...asked, email: null }, ...askedAt(now),
  }));
}

function applied(reference: string): ChangeAnswer {
  return {
    outcome: 'APPLIED', reference,
    message: `We have your new details. Their reference is ${reference}. It can take a few minutes until they show here: until then you see them as on their way.`,
  };
}

function confirmMessage(reference: string | null): string {
  const words = ['To confirm the new e-mail address, enter the code that is on its way to it, exactly as it is written. It stops working overnight, and until then your old address counts.'];
  if (reference !== null) words.push(`Your other details are on their way already: their reference is ${reference}.`);
  words.push('If no code comes, look in your junk folder, and check the address.');
  return words.join(' ');
}
