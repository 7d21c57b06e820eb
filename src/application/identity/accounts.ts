/** How an account comes into the store: with its names and its person, or not at all. */
import type { LocalDate } from '../../domain/calendar.js';
import type { PersonReference } from '../ports.js';
import type { IdentityDeps } from './deps.js';
import { birthText, identifierId, KIND, personId, type AccountRecord, type PersonRecord } from './records.js';
import { newUserId } from './secrets.js';
import type { Transaction } from './transaction.js';

export interface NewAccount {
  readonly personReference: PersonReference;
  readonly email: string;
  readonly displayName: string;
  readonly passwordHash: string;
  readonly dateOfBirth: LocalDate | null;
}

type Deps = Pick<IdentityDeps, 'random' | 'clock' | 'hasher' | 'landlord'>;

export const sealedBirth = (deps: Pick<IdentityDeps, 'hasher'>, personReference: PersonReference, dateOfBirth: LocalDate): string =>
  deps.hasher.seal('date-of-birth', birthText(personReference, dateOfBirth));

/** An account that is not in the store yet; with a user ID where the landlord uses one. */
export function newAccount(deps: Deps, { dateOfBirth, ...facts }: NewAccount): AccountRecord {
  return {
    ...facts,
    id: deps.random.uuid(),
    userId: deps.landlord.signsInWithUserId ? newUserId(deps.random) : null,
    birthSeal: dateOfBirth === null ? null : sealedBirth(deps, facts.personReference, dateOfBirth),
    temporary: null, resets: null, devices: [], sessions: [], lastSignInAt: null, closedAt: null,
    createdAt: deps.clock().toISOString(),
  };
}

export const identifiersOf = ({ email, userId }: Pick<AccountRecord, 'email' | 'userId'>): string[] =>
  [email, ...(userId === null ? [] : [userId])].map(identifierId);

export const NOBODY_YET = { accountId: null, registrationId: null, codes: null, notices: null } as const;

/**
 * Puts a new account with its names and its person. One e-mail address is one account, and so is one person.
 * @returns whether it was put: not where the person, the address or the user ID has an account.
 */
export async function putAccount(transaction: Transaction, account: AccountRecord): Promise<boolean> {
  const { personReference } = account;
  const person = await transaction.get<PersonRecord>(KIND.person, personId(personReference));
  const names = identifiersOf(account);
  const taken = await Promise.all(names.map((name) => transaction.get(KIND.identifier, name)));
  await transaction.get(KIND.account, account.id);
  if ((person && person.accountId !== null) || taken.some((held) => held !== null)) return false;
  transaction.put(KIND.person, personId(personReference), { ...(person ?? NOBODY_YET), personReference, accountId: account.id } satisfies PersonRecord);
  for (const name of names) transaction.put(KIND.identifier, name, { accountId: account.id });
  transaction.put(KIND.account, account.id, account);
  return true;
}
