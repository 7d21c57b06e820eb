/** A statement as a front end has it: by the query, all its pages, and as files; and what the files must say then. */
import { expect } from '@jest/globals';
import { StatementDocument, StatementDownloadsDocument, type StatementPeriod, type StatementQuery } from '../../generated/operations.js';
import type { TestGateway } from './gateway.js';
import { readCsv } from './statement-files.js';

export const OWN = '000017/01';
export type Shown = NonNullable<NonNullable<StatementQuery['tenancy']>['statement']>;
type Held = Shown['closingBalance'];

export const fetchFile = (url: string, token?: string): Promise<Response> => fetch(url, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });

export async function addresses(gateway: TestGateway, token: string, period: StatementPeriod = 'ONE_MONTH', reference = OWN) {
  const { data, errors } = await gateway.send(StatementDownloadsDocument, { reference, period }, token);
  expect(errors).toBeUndefined();
  return data!.tenancy!.statement!.downloads;
}

/** The statement as the query gives it, all its pages. */
export async function queried(gateway: TestGateway, token: string, period: StatementPeriod): Promise<Shown> {
  const nodes: Shown['transactions']['nodes'][number][] = [];
  for (let after: string | null = null; ; ) {
    const { data, errors } = await gateway.send(StatementDocument, { reference: OWN, period, first: 100, after }, token);
    expect(errors).toBeUndefined();
    const shown: Shown = data!.tenancy!.statement!;
    nodes.push(...shown.transactions.nodes);
    after = shown.transactions.pageInfo.endCursor ?? null;
    if (!shown.transactions.pageInfo.hasNextPage) return { ...shown, transactions: { ...shown.transactions, nodes } };
  }
}

const POSITION = { ARREARS: ' in arrears', CREDIT: ' in credit', CLEAR: '' };
const said = ({ money, position }: Held): string => `${money.display}${POSITION[position]}`;
const signed = ({ money, position }: Held): string => (position === 'CREDIT' ? (-money.pence / 100).toFixed(2) : (money.pence / 100).toFixed(2));

/** Every figure of the CSV, in its order, if it says what the query does. */
export const csvWanted = ({ openingBalance, closingBalance, totalDebits, totalCredits, from, to, transactions: { nodes } }: Shown): string[][] => [
  [to, '', '', signed(closingBalance)],
  ...nodes.map(({ date, debit, credit, balance }) => [date, debit ? (debit.pence / 100).toFixed(2) : '', credit ? (credit.pence / 100).toFixed(2) : '', signed(balance)]),
  [from, '', '', signed(openingBalance)],
  ['', (totalDebits.pence / 100).toFixed(2), (totalCredits.pence / 100).toFixed(2), ''],
];
export const csvFigures = (csv: string): string[][] => readCsv(csv.replace(/^\uFEFF/, '')).slice(1).map(([date, , , debit, credit, balance]) => [date!, debit!, credit!, balance!]);

export const pdfWanted = ({ openingBalance, closingBalance, totalDebits, totalCredits, transactions: { nodes } }: Shown): string[] => [
  said(openingBalance), totalDebits.display, totalCredits.display, said(closingBalance),
  said(closingBalance), ...nodes.flatMap(({ debit, credit, balance }) => [(debit ?? credit)!.display, said(balance)]), said(openingBalance),
  totalDebits.display, totalCredits.display,
];
