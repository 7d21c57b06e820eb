import { countOn, counted, FAILED_REGISTRATIONS_A_DAY, NOTICES_A_DAY, RESENT_CODES_A_DAY, type DayCount } from '../../domain/account.js';
import { HOUR_MS, londonDay, nextOvernight } from '../../domain/calendar.js';
import { GatewayError } from '../../domain/errors.js';
import type { Landlord } from '../../domain/landlord.js';
import type { Person } from '../../domain/person.js';
import { judge, normalReference, type RegistrationDetails, type Verdict } from '../../domain/registration.js';
import { queueMail } from '../mail/outbox.js';
import { noteEvent, ofPerson, TENANT } from '../audit/event.js';
import { sha256 } from '../sha256.js';
import { NOBODY_YET, sealedBirth } from './accounts.js';
import type { IdentityDeps } from './deps.js';
import { noSoonerThan, REGISTRATION_MS } from './even-time.js';
import { identifierId, KIND, personId, type AccountRecord, type MismatchRecord, type PersonRecord, type RegistrationRecord } from './records.js';
import { newCode } from './secrets.js';
import { oneAtATime } from './serial.js';
import { phoneNumber } from './sign-in.js';
import { transact, type Transaction } from './transaction.js';

export type RegistrationOutcome = 'CODE_SENT' | 'NO_MATCH' | 'ALREADY_REGISTERED';

export interface RegisterResult {
  readonly outcome: RegistrationOutcome;
  readonly message: string;
  readonly registrationId: string | null;
  readonly codeExpiresAt: Date | null;
}

/** A code dies overnight, but another one can be asked for this long. */
export const REGISTRATION_HOURS = 48;
/** How long staff can see why a registration did not match. */
const MISMATCH_DAYS = 30;

function message(landlord: Landlord, outcome: RegistrationOutcome): string {
  const phone = phoneNumber(landlord);
  const days = landlord.registration.newTenantWaitDays;
  switch (outcome) {
    case 'CODE_SENT':
      return 'Your details match. We have e-mailed you a code: enter it, exactly as it is written, to finish. It stops working overnight.';
    case 'ALREADY_REGISTERED':
      return `There is already an account for these details. Sign in, or ask for a new password. If the account is somebody else's, for instance because you share an e-mail address, phone us on ${phone}.`;
    case 'NO_MATCH':
      return `Your details are not the same as ours. Check each of them and try again. If your tenancy is not ${days} days old yet, wait until it is. If it still does not work, phone us on ${phone}.`;
  }
}

export const codeSeal = (deps: Pick<IdentityDeps, 'hasher'>, registrationId: string, code: string): string =>
  deps.hasher.seal('registration-code', `${registrationId} ${code}`);

/**
 * Opens a registration where all four details are those of one person, and sends the code to the address that is held. Every
 * cause of a no-match takes the same steps: one legacy call, a code made, the same documents written.
 * @throws LEGACY_UNAVAILABLE, TOO_MANY_REQUESTS when the person has been sent as many codes today as we send.
 */
export function register(deps: IdentityDeps, details: RegistrationDetails): Promise<RegisterResult> {
  return noSoonerThan(deps, REGISTRATION_MS, () => decide(deps, details));
}

async function decide(deps: IdentityDeps, details: RegistrationDetails): Promise<RegisterResult> {
  const reference = normalReference(details.reference);
  const candidates = await deps.legacy.registrations.find(reference);
  const now = deps.clock();
  const verdict = judge(candidates, details, deps.landlord.registration, londonDay(now));
  const id = deps.random.uuid();
  const code = newCode(deps.random);
  const draft = {
    id, codeSeal: codeSeal(deps, id, code), codeExpiresAt: nextOvernight(now).toISOString(), tries: 0, createdAt: now.toISOString(),
    birthSeal: sealedBirth(deps, verdict.person?.reference ?? reference, details.dateOfBirth),
    expiresAt: new Date(now.getTime() + REGISTRATION_HOURS * HOUR_MS).toISOString(),
  };

  const attempted = sha256(`reference:${reference}`);
  const outcome = await oneAtATime(deps.store, `register ${attempted}`, () => transact(deps.store, async (transaction) => {
    const failed = await transaction.get<DayCount>(KIND.failedRegistrations, attempted);
    const tooMany = countOn(failed, now) >= FAILED_REGISTRATIONS_A_DAY;
    const { person, email } = verdict;
    if (tooMany || !person || email === null || verdict.mismatches.length > 0) {
      await noteMismatch(transaction, { attempted, verdict, tooMany, failed, now });
      return 'NO_MATCH';
    }
    return open(deps, transaction, { ...draft, personReference: person.reference, displayName: person.name.full, email }, code);
  }));
  if (outcome === 'TOO_MANY') throw new GatewayError('TOO_MANY_REQUESTS', 'We have sent you as many codes as we send in one day. Use the newest one, or try again tomorrow.');
  const sent = outcome === 'CODE_SENT';
  return { outcome, message: message(deps.landlord, outcome), registrationId: sent ? id : null, codeExpiresAt: sent ? new Date(draft.codeExpiresAt) : null };
}

async function noteMismatch(
  transaction: Transaction,
  { attempted, verdict, tooMany, failed, now }: { attempted: string; verdict: Verdict; tooMany: boolean; failed: DayCount | null; now: Date },
): Promise<void> {
  const { person } = verdict;
  const noted = person ? personId(person.reference) : attempted;
  await transaction.get(KIND.mismatch, noted);
  const expires = now.getTime() + MISMATCH_DAYS * 24 * HOUR_MS;
  transaction.put(KIND.failedRegistrations, attempted, counted(failed, now), { expiresAt: now.getTime() + 48 * HOUR_MS });
  transaction.put(KIND.mismatch, noted, {
    personReference: person?.reference ?? null, email: firstEmail(person), at: now.toISOString(), expiresAt: new Date(expires).toISOString(),
    fields: tooMany ? [...verdict.mismatches, 'tooManyAttempts'] : verdict.mismatches,
  } satisfies MismatchRecord, { expiresAt: expires });
}

const firstEmail = (person: Person | null): string => person?.contact.emails[0] ?? '';

/** All four details are right: a new registration instead of the last one, unless there is an account. */
async function open(
  deps: IdentityDeps, transaction: Transaction, registration: RegistrationRecord, code: string,
): Promise<'CODE_SENT' | 'ALREADY_REGISTERED' | 'TOO_MANY'> {
  const now = deps.clock();
  const at = personId(registration.personReference);
  const person = (await transaction.get<PersonRecord>(KIND.person, at)) ?? { ...NOBODY_YET, personReference: registration.personReference };
  const pointer = await transaction.get<{ readonly accountId: string }>(KIND.identifier, identifierId(registration.email));
  const accountId = person.accountId ?? pointer?.accountId ?? null;
  if (accountId !== null) {
    const owner = await transaction.get<AccountRecord>(KIND.account, accountId);
    if (owner && countOn(person.notices, now) < NOTICES_A_DAY) {
      transaction.put(KIND.person, at, { ...person, notices: counted(person.notices, now) } satisfies PersonRecord);
      await queueMail(transaction, deps, { to: owner.email, accountId, template: 'already-registered' });
    }
    return 'ALREADY_REGISTERED';
  }
  if (countOn(person.codes, now) > RESENT_CODES_A_DAY) return 'TOO_MANY';
  if (person.registrationId !== null && (await transaction.get(KIND.registration, person.registrationId))) {
    transaction.remove(KIND.registration, person.registrationId);
  }
  await transaction.get(KIND.registration, registration.id);
  putRegistration(transaction, registration);
  transaction.put(KIND.person, at, { ...person, registrationId: registration.id, codes: counted(person.codes, now) } satisfies PersonRecord);
  await queueMail(transaction, deps, {
    to: registration.email, accountId: null, template: 'registration-code', code, registrationId: registration.id, expiresAt: registration.codeExpiresAt,
  });
  await noteEvent(transaction, deps, TENANT, 'asked for an account', ofPerson(registration.personReference));
  return 'CODE_SENT';
}

export function putRegistration(transaction: Transaction, registration: RegistrationRecord): void {
  transaction.put(KIND.registration, registration.id, registration, { expiresAt: Date.parse(registration.expiresAt) });
}
