/** A new e-mail address of an account, which counts once the code that was sent to it comes back. One at a time for each person. */
import { CODE_TRIES, countOn, counted, EMAIL_CODES_A_DAY, type DayCount } from '../../domain/account.js';
import { DAY_MS, nextOvernight } from '../../domain/calendar.js';
import { GatewayError, invalidInput } from '../../domain/errors.js';
import { noteEvent, ofPerson, TENANT } from '../audit/event.js';
import type { Documents } from '../identity/documents.js';
import { identifierId, identifierKey, KIND, personId, type AccountRecord } from '../identity/records.js';
import { newChangeReference, newCode } from '../identity/secrets.js';
import { removeOfAccount, type Transaction } from '../identity/transaction.js';
import { queueMail } from '../mail/outbox.js';
import type { PersonReference, TenancyReference } from '../ports.js';
import type { ChangeDeps } from './own.js';

const CHANGE_KIND = 'email-change';
/** Leads from a person to their latest one. */
const OF_PERSON = 'email-change-of-person';

/** How long a code that was used gives the same answer, and one that was not is refused as its owner's. */
const KEPT_MS = 30 * DAY_MS;

export interface EmailChange {
  readonly reference: string;
  readonly accountId: string;
  readonly personReference: PersonReference;
  readonly tenancyReference: TenancyReference;
  /** As it was typed; compared without case. */
  readonly email: string;
  readonly codeSeal: string;
  readonly codeExpiresAt: string;
  readonly tries: number;
  readonly requestedAt: string;
  readonly state:
    | 'WAITING'
    /** Another one was asked for since, or the account was closed. */
    | 'REPLACED'
    | 'CONFIRMED'
    /** Its code was right, but the address had got another account meanwhile. */
    | 'TAKEN';
}

interface LatestOfPerson {
  readonly accountId: string;
  readonly latest: string;
  /** Codes sent to new addresses. */
  readonly codes: DayCount;
}

/** What is kept of a code; bound to its change, so that no other one's fits. */
export const emailCodeSeal = ({ hasher }: Pick<ChangeDeps, 'hasher'>, reference: string, code: string): string =>
  hasher.seal('email-code', `${reference} ${code}`);

export const emailChange = (transaction: Pick<Transaction, 'get'>, reference: string): Promise<EmailChange | null> =>
  transaction.get<EmailChange>(CHANGE_KIND, reference);

/** It must have been read in this transaction. */
export function putEmailChange(transaction: Transaction, change: EmailChange): void {
  transaction.put(CHANGE_KIND, change.reference, change, { expiresAt: Date.parse(change.requestedAt) + KEPT_MS });
}

/** Whether its code can still be used. @param now milliseconds. */
export const waitsForCode = ({ state, tries, codeExpiresAt }: EmailChange, now: number): boolean =>
  state === 'WAITING' && tries < CODE_TRIES && now < Date.parse(codeExpiresAt);

export interface AskedEmail {
  readonly email: string;
  readonly tenancyReference: TenancyReference;
  readonly now: Date;
}

/**
 * Opens a change in place of the one before, sends its code to the new address and tells the old one. Where the new address opens
 * another account, its owner is told instead, and the same is written: the code is nobody's. @returns its reference.
 * @throws INVALID_INPUT for the address that the account has; TOO_MANY_REQUESTS.
 */
export async function askForEmail(transaction: Transaction, deps: ChangeDeps, account: AccountRecord, { email, tenancyReference, now }: AskedEmail): Promise<string> {
  const { personReference, id: accountId } = account;
  if (identifierKey(email) === identifierKey(account.email)) throw invalidInput('input.email', 'This is the e-mail address of your account already.');
  const at = personId(personReference);
  const before = await transaction.get<LatestOfPerson>(OF_PERSON, at);
  const codes = before?.accountId === accountId ? before.codes : null;
  if (countOn(codes, now) >= EMAIL_CODES_A_DAY) throw new GatewayError('TOO_MANY_REQUESTS', 'We have sent as many codes as we send in one day. Use the newest one, or try again tomorrow.');
  const replaced = before && (await emailChange(transaction, before.latest));
  if (replaced?.state === 'WAITING') putEmailChange(transaction, { ...replaced, state: 'REPLACED' });

  const taken = (await transaction.get(KIND.identifier, identifierId(email))) !== null;
  const reference = await freeReference(transaction, deps);
  const code = newCode(deps.random);
  const expiresAt = nextOvernight(now).toISOString();
  putEmailChange(transaction, {
    reference, accountId, personReference, tenancyReference, email, codeSeal: emailCodeSeal(deps, reference, code), codeExpiresAt: expiresAt,
    tries: 0, requestedAt: now.toISOString(), state: 'WAITING',
  });
  transaction.put(OF_PERSON, at, { accountId, latest: reference, codes: counted(codes, now) } satisfies LatestOfPerson, { expiresAt: now.getTime() + KEPT_MS });
  await queueMail(transaction, deps, taken
    ? { to: email, accountId, template: 'email-in-use' }
    : { to: email, accountId, template: 'email-change-code', code, changeReference: reference, expiresAt });
  await queueMail(transaction, deps, { to: account.email, accountId, template: 'email-change-asked' });
  await noteEvent(transaction, deps, TENANT, 'asked for another e-mail address', ofPerson(personReference));
  return reference;
}

async function freeReference(transaction: Transaction, { random }: ChangeDeps): Promise<string> {
  for (;;) {
    const reference = newChangeReference(random);
    if ((await emailChange(transaction, reference)) === null) return reference;
  }
}

/** Ends a change that waits, where its account is closed. */
export async function endEmailChange(transaction: Transaction, { id, personReference }: AccountRecord): Promise<void> {
  const pointer = await transaction.get<LatestOfPerson>(OF_PERSON, personId(personReference));
  const change = pointer?.accountId === id ? await emailChange(transaction, pointer.latest) : null;
  if (change?.state === 'WAITING') putEmailChange(transaction, { ...change, state: 'REPLACED' });
}

/** The person's change that still waits for its code; null where there is none. @param now milliseconds. */
export async function emailChangeOf(documents: Documents, person: PersonReference, now: number): Promise<EmailChange | null> {
  const pointer = await documents.get<LatestOfPerson>(OF_PERSON, personId(person));
  const change = pointer && (await documents.get<EmailChange>(CHANGE_KIND, pointer.value.latest))?.value;
  return change && waitsForCode(change, now) ? change : null;
}

/** Removes an erased account's changes, and what leads to them. */
export async function removeEmailChangesOf(documents: Documents, accountId: string): Promise<void> {
  for (const kind of [CHANGE_KIND, OF_PERSON]) await removeOfAccount(documents, kind, accountId);
}
