import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { money, penceFromPounds, runningBalance } from '../../../src/domain/money.js';

const pence = fc.integer({ min: -1_000_000_000_00, max: 1_000_000_000_00 });

describe('money', () => {
  test.each([
    [0, '0.00', '£0.00'], [1, '0.01', '£0.01'], [2640, '26.40', '£26.40'], [-5, '-0.05', '-£0.05'],
    [123_456, '1234.56', '£1,234.56'], [100_000_000, '1000000.00', '£1,000,000.00'], [-99_999_99, '-99999.99', '-£99,999.99'],
  ])('%i pence is %s, shown as %s', (value, amount, display) => {
    expect(money(value)).toEqual({ pence: value, amount, display });
  });

  test('its texts say what its pence say', () => {
    fc.assert(fc.property(pence, (value) => {
      const { amount, display } = money(value);
      expect(Math.round(Number(amount) * 100)).toBe(value === 0 ? 0 : value);
      expect(display.replace(/[£,]/g, '')).toBe(amount);
    }));
  });

  test('there is no minus zero', () => {
    expect(Object.is(money(-0).pence, 0)).toBe(true);
    expect(money(-0).amount).toBe('0.00');
    expect(Object.is(penceFromPounds(-0.004), 0)).toBe(true);
  });

  test.each([NaN, Infinity, 1.5, 2 ** 53])('%p is no whole number of pence', (value) => {
    expect(() => money(value)).toThrow(RangeError);
  });
});

describe('pounds from a database driver', () => {
  test('every amount of pence comes back from the float that holds it', () => {
    fc.assert(fc.property(pence, (value) => {
      expect(penceFromPounds(value / 100)).toBe(value === 0 ? 0 : value);
    }));
  });

  test.each([[1.005, 101], [-1.005, -101], [0.0049, 0], [0.005, 1], [26.4, 2640], [1.15, 115], [8.2, 820], [-74.23, -7423], [922_337_203_685.47, 92_233_720_368_547]])('%d pounds are %d pence', (pounds, expected) => {
    expect(penceFromPounds(pounds)).toBe(expected);
  });

  test.each([NaN, Infinity, 1e17])('%p is no amount', (value) => {
    expect(() => penceFromPounds(value)).toThrow(RangeError);
  });
});

test('a running balance has no sign: its position says whose it is', () => {
  expect(runningBalance(2640)).toMatchObject({ position: 'ARREARS', money: { pence: 2640 } });
  expect(runningBalance(-2640)).toMatchObject({ position: 'CREDIT', money: { pence: 2640 } });
  expect(runningBalance(0)).toMatchObject({ position: 'CLEAR', money: { pence: 0 } });
});
