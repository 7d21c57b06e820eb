/** What a tenant wants changed in their contact details, read and judged: pure. */
import { cleanText } from './clean-text.js';
import { invalidInput } from './errors.js';
import { filledLine } from './legacy-text.js';
import type { Address, Phone } from './person.js';
import { isInUse, printedPhone, readPhone } from './phone.js';

const MOST_PHONES = 10;
const MOST_ADDRESS_LINES = 4;
/** Widths of the housing system's columns. */
const LINE_WIDTH = 50;
const EMAIL_WIDTH = 100;

export interface AskedContact {
  readonly phones?: readonly Phone[] | null | undefined;
  readonly correspondenceAddress?: Address | null | undefined;
  readonly email?: string | null | undefined;
}

/** What is to stand in a person's contact details; null leaves what stands there. */
export interface ContactChange {
  /** In place of all that are held. */
  readonly phones: readonly Phone[] | null;
  readonly correspondenceAddress: Address | null;
  /** In place of all that are held. */
  readonly email: string | null;
}

/**
 * The numbers in place of all that are held, each once. There has to be one: without any, nobody could ring about a leak or a
 * visit, and a list that a form sent empty by mistake would wipe out what is held.
 */
function phonesOf(typed: readonly Phone[]): readonly Phone[] {
  if (typed.length === 0) throw invalidInput('input.phones', 'Keep at least one phone number, so that we can ring you about your home.');
  if (typed.length > MOST_PHONES) throw invalidInput('input.phones', `Send at most ${MOST_PHONES} phone numbers.`);
  const read = new Map<string, Phone>();
  typed.forEach(({ type, number }, n) => {
    const found = readPhone(cleanText(number));
    if (!found || !isInUse(found)) throw invalidInput(`input.phones.${n}.number`, 'Enter one phone number with its area code, and nothing else.');
    const same = `${found.number};${found.ext ?? ''}`;
    if (!read.has(same)) read.set(same, { type, number: printedPhone(found) });
  });
  return [...read.values()];
}

const POSTCODE = /^([A-Z]{1,2}[0-9][A-Z0-9]?|GIR)([0-9][A-Z]{2})$/;

/** A UK postcode in capitals with its one space; null for anything else. */
export function ukPostcode(typed: string): string | null {
  const [, outward, inward] = POSTCODE.exec(typed.replace(/\s+/g, '').toUpperCase()) ?? [];
  return outward === undefined ? null : `${outward} ${inward}`;
}

function addressOf({ lines, postcode }: Address): Address {
  const field = 'input.correspondenceAddress';
  if (lines.length < 1 || lines.length > MOST_ADDRESS_LINES) throw invalidInput(`${field}.lines`, `Send 1 to ${MOST_ADDRESS_LINES} lines, without the postcode.`);
  const held = lines.map((line, n) => filledLine(`${field}.lines.${n}`, line, LINE_WIDTH));
  const tidy = ukPostcode(postcode);
  if (tidy === null) throw invalidInput(`${field}.postcode`, 'Enter a UK postcode, such as SN12 7AB. Phone us about an address abroad.');
  return { lines: held, postcode: tidy };
}

/** Reads what was asked for. @throws INVALID_INPUT with the field at fault. */
export function readContact({ phones, correspondenceAddress, email }: AskedContact): ContactChange {
  if (!phones && !correspondenceAddress && (email ?? null) === null) throw invalidInput('input', 'Send what is to be changed: phone numbers, an address for letters, or an e-mail address.');
  return {
    phones: phones ? phonesOf(phones) : null,
    correspondenceAddress: correspondenceAddress ? addressOf(correspondenceAddress) : null,
    email: typeof email === 'string' ? filledLine('input.email', email, EMAIL_WIDTH) : null,
  };
}
