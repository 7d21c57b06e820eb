/** Who lives in a home beside those who signed for it, as its tenant says: pure. */
import { isLocalDate, type LocalDate } from './calendar.js';
import { invalidInput } from './errors.js';
import { filledLine, heldLine } from './legacy-text.js';

const MOST_MEMBERS = 20;
/** Widths of the housing system's columns. */
const WIDTHS = { title: 10, forenames: 24, surname: 20, relationship: 20 } as const;
/** The housing system writes this day where it knows none. */
const NO_DATE = '1900-01-01';

export interface AskedMember {
  readonly title?: string | null | undefined;
  readonly forenames: string;
  readonly surname: string;
  readonly dateOfBirth?: LocalDate | null | undefined;
  readonly relationship?: string | null | undefined;
}

/** As it is proposed to the housing system; null where the tenant did not say. */
export interface HouseholdMember {
  readonly title: string | null;
  readonly forenames: string;
  readonly surname: string;
  readonly dateOfBirth: LocalDate | null;
  readonly relationship: string | null;
}

function birthOf(field: string, day: LocalDate | null | undefined, today: LocalDate): LocalDate | null {
  if (day === null || day === undefined) return null;
  if (!isLocalDate(day)) throw invalidInput(field, 'Enter a date that exists, as YYYY-MM-DD.');
  if (day > today) throw invalidInput(field, 'Enter a date of birth that is not in the future.');
  if (day <= NO_DATE) throw invalidInput(field, 'Enter a date of birth after 1 January 1900.');
  return day;
}

/** Reads the whole list. @param today a London day. @throws INVALID_INPUT with the field at fault. */
export function readHousehold(members: readonly AskedMember[], today: LocalDate): readonly HouseholdMember[] {
  if (members.length < 1 || members.length > MOST_MEMBERS) throw invalidInput('input.members', `Send 1 to ${MOST_MEMBERS} people. Phone us if nobody lives with you any more.`);
  return members.map((member, n) => {
    const at = `input.members.${n}`;
    return {
      title: heldLine(`${at}.title`, member.title ?? '', WIDTHS.title) || null,
      forenames: filledLine(`${at}.forenames`, member.forenames, WIDTHS.forenames),
      surname: filledLine(`${at}.surname`, member.surname, WIDTHS.surname),
      dateOfBirth: birthOf(`${at}.dateOfBirth`, member.dateOfBirth, today),
      relationship: heldLine(`${at}.relationship`, member.relationship ?? '', WIDTHS.relationship) || null,
    };
  });
}
