import { CODE_TRIES, counted, mayResend } from '../../domain/account.js';
import { nextOvernight } from '../../domain/calendar.js';
import { invalidInput } from '../../domain/errors.js';
import type { Landlord } from '../../domain/landlord.js';
import { passwordFault } from '../../domain/password.js';
import { queueMail } from '../mail/outbox.js';
import { noteEvent, ofPerson, TENANT } from '../audit/event.js';
import { sha256 } from '../sha256.js';
import { newAccount, putAccount } from './accounts.js';
import type { IdentityDeps } from './deps.js';
import { acceptedPassword, commonPasswords, landlordNames } from './passwords.js';
import { KIND, personId, type AccountRecord, type PersonRecord, type RegistrationRecord } from './records.js';
import { codeSeal, putRegistration } from './registration.js';
import { newCode, same } from './secrets.js';
import { addSession, newSession, tokensFor, type NewSession } from './sessions.js';
import { phoneNumber, refused, withDevice, type SignInResult } from './sign-in.js';
import { removeIfThere, transact, type Transaction } from './transaction.js';

export interface ConfirmRegistrationInput {
  readonly registrationId: string;
  readonly code: string;
  readonly password: string;
}

async function waiting(deps: IdentityDeps, transaction: Transaction, id: string): Promise<RegistrationRecord | null> {
  const held = await transaction.get<RegistrationRecord>(KIND.registration, id);
  return held && deps.clock().getTime() < Date.parse(held.expiresAt) ? held : null;
}

/** Sends a new code instead of the last one. The answer is the same whether there is such a registration or not. */
export async function resendRegistrationCode(deps: IdentityDeps, registrationId: string): Promise<{ readonly message: string }> {
  const now = deps.clock();
  const code = newCode(deps.random);
  const seal = codeSeal(deps, registrationId, code);
  await transact(deps.store, async (transaction) => {
    const registration = await waiting(deps, transaction, registrationId);
    if (!registration) return;
    const at = personId(registration.personReference);
    const person = await transaction.get<PersonRecord>(KIND.person, at);
    if (!person?.codes || !mayResend(person.codes, now)) return;
    const expiresAt = nextOvernight(now).toISOString();
    putRegistration(transaction, { ...registration, codeSeal: seal, codeExpiresAt: expiresAt, tries: 0 });
    transaction.put(KIND.person, at, { ...person, codes: counted(person.codes, now) } satisfies PersonRecord);
    await queueMail(transaction, deps, { to: registration.email, accountId: null, template: 'registration-code', code, registrationId, expiresAt });
  });
  return {
    message: 'If this registration is still open, a new code is on its way and the last one has stopped working. We send one a minute at most, and five more in a day. '
      + `If none comes, look in your junk folder, register again, or phone us on ${phoneNumber(deps.landlord)}.`,
  };
}

/** One answer for a code that is wrong, used, too old or tried too often, and for a registration that there is not. */
function codeRefusal(landlord: Landlord): string {
  return `That code did not work. Check capitals and small letters, use the newest code that we sent, or ask for another one. If that does not help, phone us on ${phoneNumber(landlord)}.`;
}

/**
 * Makes the account for a code that is right, and signs its owner in. The code is looked at, counted and used in one step.
 * @throws INVALID_INPUT for a password that cannot be taken, which uses up neither the code nor a try.
 */
export async function confirmRegistration(deps: IdentityDeps, input: ConfirmRegistrationInput): Promise<SignInResult> {
  const password = await acceptedPassword(deps.landlord, input.password, null, 'input.password');
  const common = await commonPasswords();
  const passwordHash = await deps.hasher.hash(password);
  const presented = codeSeal(deps, input.registrationId, input.code.trim());
  const deviceToken = deps.random.token(32);

  const outcome = await transact(deps.store, async (transaction): Promise<NewSession | { readonly fault: string } | null> => {
    const registration = await waiting(deps, transaction, input.registrationId);
    if (!registration || registration.tries >= CODE_TRIES || deps.clock().getTime() >= Date.parse(registration.codeExpiresAt)) return null;
    if (!same(registration.codeSeal, presented)) {
      putRegistration(transaction, { ...registration, tries: registration.tries + 1 });
      return null;
    }
    // Only now is it known that whoever asks may know the name.
    const fault = passwordFault(password, [...landlordNames(deps.landlord), registration.displayName], common);
    if (fault !== null) return { fault };
    return settle(deps, transaction, registration, passwordHash, deviceToken);
  });
  if (outcome === null) return refused(codeRefusal(deps.landlord));
  if ('fault' in outcome) throw invalidInput('input.password', outcome.fault);
  return {
    outcome: 'SIGNED_IN', message: 'Your account is open, and you are signed in.',
    session: await tokensFor(deps, outcome.record, outcome.refreshToken, deviceToken),
  };
}

/** The account instead of the registration; null where the person or the address has got one meanwhile. */
async function settle(
  deps: IdentityDeps, transaction: Transaction, registration: RegistrationRecord, passwordHash: string, deviceToken: string,
): Promise<NewSession | null> {
  const { personReference, email, displayName, birthSeal } = registration;
  const made: AccountRecord = {
    ...withDevice(newAccount(deps, { personReference, email, displayName, passwordHash, dateOfBirth: null }), deviceToken),
    birthSeal, lastSignInAt: deps.clock().toISOString(),
  };
  const session = newSession(deps, made, { sharedComputer: false, temporarySeal: null, bucket: sha256(deviceToken) });
  if (!(await putAccount(transaction, made))) return null;
  transaction.put(KIND.account, made.id, { ...made, sessions: await addSession(transaction, made, session.record) } satisfies AccountRecord);
  transaction.remove(KIND.registration, registration.id);
  const at = personId(personReference);
  const person = await transaction.get<PersonRecord>(KIND.person, at);
  if (person) transaction.put(KIND.person, at, { ...person, registrationId: null } satisfies PersonRecord);
  await removeIfThere(transaction, KIND.mismatch, at);
  await queueMail(transaction, deps, { to: email, accountId: made.id, template: 'welcome', userId: made.userId });
  await noteEvent(transaction, deps, TENANT, 'opened the account', ofPerson(personReference));
  return session;
}
