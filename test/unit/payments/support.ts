/** A store on disk, a clock that is set by hand, and a card provider that does as it is told and remembers what it made. */
import { randomBytes, randomUUID } from 'node:crypto';
import { auditTrail } from '../../../src/application/audit/trail.js';
import { Access } from '../../../src/application/housing/access.js';
import type { ProviderDeps } from '../../../src/application/payments/deps.js';
import { PAYMENT_KIND, type PaymentRecord } from '../../../src/application/payments/records.js';
import { startPayment, type PaymentSession } from '../../../src/application/payments/start-payment.js';
import { workOffPayments } from '../../../src/application/payments/worker.js';
import type { HostedPayment, Legacy, NewPayment, PaymentProvider, Store } from '../../../src/application/ports.js';
import { TENANT_ACTOR, type Role, type Viewer } from '../../../src/application/viewer.js';
import { GatewayError } from '../../../src/domain/errors.js';
import { landlordNamed } from '../../../src/landlords/index.js';
import { recordingLog } from '../../support/recording-log.js';
import { storeOnDisk } from '../../support/store-on-disk.js';

export const MINUTE = 60_000;
export const START = Date.parse('2017-02-08T10:00:00Z');

const away = (): GatewayError => new GatewayError('SERVICE_UNAVAILABLE', 'away', { system: 'payments' });

export interface FakeProvider extends PaymentProvider {
  readonly made: (NewPayment & { id: string; outcome: HostedPayment['outcome'] })[];
  /** How often each was asked. */
  readonly asked: { create: number; byId: number; byReference: number };
  /** What the next creations do; making one is the default. */
  readonly tells: ('lost' | 'unmade' | 'late')[];
  /** While true, all of it fails. */
  down: boolean;
  /** While true, searches find nothing yet. */
  lagging: boolean;
  /** Answers creations that were told to be late. */
  answerLate(): void;
}

export function fakeProvider(clock: () => Date): FakeProvider {
  const late: (() => void)[] = [];
  const hosted = ({ id, outcome }: FakeProvider['made'][number], list = false): HostedPayment => ({ id, outcome, createdAt: clock(), url: outcome === 'UNFINISHED' && !list ? `https://pay.example/${id}` : null });
  const provider: FakeProvider = {
    deadlineMs: 8_500, made: [], asked: { create: 0, byId: 0, byReference: 0 }, tells: [], down: false, lagging: false,
    answerLate: () => late.splice(0).forEach((answer) => answer()),
    create: async (payment) => {
      provider.asked.create += 1;
      const told = provider.tells.shift();
      if (provider.down || told === 'unmade') throw away();
      const one = { ...payment, id: `p${provider.made.length + 1}`, outcome: 'UNFINISHED' as const };
      provider.made.push(one);
      if (told === 'lost') throw away();
      if (told === 'late') await new Promise<void>((resolve) => late.push(resolve));
      return hosted(one);
    },
    byId: async (id) => {
      provider.asked.byId += 1;
      if (provider.down) throw away();
      const found = provider.made.find((each) => each.id === id);
      return found ? hosted(found) : null;
    },
    byReference: async ({ reference }) => {
      provider.asked.byReference += 1;
      if (provider.down) throw away();
      return provider.lagging ? [] : provider.made.filter((each) => each.reference === reference).map((each) => hosted(each, true)).reverse();
    },
  };
  return provider;
}

export interface Till extends ProviderDeps {
  readonly store: Store;
  readonly payments: FakeProvider;
  readonly time: { now: number };
  readonly lines: string[];
  readonly counts: string[];
  /** The same on a store of its own over the same file, as another gateway has. */
  other(): Till;
  start(idempotencyKey?: string, at?: Till): Promise<PaymentSession>;
  /** What somebody may see and do, now. */
  access(role?: Role): Access;
  records(): Promise<readonly PaymentRecord[]>;
  work(): Promise<void>;
  after(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

export function till(): Till {
  const { open, close } = storeOnDisk();
  const time = { now: START };
  const clock = (): Date => new Date(time.now);
  const lines: string[] = [];
  const counts: string[] = [];
  const log = recordingLog(lines);
  const tenancy = { reference: '000017/01', startDate: '2010-01-04', endDate: null, terminated: false, tenure: { code: 'SEC', label: 'Secure' }, charges: [], propertyReference: '1', blockReference: null };
  const legacy = { tenancies: { ofPersons: async () => new Map([['1/1', [tenancy]]]) } } as unknown as Legacy;
  const viewer = (role: Role): Viewer => ({
    role, actor: role === 'TENANT' ? TENANT_ACTOR : 'j.smith', accountId: 'account-1', sessionId: 's', displayName: 'x', userId: null, mustChangePassword: false, personReference: role === 'TENANT' ? '1/1' : null,
  });
  const made = (store: Store, payments: FakeProvider): Till => {
    const at: Till = {
      store, payments, time, lines, counts, log, clock, landlord: landlordNamed('wiltshire'), ownUrl: () => 'https://gateway.example', returnsTo: () => true,
      random: { token: (bytes) => randomBytes(bytes).toString('base64url'), uuid: () => randomUUID() },
      onPayment: (outcome) => void counts.push(outcome),
      other: () => made(open(), payments),
      start: (idempotencyKey = randomUUID(), gateway = at) => startPayment(gateway, gateway.access(), { idempotencyKey, tenancyReference: '000017/01', pence: 100, returnUrl: 'https://portal.example/' }),
      access: (role = 'TENANT') => new Access({ ...at, legacy, audit: auditTrail(at) }, viewer(role)),
      records: async () => (await store.list<PaymentRecord>(PAYMENT_KIND, '', 1_000)).map(({ document }) => document.value),
      work: () => workOffPayments(at),
      after: async (milliseconds) => {
        time.now += milliseconds;
        await workOffPayments(at);
      },
      close,
    };
    return at;
  };
  return made(open(), fakeProvider(clock));
}
