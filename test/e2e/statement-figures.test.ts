/** The files of a statement say to the penny what the query says, whatever the account. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { StatementPeriod } from '../../generated/operations.js';
import { since, type LedgerExtract } from '../../src/domain/rent.js';
import { legacyInMemory } from '../bench/legacy-in-memory.js';
import { GUIDE_DAY, startGateway, type TestGateway } from '../support/gateway.js';
import { whenAvailable } from '../support/programs.js';
import { amountsIn, hasPdftotext, pdftotext, readCsv, runsOf } from '../support/statement-files.js';
import { addresses, csvFigures, csvWanted, fetchFile, pdfWanted, queried } from '../support/statements.js';

describe('for generated accounts', () => {
  let ledger: LedgerExtract = { openingPence: 0, postings: [] };
  let owns = true;
  let gateway: TestGateway;
  let token: string;
  const commits: number[] = [];
  beforeAll(async () => {
    const current = (): number => ledger.postings.reduce((sum, { pence }) => sum + pence, ledger.openingPence);
    gateway = await startGateway({ PUBLIC_URL: 'https://housing.example/gateway/' }, GUIDE_DAY, { legacy: {
      ...legacyInMemory,
      tenancies: { ...legacyInMemory.tenancies, ofPersons: async (people) => (owns ? legacyInMemory.tenancies.ofPersons(people) : new Map()) },
      ledger: {
        balances: (references) => Promise.resolve(new Map(references.map((reference) => [reference, current()]))),
        extracts: (references, from) => Promise.resolve(new Map(references.map((reference) => [reference, since(ledger, from)]))),
      },
    } });
    token = await gateway.token();
  });
  afterAll(() => gateway.close());

  /** Both files of a statement; the addresses are the public ones, and lead here. */
  async function files(period: StatementPeriod): Promise<{ csv: string; pdf: Uint8Array }> {
    const { csvUrl, pdfUrl } = await addresses(gateway, token, period);
    expect(csvUrl).toMatch(/^https:\/\/housing\.example\/gateway\/statements\/[\w-]{43}\.csv$/);
    const [csv, pdf] = await Promise.all([csvUrl, pdfUrl].map(async (url) => {
      const answer = await fetchFile(url.replace('https://housing.example/gateway', gateway.url), token);
      expect(answer.status).toBe(200);
      return new Uint8Array(await answer.arrayBuffer());
    }));
    return { csv: Buffer.from(csv!).toString('utf8'), pdf: pdf! };
  }

  const DAYS = ['2016-02-08', '2016-08-08', '2016-11-07', '2016-11-08', '2017-01-07', '2017-01-08', '2017-02-08'];
  const references = fc.oneof(fc.constantFrom('RENT DEBIT', '=1+1', '-5.00', '', 'a,"b";c', '\t@x'), fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => text.replaceAll('£', 'L')));
  const accounts: fc.Arbitrary<LedgerExtract> = fc.record({
    openingPence: fc.integer({ min: -1_000_000, max: 1_000_000 }),
    postings: fc.array(fc.record({ pence: fc.integer({ min: -9_999_999, max: 9_999_999 }), reference: references, day: fc.nat(DAYS.length - 1), date: fc.constantFrom(...DAYS) }), { maxLength: 60 })
      .map((made) => made.sort((one, other) => other.day - one.day).map(({ pence, reference, day, date }, n) =>
        ({ number: 9_000 - n, date, countedDate: DAYS[day]!, code: '', reference, ownReference: '', pence }))),
  });
  const periods = fc.constantFrom<StatementPeriod>('ONE_MONTH', 'THREE_MONTHS', 'SIX_MONTHS', 'TWELVE_MONTHS');

  const agreeing = (textOf: (pdf: Uint8Array) => string, numRuns: number) => fc.assert(fc.asyncProperty(accounts, periods, async (account, period) => {
    ledger = account;
    const [shown, { csv, pdf }] = await Promise.all([queried(gateway, token, period), files(period)]);
    expect(csvFigures(csv)).toEqual(csvWanted(shown));
    expect(amountsIn(textOf(pdf))).toEqual(pdfWanted(shown));
    // No cell starts a formula; the amounts alone may begin with a minus.
    expect(readCsv(csv).flatMap((record) => record.slice(0, 3)).filter((text) => /^\s*[=+\-@\t\r]/.test(text))).toEqual([]);
  }), { numRuns, endOnFailure: true });

  test('CSV, PDF and query agree to the penny', () => agreeing((pdf) => runsOf(pdf).join(' '), 40), 120_000);

  whenAvailable('pdftotext', hasPdftotext, 'by pdftotext', () => {
    test('CSV, PDF and query agree to the penny', () => agreeing(pdftotext, 15), 120_000);
  });

  test('an account of 300 rows has them all', async () => {
    ledger = { openingPence: 1, postings: Array.from({ length: 300 }, (_, n) => ({ number: 9_000 - n, date: '2017-01-30', countedDate: '2017-01-30', code: '', reference: `Row ${n}`, ownReference: '', pence: n % 2 ? -7_423 : 10_063 })) };
    const [shown, { csv, pdf }] = await Promise.all([queried(gateway, token, 'ONE_MONTH'), files('ONE_MONTH')]);
    expect(csvFigures(csv)).toHaveLength(303);
    expect(csvFigures(csv)).toEqual(csvWanted(shown));
    const runs = runsOf(pdf);
    expect(amountsIn(runs.join(' '))).toEqual(pdfWanted(shown));
    expect(runs.filter((run) => /^Page \d+ of \d+$/.test(run)).length).toBeGreaterThan(5);
  });

  test('a tenancy that is theirs no more when the file is fetched is as one that never was', async () => {
    const { csvUrl } = await addresses(gateway, token);
    owns = false;
    try {
      expect((await fetchFile(csvUrl.replace('https://housing.example/gateway', gateway.url), token)).status).toBe(404);
    } finally {
      owns = true;
    }
  });

  test('however many statements a query asks for, their addresses are one commit; the same statement twice has one pair', async () => {
    const { store } = gateway.app;
    const commit = store.commit.bind(store);
    store.commit = (writes) => {
      const downloads = writes.filter(({ kind }) => kind === 'download');
      if (downloads.length > 0) commits.push(downloads.length);
      return commit(writes);
    };
    try {
      const { data } = await gateway.send<{ viewer: { tenant: { tenancies: Record<'a' | 'b' | 'c', { downloads: { csvUrl: string } }>[] } } }, unknown>(
        `{ viewer { tenant { tenancies { ${['a: statement(period: ONE_MONTH)', 'b: statement(period: ONE_MONTH)', 'c: statement(period: TWELVE_MONTHS)'].map((each) => `${each} { downloads { csvUrl } }`).join(' ')} } } } }`, {}, token);
      const { tenancies } = data!.viewer.tenant;
      expect(commits).toEqual([2 * tenancies.length]);
      expect(tenancies.map(({ a, b }) => a.downloads.csvUrl === b.downloads.csvUrl)).toEqual(tenancies.map(() => true));
      expect(new Set(tenancies.flatMap(({ a, c }) => [a.downloads.csvUrl, c.downloads.csvUrl])).size).toBe(2 * tenancies.length);
    } finally {
      store.commit = commit;
    }
  });
});
