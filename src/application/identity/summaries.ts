/** Accounts, registrations that wait for their code and registrations that did not match, as staff see them. */
import { failedAttempts, lockedSince, NO_ATTEMPTS, type Attempts } from '../../domain/account.js';
import { attemptsOfAccount } from './attempts.js';
import type { IdentityDeps } from './deps.js';
import { everyOf } from './documents.js';
import { identifierId, KIND, personId, type AccountRecord, type MismatchRecord, type PersonRecord, type RegistrationRecord } from './records.js';

type Deps = Pick<IdentityDeps, 'store' | 'clock'>;

/** Reads one document's value: from the store, or from what was read of it before. */
type Read = <T>(kind: string, id: string) => Promise<T | null>;
interface Reading { readonly read: Read; readonly now: number }

const readingFrom = ({ store, clock }: Deps): Reading => ({
  read: async <T>(kind: string, id: string) => (await store.get<T>(kind, id))?.value ?? null, now: clock().getTime(),
});

/** PENDING: a registration that has not been confirmed, or whose details did not match. */
export type AccountState = 'PENDING' | 'ACTIVE' | 'LOCKED' | 'CLOSED';

export interface AccountSummary {
  readonly id: string;
  readonly state: AccountState;
  /** '' where registration did not match and no address is held. */
  readonly email: string;
  readonly userId: string | null;
  readonly personReference: string;
  /** Wrong passwords since the last success, on all devices together. */
  readonly failedAttempts: number;
  readonly lockedAt: Date | null;
  readonly lastSignInAt: Date | null;
  /** Names of the details that were not those held when somebody last tried to register; never what was typed. */
  readonly lastMismatch: string | null;
}

export interface AccountFilter {
  readonly locked: boolean | null;
  /** Part of an e-mail address, a user ID, a name or a person's reference; case does not count. */
  readonly search: string | null;
}

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));

async function mismatchOf({ read, now }: Reading, personReference: string): Promise<string | null> {
  const held = await read<MismatchRecord>(KIND.mismatch, personId(personReference));
  return held && now < Date.parse(held.expiresAt) ? held.fields.join(', ') : null;
}

async function ofAccount(reading: Reading, account: AccountRecord): Promise<AccountSummary> {
  const attempts = (await reading.read<Attempts>(KIND.attempts, attemptsOfAccount(account.id))) ?? NO_ATTEMPTS;
  const lockedAt = lockedSince(attempts, reading.now);
  return {
    id: account.id,
    state: account.closedAt !== null ? 'CLOSED' : lockedAt !== null ? 'LOCKED' : 'ACTIVE',
    email: account.email,
    userId: account.userId,
    personReference: account.personReference,
    failedAttempts: failedAttempts(attempts),
    lockedAt: lockedAt === null ? null : new Date(lockedAt),
    lastSignInAt: instant(account.lastSignInAt),
    lastMismatch: await mismatchOf(reading, account.personReference),
  };
}

export const summaryOf = (deps: Deps, account: AccountRecord): Promise<AccountSummary> => ofAccount(readingFrom(deps), account);

const pending = (id: string, email: string, personReference: string, lastMismatch: string | null): AccountSummary =>
  ({ id, state: 'PENDING', email, userId: null, personReference, failedAttempts: 0, lockedAt: null, lastSignInAt: null, lastMismatch });

async function ofRegistration(reading: Reading, registration: RegistrationRecord): Promise<AccountSummary | null> {
  if (reading.now >= Date.parse(registration.expiresAt)) return null;
  return pending(registration.id, registration.email, registration.personReference, await mismatchOf(reading, registration.personReference));
}

/** Of somebody who has neither an account nor a registration that waits; the others show it themselves. */
async function ofMismatch(reading: Reading, id: string, mismatch: MismatchRecord): Promise<AccountSummary | null> {
  const { personReference } = mismatch;
  if (personReference === null || reading.now >= Date.parse(mismatch.expiresAt)) return null;
  const person = await reading.read<PersonRecord>(KIND.person, personId(personReference));
  if (person && (person.accountId !== null || (person.registrationId !== null && (await byId(reading, person.registrationId))))) return null;
  return pending(id, mismatch.email, personReference, mismatch.fields.join(', '));
}

type Summarise = (reading: Reading, id: string, value: unknown) => Promise<AccountSummary | null>;

/** The kinds that are summed up. */
const LISTED: readonly (readonly [kind: string, summarise: Summarise])[] = [
  [KIND.account, (reading, _id, value) => ofAccount(reading, value as AccountRecord)],
  [KIND.registration, (reading, _id, value) => ofRegistration(reading, value as RegistrationRecord)],
  [KIND.mismatch, (reading, id, value) => ofMismatch(reading, id, value as MismatchRecord)],
];

async function byId(reading: Reading, id: string): Promise<AccountSummary | null> {
  for (const [kind, summarise] of LISTED) {
    const held = await reading.read(kind, id);
    if (held) return summarise(reading, id, held);
  }
  return null;
}

/** By id, e-mail address, user ID or the person's reference. */
export async function showAccount(deps: Deps, idOrIdentifier: string): Promise<AccountSummary | null> {
  const reading = readingFrom(deps);
  const wanted = idOrIdentifier.trim();
  const pointer = await reading.read<{ readonly accountId: string }>(KIND.identifier, identifierId(wanted));
  const person = await reading.read<PersonRecord>(KIND.person, personId(wanted));
  const ids = [wanted, pointer?.accountId, person?.accountId, person?.registrationId, personId(wanted)];
  for (const id of ids) {
    const found = id ? await byId(reading, id) : null;
    if (found) return found;
  }
  return null;
}

function isWanted({ locked, search }: AccountFilter, found: AccountSummary, name: string): boolean {
  if (locked !== null && (found.state === 'LOCKED') !== locked) return false;
  const text = search?.trim().toLowerCase() ?? '';
  return [found.email, found.userId ?? '', found.personReference, name].some((held) => held.toLowerCase().includes(text));
}

/** In the order of their e-mail addresses; the id tells those of one address apart. */
export const accountKey = ({ email, id }: Pick<AccountSummary, 'email' | 'id'>): string => `${email.toLowerCase()} ${id}`;

/** All that pass the filter, in the order of their keys. What is summed up is read once, and not account by account. */
export async function accountsFor(deps: Deps, filter: AccountFilter): Promise<AccountSummary[]> {
  const kinds = new Map<string, Map<string, unknown>>();
  for (const kind of [KIND.attempts, KIND.person, ...LISTED.map(([listed]) => listed)]) {
    const values = new Map<string, unknown>();
    for await (const { id, document } of everyOf(deps.store, kind)) values.set(id, document.value);
    kinds.set(kind, values);
  }
  const reading: Reading = { ...readingFrom(deps), read: async <T>(kind: string, id: string) => (kinds.get(kind)?.get(id) ?? null) as T | null };
  const all = await Promise.all(LISTED.flatMap(([kind, summarise]) => [...kinds.get(kind) ?? []].map(async ([id, value]) => {
    const found = await summarise(reading, id, value);
    return found && isWanted(filter, found, (value as { readonly displayName?: string }).displayName ?? '') ? [found] : [];
  })));
  return all.flat().sort((a, b) => (accountKey(a) < accountKey(b) ? -1 : 1));
}
