import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { fromLondon } from '../../../src/domain/calendar.js';
import type { PhoneLine } from '../../../src/domain/landlord.js';
import { linesOpenFirst, openNow } from '../../../src/domain/opening.js';

const office: PhoneLine = {
  name: 'Office', number: '0300 456 0117', emergencies: true,
  opening: { kind: 'weekly', stretches: [{ weekdays: [1, 2, 3, 4, 5], opens: '08:30', closes: '17:00' }], closedOnBankHolidays: true },
};
const nights: PhoneLine = { name: 'Nights', number: '0300 456 0117', emergencies: true, opening: { kind: 'otherwise', whenClosed: 'Office' } };
const unknown: PhoneLine = { name: 'Unknown', number: '0300 1311 999', emergencies: false };
const always: PhoneLine = { name: 'Always', number: '0800 555 700', emergencies: false, opening: { kind: 'always' } };
const landlord = { phoneLines: [office, unknown, nights, always] };

const open = (line: PhoneLine, naive: string): boolean | null => openNow(line, landlord, fromLondon(naive));

describe('openNow', () => {
  it.each([
    ['2017-02-08T08:29:59.999', false, 'before opening'],
    ['2017-02-08T08:30:00', true, 'at opening'],
    ['2017-02-08T16:59:59.999', true, 'before closing'],
    ['2017-02-08T17:00:00', false, 'at closing'],
    ['2017-02-08T03:00:00', false, 'at night'],
    ['2017-02-11T10:00:00', false, 'on a Saturday'],
    ['2017-02-12T10:00:00', false, 'on a Sunday'],
    ['2017-07-05T08:30:00', true, 'at opening in summer time'],
    ['2017-07-05T17:00:00', false, 'at closing in summer time'],
    ['2017-03-27T08:30:00', true, 'on the first Monday of summer time'],
    ['2017-04-17T10:00:00', false, 'on Easter Monday'],
    ['2017-01-02T10:00:00', false, 'on a substitute bank holiday'],
    ['2022-09-19T10:00:00', false, 'on a bank holiday proclaimed once'],
  ])('at %s the office is open: %s (%s)', (naive, expected) => {
    expect(open(office, naive)).toBe(expected);
    expect(open(nights, naive)).toBe(!expected);
  });

  it('keeps a line open on a bank holiday where the landlord says so', () => {
    const line: PhoneLine = { ...office, opening: { kind: 'weekly', stretches: [{ weekdays: [1], opens: '09:00', closes: '12:00' }], closedOnBankHolidays: false } };
    expect(open(line, '2017-04-17T10:00:00')).toBe(true);
  });

  it('does not know where hours are not known, nor where they rest on such a line', () => {
    expect(open(unknown, '2017-02-08T10:00:00')).toBeNull();
    const rests: PhoneLine = { ...nights, opening: { kind: 'otherwise', whenClosed: 'Unknown' } };
    expect(open(rests, '2017-02-08T10:00:00')).toBeNull();
  });

  test('exactly one of the office and the out-of-hours line is open, at any instant', () => {
    fc.assert(fc.property(fc.integer({ min: Date.UTC(2017, 0), max: Date.UTC(2030, 0) }), (ms) => {
      const at = new Date(ms);
      expect(openNow(office, landlord, at)).toBe(!openNow(nights, landlord, at));
      expect(openNow(always, landlord, at)).toBe(true);
    }));
  });
});

describe('linesOpenFirst', () => {
  it('puts open lines first and closed ones last, each in the landlord\'s own order', () => {
    const names = (naive: string): string[] => linesOpenFirst(landlord, fromLondon(naive)).map(({ name }) => name);
    expect(names('2017-02-08T10:00:00')).toEqual(['Office', 'Always', 'Unknown', 'Nights']);
    expect(names('2017-02-08T03:00:00')).toEqual(['Nights', 'Always', 'Unknown', 'Office']);
  });
});
