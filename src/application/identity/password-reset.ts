import { countOn, counted, RESET_MAILS_A_DAY } from '../../domain/account.js';
import { invalidInput } from '../../domain/errors.js';
import { HOUR_MS, type LocalDate } from '../../domain/calendar.js';
import { queueMail } from '../mail/outbox.js';
import { noteEvent, ofPerson, TENANT } from '../audit/event.js';
import { sealedBirth } from './accounts.js';
import { subjectNamed } from './attempts.js';
import { pretend } from './decoys.js';
import type { IdentityDeps } from './deps.js';
import { noSoonerThan, RESET_MS } from './even-time.js';
import { KIND, type AccountRecord } from './records.js';
import { newTemporaryPassword, same, TEMPORARY_PASSWORD_HOURS } from './secrets.js';
import { oneAtATime } from './serial.js';
import { phoneNumber, temporarySeal } from './sign-in.js';
import { transact } from './transaction.js';

export interface PasswordResetInput {
  readonly identifier: string;
  readonly dateOfBirth?: LocalDate | null | undefined;
}

/**
 * Mails a temporary password to the address that the account has. Answer and work are the same for a name that nobody has.
 * @throws INVALID_INPUT where the landlord asks for the date of birth and there is none.
 */
export async function requestPasswordReset(deps: IdentityDeps, input: PasswordResetInput): Promise<{ readonly message: string }> {
  const dateOfBirth = input.dateOfBirth ?? null;
  if (deps.landlord.passwordReset.dateOfBirthRequired && dateOfBirth === null) {
    throw invalidInput('input.dateOfBirth', 'Enter your date of birth.');
  }
  await noSoonerThan(deps, RESET_MS, () => reset(deps, input.identifier, dateOfBirth));
  return {
    message: 'If these details belong to an account, a temporary password is on its way to its e-mail address. '
      + `If none comes, look in your junk folder, and try any other e-mail address that you may have registered with. If that does not help, phone us on ${phoneNumber(deps.landlord)}.`,
  };
}

async function reset(deps: IdentityDeps, identifier: string, dateOfBirth: LocalDate | null): Promise<void> {
  const subject = await subjectNamed(deps, identifier);
  const password = newTemporaryPassword(deps.random);
  const seal = temporarySeal(deps, subject.account?.id ?? subject.id, password);
  const birth = sealedBirth(deps, subject.account?.personReference ?? subject.id, dateOfBirth ?? '');
  const now = deps.clock();
  const expiresAt = new Date(now.getTime() + TEMPORARY_PASSWORD_HOURS * HOUR_MS).toISOString();

  await oneAtATime(deps.store, `reset ${subject.id}`, () => transact(deps.store, async (transaction) => {
    const account = await transaction.get<AccountRecord>(KIND.account, subject.account?.id ?? subject.id);
    const known = same(account?.birthSeal ?? null, birth) || !deps.landlord.passwordReset.dateOfBirthRequired;
    if (!account || account.closedAt !== null || !known || countOn(account.resets, now) >= RESET_MAILS_A_DAY) {
      await pretend(transaction, deps.random, ['reset-account', 'reset-mail', 'reset-event'], { seal, expiresAt, subject: subject.id });
      return;
    }
    transaction.put(KIND.account, account.id, { ...account, temporary: { seal, expiresAt }, resets: counted(account.resets, now) } satisfies AccountRecord);
    await queueMail(transaction, deps, { to: account.email, accountId: account.id, template: 'temporary-password', password, expiresAt });
    await noteEvent(transaction, deps, TENANT, 'was sent a temporary password', ofPerson(account.personReference));
  }));
}
