import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  addDays, daysBetween, fromLondon, isBankHoliday, isLocalDate, isWorkingDay, londonClock, londonDay, monthsBefore,
  nextOvernight, workingDaysAfter, workingDaysBetween,
} from '../../../src/domain/calendar.js';

const HOUR = 3_600_000;

/** An independent witness: the platform's own calendar. */
const intl = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
  second: '2-digit', weekday: 'short', hourCycle: 'h23',
});
const intlParts = (instant: Date): Record<string, string> =>
  Object.fromEntries(intl.formatToParts(instant).map(({ type, value }) => [type, value]));
const intlDay = (instant: Date): string => {
  const { year, month, day } = intlParts(instant);
  return `${year}-${month}-${day}`;
};

/** Any instant from 1990 to 2060, and many close to a change of the clocks or a year's end. */
const CHANGES = [...Array(70).keys()].flatMap((n) => {
  const lastSunday = (month: number): number => {
    const last = new Date(Date.UTC(1990 + n, month + 1, 0, 1));
    return last.getTime() - last.getUTCDay() * 24 * HOUR;
  };
  return [lastSunday(2), lastSunday(9), Date.UTC(1991 + n, 0, 1)];
});
const instants = fc.oneof(
  fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2060, 0) }),
  fc.tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -30 * HOUR, max: 30 * HOUR })).map(([at, off]) => at + off),
  fc.tuple(fc.constantFrom(...CHANGES), fc.constantFrom(-HOUR, -1, 0, 1, HOUR)).map(([at, off]) => at + off),
).map((ms) => new Date(ms));
const days = instants.map(intlDay);

describe('londonDay and londonClock', () => {
  test('agree with the platform on every instant', () => {
    fc.assert(fc.property(instants, (instant) => {
      const clock = londonClock(instant);
      const { hour, minute, weekday } = intlParts(instant);
      expect(londonDay(instant)).toBe(intlDay(instant));
      expect(clock.day).toBe(intlDay(instant));
      expect(clock.minutes).toBe(Number(hour) * 60 + Number(minute));
      expect(['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][clock.weekday]).toBe(weekday);
    }), { numRuns: 3000 });
  });

  it.each([
    ['2017-06-30T22:59:59.999Z', '2017-06-30'],
    ['2017-06-30T23:00:00.000Z', '2017-07-01'],
    ['2016-12-31T23:59:59.999Z', '2016-12-31'],
    ['2017-01-01T00:00:00.000Z', '2017-01-01'],
  ])('%s is in %s', (instant, day) => {
    expect(londonDay(new Date(instant))).toBe(day);
  });

  it('goes from 00:59 to 02:00 in March and back to 01:00 in October', () => {
    const minutes = (instant: string): number => londonClock(new Date(instant)).minutes;
    expect([minutes('2017-03-26T00:59:59.999Z'), minutes('2017-03-26T01:00:00Z')]).toEqual([59, 120]);
    expect([minutes('2017-10-29T00:59:59.999Z'), minutes('2017-10-29T01:00:00Z')]).toEqual([119, 60]);
  });

  it('refuses an invalid date and a year of five digits', () => {
    expect(() => londonDay(new Date(NaN))).toThrow(RangeError);
    expect(() => londonDay(new Date(Date.UTC(10_000, 0, 2)))).toThrow(RangeError);
  });
});

describe('fromLondon', () => {
  test('gives back the instant that a London clock shows, but for the hour that is shown twice', () => {
    fc.assert(fc.property(instants, (instant) => {
      const wall = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO('Europe/London');
      const back = fromLondon(wall.toPlainDateTime().toString({ smallestUnit: 'millisecond' }));
      expect([0, -HOUR]).toContain(back.getTime() - instant.getTime());
      expect(londonDay(back)).toBe(londonDay(instant));
    }), { numRuns: 2000 });
  });

  it.each([
    ['2017-02-08T09:30:00', '2017-02-08T09:30:00.000Z'],
    ['2017-07-08T09:30:00.1234567', '2017-07-08T08:30:00.123Z'],
    ['2017-03-26T01:30:00', '2017-03-26T01:30:00.000Z'], // skipped: taken as 02:30 summer time
    ['2017-10-29T01:30:00', '2017-10-29T00:30:00.000Z'], // shown twice: the first
    ['1900-01-01T00:00:00', '1900-01-01T00:00:00.000Z'],
  ])('reads %s as %s', (naive, instant) => {
    expect(fromLondon(naive).toISOString()).toBe(instant);
  });

  it.each(['', '2017-02-08', '2017-02-30T00:00:00', '2017-02-08T24:00:00', '2017-02-08T09:30:60', '2017-02-08T09:30',
    '2017-02-08T09:30:00Z', '2017-02-08T09:30:00+01:00', '2017-02-08 09:30:00'])('refuses %j without quoting it', (naive) => {
    expect(() => fromLondon(naive)).toThrow('A London time is expected, as YYYY-MM-DDTHH:mm:ss');
  });
});

describe('nextOvernight', () => {
  test('is 04:00 in London, at least an hour away, and never more than a night further', () => {
    fc.assert(fc.property(instants, (instant) => {
      const end = nextOvernight(instant);
      const wait = end.getTime() - instant.getTime();
      expect(intlParts(end)).toMatchObject({ hour: '04', minute: '00', second: '00' });
      expect(wait).toBeGreaterThanOrEqual(HOUR);
      expect(wait).toBeLessThan(26 * HOUR);
    }), { numRuns: 2000 });
  });

  it.each([
    ['2017-02-08T22:00:00Z', '2017-02-09T04:00:00.000Z'],
    ['2017-02-09T03:00:00Z', '2017-02-09T04:00:00.000Z'],
    ['2017-02-09T03:00:00.001Z', '2017-02-10T04:00:00.000Z'],
    ['2016-12-31T23:30:00Z', '2017-01-01T04:00:00.000Z'],
    ['2017-03-25T23:30:00Z', '2017-03-26T03:00:00.000Z'], // the night of 23 hours
    ['2017-10-28T23:30:00Z', '2017-10-29T04:00:00.000Z'], // already the 29th; the night of 25 hours
    ['2017-10-28T22:30:00Z', '2017-10-29T04:00:00.000Z'],
  ])('from %s is %s', (instant, end) => {
    expect(nextOvernight(new Date(instant)).toISOString()).toBe(end);
  });
});

describe('days', () => {
  it.each(['2016-02-29', '2017-12-31', '1900-01-01', '9999-12-31'])('%s is a day', (day) => {
    expect(isLocalDate(day)).toBe(true);
  });

  it.each(['', '2017-02-29', '2017-02-30', '1900-02-29', '2017-13-01', '2017-00-10', '2017-01-00', '2017-04-31', '2017-1-1',
    '2017-01-01T00:00:00', '2017-01-01\n', '+002017-01-01', '20170101', '٢٠١٧-٠١-٠١'])('%j is not', (text) => {
    expect(isLocalDate(text)).toBe(false);
  });

  test('adding and counting undo each other, across years and changes of the clocks', () => {
    fc.assert(fc.property(days, fc.integer({ min: -4000, max: 4000 }), (day, n) => {
      const other = addDays(day, n);
      expect(isLocalDate(other)).toBe(true);
      expect(daysBetween(day, other)).toBe(n);
      expect(addDays(other, -n)).toBe(day);
      expect(other > day).toBe(n > 0);
    }));
  });

  test('months before keep the day of the month, or take the last day of a shorter one', () => {
    fc.assert(fc.property(days, fc.integer({ min: 0, max: 240 }), (day, n) => {
      const earlier = monthsBefore(day, n);
      const months = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
      expect(months(day) - months(earlier)).toBe(n);
      const clamped = earlier.slice(8) !== day.slice(8);
      if (clamped) expect(addDays(earlier, 1).slice(8)).toBe('01');
      expect(earlier.slice(8) <= day.slice(8)).toBe(true);
    }));
  });

  it('clamps 31 March to the end of February', () => {
    expect([monthsBefore('2017-03-31', 1), monthsBefore('2016-03-31', 1), monthsBefore('2016-02-29', 12)]).toEqual([
      '2017-02-28', '2016-02-29', '2015-02-28',
    ]);
  });

  it('refuses what is not a day, and days that four digits cannot hold', () => {
    expect(() => addDays('2017-02-30', 1)).toThrow('A day is expected, as YYYY-MM-DD');
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
  });
});

describe('bank holidays of England', () => {
  /** As published at https://www.gov.uk/bank-holidays, England and Wales. */
  const PUBLISHED: Readonly<Record<string, readonly string[]>> = {
    2002: ['01-01', '03-29', '04-01', '05-06', '06-03', '06-04', '08-26', '12-25', '12-26'],
    2012: ['01-02', '04-06', '04-09', '05-07', '06-04', '06-05', '08-27', '12-25', '12-26'],
    2017: ['01-02', '04-14', '04-17', '05-01', '05-29', '08-28', '12-25', '12-26'],
    2020: ['01-01', '04-10', '04-13', '05-08', '05-25', '08-31', '12-25', '12-28'],
    2021: ['01-01', '04-02', '04-05', '05-03', '05-31', '08-30', '12-27', '12-28'],
    2022: ['01-03', '04-15', '04-18', '05-02', '06-02', '06-03', '08-29', '09-19', '12-26', '12-27'],
    2023: ['01-02', '04-07', '04-10', '05-01', '05-08', '05-29', '08-28', '12-25', '12-26'],
    2024: ['01-01', '03-29', '04-01', '05-06', '05-27', '08-26', '12-25', '12-26'],
    2025: ['01-01', '04-18', '04-21', '05-05', '05-26', '08-25', '12-25', '12-26'],
    2026: ['01-01', '04-03', '04-06', '05-04', '05-25', '08-31', '12-25', '12-28'],
    2027: ['01-01', '03-26', '03-29', '05-03', '05-31', '08-30', '12-27', '12-28'],
  };

  it.each(Object.entries(PUBLISHED))('of %s are those published', (year, published) => {
    const found: string[] = [];
    for (let day = `${year}-01-01`; day.startsWith(year); day = addDays(day, 1)) if (isBankHoliday(day)) found.push(day.slice(5));
    expect(found).toEqual(published);
  });

  test('every year has at least eight, all on weekdays', () => {
    fc.assert(fc.property(fc.integer({ min: 1978, max: 2300 }), (year) => {
      let count = 0;
      for (let day = `${year}-01-01`; day.startsWith(String(year)); day = addDays(day, 1)) {
        if (!isBankHoliday(day)) continue;
        count += 1;
        expect(Temporal.PlainDate.from(day).dayOfWeek).toBeLessThan(6);
      }
      expect(count).toBeGreaterThanOrEqual(8);
    }), { numRuns: 30 });
  });
});

describe('working days', () => {
  it.each([
    ['2017-02-08', 2, '2017-02-10'], // Wednesday to Friday
    ['2017-02-10', 2, '2017-02-14'], // over a weekend
    ['2017-04-13', 2, '2017-04-19'], // over Easter
    ['2017-12-22', 2, '2017-12-28'], // over Christmas
    ['2016-12-30', 2, '2017-01-04'], // over a substitute New Year's Day
    ['2017-02-11', 1, '2017-02-13'], // from a Saturday
    ['2017-02-11', 0, '2017-02-11'],
  ])('%s and %i more is %s', (day, n, end) => {
    expect(workingDaysAfter(day, n)).toBe(end);
  });

  test('after and between undo each other', () => {
    fc.assert(fc.property(days, fc.integer({ min: 1, max: 60 }), (day, n) => {
      const end = workingDaysAfter(day, n);
      expect(isWorkingDay(end)).toBe(true);
      expect(workingDaysBetween(day, end)).toBe(n);
      expect(workingDaysBetween(end, day)).toBe(-n);
      expect(workingDaysBetween(day, addDays(end, -1))).toBe(n - 1);
    }));
  });

  it('refuses a part of a day and a negative number', () => {
    expect(() => workingDaysAfter('2017-02-08', 1.5)).toThrow(RangeError);
    expect(() => workingDaysAfter('2017-02-08', -1)).toThrow(RangeError);
  });
});
