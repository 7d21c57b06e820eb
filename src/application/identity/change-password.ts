import { invalidInput, unauthenticated } from '../../domain/errors.js';
import { normalPassword } from '../../domain/password.js';
import { queueMail } from '../mail/outbox.js';
import type { Viewer } from '../viewer.js';
import { noteEvent, ofPerson, TENANT } from '../audit/event.js';
import { attemptsOfAccount, clearAttempts, tryPassword } from './attempts.js';
import type { IdentityDeps } from './deps.js';
import { acceptedPassword } from './passwords.js';
import { KIND, type AccountRecord, type SessionRecord } from './records.js';
import { same } from './secrets.js';
import { addSession, newSession, removeSessions, tokensFor } from './sessions.js';
import { phoneNumber, refused, temporarySeal, type SignInResult } from './sign-in.js';
import { SESSION_IDLE_SECONDS } from './tokens.js';
import { transact } from './transaction.js';

export interface ChangePasswordInput {
  /** In a temporary password's session, that one. */
  readonly currentPassword: string;
  readonly newPassword: string;
}

/**
 * Sets a new password, ends every session and opens a fresh one. A wrong current password counts as it does in signing in.
 * @throws UNAUTHENTICATED, INVALID_INPUT for a new password that cannot be taken.
 */
export async function changePassword(deps: IdentityDeps, viewer: Viewer | null, input: ChangePasswordInput): Promise<SignInResult> {
  const account = viewer && (await deps.store.get<AccountRecord>(KIND.account, viewer.accountId))?.value;
  const session = viewer && (await deps.store.get<SessionRecord>(KIND.session, viewer.sessionId))?.value;
  if (!account || !session) throw unauthenticated();
  const password = await acceptedPassword(deps.landlord, input.newPassword, account.displayName, 'newPassword');
  if (password === normalPassword(input.currentPassword)) throw invalidInput('newPassword', 'Choose a password other than the current one.');

  const byTemporary = same(session.temporarySeal, temporarySeal(deps, account.id, input.currentPassword));
  const result = await tryPassword(deps, { id: attemptsOfAccount(account.id), account }, session.bucket, input.currentPassword,
    async () => (await deps.hasher.verify(account.passwordHash, input.currentPassword)) || byTemporary,
    () => replace(deps, account, session, password));
  return result ?? refused(`We could not change your password. Check the current one and try again, or ask for a temporary password. If that does not help, phone us on ${phoneNumber(deps.landlord)}.`);
}

async function replace(deps: IdentityDeps, verified: AccountRecord, from: SessionRecord, password: string): Promise<SignInResult | null> {
  const passwordHash = await deps.hasher.hash(password);
  const created = await transact(deps.store, async (transaction) => {
    const account = await transaction.get<AccountRecord>(KIND.account, verified.id);
    // What was verified must still be so: neither another password nor an end of the session meanwhile.
    if (!account || account.passwordHash !== verified.passwordHash || !(await transaction.get(KIND.session, from.id))) return null;
    await removeSessions(transaction, [...account.sessions, from.id]);
    const next = newSession(deps, account, { sharedComputer: from.idleSeconds < SESSION_IDLE_SECONDS, temporarySeal: null, bucket: from.bucket });
    transaction.put(KIND.account, account.id, {
      ...account, passwordHash, temporary: null,
      sessions: await addSession(transaction, { ...account, sessions: [] }, next.record),
    } satisfies AccountRecord);
    await clearAttempts(deps, transaction, account, from.bucket);
    await queueMail(transaction, deps, { to: account.email, accountId: account.id, template: 'password-changed' });
    await noteEvent(transaction, deps, TENANT, 'changed the password', ofPerson(account.personReference));
    return next;
  });
  if (!created) return null;
  return { outcome: 'SIGNED_IN', message: 'Your password is changed. You are signed out everywhere else.', session: await tokensFor(deps, created.record, created.refreshToken, null) };
}
