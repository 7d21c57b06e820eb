/** The files of a statement by themselves: what stands in a cell, and on a page. */
import { describe, expect, test } from '@jest/globals';
import { cell, csvOf } from '../../../adapters/csv/statement.js';
import { pdfStatement } from '../../../adapters/pdf/statement.js';
import { dayInFigures, dayInWords, showable } from '../../../adapters/pdf/text.js';
import type { StatementToKeep } from '../../../src/application/ports.js';
import { balance, statement, type Posting } from '../../../src/domain/rent.js';
import { hasPdftotext, pdftotext, readCsv, runsOf } from '../../support/statement-files.js';
import { whenAvailable } from '../../support/programs.js';

const NOW = new Date('2017-02-08T10:00:00Z');

function kept(postings: readonly Partial<Posting>[], openingPence = 0, currentPence?: number): StatementToKeep {
  const all = postings.map((posting, n): Posting => ({ number: 1000 - n, date: '2017-01-30', countedDate: '2017-01-30', code: 'DBR', reference: 'RENT DEBIT', ownReference: '', pence: 10_063, ...posting }));
  const pence = currentPence ?? all.reduce((sum, posting) => sum + posting.pence, openingPence);
  return { landlord: 'Wiltshire Council', portal: 'iHousing', tenancyReference: '000017/01',
    statement: statement('2017-01-08', '2017-02-08', { openingPence, postings: all }, pence), balance: balance(pence, NOW) };
}

const references = (texts: readonly string[]): string[] =>
  readCsv(csvOf(kept(texts.map((reference) => ({ reference })))).slice(1)).slice(2, -2).map((record) => record[2]!);

describe('CSV', () => {
  test('has a byte order mark, CRLF after each record and nothing else between them', () => {
    expect(csvOf(kept([{}, { reference: 'Housing Benefit', pence: -7_423 }], -5_000))).toBe([
      '\uFEFFDate,Type,Reference,Debit,Credit,Balance',
      '2017-02-08,,Closing balance (in credit),,,-23.60',
      '2017-01-30,Debit,RENT DEBIT,100.63,,-23.60',
      '2017-01-30,Credit,Housing Benefit,,74.23,-124.23',
      '2017-01-08,,Opening balance (in credit),,,-50.00',
      ',,Total debits and credits,100.63,74.23,', '',
    ].join('\r\n'));
  });

  test.each([
    ['=1+1', "'=1+1"], ['+44 1225', "'+44 1225"], ['-100.63', "'-100.63"], ['-2+3', "'-2+3"], ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"], ['\rx', "'\rx"], [' =1+1', "' =1+1"], ['\u00a0=1+1', "'\u00a0=1+1"], ['\n=1', "'\n=1"], ['\0=1', "'\0=1"],
    ['\uFF1D1+1', "'\uFF1D1+1"], ['\uFF0B1', "'\uFF0B1"], ['\uFF0D1', "'\uFF0D1"], ['\uFF20A1', "'\uFF20A1"],
    ['=HYPERLINK("https://example.org";"x")', '\'=HYPERLINK("https://example.org";"x")'],
    ['RENT DEBIT', 'RENT DEBIT'], ['', ''], ['1 - 2', '1 - 2'], ['a=b', 'a=b'], ['O\'Brien', 'O\'Brien'], ['ŵ ŷ 😀', 'ŵ ŷ 😀'],
  ])('%j is the cell %j, in the file too', (text, wanted) => {
    expect(cell(text)).toBe(wanted);
    expect(references([text])).toEqual([wanted]);
  });

  test('quotes what would part a cell, semicolons included', () => {
    const texts = ['a,b', 'a "b" c', '"', 'a\r\nb', 'a\nb', 'a\rb', 'a;=1+1', 'a\t=1+1'];
    expect(references(texts)).toEqual(texts);
    expect(csvOf(kept([{ reference: 'a;=1+1' }]))).toContain('"a;=1+1"');
    expect(csvOf(kept([{ reference: 'a\t=1+1' }]))).toContain('"a\t=1+1"');
  });
});

describe('PDF', () => {
  test('says whose account it is of which days, all rows, and the page', async () => {
    const runs = runsOf(await pdfStatement.render(kept([{}, { reference: 'Taliad â ê î ô û, O’B', pence: -7_423 }], 9_999)));
    expect(runs).toEqual(expect.arrayContaining([
      'Wiltshire Council · iHousing', 'Rent statement', 'Tenancy reference: 000017/01', 'Period: 8 January 2017 to 8 February 2017', 'Made on 8 February 2017',
      '30/01/2017', 'RENT DEBIT', '£100.63', 'Taliad â ê î ô û, O’B', '£74.23', '£126.39 in arrears', 'Page 1 of 1',
    ]));
  });

  test('goes over as many pages as 300 rows take, the header on each', async () => {
    const runs = runsOf(await pdfStatement.render(kept(Array.from({ length: 300 }, () => ({})))));
    const pages = runs.filter((run) => /^Page \d+ of \d+$/.test(run));
    expect(pages.length).toBeGreaterThan(5);
    expect(pages).toEqual(pages.map((_, n) => `Page ${n + 1} of ${pages.length}`));
    expect(runs.filter((run) => run === 'Reference')).toHaveLength(pages.length);
    expect(runs.filter((run) => run === 'RENT DEBIT')).toHaveLength(300);
  });

  test('carries title, language and structure, and of the tenant the tenancy\'s reference alone', async () => {
    const file = Buffer.from(await pdfStatement.render(kept([{}]))).toString('latin1');
    for (const mark of ['/Lang (en-GB)', '/DisplayDocTitle true', '/Marked true', '/S /H1', '/S /Table', '/S /TH', '(Wiltshire Council)', '(Rent statement 000017/01, 8 January 2017 to 8 February 2017)']) {
      expect(file).toContain(mark);
    }
  });

  test('the same statement is the same file', async () => {
    expect(await pdfStatement.render(kept([{}]))).toEqual(await pdfStatement.render(kept([{}])));
  });

  test('of nothing says so; of one that does not reconcile, what the balance is', async () => {
    const text = runsOf(await pdfStatement.render(kept([], -150, 2_640))).join(' ');
    expect(text).toContain('Nothing was posted to the account in this period.');
    expect(text).toContain('The balance that the housing system holds for this account is £26.40 in arrears');
    expect(runsOf(await pdfStatement.render(kept([]))).join(' ')).not.toContain('that the housing system holds');
  });

  test('a character that the fonts lack is seen to be missing', () => {
    expect(showable('Tŷ â€™ £ ŵ 😀 漢 e\u0301\t\u0007x')).toBe('T? â€™ £ ? ? ? é  x');
    expect([dayInWords('2017-02-08'), dayInFigures('2017-02-08')]).toEqual(['8 February 2017', '08/02/2017']);
  });
});

whenAvailable('pdftotext', hasPdftotext, 'pdftotext', () => {
  test('reads the same words, in the same order', async () => {
    const pdf = await pdfStatement.render(kept([{}, { reference: 'Taliad â ê î ô û', pence: -7_423 }]));
    expect(pdftotext(pdf).split(/\s+/).filter(Boolean)).toEqual(runsOf(pdf).join(' ').split(/\s+/).filter(Boolean));
  });
});
