import type { LocalDate } from '../../domain/calendar.js';
import { balance, statement, type Balance, type LedgerExtract, type Statement } from '../../domain/rent.js';
import type { TenancyReference } from '../ports.js';
import type { Access } from './access.js';

/** Balances in pence; positive is arrears. */
export async function balancesInPence(
  access: Access, references: readonly TenancyReference[],
): Promise<ReadonlyMap<TenancyReference, number>> {
  const visible = await access.visible(references);
  return visible.length ? access.deps.legacy.ledger.balances(visible) : new Map();
}

export const balanceOf = (access: Access, pence: number): Balance => balance(pence, access.now);

/** What the accounts did from a London day to today. */
export async function extracts(
  access: Access, references: readonly TenancyReference[], from: LocalDate,
): Promise<ReadonlyMap<TenancyReference, LedgerExtract>> {
  const visible = await access.visible(references);
  return visible.length ? access.deps.legacy.ledger.extracts(visible, from, access.today) : new Map();
}

/** A statement to today; a difference from the tenancy's own balance is logged, since somebody has to look at it. */
export function statementOf(
  access: Access, from: LocalDate, extract: LedgerExtract, currentPence: number,
): Statement {
  const made = statement(from, access.today, extract, currentPence);
  if (!made.reconciles) {
    const closing = made.closingBalance.position === 'CREDIT' ? -made.closingBalance.money.pence : made.closingBalance.money.pence;
    // The newest posting's number leads whoever may read the legacy system to the account; the reference would lead anybody.
    access.deps.log.warn({ event: 'statement_does_not_reconcile', latestPosting: made.transactions[0]?.id ?? null, from,
      differencePence: currentPence - closing }, 'a statement does not come out at the tenancy\'s balance');
  }
  return made;
}
