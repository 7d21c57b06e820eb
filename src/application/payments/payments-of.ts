import { GatewayError } from '../../domain/errors.js';
import type { LocalDate } from '../../domain/calendar.js';
import { money } from '../../domain/money.js';
import { isReceiptOf, receiptsFrom, type Payment } from '../../domain/payment.js';
import type { LedgerExtract } from '../../domain/rent.js';
import type { Access } from '../housing/access.js';
import type { TenancyReference } from '../ports.js';
import type { PaymentDeps } from './deps.js';
import { paymentsOfTenancy, type StoredPayment } from './records.js';
import { noteEnd } from './status.js';

/** The payments of tenancies that the viewer may see, as the store has them, newest first. @throws SERVICE_UNAVAILABLE. */
export async function storedPayments(
  access: Access, references: readonly TenancyReference[],
): Promise<ReadonlyMap<TenancyReference, readonly StoredPayment[]>> {
  const visible = await access.visible(references);
  return new Map(await Promise.all(visible.map(async (reference) =>
    [reference, await paymentsOfTenancy(access.deps.store, reference, access.today)] as const)));
}

/**
 * Payments as they are shown: one that is paid is posted once the ledger has a receipt with its reference, and that is noted. A
 * ledger that is down leaves it as paid. @param ledgerSince reads the tenancy's account from a day on; called only where something is paid.
 */
export async function shownPayments(
  deps: Pick<PaymentDeps, 'store' | 'log' | 'onPayment'>, payments: readonly StoredPayment[], ledgerSince: (from: LocalDate) => Promise<LedgerExtract | null>,
): Promise<readonly Payment[]> {
  const paid = payments.filter(({ record }) => record.status === 'PAID');
  const postings = paid.length === 0 ? [] : (await unlessDown(() => ledgerSince(receiptsFrom(paid.map(({ record }) => record.startedAt)))))?.postings ?? [];
  const posted = new Set<StoredPayment>(paid.filter(({ record }) => postings.some((posting) => isReceiptOf(posting, record.reference))));
  // Only so that it need not be looked for again: where the store is away it is shown all the same.
  await Promise.all([...posted].map(({ id }) => unlessDown(() => noteEnd(deps, id, 'POSTED'))));
  return payments.map((payment) => ({
    reference: payment.record.reference, amount: money(payment.record.pence), startedAt: new Date(payment.record.startedAt),
    status: posted.has(payment) ? 'POSTED' : payment.record.status,
  }));
}

async function unlessDown<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof GatewayError) return null;
    throw error;
  }
}
