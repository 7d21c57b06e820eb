import { describe, expect, test } from '@jest/globals';
import { day, dayOrNull, text, textOrNull } from '../../../adapters/clean.js';

describe('text', () => {
  test.each([['WO561474  ', 'WO561474'], [' ', ''], ['', ''], [null, ''], [undefined, ''], [7, ''], ["O'Hanlon            ", "O'Hanlon"], ['  Siân', 'Siân']])('%p is %p', (held, expected) => {
    expect(text(held)).toBe(expected);
    expect(textOrNull(held)).toBe(expected || null);
  });
});

describe('a day', () => {
  test.each<[unknown, string | null]>([
    [new Date('2017-02-06T00:00:00Z'), '2017-02-06'],
    ['2017-02-06T10:42:00', '2017-02-06'],
    ['2017-02-06', '2017-02-06'],
    // A naive time is London's already; one with a zone is an instant.
    ['2017-07-06T23:30:00', '2017-07-06'],
    ['2017-07-06T23:30:00Z', '2017-07-07'],
    [new Date('1900-01-01T00:00:00Z'), null], ['1900-01-01T00:00:00', null], [null, null], [undefined, null], ['', null],
  ])('%p is %p', (held, expected) => {
    expect(dayOrNull(held)).toBe(expected);
  });

  test('rubbish is an error, not a missing date', () => {
    expect(() => dayOrNull('soon')).toThrow(RangeError);
    expect(() => day('1900-01-01T00:00:00')).toThrow(RangeError);
  });
});
