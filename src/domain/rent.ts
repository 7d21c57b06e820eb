import { monthsBefore, type LocalDate } from './calendar.js';
import { money, runningBalance, type Money, type Position, type RunningBalance } from './money.js';

export interface Balance {
  readonly money: Money;
  readonly position: Position;
  /** When it was read from the legacy system (UTC instant). */
  readonly asOf: Date;
  readonly summary: string;
}

/** @param pence positive is arrears. @param asOf the instant of reading. */
export function balance(pence: number, asOf: Date): Balance {
  const { money: amount, position } = runningBalance(pence);
  const summary = {
    ARREARS: `The rent account is ${amount.display} in arrears.`,
    CREDIT: `The rent account is ${amount.display} in credit.`,
    CLEAR: 'The rent account is clear: nothing is owed.',
  }[position];
  return { money: amount, position, asOf, summary };
}

export const STATEMENT_PERIODS = { ONE_MONTH: 1, THREE_MONTHS: 3, SIX_MONTHS: 6, TWELVE_MONTHS: 12 } as const;
export type StatementPeriod = keyof typeof STATEMENT_PERIODS;

/** From today minus whole calendar months (clamped to the month's end) to today, both included. */
export const periodStart = (period: StatementPeriod, today: LocalDate): LocalDate =>
  monthsBefore(today, STATEMENT_PERIODS[period]);

/** A posting to the account, as held. */
export interface Posting {
  /** The order in which the legacy system posted. */
  readonly number: number;
  readonly date: LocalDate;
  /** The day that decides the period: the latest posted so far on the account, never later than today. */
  readonly countedDate: LocalDate;
  readonly code: string;
  readonly reference: string;
  /** The posting's own reference as held, which statements show only where nothing better is known; '' where there is none. */
  readonly ownReference: string;
  /** Charges positive, receipts negative. */
  readonly pence: number;
}

/** What is known of one account from a day on: the balance before it and the postings since, newest first. */
export interface LedgerExtract {
  readonly openingPence: number;
  readonly postings: readonly Posting[];
}

export type TransactionType = 'DEBIT' | 'CREDIT';

export interface Transaction {
  readonly id: string;
  readonly date: LocalDate;
  readonly type: TransactionType;
  readonly code: string;
  readonly reference: string;
  readonly debit: Money | null;
  readonly credit: Money | null;
  readonly balance: RunningBalance;
}

export interface Statement {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly openingBalance: RunningBalance;
  readonly closingBalance: RunningBalance;
  readonly totalDebits: Money;
  readonly totalCredits: Money;
  /** Whether the closing balance is the tenancy's current balance. */
  readonly reconciles: boolean;
  /** Newest first, in posting order. */
  readonly transactions: readonly Transaction[];
}

/** The part of an extract from a later day on: earlier postings go into the opening balance. */
export function since(extract: LedgerExtract, from: LocalDate): LedgerExtract {
  const postings = extract.postings.filter((posting) => posting.countedDate >= from);
  if (postings.length === extract.postings.length) return extract;
  const earlier = extract.postings.reduce((sum, posting) => (posting.countedDate < from ? sum + posting.pence : sum), 0);
  return { openingPence: extract.openingPence + earlier, postings };
}

/**
 * A statement: opening + debits - credits = closing, each transaction with the balance after it; debit or credit by the
 * amount's sign, whatever the legacy system's label says (a posting of nothing is a debit of £0.00).
 * @param extract as the ledger gives it for exactly this period. @param currentPence the tenancy's balance now.
 */
export function statement(from: LocalDate, to: LocalDate, extract: LedgerExtract, currentPence: number): Statement {
  let running = extract.openingPence;
  let debits = 0;
  let credits = 0;
  const transactions: Transaction[] = new Array<Transaction>(extract.postings.length);
  for (let i = extract.postings.length - 1; i >= 0; i--) {
    const posting = extract.postings[i] as Posting;
    running += posting.pence;
    const isDebit = posting.pence >= 0;
    if (isDebit) debits += posting.pence;
    else credits -= posting.pence;
    transactions[i] = {
      id: String(posting.number),
      date: posting.date,
      type: isDebit ? 'DEBIT' : 'CREDIT',
      code: posting.code,
      reference: posting.reference,
      debit: isDebit ? money(posting.pence) : null,
      credit: isDebit ? null : money(-posting.pence),
      balance: runningBalance(running),
    };
  }
  return {
    from,
    to,
    openingBalance: runningBalance(extract.openingPence),
    closingBalance: runningBalance(running),
    totalDebits: money(debits),
    totalCredits: money(credits),
    reconciles: running === currentPence,
    transactions,
  };
}
