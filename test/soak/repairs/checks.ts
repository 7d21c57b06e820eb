/** What was acknowledged, held against what the legacy system and the store have. */
import type { LedgerEntry } from '../../../fixtures/legacy/ledger.js';
import { DELIVERY_KIND } from '../../../src/application/delivery/outbox.js';
import type { RepairDelivery } from '../../../src/application/delivery/record.js';
import { everyOf } from '../../../src/application/identity/documents.js';
import type { Store } from '../../../src/application/ports.js';
import { markIn, type Asked, type RepairFindings } from './asked.js';

/** What leads to a delivery: by property, by our reference, and by the client's key. */
const POINTERS = ['delivery-of-property', 'delivery-by-reference', 'idempotency'] as const;

export interface Left {
  readonly deliveries: ReadonlyMap<string, RepairDelivery>;
  /** The delivery that each pointer leads to, by the pointer's kind and id. */
  readonly pointers: ReadonlyMap<(typeof POINTERS)[number], ReadonlyMap<string, string>>;
}

/** Everything in the store that has to do with deliveries. */
export async function readStore(store: Store): Promise<Left> {
  const all = async <T>(kind: string): Promise<Map<string, T>> => {
    const found = new Map<string, T>();
    for await (const { id, document } of everyOf<T>(store, kind)) found.set(id, document.value);
    return found;
  };
  const pointers = new Map<(typeof POINTERS)[number], Map<string, string>>();
  for (const kind of POINTERS) {
    const held = await all<{ delivery?: string; answer?: { delivery: string } }>(kind);
    pointers.set(kind, new Map([...held].map(([id, value]) => [id, value.delivery ?? value.answer?.delivery ?? ''])));
  }
  return { deliveries: await all<RepairDelivery>(DELIVERY_KIND), pointers };
}

/** Each delivery is led to by one pointer of each kind, and no pointer leads nowhere: what was cut off was done whole or not at all. */
export function checkPointers({ deliveries, pointers }: Left, findings: RepairFindings): void {
  const must = (holds: boolean, what: string): void => {
    if (!holds) findings.violated(`in the store, ${what}`);
  };
  for (const [kind, held] of pointers) {
    for (const delivery of held.values()) must(deliveries.has(delivery), `a document of ${kind} is left over`);
    must(new Set(held.values()).size === held.size, `two documents of ${kind} lead to one delivery`);
    must(held.size === deliveries.size, `${deliveries.size} deliveries have ${held.size} documents of ${kind}`);
  }
  for (const [id, { reference, repair }] of deliveries) {
    must(pointers.get('delivery-by-reference')?.get(reference) === id, 'a delivery is not found by its reference');
    must(pointers.get('delivery-of-property')?.get(`${repair.propertyReference} ${id}`) === id, 'a delivery is not found by its property');
  }
}

export interface RepairCounts {
  readonly acknowledged: number;
  /** Of the acknowledged: in the ledger. */
  readonly delivered: number;
  /** Whatever was asked for, how often it is in the ledger beyond once. */
  readonly doubled: number;
  /** Of the acknowledged: neither in the ledger nor in the staff queue. */
  readonly lost: number;
  /** Of the acknowledged: left to staff, by reason. */
  readonly staff: ReadonlyMap<string, number>;
  /** Whose answer was cut off, and who did not ask again: that may have arrived, be with staff, or have been taken by nobody. */
  readonly unacknowledged: { readonly arrived: number; readonly staff: number; readonly neverTaken: number };
  /** Deliveries of more than one try. */
  readonly triedAgain: number;
}

/** Where one repair ended. */
export interface Fate {
  readonly asked: Asked;
  readonly delivery: RepairDelivery | null;
  readonly entry: LedgerEntry | null;
}

const byMark = <T>(list: Iterable<T>, textOf: (item: T) => string): Map<string, T[]> => {
  const found = new Map<string, T[]>();
  for (const item of list) {
    const mark = markIn(textOf(item)) ?? '';
    found.set(mark, [...(found.get(mark) ?? []), item]);
  }
  return found;
};

/** Holds each repair against the ledger, by its own text and by its delivery's id, which is our caller reference there. */
export function compare(asked: readonly Asked[], ledger: readonly LedgerEntry[], { deliveries }: Left, findings: RepairFindings): { counts: RepairCounts; fates: Fate[] } {
  const entries = byMark(ledger, ({ Problem }) => String(Problem));
  const records = byMark(deliveries, ([, { repair }]) => repair.text);
  const marks = new Set(asked.map(({ mark }) => mark));
  for (const mark of new Set([...entries.keys(), ...records.keys()])) {
    if (!marks.has(mark)) findings.violated('something is there that nobody asked for');
  }
  const counts = {
    acknowledged: 0, delivered: 0, doubled: 0, lost: 0, staff: new Map<string, number>(), unacknowledged: { arrived: 0, staff: 0, neverTaken: 0 },
    triedAgain: [...deliveries.values()].filter(({ attempts }) => attempts > 1).length,
  };
  const fates = asked.map((one): Fate => {
    const { mark, resident, answer } = one;
    const violated = (what: string): void => findings.violated(`${mark} ${what}`, resident);
    const [entry = null, ...again] = entries.get(mark) ?? [];
    const [[id, delivery] = [null, null], ...others] = records.get(mark) ?? [];
    const staff = delivery?.state === 'NEEDS_ATTENTION';
    counts.doubled += again.length;
    if (again.length > 0) violated(`arrived ${again.length + 1} times`);
    if (others.length > 0) violated('was taken more than once');
    if (staff && entry) violated(`is in the staff queue (${delivery.lastError}), and arrived all the same`);
    if (entry) {
      const { Problem, callerReference, reference, PropertyReference, WorksOrderReference } = entry;
      // A text that looks like CDATA has a space in front there.
      const words = String(Problem).trimStart();
      if (words !== one.arrives && !words.endsWith(`\n${one.arrives}`)) violated('arrived in other words');
      if (callerReference !== id) violated('arrived for another delivery');
      if (PropertyReference !== delivery?.repair.propertyReference) violated('arrived for another property');
      if (delivery?.state !== 'DELIVERED') violated(`arrived, and is ${delivery?.state ?? 'not there'} in the store`);
      if (delivery?.taken?.requestReference !== reference || delivery.taken.orderReference !== WorksOrderReference) violated('is known by another reference than it was given');
    } else if (delivery?.state === 'DELIVERED') violated('is delivered, as the store has it, and did not arrive');
    if (answer) {
      counts.acknowledged += 1;
      if (answer.repair?.reference !== delivery?.reference) violated('has another reference than it was acknowledged with');
      if (entry) counts.delivered += 1;
      else if (staff) counts.staff.set(delivery.lastError ?? '', (counts.staff.get(delivery.lastError ?? '') ?? 0) + 1);
      else {
        counts.lost += 1;
        violated('was acknowledged and is lost');
      }
    } else if (entry) counts.unacknowledged.arrived += 1;
    else if (staff) counts.unacknowledged.staff += 1;
    else if (delivery) violated(`was taken, and is ${delivery.state}`);
    else counts.unacknowledged.neverTaken += 1;
    return { asked: one, delivery, entry };
  });
  return { counts, fates };
}
