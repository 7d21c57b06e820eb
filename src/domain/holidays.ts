/**
 * The bank holidays of England, by the rules in force since 1978, when the early May holiday began.
 *
 * Source: Banking and Financial Dealings Act 1971, schedule 1, and the royal proclamations made under its section 1,
 * as listed at https://www.gov.uk/bank-holidays. A holiday that is proclaimed for one year is one line in `PROCLAIMED`.
 */
import { Temporal } from 'temporal-polyfill';

interface Proclamation {
  /** Days of that year that are holidays beside the usual ones. */
  readonly added: readonly string[];
  /** Usual holidays of that year that were moved away. */
  readonly removed: readonly string[];
}

const PROCLAIMED: ReadonlyMap<number, Proclamation> = new Map([
  [1981, { added: ['1981-07-29'], removed: [] }], // royal wedding
  [1995, { added: ['1995-05-08'], removed: ['1995-05-01'] }], // fifty years after the war in Europe
  [1999, { added: ['1999-12-31'], removed: [] }], // eve of the year 2000
  [2002, { added: ['2002-06-03', '2002-06-04'], removed: ['2002-05-27'] }], // golden jubilee
  [2011, { added: ['2011-04-29'], removed: [] }], // royal wedding
  [2012, { added: ['2012-06-04', '2012-06-05'], removed: ['2012-05-28'] }], // diamond jubilee
  [2020, { added: ['2020-05-08'], removed: ['2020-05-04'] }], // seventy-five years after the war in Europe
  [2022, { added: ['2022-06-02', '2022-06-03', '2022-09-19'], removed: ['2022-05-30'] }], // platinum jubilee; state funeral
  [2023, { added: ['2023-05-08'], removed: [] }], // coronation
]);

const MONDAY = 1;
const SATURDAY = 6;

/** Easter Sunday of a Gregorian year, by the anonymous algorithm of 1876 (Meeus, Astronomical Algorithms, chapter 8). */
function easterSunday(year: number): Temporal.PlainDate {
  const century = Math.floor(year / 100);
  const golden = year % 19;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor((year % 100) / 4) - epact - (year % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const days = epact + weekday - 7 * late + 114;
  return Temporal.PlainDate.from({ year, month: Math.floor(days / 31), day: (days % 31) + 1 });
}

function firstMonday(year: number, month: number): Temporal.PlainDate {
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  return first.add({ days: (MONDAY - first.dayOfWeek + 7) % 7 });
}

function lastMonday(year: number, month: number): Temporal.PlainDate {
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  const last = first.with({ day: first.daysInMonth });
  return last.subtract({ days: last.dayOfWeek - MONDAY });
}

/** A fixed holiday, or the first weekday after it that no other holiday has taken. */
function orSubstitute(date: Temporal.PlainDate, taken: readonly Temporal.PlainDate[]): Temporal.PlainDate {
  let day = date;
  while (day.dayOfWeek >= SATURDAY || taken.some((other) => other.equals(day))) day = day.add({ days: 1 });
  return day;
}

function holidaysOf(year: number): ReadonlySet<string> {
  const newYear = orSubstitute(Temporal.PlainDate.from({ year, month: 1, day: 1 }), []);
  const christmasDay = Temporal.PlainDate.from({ year, month: 12, day: 25 });
  // Boxing Day is placed first, so that of a Sunday and a Monday the Monday stays its own and the Sunday moves past it.
  const boxingDay = orSubstitute(christmasDay.add({ days: 1 }), []);
  const christmas = orSubstitute(christmasDay, [boxingDay]);
  const easter = easterSunday(year);
  const days = new Set(
    [
      newYear,
      easter.subtract({ days: 2 }),
      easter.add({ days: 1 }),
      firstMonday(year, 5),
      lastMonday(year, 5),
      lastMonday(year, 8),
      christmas,
      boxingDay,
    ].map(String),
  );
  const proclaimed = PROCLAIMED.get(year);
  for (const day of proclaimed?.removed ?? []) days.delete(day);
  for (const day of proclaimed?.added ?? []) days.add(day);
  return days;
}

const byYear = new Map<number, ReadonlySet<string>>();

/** Whether a day ('YYYY-MM-DD') is a bank holiday in England. Substitute days count; the day they stand in for does not. */
export function isBankHoliday(day: string): boolean {
  const year = Number(day.slice(0, 4));
  let days = byYear.get(year);
  if (days === undefined) {
    days = holidaysOf(year);
    byYear.set(year, days);
  }
  return days.has(day);
}
