/** A statement as CSV (RFC 4180, UTF-8 with a byte order mark), safe to open in a spreadsheet. */
import { stringify } from 'csv-stringify/sync';
import type { StatementFormat, StatementToKeep } from '../../src/application/ports.js';
import { money, type RunningBalance } from '../../src/domain/money.js';

const COLUMNS = ['Date', 'Type', 'Reference', 'Debit', 'Credit', 'Balance'];

/** What a spreadsheet may take for the start of a formula, in full width too, and behind blanks that an import throws away. */
const FORMULA = /^(?:[\t\r]|[\s\0]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/;

/** Free text as a cell: an apostrophe in front makes text of what would be a formula. */
export const cell = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** What is owed is positive, so that opening + debits - credits = closing in the spreadsheet too. */
const signed = ({ money: { pence }, position }: RunningBalance): string => money(position === 'CREDIT' ? -pence : pence).amount;

const POSITION = { ARREARS: 'in arrears', CREDIT: 'in credit', CLEAR: 'clear' } as const;
const named = (name: string, { position }: RunningBalance): string => `${name} (${POSITION[position]})`;

/** From the closing balance down to the opening one, newest first as on the screen, and the totals. */
export function csvOf({ statement }: StatementToKeep): string {
  const { from, to, openingBalance, closingBalance, totalDebits, totalCredits, transactions } = statement;
  return stringify([
    COLUMNS,
    [to, '', named('Closing balance', closingBalance), '', '', signed(closingBalance)],
    ...transactions.map(({ date, type, reference, debit, credit, balance }) => [
      date, type === 'DEBIT' ? 'Debit' : 'Credit', cell(reference), debit?.amount ?? '', credit?.amount ?? '', signed(balance),
    ]),
    [from, '', named('Opening balance', openingBalance), '', '', signed(openingBalance)],
    ['', '', 'Total debits and credits', totalDebits.amount, totalCredits.amount, ''],
    // Semicolons too: where they part cells, what stands after one would be a cell of its own.
  ], { bom: true, record_delimiter: 'windows', quoted_match: /[;\t\r\n]/ });
}

export const csvStatement: StatementFormat = {
  mediaType: 'text/csv; charset=utf-8; header=present',
  render: (kept) => Promise.resolve(Buffer.from(csvOf(kept), 'utf8')),
};
