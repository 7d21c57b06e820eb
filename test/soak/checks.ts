/** What must hold of the store and of the mail, whatever was cut off. */
import type { Store } from '../../src/application/ports.js';
import { attemptsOfAccount } from '../../src/application/identity/attempts.js';
import { identifierId, KIND, personId, type AccountRecord, type PersonRecord, type RegistrationRecord, type SessionRecord } from '../../src/application/identity/records.js';
import { identifiersOf } from '../../src/application/identity/accounts.js';
import { MAIL_KIND } from '../../src/application/mail/outbox.js';
import { HARD_LOCK_FAILURES, lockOf, NO_ATTEMPTS, UNKNOWN_DEVICE, type Attempts } from '../../src/domain/account.js';
import type { Findings } from './findings.js';
import type { Post, Template } from './post.js';
import type { Tenant } from './tenant.js';

const PAGE = 200;
const HOUR_MS = 3_600_000;

async function all<T>(store: Store, kind: string): Promise<Map<string, T>> {
  const found = new Map<string, T>();
  for (let after = ''; ;) {
    const page = await store.list<T>(kind, after, PAGE);
    for (const { id, document } of page) found.set(id, document.value);
    const last = page.at(-1);
    if (!last || page.length < PAGE) return found;
    after = last.id;
  }
}

/** Every document that points at another finds it, and the other way round; and the store holds what was acknowledged. */
export async function checkStore(store: Store, tenants: readonly Tenant[], findings: Findings): Promise<void> {
  const accounts = await all<AccountRecord>(store, KIND.account);
  const identifiers = await all<{ readonly accountId: string }>(store, KIND.identifier);
  const persons = await all<PersonRecord>(store, KIND.person);
  const registrations = await all<RegistrationRecord>(store, KIND.registration);
  const sessions = await all<SessionRecord>(store, KIND.session);
  const attempts = await all<Attempts>(store, KIND.attempts);
  const must = (holds: boolean, what: string): void => {
    if (!holds) findings.violated(`in the store, ${what}`);
  };

  for (const account of accounts.values()) {
    for (const name of identifiersOf(account)) must(identifiers.get(name)?.accountId === account.id, 'an account is not found by its name');
    must(persons.get(personId(account.personReference))?.accountId === account.id, 'an account is not its person\'s');
    must(account.passwordHash.startsWith('$argon2id$'), 'an account has no hash');
    for (const id of account.sessions) must(sessions.get(id)?.accountId === account.id, 'an account lists a session that is not there');
  }
  for (const [name, { accountId }] of identifiers) must([...identifiersOf(accounts.get(accountId) ?? { email: '', userId: null })].includes(name), 'a name leads to no account that has it');
  for (const person of persons.values()) {
    must(person.accountId === null || accounts.get(person.accountId)?.personReference === person.personReference, 'a person\'s account is not there');
    must(person.registrationId === null || registrations.has(person.registrationId), 'a person\'s registration is not there');
    must(person.accountId === null || person.registrationId === null, 'a person has an account and a registration');
  }
  for (const { id, personReference } of registrations.values()) must(persons.get(personId(personReference))?.registrationId === id, 'a registration is not its person\'s');
  for (const { id, accountId } of sessions.values()) must(accounts.get(accountId)?.sessions.includes(id) === true, 'a session is not in its account\'s list');

  for (const tenant of tenants) {
    const accountId = identifiers.get(identifierId(tenant.email))?.accountId;
    if (tenant.account !== 'maybe' && (accountId !== undefined) !== (tenant.account === 'open')) findings.violated(`there is ${accountId === undefined ? 'no' : 'an'} account in the store`, tenant);
    const held = attempts.get(attemptsOfAccount(accountId ?? '')) ?? NO_ATTEMPTS;
    if (tenant.locked && !lockOf(held, UNKNOWN_DEVICE, Date.now())) findings.violated('there is no lock in the store', tenant);
  }
}

/** Gives an account a past: as many failures as go before a hard lock, each too long after the one before for a soft one. */
export async function writePast(store: Store, tenant: Tenant): Promise<boolean> {
  const accountId = (await store.get<{ readonly accountId: string }>(KIND.identifier, identifierId(tenant.email)))?.value.accountId;
  if (accountId === undefined) return false;
  const id = attemptsOfAccount(accountId);
  const held = await store.get<Attempts>(KIND.attempts, id);
  const past = Array.from({ length: HARD_LOCK_FAILURES - 1 }, (_, n) => Date.now() - (HARD_LOCK_FAILURES - n) * HOUR_MS);
  const value = { failures: { ...held?.value.failures, [UNKNOWN_DEVICE]: past }, announced: false } satisfies Attempts;
  return store.commit([{ kind: KIND.attempts, id, ifVersion: held?.version ?? 0, value }]);
}

export const mailWaits = async (store: Store): Promise<boolean> => (await store.list(MAIL_KIND, '', 1)).length > 0;

export interface MailCounts { readonly mails: number; readonly doubled: number; readonly lost: number }

/** Every mail that an answer promised has come; none without a cause; none twice within one life of the gateway. */
export function checkMail(post: Post, tenants: readonly Tenant[], findings: Findings): MailCounts {
  let lost = 0;
  for (const tenant of tenants) {
    for (const [template, { least, most }] of Object.entries(tenant.mails) as [Template, Tenant['mails'][Template]][]) {
      const came = post.to(tenant.email, template).length;
      lost += Math.max(0, least - came);
      if (came < least) findings.violated(`${least - came} of ${least} mails were lost: ${template}`, tenant);
      if (came > most) findings.violated(`${came} mails came where at most ${most} were asked for: ${template}`, tenant);
    }
  }
  const copies = new Map<string, number[]>();
  for (const { id, life, template } of post.all()) {
    copies.set(id, [...(copies.get(id) ?? []), life]);
    if (template === null) findings.violated('a mail came that nobody asked for');
  }
  for (const lives of copies.values()) {
    if (new Set(lives).size < lives.length) findings.violated('a mail was sent twice by one gateway that was not killed between');
  }
  return { mails: copies.size, doubled: post.all().length - copies.size, lost };
}
