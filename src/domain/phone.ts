/** Phone numbers that people type, read and printed in one way. */
import { parsePhoneNumberFromString, type PhoneNumber } from 'libphonenumber-js';

/** As many characters as the housing system's own field holds. */
const MOST_CHARACTERS = 50;

/** One number and nothing else, of the UK where it names no country; null where the text is none, or one that nobody could dial. */
export function readPhone(text: string): PhoneNumber | null {
  const number = parsePhoneNumberFromString(text, { defaultCountry: 'GB', extract: false });
  return number?.isPossible() ? number : null;
}

/** As whoever calls can read it: in the UK's own form, or with its country's code. */
export function printedPhone(number: PhoneNumber): string {
  const printed = number.countryCallingCode === '44' ? number.formatNational() : number.formatInternational();
  return printed.length <= MOST_CHARACTERS ? printed : number.number;
}

/** Ofcom keeps these for films and the like: nobody has one, so the library calls them invalid, and invented tenants have no others. */
const FOR_DRAMA = /^\+44(7700900|1632960|306999\d)\d{3}$/;

/** Whether it is of a range that is in use, as well as of a length that can be dialled. */
export const isInUse = (number: PhoneNumber): boolean => number.isValid() || FOR_DRAMA.test(number.number);
