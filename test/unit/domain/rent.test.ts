import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { balance, periodStart, since, statement, type LedgerExtract, type Posting } from '../../../src/domain/rent.js';

const day = fc.integer({ min: 0, max: 400 }).map((n) => new Date(Date.UTC(2016, 0, 4) + n * 86_400_000).toISOString().slice(0, 10));

/** A ledger as the legacy system gives it: any dates, the day that counts being the latest so far, newest first. */
const ledger: fc.Arbitrary<LedgerExtract> = fc.record({
  openingPence: fc.integer({ min: -100_000, max: 100_000 }),
  raw: fc.array(fc.record({ date: day, pence: fc.integer({ min: -50_000, max: 50_000 }) }), { maxLength: 60 }),
}).map(({ openingPence, raw }) => {
  let latest = '';
  const postings = raw.map(({ date, pence }, index): Posting => {
    latest = date > latest ? date : latest;
    return { number: index + 1, date, countedDate: latest, code: 'DBR', reference: 'Rent', ownReference: '', pence };
  });
  return { openingPence, postings: postings.reverse() };
});

const signed = ({ money, position }: { money: { pence: number }; position: string }): number => (position === 'CREDIT' ? -money.pence : money.pence);

describe('a statement', () => {
  test('opening + debits - credits = closing, and each balance follows from the one before', () => {
    fc.assert(fc.property(ledger, (extract) => {
      const made = statement('2016-01-01', '2017-02-08', extract, 0);
      expect(signed(made.openingBalance) + made.totalDebits.pence - made.totalCredits.pence).toBe(signed(made.closingBalance));
      let running = extract.openingPence;
      for (const transaction of [...made.transactions].reverse()) {
        expect([transaction.debit === null, transaction.credit === null].filter(Boolean)).toHaveLength(1);
        expect(transaction.type).toBe(transaction.debit ? 'DEBIT' : 'CREDIT');
        running += (transaction.debit?.pence ?? 0) - (transaction.credit?.pence ?? 0);
        expect(signed(transaction.balance)).toBe(running);
      }
      expect(signed(made.closingBalance)).toBe(running);
      expect(made.reconciles).toBe(running === 0);
      expect(made.transactions.map(({ id }) => Number(id))).toEqual(extract.postings.map(({ number }) => number));
    }));
  });

  test('a later start moves earlier postings into the opening balance, and changes nothing else', () => {
    fc.assert(fc.property(ledger, day, (extract, from) => {
      const whole = statement('2016-01-01', '2017-02-08', extract, 0);
      const part = statement(from, '2017-02-08', since(extract, from), 0);
      expect(part.closingBalance).toEqual(whole.closingBalance);
      expect(part.transactions).toEqual(whole.transactions.slice(0, part.transactions.length));
      expect(since(extract, from).postings.every(({ countedDate }) => countedDate >= from)).toBe(true);
    }));
  });

  test('of no postings stands where it opened', () => {
    const made = statement('2017-01-08', '2017-02-08', { openingPence: -500, postings: [] }, -500);
    expect(made).toMatchObject({ openingBalance: { position: 'CREDIT', money: { pence: 500 } }, closingBalance: { position: 'CREDIT', money: { pence: 500 } }, reconciles: true, transactions: [] });
  });
});

test.each([
  ['ONE_MONTH', '2017-02-08', '2017-01-08'], ['ONE_MONTH', '2017-03-31', '2017-02-28'], ['ONE_MONTH', '2016-03-31', '2016-02-29'],
  ['THREE_MONTHS', '2017-05-31', '2017-02-28'], ['SIX_MONTHS', '2017-08-31', '2017-02-28'], ['TWELVE_MONTHS', '2016-02-29', '2015-02-28'],
] as const)('%s before %s begins on %s', (period, today, expected) => {
  expect(periodStart(period, today)).toBe(expected);
});

test('a balance says itself in words', () => {
  const at = new Date('2017-02-08T10:00:00Z');
  expect(balance(2640, at)).toMatchObject({ position: 'ARREARS', asOf: at, summary: 'The rent account is £26.40 in arrears.' });
  expect(balance(-100_000, at).summary).toBe('The rent account is £1,000.00 in credit.');
  expect(balance(0, at).summary).toBe('The rent account is clear: nothing is owed.');
});
