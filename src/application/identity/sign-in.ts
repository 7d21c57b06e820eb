import type { Landlord } from '../../domain/landlord.js';
import type { IdentityDeps } from './deps.js';
import { identifierId, KIND, type AccountRecord } from './records.js';
import { newSession, putSession, tokensFor, type Session } from './sessions.js';
import { transact } from './transaction.js';

export interface SignInInput {
  /** The e-mail address, or the user ID where the landlord uses one. */
  readonly identifier: string;
  readonly password: string;
  readonly sharedComputer: boolean;
}

export type SignInResult =
  | { readonly outcome: 'SIGNED_IN' | 'MUST_CHANGE_PASSWORD'; readonly message: string; readonly session: Session }
  | { readonly outcome: 'REFUSED'; readonly message: string; readonly session: null };

/** One answer for every cause, and it ends with whom to phone. */
export function refusal(landlord: Landlord): string {
  const phone = landlord.phoneLines[0]?.number ?? '';
  return `We could not sign you in with those details. Check them and try again, or ask for a new password. If that does not help, phone us on ${phone}.`;
}

/**
 * Signs a tenant in. The same work is done for a name that nobody has: a hash is verified either way.
 * @throws TOO_MANY_REQUESTS when too many passwords are being verified, SERVICE_UNAVAILABLE when the store is.
 */
export async function signIn(deps: IdentityDeps, input: SignInInput): Promise<SignInResult> {
  const pointer = await deps.store.get<{ accountId: string }>(KIND.identifier, identifierId(input.identifier));
  const found = pointer && (await deps.store.get<AccountRecord>(KIND.account, pointer.value.accountId));
  const good = found
    ? await deps.hasher.verify(found.value.passwordHash, input.password)
    : await deps.hasher.verifyDecoy(input.password);
  const refused: SignInResult = { outcome: 'REFUSED', message: refusal(deps.landlord), session: null };
  if (!found || !good) return refused;

  const created = await transact(deps.store, async (transaction) => {
    const account = await transaction.get<AccountRecord>(KIND.account, found.value.id);
    // The password was verified outside this step: it must still be the account's.
    if (!account || account.passwordHash !== found.value.passwordHash) return null;
    const session = newSession(deps, account, { sharedComputer: input.sharedComputer, mustChangePassword: false });
    await transaction.get(KIND.session, session.record.id);
    putSession(transaction, session.record);
    transaction.put(KIND.account, account.id, {
      ...account, sessions: [...account.sessions, session.record.id], lastSignInAt: deps.clock().toISOString(),
    } satisfies AccountRecord);
    return session;
  });
  if (!created) return refused;
  return { outcome: 'SIGNED_IN', message: 'You are signed in.', session: await tokensFor(deps, created.record, created.refreshToken, null) };
}
