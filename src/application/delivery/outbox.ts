/**
 * What was asked for here and is on its way to the legacy system: a document each, written in the same transaction as the answer that
 * promises it. Its id goes with it as our caller reference, by which it is known again there.
 */
import { DAY_MS } from '../../domain/calendar.js';
import { everyIndexed, everyOf, indexedId, type Documents } from '../identity/documents.js';
import { personId } from '../identity/records.js';
import { removeIfThere, transact, type Transaction } from '../identity/transaction.js';
import type { PersonReference, PropertyReference } from '../ports.js';
import { joinLine, leaveLine, noteLatest, removeEmptyLine } from './line.js';
import { isUnderWay, KEPT_AFTER_MS, type ChangeDelivery, type DeliveryRecord, type RepairDelivery } from './record.js';

export const DELIVERY_KIND = 'delivery';
/** Leads from a property to the repairs that were asked for: ids begin with the property's reference. */
const OF_PROPERTY = 'delivery-of-property';
/** Leads from a person to the changes that they asked for and that have not arrived: ids begin with the person's id. */
const OF_PERSON = 'delivery-of-person';
/** Leads from our short reference to the delivery. */
const BY_REFERENCE = 'delivery-by-reference';

/** How long a delivered repair is still looked for among a property's: the legacy system's own list has it at once, or nearly. */
const LISTED_AFTER_MS = DAY_MS;

export interface Delivery<Record extends DeliveryRecord = DeliveryRecord> { readonly id: string; readonly record: Record }

/** Where it is listed: its index, and its id there. */
const listingOf = (id: string, record: DeliveryRecord): readonly [string, string] => (record.kind === 'repair'
  ? [OF_PROPERTY, indexedId(record.repair.propertyReference, id)]
  : [OF_PERSON, indexedId(personId(record.personReference), id)]);

/**
 * Places a request in the queue, if and when the transaction commits: due at once, or once what stands before it has gone.
 * @returns false where the reference is taken.
 */
export async function queueDelivery(transaction: Transaction, id: string, record: DeliveryRecord): Promise<boolean> {
  if (await transaction.get(BY_REFERENCE, record.reference)) return false;
  const [index, listed] = listingOf(id, record);
  await transaction.get(DELIVERY_KIND, id);
  await transaction.get(index, listed);
  const now = Date.parse(record.createdAt);
  if (record.kind === 'contact-details') await noteLatest(transaction, id, record, now);
  await putInTurn(transaction, id, record, now);
  transaction.put(BY_REFERENCE, record.reference, { delivery: id });
  transaction.put(index, listed, { delivery: id });
  return true;
}

/** Writes one that is under way; where another has to arrive before it, it waits for that and not for a time. */
async function putInTurn(transaction: Transaction, id: string, record: DeliveryRecord, now: number): Promise<void> {
  const itsTurn = record.kind !== 'contact-details' || (await joinLine(transaction, id, record, now));
  const dueAt = itsTurn ? record.dueAt : null;
  transaction.put(DELIVERY_KIND, id, { ...record, dueAt }, { dueAt });
}

/** It holds up nobody any more: the one after it is due. */
async function makeWay(transaction: Transaction, id: string, record: DeliveryRecord, now: number): Promise<void> {
  if (record.kind !== 'contact-details') return;
  const next = await leaveLine(transaction, id, record, now, (other) => transaction.get<DeliveryRecord>(DELIVERY_KIND, other));
  if (next) transaction.put(DELIVERY_KIND, next.id, { ...next.record, dueAt: now }, { dueAt: now });
}

/**
 * Writes what became of a delivery; one that has arrived, or that staff have dealt with, is forgotten in its time. It must have been read in this transaction.
 * One that staff send again takes its turn. @param now milliseconds. @throws CONFLICT for one that a newer change has overtaken.
 */
export async function putDelivery(transaction: Transaction, id: string, record: DeliveryRecord, now: number): Promise<void> {
  if (isUnderWay(record)) return putInTurn(transaction, id, record, now);
  const forgotten = record.state === 'NEEDS_ATTENTION' ? null : now + KEPT_AFTER_MS;
  transaction.put(DELIVERY_KIND, id, record, { dueAt: record.dueAt, expiresAt: forgotten });
  await makeWay(transaction, id, record, now);
  if (forgotten === null) return;
  const [index, listed] = listingOf(id, record);
  const isListed = (await transaction.get(index, listed)) !== null;
  if (record.kind !== 'repair' && isListed) transaction.remove(index, listed);
  await transaction.get(BY_REFERENCE, record.reference);
  transaction.put(BY_REFERENCE, record.reference, { delivery: id }, { expiresAt: forgotten });
  if (record.kind === 'repair') transaction.put(index, listed, { delivery: id }, { expiresAt: now + LISTED_AFTER_MS });
}

/** @returns null where it was forgotten or erased. */
export async function deliveryById(documents: Documents, id: string): Promise<DeliveryRecord | null> {
  return (await documents.get<DeliveryRecord>(DELIVERY_KIND, id))?.value ?? null;
}

async function read(documents: Documents, id: string): Promise<Delivery | null> {
  const record = await deliveryById(documents, id);
  return record && { id, record };
}

async function listed(documents: Documents, index: string, of: string): Promise<readonly Delivery[]> {
  const ids: string[] = [];
  for await (const { document } of everyIndexed<{ delivery: string }>(documents, index, of)) ids.push(document.value.delivery);
  return (await Promise.all(ids.map((id) => read(documents, id)))).filter((found) => found !== null);
}

/** The repairs that were asked for a property here, and may not be in the legacy system's list yet. */
export const repairsAskedFor = async (documents: Documents, property: PropertyReference): Promise<readonly Delivery<RepairDelivery>[]> =>
  (await listed(documents, OF_PROPERTY, property)).filter((found): found is Delivery<RepairDelivery> => found.record.kind === 'repair');

/** The changes that a person asked for and that the legacy system has not taken yet, as far as is known. */
export const changesUnderWay = async (documents: Documents, person: PersonReference): Promise<readonly Delivery<ChangeDelivery>[]> =>
  (await listed(documents, OF_PERSON, personId(person))).filter((found): found is Delivery<ChangeDelivery> => found.record.kind !== 'repair');

/**
 * Removes what an account asked for, sent or not: texts, phone numbers and names are personal. @returns how many.
 */
export async function removeDeliveriesOf(documents: Documents, accountId: string, now: number): Promise<number> {
  let removed = 0;
  for await (const { id, document } of everyOf<DeliveryRecord>(documents, DELIVERY_KIND)) {
    if (document.value.accountId !== accountId) continue;
    // Read again, for a worker may have written its claim meanwhile.
    removed += await transact(documents, async (transaction) => {
      const record = await transaction.get<DeliveryRecord>(DELIVERY_KIND, id);
      if (!record) return 0;
      await makeWay(transaction, id, record, now);
      if (record.kind === 'contact-details') await removeEmptyLine(transaction, record);
      const pointers = [[DELIVERY_KIND, id], [BY_REFERENCE, record.reference], listingOf(id, record)] as const;
      for (const [kind, key] of pointers) await removeIfThere(transaction, kind, key);
      return 1;
    });
  }
  return removed;
}

/** The repairs of ours among these references. */
export async function repairsAskedForByReference(documents: Documents, references: readonly string[]): Promise<ReadonlyMap<string, Delivery<RepairDelivery>>> {
  const found = await Promise.all(references.filter(isRepairOfOurs).map(async (reference) => {
    const pointer = await documents.get<{ delivery: string }>(BY_REFERENCE, reference);
    const delivery = pointer && await read(documents, pointer.value.delivery);
    return delivery?.record.kind === 'repair' ? [[reference, { id: delivery.id, record: delivery.record }] as const] : [];
  }));
  return new Map(found.flat());
}

const isRepairOfOurs = (reference: string): boolean => reference.startsWith('RQ-');
