/** A gateway's identity part over a real store in a temporary folder, with a clock that is set and people that are made up. */
import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { joseTokens, newSigningKey } from '../../../adapters/jose/tokens.js';
import { AUDIT } from '../../../src/application/audit/documents.js';
import { auditTrail, type AuditTrail } from '../../../src/application/audit/trail.js';
import { newAccount, putAccount } from '../../../src/application/identity/accounts.js';
import type { IdentityDeps } from '../../../src/application/identity/deps.js';
import type { AccountRecord } from '../../../src/application/identity/records.js';
import { transact } from '../../../src/application/identity/transaction.js';
import type { Mail, MailRecord } from '../../../src/application/mail/outbox.js';
import type { PasswordHasher } from '../../../src/application/ports.js';
import { personName, type Person, type PhoneType } from '../../../src/domain/person.js';
import type { RegistrationCandidate } from '../../../src/domain/registration.js';
import { landlordNamed } from '../../../src/landlords/index.js';
import { storeOnDisk } from '../../support/store-on-disk.js';

export const NOON = '2017-02-08T12:00:00Z';
export const PASSWORD = 'teapot lantern meadow';

export const person = (reference: string, full: [string, string], dateOfBirth: string, emails: string[], phones: [PhoneType, string][]): Person => ({
  reference, name: personName('', ...full), dateOfBirth,
  contact: { emails, phones: phones.map(([type, number]) => ({ type, number })), correspondenceAddress: null },
});

export const MARGARET = person('0000000017/1', ['Margaret', 'Tidcombe'], '1951-03-14', ['Margaret.Tidcombe@example.org'], [['HOME', '(01225) 555 010 - not after 6pm'], ['MOBILE', '07700 900123']]);
export const AMIR = person('0000000412/1', ['Amir', 'Khalidi'], '1979-01-02', ['amir.khalidi@example.org'], [['MOBILE', '+44 7700 900124']]);
export const FARAH = person('0000000412/2', ['Farah', 'Khalidi'], '1981-05-30', ['Farah.Khalidi@example.org'], [['MOBILE', '07700900 456']]);
export const OLD_BULPITT = person('0000000518/1', ['Joan', 'Bulpitt'], '1949-04-08', ['bulpitt.family@example.com'], [['HOME', '01632 960518']]);
export const YOUNG_BULPITT = person('0000000633/1', ['Peter', 'Bulpitt'], '1975-08-21', ['Bulpitt.Family@example.com'], [['MOBILE', '07700 900633']]);

const tenancy = (reference: string, persons: Person[], more: Partial<RegistrationCandidate['tenancy']> = {}): RegistrationCandidate => ({
  tenancy: { reference, paymentReference: `98261000000${reference.slice(0, 6)}01`, startDate: '2010-01-04', endDate: null, terminated: false, ...more }, persons,
});

export const CANDIDATES: readonly RegistrationCandidate[] = [
  tenancy('000017/01', [MARGARET]), tenancy('000412/01', [AMIR, FARAH]), tenancy('000518/01', [OLD_BULPITT]), tenancy('000633/01', [YOUNG_BULPITT]),
  tenancy('000700/01', [MARGARET], { startDate: '2017-02-02' }), tenancy('000701/01', [MARGARET], { startDate: '2017-02-01' }),
  tenancy('000702/01', [MARGARET], { endDate: '2017-02-07' }), tenancy('000703/01', [MARGARET], { terminated: true }),
  tenancy('000704/01', [MARGARET], { startDate: '2017-03-01' }),
];

/** Quick, and counts what is verified. */
export function cheapHasher(): PasswordHasher & { readonly verified: { account: number; decoy: number }; full: boolean } {
  const hashOf = (password: string): string => `cheap:${createHash('sha256').update(password.normalize('NFC')).digest('hex')}`;
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const hasher = {
    verified: { account: 0, decoy: 0 },
    full: false,
    async hash(password: string) {
      return hashOf(password);
    },
    async verify(hash: string, password: string) {
      if (hasher.full) throw await tooMany();
      hasher.verified.account += 1;
      await turn();
      return hash === hashOf(password);
    },
    async verifyDecoy(): Promise<false> {
      if (hasher.full) throw await tooMany();
      hasher.verified.decoy += 1;
      await turn();
      return false;
    },
    seal: (purpose: string, text: string) => createHmac('sha256', purpose).update(text).digest('base64url'),
  };
  return hasher;
}

const tooMany = async (): Promise<Error> => new (await import('../../../src/domain/errors.js')).GatewayError('TOO_MANY_REQUESTS', 'Later.');

export interface Setting {
  readonly deps: IdentityDeps & { readonly audit: AuditTrail };
  readonly hasher: ReturnType<typeof cheapHasher>;
  readonly logged: { readonly fields: Readonly<Record<string, unknown>>; readonly message: string }[];
  /** How often the legacy system was asked. */
  readonly asked: string[];
  readonly commits: { count: number; documents: string[] };
  /** Another process's deps over the same file. */
  another(): IdentityDeps;
  set(instant: string): void;
  pass(minutes: number): void;
  mails(): Promise<readonly Mail[]>;
  dump(): Promise<string>;
  account(person: Person, password?: string): Promise<AccountRecord>;
  close(): Promise<void>;
}

const KINDS = ['account', 'attempts', 'decoy', 'failed-registrations', 'identifier', 'mail', 'mismatch', 'person', 'registration', 'session', ...Object.values(AUDIT)];

export async function setting(landlord: 'wiltshire' | 'believe' = 'wiltshire', candidates: readonly RegistrationCandidate[] = CANDIDATES): Promise<Setting> {
  const { open, close } = storeOnDisk();
  const inner = open();
  let now = Date.parse(NOON);
  const clock = (): Date => new Date(now);
  const hasher = cheapHasher();
  const logged: Setting['logged'] = [];
  const asked: string[] = [];
  const commits: Setting['commits'] = { count: 0, documents: [] };
  let made = 0;
  const log = (fields: Readonly<Record<string, unknown>>, message: string) => void logged.push({ fields, message });
  const store: typeof inner = {
    ...inner,
    async commit(writes) {
      commits.count += 1;
      commits.documents.push(...writes.filter(({ value }) => value !== undefined).map(({ kind }) => kind));
      return inner.commit(writes);
    },
  };
  const random = { token: (bytes: number) => randomBytes(bytes).toString('base64url'), uuid: () => `${String(++made).padStart(8, '0')}${randomUUID().slice(8)}` };
  const tell = { info: log, warn: log, error: log };
  const deps: Setting['deps'] = {
    store, hasher, clock, audit: auditTrail({ store: inner, clock, random, log: tell }), pause: async () => undefined, landlord: landlordNamed(landlord),
    tokens: await joseTokens({ keys: [await newSigningKey()], issuer: () => 'http://gateway.test', clock }),
    random, log: tell,
    legacy: {
      registrations: {
        async find(reference) {
          asked.push(reference);
          return candidates.filter(({ tenancy: held }) => held.reference === reference || held.paymentReference === reference);
        },
      },
    },
  };
  return {
    deps, hasher, logged, asked, commits,
    another: () => ({ ...deps, store: open() }),
    set: (instant) => {
      now = Date.parse(instant);
    },
    pass: (minutes) => {
      now += minutes * 60_000;
    },
    async mails() {
      // Ids count up here, so that mails come in the order in which they were queued.
      const held = await store.list<MailRecord>('mail', '', 1000);
      return held.map(({ document }) => document.value.mail);
    },
    async dump() {
      const all = await Promise.all(KINDS.map((kind) => store.list(kind, '', 1000)));
      return JSON.stringify(all);
    },
    async account(whose, password = PASSWORD) {
      const made = newAccount(deps, {
        personReference: whose.reference, email: whose.contact.emails[0] ?? '', displayName: whose.name.full,
        passwordHash: await hasher.hash(password), dateOfBirth: whose.dateOfBirth,
      });
      await transact(store, async (transaction) => putAccount(transaction, made));
      return made;
    },
    close,
  };
}
