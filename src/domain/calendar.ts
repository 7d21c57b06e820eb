/**
 * Days and instants as a landlord in England means them. A day is a London day; an instant is a `Date` (UTC).
 * No function here reads the clock: the caller passes the instant in.
 */
import { Temporal } from 'temporal-polyfill';
import { isBankHoliday } from './holidays.js';

export { isBankHoliday };

/** A day in Europe/London, 'YYYY-MM-DD'. Two of them compare as strings. */
export type LocalDate = string;

/** Monday is 1 and Sunday is 7, as in ISO 8601. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export const LONDON = 'Europe/London';

/** In milliseconds; a day of London's clock may be an hour longer or shorter. */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** A stretch of time between two changes of London's clocks. Instants in milliseconds; `until` is not part of it. */
interface OffsetPeriod {
  readonly from: number;
  readonly until: number;
  readonly offset: number;
}

/** Enough for a portal's dates, which span a few years. Kept because a look-up here costs a hundredth of a conversion. */
const MOST_PERIODS = 16;
const periods: OffsetPeriod[] = [];

function periodOf(ms: number): OffsetPeriod {
  const zoned = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(LONDON);
  // 'previous' looks strictly before, and a change at this very millisecond is the one wanted.
  const previous = zoned.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  const next = zoned.getTimeZoneTransition('next');
  return {
    from: previous?.epochMilliseconds ?? -Infinity,
    until: next?.epochMilliseconds ?? Infinity,
    offset: zoned.offsetNanoseconds / 1e6,
  };
}

/** The London wall clock at an instant, as milliseconds that read right when they are printed as UTC. */
function wallClock(instant: Date): number {
  const ms = instant.getTime();
  if (Number.isNaN(ms)) throw new RangeError('An instant is expected, not an invalid date');
  let period = periods.find(({ from, until }) => from <= ms && ms < until);
  if (period === undefined) {
    period = periodOf(ms);
    if (periods.length === MOST_PERIODS) periods.shift();
    periods.push(period);
  }
  return ms + period.offset;
}

function plainDate(day: LocalDate): Temporal.PlainDate {
  if (!isLocalDate(day)) throw new RangeError('A day is expected, as YYYY-MM-DD');
  return Temporal.PlainDate.from(day);
}

/** Back to text; years that four digits cannot hold are refused, for they would no longer compare as strings. */
function dayOf(date: Temporal.PlainDate): LocalDate {
  if (date.year < 0 || date.year > 9999) throw new RangeError('The day is outside the years 0 to 9999');
  return date.toString();
}

/** Whether a text is a day that exists, written 'YYYY-MM-DD'. 2017-02-30 is not. */
export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  // The engine rolls 30 February over into March; only a real day reads the same afterwards.
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** The London day at an instant. */
export function londonDay(instant: Date): LocalDate {
  const text = new Date(wallClock(instant)).toISOString();
  if (text.length !== 24) throw new RangeError('The day is outside the years 0 to 9999');
  return text.slice(0, 10);
}

/** What a clock and a calendar on a London wall show at an instant. `minutes` counts from 00:00 of the dial: 510 is 08:30. */
export function londonClock(instant: Date): { day: LocalDate; weekday: Weekday; minutes: number } {
  const wall = new Date(wallClock(instant));
  return {
    day: londonDay(instant),
    weekday: (wall.getUTCDay() || 7) as Weekday,
    minutes: wall.getUTCHours() * 60 + wall.getUTCMinutes(),
  };
}

/** The day `n` days later; earlier where `n` is negative. */
export function addDays(day: LocalDate, n: number): LocalDate {
  return dayOf(plainDate(day).add({ days: n }));
}

/** How many days `b` is after `a`; negative where it is before. */
export function daysBetween(a: LocalDate, b: LocalDate): number {
  return plainDate(a).until(plainDate(b), { largestUnit: 'days' }).days;
}

/** The same day of the month `n` months earlier, or that month's last day where it is shorter. */
export function monthsBefore(day: LocalDate, n: number): LocalDate {
  return dayOf(plainDate(day).subtract({ months: n }));
}

/**
 * The instant of a naive London time, 'YYYY-MM-DDTHH:mm:ss' with a fraction of up to seven digits (cut to milliseconds),
 * as the legacy system writes it. A time that the clocks skip in March is taken an hour later; of a time that they show
 * twice in October the first is taken (Temporal's 'compatible').
 */
export function fromLondon(naive: string): Date {
  const day = naive.slice(0, 10);
  // Checked here because Temporal would accept, and ignore, an offset such as +01:00 at the end.
  if (!isLocalDate(day) || !/^T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,7})?$/.test(naive.slice(10))) {
    throw new RangeError('A London time is expected, as YYYY-MM-DDTHH:mm:ss');
  }
  const zoned = Temporal.PlainDateTime.from(naive).toZonedDateTime(LONDON, { disambiguation: 'compatible' });
  return new Date(zoned.epochMilliseconds);
}

/** The next 04:00 in London that is at least an hour away: when something that dies overnight dies. */
export function nextOvernight(instant: Date): Date {
  const today = londonDay(instant);
  const tonight = fromLondon(`${today}T04:00:00`);
  if (tonight.getTime() - instant.getTime() >= HOUR_MS) return tonight;
  return fromLondon(`${addDays(today, 1)}T04:00:00`);
}

/** Whether a landlord's office staff work on a day: Monday to Friday, bank holidays of England excepted. */
export function isWorkingDay(day: LocalDate): boolean {
  return plainDate(day).dayOfWeek <= 5 && !isBankHoliday(day);
}

/** The `n`th working day after a day, which itself never counts; for 0 the day itself. */
export function workingDaysAfter(day: LocalDate, n: number): LocalDate {
  if (!Number.isInteger(n) || n < 0) throw new RangeError('A whole number of working days is expected');
  let reached = day;
  for (let left = n; left > 0; ) {
    reached = addDays(reached, 1);
    if (isWorkingDay(reached)) left -= 1;
  }
  return reached;
}

/** How many working days come after `a` up to and including `b`; the negative of the reverse where `b` is before `a`. */
export function workingDaysBetween(a: LocalDate, b: LocalDate): number {
  if (b < a) return -workingDaysBetween(b, a);
  let count = 0;
  for (let day = a; day < b; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day)) count += 1;
  }
  return count;
}
