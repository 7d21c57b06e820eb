/** A store on disk, a clock that is set by hand, and a legacy system that does as it is told and counts what it took. */
import type { DeliveryDeps } from '../../../src/application/delivery/courier.js';
import { DELIVERY_KIND, queueDelivery } from '../../../src/application/delivery/outbox.js';
import { notTriedYet, type DeliveryRecord } from '../../../src/application/delivery/record.js';
import { workOffDeliveries } from '../../../src/application/delivery/worker.js';
import { transact } from '../../../src/application/identity/transaction.js';
import type { ContactChange } from '../../../src/domain/contact-change.js';
import type { LegacyWrite, LegacyWrites, Store, TakenWrite, WriteOutcome } from '../../../src/application/ports.js';
import { recordingLog } from '../../support/recording-log.js';
import { storeOnDisk } from '../../support/store-on-disk.js';

export const START = Date.parse('2017-02-08T10:00:00Z');
export const SETTLE_SECONDS = 300;
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const CANARY = 'canary words of a tenant';

export const unsent: WriteOutcome = { outcome: 'unsent', cause: 'ECONNREFUSED' };
export const unknown: WriteOutcome = { outcome: 'unknown', cause: 'ECONNRESET' };
export const refused: WriteOutcome = { outcome: 'refused', legacyCode: '3002' };

/** What a call is told to do: `lost` takes it and says that nobody knows; `late` takes it when `commitLate` is called. */
export type Told = WriteOutcome | 'take' | 'lost' | 'late' | 'hang' | Error;

type Sent = LegacyWrite & { readonly callerReference: string };

export interface FakeLegacy extends LegacyWrites {
  readonly sent: Sent[];
  /** What was written, by our reference. */
  readonly written: { readonly callerReference: string; readonly taken: TakenWrite }[];
  readonly lookUps: string[];
  /** While set, look-ups fail with it. */
  away: Error | null;
  commitLate(): void;
  tell(...told: Told[]): void;
}

export function fakeLegacy(...first: Told[]): FakeLegacy {
  const queue = [...first];
  const late: Sent[] = [];
  const write = ({ callerReference }: Sent): TakenWrite => {
    const taken = { requestReference: `0000${legacy.written.length + 1}`, orderReference: `WO90000${legacy.written.length + 1}` };
    legacy.written.push({ callerReference, taken });
    return taken;
  };
  const legacy: FakeLegacy = {
    sent: [], written: [], lookUps: [], away: null, deadlineMs: 9_000,
    tell: (...told) => void queue.push(...told),
    commitLate: () => late.splice(0).forEach(write),
    send: async (asked, callerReference) => {
      const sent = { ...asked, callerReference };
      legacy.sent.push(sent);
      const told = queue.shift() ?? 'take';
      if (told instanceof Error) throw told;
      if (told === 'hang') return new Promise(() => undefined);
      if (told === 'take') return { outcome: 'taken', taken: write(sent) };
      if (told === 'lost') write(sent);
      if (told === 'late') late.push(sent);
      return typeof told === 'string' ? unknown : told;
    },
    findByCallerReference: async (reference) => {
      legacy.lookUps.push(reference);
      if (legacy.away) throw legacy.away;
      return legacy.written.filter(({ callerReference }) => callerReference === reference).map(({ taken }) => taken);
    },
  };
  return legacy;
}

export interface Depot extends DeliveryDeps {
  readonly store: Store;
  readonly time: { now: number };
  readonly lines: string[];
  readonly counts: string[];
  secondStore(): Store;
  queue(text?: string): Promise<string>;
  /** Queues a change of a person's contact details. */
  queueContact(contact: Partial<ContactChange>, personReference?: string): Promise<string>;
  record(id: string): Promise<DeliveryRecord>;
  /** Works off what is due now. */
  work(): Promise<void>;
  /** The same after some time. */
  after(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

/** Everything that a courier needs. Jitter is at its longest, so that waits are known. */
export function depot(writes: LegacyWrites): Depot {
  const { open, close } = storeOnDisk();
  const store = open();
  const time = { now: START };
  const lines: string[] = [];
  const counts: string[] = [];
  const log = recordingLog(lines);
  let made = 0;
  const uuid = (): string => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`;
  const at: Depot = {
    store, writes, time, lines, counts, log, settleSeconds: SETTLE_SECONDS,
    clock: () => new Date(time.now),
    random: { token: (bytes) => Buffer.alloc(bytes, 0xff).toString('base64url'), uuid },
    onDelivery: (kind, outcome) => void counts.push(`${kind} ${outcome}`),
    secondStore: open,
    queue: async (text = CANARY) => {
      const id = uuid();
      const record: DeliveryRecord = {
        kind: 'repair', reference: `RQ-${id.slice(-8)}`, accountId: 'account-1', tenancyReference: '000017/01', location: 'PROPERTY', createdAt: new Date(time.now).toISOString(),
        repair: { propertyReference: '00000017', text, sorCode: null, priority: 'N', contactPhone: null },
        ...notTriedYet(time.now),
      };
      await transact(store, (transaction) => queueDelivery(transaction, id, record));
      return id;
    },
    queueContact: async (contact, personReference = '0000170/1') => {
      const id = uuid();
      const record: DeliveryRecord = {
        kind: 'contact-details', reference: `CH-${id.slice(-8)}`, accountId: 'account-1', tenancyReference: '000017/01', personReference, createdAt: new Date(time.now).toISOString(),
        contact: { phones: null, correspondenceAddress: null, email: null, ...contact }, ...notTriedYet(time.now),
      };
      await transact(store, (transaction) => queueDelivery(transaction, id, record));
      return id;
    },
    record: async (id) => (await store.get<DeliveryRecord>(DELIVERY_KIND, id))!.value,
    work: () => workOffDeliveries(at),
    after: async (milliseconds) => {
      time.now += milliseconds;
      await workOffDeliveries(at);
    },
    close,
  };
  return at;
}
