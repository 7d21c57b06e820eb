/** Which of a landlord's phone lines are answered at an instant. */
import { isBankHoliday, londonClock } from './calendar.js';
import type { Landlord, OpeningStretch, PhoneLine } from './landlord.js';

/** 'HH:MM' as minutes of the dial. */
function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function duringStretch({ weekdays, opens, closes }: OpeningStretch, clock: ReturnType<typeof londonClock>): boolean {
  return weekdays.includes(clock.weekday) && minutesOf(opens) <= clock.minutes && clock.minutes < minutesOf(closes);
}

/** Whether a line of this landlord is answered at an instant; null where its hours are not known. */
export function openNow(line: PhoneLine, landlord: Pick<Landlord, 'phoneLines'>, instant: Date): boolean | null {
  const { opening } = line;
  switch (opening?.kind) {
    case undefined:
      return null;
    case 'always':
      return true;
    case 'weekly': {
      const clock = londonClock(instant);
      if (opening.closedOnBankHolidays && isBankHoliday(clock.day)) return false;
      return opening.stretches.some((stretch) => duringStretch(stretch, clock));
    }
    case 'otherwise': {
      const other = landlord.phoneLines.find(({ name }) => name === opening.whenClosed);
      const otherOpen = other === undefined ? null : openNow(other, landlord, instant);
      return otherOpen === null ? null : !otherOpen;
    }
  }
}

/** The landlord's lines for somebody who has to phone now: open ones, then those not known, then closed ones. */
export function linesOpenFirst(landlord: Pick<Landlord, 'phoneLines'>, instant: Date): readonly PhoneLine[] {
  const rank = (line: PhoneLine): number => {
    const open = openNow(line, landlord, instant);
    return open === null ? 1 : open ? 0 : 2;
  };
  return landlord.phoneLines
    .map((line) => ({ line, rank: rank(line) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ line }) => line);
}
