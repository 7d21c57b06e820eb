/** How the legacy system writes "nothing", in one place: padding, a single space, 1900-01-01, a naive London time. */
import { londonDay, type LocalDate } from '../src/domain/calendar.js';

/** Text without its padding; '' for null. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

export const textOrNull = (value: unknown): string | null => text(value) || null;

export const EMPTY_DAY = '1900-01-01';
const DAY = /^\d{4}-\d{2}-\d{2}/;

/**
 * A day from a driver's Date (at UTC midnight) or a naive date-time's text; null for the legacy system's empty date.
 * @throws RangeError when it is neither.
 */
export function dayOrNull(value: unknown): LocalDate | null {
  if (value === null || value === undefined || value === '') return null;
  const iso = value instanceof Date ? value.toISOString() : String(value);
  if (!DAY.test(iso)) throw new RangeError('not a date');
  // A text with a zone is an instant and may belong to the next London day; the legacy system's own are naive.
  const day = !(value instanceof Date) && /(Z|[+-]\d{2}:\d{2})$/.test(iso) ? londonDay(new Date(iso)) : iso.slice(0, 10);
  return day === EMPTY_DAY ? null : day;
}

/** @throws RangeError where there is none. */
export function day(value: unknown): LocalDate {
  const found = dayOrNull(value);
  if (found === null) throw new RangeError('a date is missing');
  return found;
}
