import { HOUR_MS } from '../../domain/calendar.js';
import { GatewayError, invalidInput } from '../../domain/errors.js';
import { normalEmail } from '../../domain/registration.js';
import { doerOf, noteEvent, ofPerson } from '../audit/event.js';
import type { Access } from '../housing/access.js';
import { newAccount, putAccount } from '../identity/accounts.js';
import { KIND, personId, type AccountRecord, type PersonRecord } from '../identity/records.js';
import { newTemporaryPassword, TEMPORARY_PASSWORD_HOURS } from '../identity/secrets.js';
import { temporarySeal } from '../identity/sign-in.js';
import { summaryOf, type AccountSummary } from '../identity/summaries.js';
import { removeIfThere, transact } from '../identity/transaction.js';
import { queueMail } from '../mail/outbox.js';
import type { PersonReference } from '../ports.js';
import { requireIssuing, type StaffDeps } from './accounts.js';

export interface IssueLoginInput {
  readonly personReference: PersonReference;
  readonly email: string;
  readonly reason: string;
}

/**
 * Opens an account for a tenant whose written request staff have checked: a user ID and a temporary password go to an address that
 * the legacy system holds for that person. @throws FORBIDDEN where the landlord's staff do not, INVALID_INPUT, CONFLICT where the
 * person or the address has an account.
 */
export async function issueLogin(deps: StaffDeps, access: Access, { personReference, email, reason }: IssueLoginInput): Promise<AccountSummary> {
  requireIssuing(deps, access);
  const by = doerOf(access.requireStaff());
  const [people, tenancies] = await Promise.all([deps.legacy.people.byReferences([personReference]), access.ofPersons([personReference])]);
  const person = people.get(personReference);
  if (!person || !tenancies.get(personReference)?.some(({ status }) => status === 'CURRENT')) {
    throw invalidInput('input.personReference', 'Nobody of that reference answers for a current tenancy.');
  }
  await access.seenPeople([person.reference]);
  const held = person.contact.emails.find((address) => normalEmail(address) === normalEmail(email));
  if (held === undefined) throw invalidInput('input.email', 'The housing system does not hold that address for this person. Change it there first.');

  const password = newTemporaryPassword(deps.random);
  // Nobody knows this one: the temporary password is the only way in.
  const passwordHash = await deps.hasher.hash(deps.random.token(32));
  const made = newAccount(deps, { personReference: person.reference, email: held, displayName: person.name.full, passwordHash, dateOfBirth: person.dateOfBirth });
  const expiresAt = new Date(deps.clock().getTime() + TEMPORARY_PASSWORD_HOURS * HOUR_MS).toISOString();
  const account: AccountRecord = { ...made, temporary: { seal: temporarySeal(deps, made.id, password), expiresAt } };
  await transact(deps.store, async (transaction) => {
    if (!(await putAccount(transaction, account))) {
      throw new GatewayError('CONFLICT', 'This person or this address has an account already. Unlock it, or have them ask for a new password.', { field: 'input.personReference' });
    }
    const at = personId(person.reference);
    const record = await transaction.get<PersonRecord>(KIND.person, at);
    const registration = record?.registrationId ?? null;
    if (record && registration !== null) {
      await removeIfThere(transaction, KIND.registration, registration);
      transaction.put(KIND.person, at, { ...record, registrationId: null } satisfies PersonRecord);
    }
    await removeIfThere(transaction, KIND.mismatch, at);
    await queueMail(transaction, deps, { to: held, accountId: account.id, template: 'login-issued', userId: account.userId, password, expiresAt });
    await noteEvent(transaction, deps, by, 'issued a login', ofPerson(person.reference), reason);
  });
  return summaryOf(deps, account);
}
