/** A statement as PDF: A4, real text in the standard fonts, tagged so that it can be read aloud in its order. */
import type { StatementFormat, StatementToKeep } from '../../src/application/ports.js';
import { londonDay } from '../../src/domain/calendar.js';
import type { RunningBalance } from '../../src/domain/money.js';
import { artifact, BOLD, element, INK, REGULAR, table, type Column, type Document, type Element, type Row } from './table.js';
import { dayInFigures, dayInWords, showable } from './text.js';

const MARGIN = 48;
const FAINT = '#4a4a4a';
const WIDTH = 595.28 - 2 * MARGIN;
const BOTTOM = 841.89 - MARGIN - 24;

const COLUMNS: readonly Column[] = [
  { title: 'Date', width: 62 },
  { title: 'Type', width: 42 },
  { title: 'Reference', width: WIDTH - 62 - 42 - 64 - 64 - 122 },
  { title: 'Debit', width: 64, right: true },
  { title: 'Credit', width: 64, right: true },
  { title: 'Balance', width: 122, right: true },
];

const SUMMARY: readonly Column[] = [
  { title: 'Summary', width: WIDTH - 140 },
  { title: 'Amount', width: 140, right: true },
];

const POSITION = { ARREARS: ' in arrears', CREDIT: ' in credit', CLEAR: '' } as const;
const said = ({ money, position }: RunningBalance): string => `${money.display}${POSITION[position]}`;

const period = ({ statement: { from, to } }: StatementToKeep): string => `${dayInWords(from)} to ${dayInWords(to)}`;

function summaryOf({ statement: { openingBalance, closingBalance, totalDebits, totalCredits, from, to } }: StatementToKeep): Row[] {
  return [
    { cells: [`Opening balance on ${dayInWords(from)}`, said(openingBalance)] },
    { cells: ['Debits: rent and other charges', totalDebits.display] },
    { cells: ['Credits: payments and other receipts', totalCredits.display] },
    { cells: [`Closing balance on ${dayInWords(to)}`, said(closingBalance)], bold: true },
  ];
}

/** Newest first as on the screen, from the closing balance down to the opening one. */
function rowsOf({ statement: { openingBalance, closingBalance, totalDebits, totalCredits, from, to, transactions } }: StatementToKeep): Row[] {
  return [
    { cells: [dayInFigures(to), '', 'Closing balance', '', '', said(closingBalance)], bold: true },
    ...transactions.map(({ date, type, reference, debit, credit, balance }): Row => ({
      cells: [dayInFigures(date), type === 'DEBIT' ? 'Debit' : 'Credit', reference, debit?.display ?? '', credit?.display ?? '', said(balance)],
    })),
    { cells: [dayInFigures(from), '', 'Opening balance', '', '', said(openingBalance)], bold: true },
    { cells: ['', '', 'Total debits and credits', totalDebits.display, totalCredits.display, ''], bold: true },
  ];
}

/** Paragraphs from `top` down. @returns where the last one ends. */
function paragraphs(document: Document, parent: Element, top: number, lines: readonly (readonly [tag: string, text: string, font: string, size: number])[]): number {
  let y = top;
  for (const [tag, text, font, size] of lines) {
    element(document, parent, tag, () => document.font(font).fontSize(size).fillColor(INK).text(showable(text), MARGIN, y, { width: WIDTH }));
    y = document.y + size * 0.35;
  }
  return y;
}

/** Once all pages are there, and it is known how many. */
function footers(document: Document, { landlord, tenancyReference }: StatementToKeep): void {
  const { start, count } = document.bufferedPageRange();
  for (let n = 0; n < count; n++) {
    document.switchToPage(start + n);
    artifact(document, () => {
      const at = 841.89 - MARGIN - 6;
      document.font(REGULAR).fontSize(8.5).fillColor(FAINT)
        .text(showable(`${landlord} · Rent statement ${tenancyReference}`), MARGIN, at, { width: WIDTH - 90 })
        .text(`Page ${n + 1} of ${count}`, MARGIN + WIDTH - 90, at, { width: 90, align: 'right' });
    }, 'Pagination');
  }
}

function draw(document: Document, kept: StatementToKeep): void {
  const root = document.struct('Document');
  document.addStructure(root);
  let y = paragraphs(document, root, MARGIN, [
    ['P', `${kept.landlord} · ${kept.portal}`, REGULAR, 11],
    ['H1', 'Rent statement', BOLD, 20],
    ['P', `Tenancy reference: ${kept.tenancyReference}`, REGULAR, 10.5],
    ['P', `Period: ${period(kept)}`, REGULAR, 10.5],
    ['P', `Made on ${dayInWords(londonDay(kept.balance.asOf))}`, REGULAR, 10.5],
  ]);
  const place = { left: MARGIN, bottom: BOTTOM, nextPage: () => (document.addPage(), MARGIN) };
  y = table(document, root, SUMMARY, summaryOf(kept), { ...place, top: y + 10 }) + 14;
  if (!kept.statement.reconciles) {
    y = paragraphs(document, root, y, [['P', `The balance that the housing system holds for this account is ${said(kept.balance)}, which is not the closing balance above. `
      + 'Please ask the housing office before you rely on either.', BOLD, 10]]) + 8;
  }
  y = paragraphs(document, root, y, [
    ['H2', 'Transactions', BOLD, 13],
    ['P', kept.statement.transactions.length === 0 ? 'Nothing was posted to the account in this period.'
      : 'The latest stands first. Each balance is what the account stood at after the transaction: in arrears is owed, in credit is held for you.', REGULAR, 9.5],
  ]) + 4;
  table(document, root, COLUMNS, rowsOf(kept), { ...place, top: y });
  root.end();
  footers(document, kept);
}

/** @returns the bytes of a document that is written to its end. */
async function written(document: Document): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => document.once('end', resolve).once('error', reject));
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

export const pdfStatement: StatementFormat = {
  mediaType: 'application/pdf',
  async render(kept) {
    // Loaded with the first statement that somebody keeps: the start and its memory do without.
    const { default: PDFDocument } = await import('pdfkit');
    const document = new PDFDocument({
      size: 'A4', margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: 0 }, bufferPages: true,
      pdfVersion: '1.7', tagged: true, lang: 'en-GB', displayTitle: true,
      info: {
        Title: showable(`Rent statement ${kept.tenancyReference}, ${period(kept)}`), Author: showable(kept.landlord),
        CreationDate: kept.balance.asOf, ModDate: kept.balance.asOf,
      },
    });
    draw(document, kept);
    return written(document);
  },
};
