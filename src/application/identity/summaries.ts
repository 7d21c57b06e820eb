/** Accounts, registrations that wait for their code and registrations that did not match, as staff see them. */
import { failedAttempts, lockedSince, NO_ATTEMPTS, type Attempts } from '../../domain/account.js';
import { attemptsOfAccount } from './attempts.js';
import type { IdentityDeps } from './deps.js';
import { everyOf } from './documents.js';
import { identifierId, KIND, personId, type AccountRecord, type MismatchRecord, type PersonRecord, type RegistrationRecord } from './records.js';

type Deps = Pick<IdentityDeps, 'store' | 'clock'>;

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

export interface ListAccountsInput {
  readonly locked?: boolean;
  /** Part of an e-mail address, a user ID or a person's reference. */
  readonly search?: string;
  /** `next` of the page before. */
  readonly after?: string;
  readonly first: number;
}

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));

async function mismatchOf(deps: Deps, personReference: string): Promise<MismatchRecord | null> {
  const held = (await deps.store.get<MismatchRecord>(KIND.mismatch, personId(personReference)))?.value;
  return held && deps.clock().getTime() < Date.parse(held.expiresAt) ? held : null;
}

const words = (mismatch: MismatchRecord | null): string | null => mismatch?.fields.join(', ') ?? null;

export async function summaryOf(deps: Deps, account: AccountRecord): Promise<AccountSummary> {
  const attempts = (await deps.store.get<Attempts>(KIND.attempts, attemptsOfAccount(account.id)))?.value ?? NO_ATTEMPTS;
  const lockedAt = lockedSince(attempts, deps.clock().getTime());
  return {
    id: account.id,
    state: account.closedAt !== null ? 'CLOSED' : lockedAt !== null ? 'LOCKED' : 'ACTIVE',
    email: account.email,
    userId: account.userId,
    personReference: account.personReference,
    failedAttempts: failedAttempts(attempts),
    lockedAt: lockedAt === null ? null : new Date(lockedAt),
    lastSignInAt: instant(account.lastSignInAt),
    lastMismatch: words(await mismatchOf(deps, account.personReference)),
  };
}

const pending = (id: string, email: string, personReference: string, lastMismatch: string | null): AccountSummary =>
  ({ id, state: 'PENDING', email, userId: null, personReference, failedAttempts: 0, lockedAt: null, lastSignInAt: null, lastMismatch });

async function registrationSummary(deps: Deps, registration: RegistrationRecord): Promise<AccountSummary | null> {
  if (deps.clock().getTime() >= Date.parse(registration.expiresAt)) return null;
  return pending(registration.id, registration.email, registration.personReference, words(await mismatchOf(deps, registration.personReference)));
}

/** Of somebody who has neither an account nor a registration that waits; the others show it themselves. */
async function mismatchSummary(deps: Deps, id: string, mismatch: MismatchRecord): Promise<AccountSummary | null> {
  const { personReference } = mismatch;
  if (personReference === null || deps.clock().getTime() >= Date.parse(mismatch.expiresAt)) return null;
  const person = (await deps.store.get<PersonRecord>(KIND.person, personId(personReference)))?.value;
  if (person && (person.accountId !== null || (person.registrationId !== null && (await byId(deps, person.registrationId))))) return null;
  return pending(id, mismatch.email, personReference, words(mismatch));
}

type Summarise = (deps: Deps, id: string, value: unknown) => Promise<AccountSummary | null>;

/** The kinds that are listed, in this order. */
const LISTED: readonly (readonly [kind: string, summarise: Summarise])[] = [
  [KIND.account, (deps, _id, value) => summaryOf(deps, value as AccountRecord)],
  [KIND.registration, (deps, _id, value) => registrationSummary(deps, value as RegistrationRecord)],
  [KIND.mismatch, (deps, id, value) => mismatchSummary(deps, id, value as MismatchRecord)],
];

async function byId(deps: Deps, id: string): Promise<AccountSummary | null> {
  for (const [kind, summarise] of LISTED) {
    const held = await deps.store.get(kind, id);
    if (held) return summarise(deps, id, held.value);
  }
  return null;
}

/** By id, e-mail address, user ID or the person's reference. */
export async function showAccount(deps: Deps, idOrIdentifier: string): Promise<AccountSummary | null> {
  const wanted = idOrIdentifier.trim();
  const pointer = await deps.store.get<{ readonly accountId: string }>(KIND.identifier, identifierId(wanted));
  const person = (await deps.store.get<PersonRecord>(KIND.person, personId(wanted)))?.value;
  const ids = [wanted, pointer?.value.accountId, person?.accountId, person?.registrationId, personId(wanted)];
  for (const id of ids) {
    const found = id ? await byId(deps, id) : null;
    if (found) return found;
  }
  return null;
}

function isWanted({ locked, search }: ListAccountsInput, found: AccountSummary): boolean {
  if (locked !== undefined && (found.state === 'LOCKED') !== locked) return false;
  const text = search?.trim().toLowerCase() ?? '';
  return [found.email, found.userId ?? '', found.personReference].some((held) => held.toLowerCase().includes(text));
}

/** Accounts and pending registrations, in an order that stays the same. */
export async function listAccounts(
  deps: Deps, input: ListAccountsInput,
): Promise<{ readonly items: AccountSummary[]; readonly next: string | null }> {
  const [startKind = '', startId = ''] = (input.after ?? '').split(/:(.*)/s);
  const start = Math.max(0, LISTED.findIndex(([kind]) => kind === startKind));
  const items: AccountSummary[] = [];
  let last = '';
  for (const [place, [kind, summarise]] of LISTED.entries()) {
    if (place < start) continue;
    for await (const { id, document } of everyOf(deps.store, kind, kind === startKind ? startId : '')) {
      const found = await summarise(deps, id, document.value);
      if (!found || !isWanted(input, found)) continue;
      // One more than asked for was found: there is a next page, after the last one taken.
      if (items.length === input.first) return { items, next: last };
      items.push(found);
      last = `${kind}:${id}`;
    }
  }
  return { items, next: null };
}
