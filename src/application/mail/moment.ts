import { londonClock } from '../../domain/calendar.js';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

const timeOf = (minutes: number): string => {
  const hour = Math.floor(minutes / 60);
  return `${hour % 12 || 12}.${String(minutes % 60).padStart(2, '0')}${hour < 12 ? 'am' : 'pm'}`;
};

/** An instant in London's words: "4.00am on Thursday 9 February". Cut to the minute, so that it never promises more than there is. */
export function londonMoment(instant: string): string {
  const { day, weekday, minutes } = londonClock(new Date(instant));
  const date = `${WEEKDAYS[weekday - 1]} ${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]}`;
  // "12.00am" is read as either end of a day.
  if (minutes === 0) return `midnight, as ${date} begins`;
  if (minutes === 12 * 60) return `midday on ${date}`;
  return `${timeOf(minutes)} on ${date}`;
}
