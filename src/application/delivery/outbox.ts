/**
 * Repairs on their way to the legacy system: a document each, written in the same transaction as the answer that promises it. Its
 * id goes with it as our caller reference, by which it is known again there.
 */
import { londonDay } from '../../domain/calendar.js';
import { SUBMITTED_CODE, type HeldRepair, type RepairLocation } from '../../domain/repair.js';
import { everyOf, type Documents } from '../identity/documents.js';
import { transact, type Transaction } from '../identity/transaction.js';
import type { NewRepair, PropertyReference, TakenRepair, TenancyReference } from '../ports.js';

export const DELIVERY_KIND = 'delivery';
/** Leads from a property to what was asked for it: ids begin with the property's reference. */
const OF_PROPERTY = 'delivery-of-property';
/** Leads from our short reference to the delivery. */
const BY_REFERENCE = 'delivery-by-reference';

export type DeliveryState =
  /** Not tried yet, or surely not sent. */
  | 'WAITING'
  /** A try was noted and may have been sent. */
  | 'SENDING'
  /** A try ended without saying what became of it: it is looked up before there is another. */
  | 'UNCLEAR'
  /** For staff: it is left alone here. */
  | 'NEEDS_ATTENTION'
  | 'DELIVERED'
  /** Staff dealt with it. */
  | 'RESOLVED';

export interface DeliveryRecord {
  /** What is delivered: more kinds may follow. */
  readonly kind: 'repair';
  /** Our own short reference, which the tenant is given. */
  readonly reference: string;
  /** Who asked: their data goes where the account is erased. */
  readonly accountId: string;
  readonly tenancyReference: TenancyReference;
  readonly location: RepairLocation;
  readonly repair: Omit<NewRepair, 'callerReference'>;
  readonly createdAt: string;
  readonly state: DeliveryState;
  /** Counted before each is made, so that one cut short by a crash counts too. */
  readonly attempts: number;
  /** As in the queue, milliseconds; null where nothing is left to do. Kept here too: another worker may have moved it meanwhile. */
  readonly dueAt: number | null;
  /** Failures in a row of what is being done now: they make the wait longer. */
  readonly failures: number;
  /** Who is at it: a new random value each time; null between. */
  readonly claim: string | null;
  /** A code, never the legacy system's words. */
  readonly lastError: string | null;
  readonly taken: TakenRepair | null;
}

/** How long our reference still leads to a repair that was delivered. */
const KEPT_AFTER_MS = 400 * 86_400_000;
/** How long a delivered one is still looked for among a property's: the legacy system's own list has it at once, or nearly. */
const LISTED_AFTER_MS = 86_400_000;

const ofPropertyId = (property: PropertyReference, id: string): string => `${property} ${id}`;

/** Places a repair in the queue, due at once, if and when the transaction commits. @returns false where the reference is taken. */
export async function queueDelivery(transaction: Transaction, id: string, record: DeliveryRecord): Promise<boolean> {
  if (await transaction.get(BY_REFERENCE, record.reference)) return false;
  const listed = ofPropertyId(record.repair.propertyReference, id);
  await transaction.get(DELIVERY_KIND, id);
  await transaction.get(OF_PROPERTY, listed);
  transaction.put(DELIVERY_KIND, id, record, { dueAt: record.dueAt });
  transaction.put(BY_REFERENCE, record.reference, { delivery: id });
  transaction.put(OF_PROPERTY, listed, { delivery: id });
  return true;
}

/** Writes what became of a delivery; one that has arrived is forgotten in its time. It must have been read in this transaction. */
export async function putDelivery(transaction: Transaction, id: string, record: DeliveryRecord, now: number): Promise<void> {
  const arrived = record.state === 'DELIVERED';
  transaction.put(DELIVERY_KIND, id, record, { dueAt: record.dueAt, expiresAt: arrived ? now + KEPT_AFTER_MS : null });
  if (!arrived) return;
  const listed = ofPropertyId(record.repair.propertyReference, id);
  await transaction.get(BY_REFERENCE, record.reference);
  await transaction.get(OF_PROPERTY, listed);
  transaction.put(BY_REFERENCE, record.reference, { delivery: id }, { expiresAt: now + KEPT_AFTER_MS });
  transaction.put(OF_PROPERTY, listed, { delivery: id }, { expiresAt: now + LISTED_AFTER_MS });
}

export interface Delivery { readonly id: string; readonly record: DeliveryRecord }

/** @returns null where it was forgotten or erased. */
export async function deliveryById(documents: Documents, id: string): Promise<DeliveryRecord | null> {
  return (await documents.get<DeliveryRecord>(DELIVERY_KIND, id))?.value ?? null;
}

async function read(documents: Documents, id: string): Promise<Delivery | null> {
  const record = await deliveryById(documents, id);
  return record && { id, record };
}

/** What was asked for a property here, and may not be in the legacy system's list yet. */
export async function deliveriesOf(documents: Documents, property: PropertyReference): Promise<readonly Delivery[]> {
  const prefix = ofPropertyId(property, '');
  const ids: string[] = [];
  for await (const { id, document } of everyOf<{ delivery: string }>(documents, OF_PROPERTY, prefix)) {
    if (!id.startsWith(prefix)) break;
    ids.push(document.value.delivery);
  }
  return (await Promise.all(ids.map((id) => read(documents, id)))).filter((found) => found !== null);
}

/**
 * Removes what an account asked for, sent or not: a text and a phone number are personal. @returns how many.
 */
export async function removeDeliveriesOf(documents: Documents, accountId: string): Promise<number> {
  let removed = 0;
  for await (const { id, document } of everyOf<DeliveryRecord>(documents, DELIVERY_KIND)) {
    if (document.value.accountId !== accountId) continue;
    // Read again, for a worker may have written its claim meanwhile.
    removed += await transact(documents, async (transaction) => {
      const record = await transaction.get<DeliveryRecord>(DELIVERY_KIND, id);
      if (!record) return 0;
      const pointers = [[DELIVERY_KIND, id], [BY_REFERENCE, record.reference], [OF_PROPERTY, ofPropertyId(record.repair.propertyReference, id)]] as const;
      for (const [kind, key] of pointers) {
        if (await transaction.get(kind, key)) transaction.remove(kind, key);
      }
      return 1;
    });
  }
  return removed;
}

/** Of the references, those that are ours. */
export async function deliveriesByReference(documents: Documents, references: readonly string[]): Promise<ReadonlyMap<string, Delivery>> {
  const found = await Promise.all(references.filter(isOurs).map(async (reference) => {
    const pointer = await documents.get<{ delivery: string }>(BY_REFERENCE, reference);
    const delivery = pointer && await read(documents, pointer.value.delivery);
    return delivery ? [[reference, delivery] as const] : [];
  }));
  return new Map(found.flat());
}

export const isOurs = (reference: string): boolean => reference.startsWith('RQ-');

const LABELS: Partial<Record<DeliveryState, string>> = {
  NEEDS_ATTENTION: 'With our staff, who are entering it',
  RESOLVED: 'Dealt with by our staff',
};

/** A request as a repair, until the legacy system shows it itself. */
export function submitted({ id, record }: Delivery): HeldRepair {
  const { reference, repair, createdAt, state } = record;
  return {
    reference, requestReference: null, propertyReference: repair.propertyReference, description: repair.text,
    statusDetail: { code: SUBMITTED_CODE, label: LABELS[state] ?? 'Sent, and on its way to the housing system' },
    registeredDate: londonDay(new Date(createdAt)), targetDate: null, completedDate: null, priority: null,
    sorCode: repair.sorCode, callerReference: id, place: placeOf(record),
  };
}

/** Above the legacy system's own of that day, in the order of asking: it stays when the order's reference arrives. */
export const placeOf = ({ createdAt, reference }: DeliveryRecord): string => `~${createdAt} ${reference}`;
