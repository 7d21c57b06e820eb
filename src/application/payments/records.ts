/**
 * Card payments as the store has them: a document each, written before the provider hears of it, and what leads to it from a
 * tenancy, from our reference, from the provider's id and from the address that the provider sends the payer back to. All of it is
 * forgotten 60 days after the start.
 */
import { listedFrom, type PaymentStatus } from '../../domain/payment.js';
import { DAY_MS, type LocalDate } from '../../domain/calendar.js';
import { everyIndexed, everyOf, indexedId, type Documents } from '../identity/documents.js';
import { removeIfThere, transact, type Transaction } from '../identity/transaction.js';
import type { TenancyReference } from '../ports.js';

export const PAYMENT_KIND = 'payment';
const OF_TENANCY = 'payment-of-tenancy';
const BY_REFERENCE = 'payment-by-reference';
const BY_PROVIDER = 'payment-by-provider';
const BY_RETURN = 'payment-return';
/** How many payments an account has started today. */
export const OF_DAY = 'payments-of-day';

const KEPT_MS = 60 * DAY_MS;

/** What was handed out: the page on which the payment is made. It never changes once it is there. */
export interface KeptSession {
  /** The provider's id. */
  readonly providerId: string;
  readonly url: string;
  /** Instant, ISO. */
  readonly expiresAt: string;
}

export interface PaymentRecord {
  readonly reference: string;
  /** Who started it; null where that account was erased since. */
  readonly accountId: string | null;
  readonly tenancyReference: TenancyReference;
  readonly pence: number;
  /** Where the tenant goes in the end. */
  readonly returnUrl: string;
  /** The unguessable part of the address that the provider sends the payer back to. */
  readonly returnToken: string;
  /** The provider's idempotency key: the same at every try. */
  readonly requestKey: string;
  readonly startedAt: string;
  readonly status: PaymentStatus;
  /** Tries to create it at the provider, each counted before it was made: after the first it may be there. */
  readonly attempts: number;
  /** Null until the provider has answered. */
  readonly session: KeptSession | null;
  /** As in the queue, milliseconds; null where the provider is not asked any more. */
  readonly dueAt: number | null;
}

export interface StoredPayment { readonly id: string; readonly record: PaymentRecord }
interface Pointer { readonly payment: string }

/** When the store may forget it, in milliseconds. */
export const forgottenAt = ({ startedAt }: Pick<PaymentRecord, 'startedAt'>): number => Date.parse(startedAt) + KEPT_MS;

/** All ways that lead to a payment. */
const pointersTo = (id: string, record: PaymentRecord): readonly (readonly [kind: string, id: string])[] => [
  [OF_TENANCY, indexedId(record.tenancyReference, `${record.startedAt} ${id}`)], [BY_REFERENCE, record.reference], [BY_RETURN, record.returnToken],
  ...(record.session ? [[BY_PROVIDER, record.session.providerId] as const] : []),
];

/** Writes a payment, which must have been read in this transaction. */
function putPayment(transaction: Transaction, id: string, record: PaymentRecord): void {
  transaction.put(PAYMENT_KIND, id, record, { dueAt: record.dueAt, expiresAt: forgottenAt(record) });
}

/** Writes a payment with all ways that lead to it. @returns false where its reference is taken. */
export async function addPayment(transaction: Transaction, id: string, record: PaymentRecord): Promise<boolean> {
  if (await transaction.get(BY_REFERENCE, record.reference)) return false;
  await transaction.get(PAYMENT_KIND, id);
  putPayment(transaction, id, record);
  await pointTo(transaction, id, record);
  return true;
}

/** Writes what leads to a payment, and was not known before. */
async function pointTo(transaction: Transaction, id: string, record: PaymentRecord): Promise<void> {
  for (const [kind, at] of pointersTo(id, record)) {
    if (!(await transaction.get(kind, at))) transaction.put(kind, at, { payment: id } satisfies Pointer, { expiresAt: forgottenAt(record) });
  }
}

/** @returns null where it was forgotten or erased. */
export async function paymentById(documents: Documents, id: string): Promise<PaymentRecord | null> {
  return (await documents.get<PaymentRecord>(PAYMENT_KIND, id))?.value ?? null;
}

async function paymentAt(documents: Documents, kind: string, at: string): Promise<StoredPayment | null> {
  const pointer = await documents.get<Pointer>(kind, at);
  const record = pointer && await paymentById(documents, pointer.value.payment);
  return pointer && record && { id: pointer.value.payment, record };
}

export const paymentByReference = (documents: Documents, reference: string): Promise<StoredPayment | null> => paymentAt(documents, BY_REFERENCE, reference);
export const paymentByProvider = (documents: Documents, providerId: string): Promise<StoredPayment | null> => paymentAt(documents, BY_PROVIDER, providerId);
export const paymentByReturn = (documents: Documents, token: string): Promise<StoredPayment | null> => paymentAt(documents, BY_RETURN, token);

/**
 * Payments of a tenancy that were started in the last 30 days, newest first. One that the provider may never have heard of is
 * not among them: nobody can have paid it.
 */
export async function paymentsOfTenancy(documents: Documents, tenancy: TenancyReference, today: LocalDate): Promise<readonly StoredPayment[]> {
  const ids: string[] = [];
  for await (const { document } of everyIndexed<Pointer>(documents, OF_TENANCY, tenancy, listedFrom(today))) ids.push(document.value.payment);
  const found = await Promise.all(ids.reverse().map(async (id) => ({ id, record: await paymentById(documents, id) })));
  return found.filter((payment): payment is StoredPayment => payment.record !== null && payment.record.session !== null);
}

/** Changes a payment in one step, where the step gives another one. @returns what it then is; null where it is gone. */
export function changePayment(documents: Documents, id: string, step: (record: PaymentRecord) => PaymentRecord | null): Promise<PaymentRecord | null> {
  return transact(documents, async (transaction) => {
    const record = await transaction.get<PaymentRecord>(PAYMENT_KIND, id);
    const next = record && step(record);
    if (!next) return record;
    putPayment(transaction, id, next);
    if (next.session !== record?.session) await pointTo(transaction, id, next);
    return next;
  });
}

/**
 * Forgets the payments of an account that is erased. One that has no end yet stays until it has one, without the account: money
 * may be on its way for the tenancy, and somebody who has just paid has to be sent back. @returns how many were removed.
 */
export async function removePaymentsOf(documents: Documents, accountId: string): Promise<number> {
  let removed = 0;
  for await (const { id, document } of everyOf<PaymentRecord>(documents, PAYMENT_KIND)) {
    if (document.value.accountId !== accountId) continue;
    // Read again, for its end may have been noted meanwhile.
    removed += await transact(documents, async (transaction) => {
      const record = await transaction.get<PaymentRecord>(PAYMENT_KIND, id);
      if (!record) return 0;
      if (record.status === 'STARTED') {
        putPayment(transaction, id, { ...record, accountId: null });
        return 0;
      }
      for (const [kind, at] of [[PAYMENT_KIND, id] as const, ...pointersTo(id, record)]) await removeIfThere(transaction, kind, at);
      return 1;
    });
  }
  await transact(documents, (transaction) => removeIfThere(transaction, OF_DAY, accountId));
  return removed;
}
