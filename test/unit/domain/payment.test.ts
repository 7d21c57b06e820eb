import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkedReturnUrl, checkPayable, checkPence, isReceiptOf, LISTED_DAYS, nextAsk, receiptsFrom, withReference } from '../../../src/domain/payment.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse('2017-02-08T10:00:00Z');

describe('when the provider is asked', () => {
  test('after 1, 5, 15, 30, 60 and 95 minutes, hourly to a day, daily to 30 days, and no more', () => {
    const asks: number[] = [];
    for (let at = nextAsk(START, START); at !== null; at = nextAsk(START, at)) asks.push(at - START);
    expect(asks.slice(0, 6)).toEqual([1, 5, 15, 30, 60, 95].map((minutes) => minutes * MINUTE));
    expect(asks.slice(6, 29)).toEqual(Array.from({ length: 23 }, (_, n) => (n + 2) * HOUR));
    expect(asks.slice(29)).toEqual(Array.from({ length: LISTED_DAYS - 1 }, (_, n) => (n + 2) * DAY));
  });

  test('is always later than now, at whatever time one looks', () => {
    fc.assert(fc.property(fc.integer({ min: -HOUR, max: 40 * DAY }), (age) => {
      const next = nextAsk(START, START + age);
      if (next === null) expect(age).toBeGreaterThanOrEqual(LISTED_DAYS * DAY);
      else expect(next).toBeGreaterThan(START + age);
    }));
  });
});

describe('amounts', () => {
  test.each([1, 2, 499_999, 500_000])('%d is taken', (pence) => expect(() => checkPence(pence, 500_000)).not.toThrow());
  test.each([0, -1, 500_001, 1.5, NaN, Infinity])('%d is not, and the limit is named', (pence) => {
    expect(() => checkPence(pence, 500_000)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', field: 'input.pence', message: expect.stringContaining('£5,000.00') }));
  });
});

describe('which tenancies take payments', () => {
  const owed = (pence: number) => async () => pence;
  const never = async (): Promise<number> => {
    throw new Error('the balance was read');
  };
  test('current ones, whatever is owed', async () => expect(await checkPayable({ status: 'CURRENT' }, never)).toBeUndefined());
  test('ended ones with something owed', async () => expect(await checkPayable({ status: 'ENDED' }, owed(1))).toBeUndefined());
  test.each([0, -1])('ended ones with %d owed not', async (pence) => {
    await expect(checkPayable({ status: 'ENDED' }, owed(pence))).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'input.tenancyReference' });
  });
  test('future ones not', async () => {
    await expect(checkPayable({ status: 'FUTURE' }, never)).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'input.tenancyReference' });
  });
});

describe('the way back', () => {
  const LISTED = 'https://portal.example.org';

  test('whatever is taken is of a listed origin, as a browser reads it, and nothing else is', () => {
    const parts = fc.constantFrom('https:', 'http:', '//', '/', '\\', '@', ':', '#', '?', 'portal.example.org', 'evil.example', '.', 'user', ' ', '\t', '%2f', '[::1]', '443', 'javascript:', '\u0000', 'é');
    fc.assert(fc.property(fc.oneof(fc.array(parts, { maxLength: 8 }).map((list) => list.join('')), fc.array(parts, { maxLength: 5 }).map((list) => `${LISTED}${list.join('')}`), fc.webUrl()), (text) => {
      let kept: string;
      try {
        kept = checkedReturnUrl(text, (origin) => origin === LISTED);
      } catch (error) {
        expect(error).toMatchObject({ code: 'INVALID_INPUT', field: 'input.returnUrl' });
        expect((error as Error).message).not.toContain('evil');
        return;
      }
      for (const address of [kept, withReference(kept, 'HGP1')]) {
        expect(new URL(address)).toMatchObject({ origin: LISTED, username: '', password: '', hash: '' });
      }
    }), { numRuns: 2_000 });
  });

  test.each([
    ['https://portal.example.org', 'https://portal.example.org/?payment=HGP1'], ['https://portal.example.org/a?', 'https://portal.example.org/a?payment=HGP1'],
    ['https://portal.example.org/a?b=1', 'https://portal.example.org/a?b=1&payment=HGP1'], ['https://portal.example.org/a?b=%20+c', 'https://portal.example.org/a?b=%20+c&payment=HGP1'],
    ['https://portal.example.org/?payment=x', 'https://portal.example.org/?payment=HGP1'], ['https://portal.example.org/?a&payment=x&payment=y', 'https://portal.example.org/?a=&payment=HGP1'],
  ])('%s becomes %s', (returnUrl, expected) => {
    expect(withReference(checkedReturnUrl(returnUrl, () => true), 'HGP1')).toBe(expected);
  });
});

test('a receipt is known by its own reference, and a charge with it is none', () => {
  expect(isReceiptOf({ pence: -100, ownReference: 'HGP1' }, 'HGP1')).toBe(true);
  expect(isReceiptOf({ pence: 100, ownReference: 'HGP1' }, 'HGP1')).toBe(false);
  expect(isReceiptOf({ pence: -100, ownReference: 'HGP2' }, 'HGP1')).toBe(false);
});

test('receipts are looked for from the London day of the first payment on', () => {
  expect(receiptsFrom(['2017-06-03T10:00:00.000Z', '2017-06-01T23:30:00.000Z', '2017-06-02T10:00:00.000Z'])).toBe('2017-06-02');
});
