/**
 * One person's contact details reach the legacy system in the order of asking: each change stands in line until the one before it
 * has arrived or is with staff, so that an old phone number, held up, never comes after a newer one.
 */
import type { ContactChange } from '../../domain/contact-change.js';
import { GatewayError } from '../../domain/errors.js';
import { personId } from '../identity/records.js';
import { removeIfThere, type Transaction } from '../identity/transaction.js';
import { KEPT_AFTER_MS, type ContactDelivery, type DeliveryRecord } from './record.js';

const LINE_KIND = 'contact-details-line';

interface LineRecord {
  /** Ids of deliveries, in the order of asking; the first one is being delivered. */
  readonly waiting: readonly string[];
  /** The delivery that asked for each detail last. */
  readonly latest: Partial<Record<keyof ContactChange, string>>;
}

const EMPTY: LineRecord = { waiting: [], latest: {} };

const lineOf = async (transaction: Transaction, { personReference }: ContactDelivery): Promise<LineRecord> =>
  (await transaction.get<LineRecord>(LINE_KIND, personId(personReference))) ?? EMPTY;

/** A line in which nobody stands is kept as long as what was delivered. */
function putLine(transaction: Transaction, { personReference }: ContactDelivery, line: LineRecord, now: number): void {
  transaction.put(LINE_KIND, personId(personReference), line, { expiresAt: line.waiting.length ? null : now + KEPT_AFTER_MS });
}

const detailsIn = ({ contact }: ContactDelivery): (keyof ContactChange)[] =>
  (['phones', 'correspondenceAddress', 'email'] as const).filter((detail) => contact[detail] !== null);

/** Notes that a new change is its person's latest of each detail in it. */
export async function noteLatest(transaction: Transaction, id: string, record: ContactDelivery, now: number): Promise<void> {
  const { waiting, latest } = await lineOf(transaction, record);
  const asked = Object.fromEntries(detailsIn(record).map((detail) => [detail, id]));
  putLine(transaction, record, { waiting, latest: { ...latest, ...asked } }, now);
}

/**
 * Places a change at the end of its person's line, if it does not stand there. @returns whether it is its turn.
 * @throws CONFLICT for one that comes back, from staff, after the person has asked for another value of one of its details.
 */
export async function joinLine(transaction: Transaction, id: string, record: ContactDelivery, now: number): Promise<boolean> {
  const { waiting, latest } = await lineOf(transaction, record);
  if (!waiting.includes(id)) {
    const overtaken = detailsIn(record).some((detail) => latest[detail] !== undefined && latest[detail] !== id);
    if (overtaken) throw new GatewayError('CONFLICT', 'The tenant has changed the same details again since. Resolve this delivery instead of sending it.');
    putLine(transaction, record, { waiting: [...waiting, id], latest }, now);
  }
  return (waiting[0] ?? id) === id;
}

/**
 * Takes a change out of its person's line. @returns the one whose turn it is now, as it was read, where that has changed.
 * @param read reads a delivery in the same transaction; null for one that is gone.
 */
export async function leaveLine(
  transaction: Transaction, id: string, record: ContactDelivery, now: number, read: (id: string) => Promise<DeliveryRecord | null>,
): Promise<{ readonly id: string; readonly record: DeliveryRecord } | null> {
  const { waiting, latest } = await lineOf(transaction, record);
  if (!waiting.includes(id)) return null;
  let left = waiting.filter((each) => each !== id);
  let next: DeliveryRecord | null = null;
  while (waiting[0] === id && left[0] !== undefined && !(next = await read(left[0]))) left = left.slice(1);
  putLine(transaction, record, { waiting: left, latest }, now);
  return next && { id: left[0] as string, record: next };
}

/** Forgets a person's line in which nobody stands. */
export async function removeEmptyLine(transaction: Transaction, record: ContactDelivery): Promise<void> {
  if ((await lineOf(transaction, record)).waiting.length > 0) return;
  await removeIfThere(transaction, LINE_KIND, personId(record.personReference));
}
