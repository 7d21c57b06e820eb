/** Whether what somebody typed is what the legacy system holds of one person. Typing does not count; the details do. */
import { findPhoneNumbersInText, parsePhoneNumberFromString } from 'libphonenumber-js';
import { daysBetween, type LocalDate } from './calendar.js';
import type { RegistrationForm } from './landlord.js';
import type { Person } from './person.js';
import { statusOn, type HeldTenancy } from './tenancy.js';

export interface RegistrationDetails {
  readonly email: string;
  readonly phone: string;
  readonly reference: string;
  readonly dateOfBirth: LocalDate;
}

/** A tenancy that a reference stands for, and those who answer for it. */
export interface RegistrationCandidate {
  readonly tenancy: Pick<HeldTenancy, 'reference' | 'startDate' | 'endDate' | 'terminated'> & { readonly paymentReference: string };
  readonly persons: readonly Person[];
}

/** What was not as held: a detail's name, or what is wrong with the tenancy. Never a value. */
export type Mismatch = 'email' | 'phone' | 'reference' | 'dateOfBirth' | 'tenancyNotCurrent' | 'tenancyTooNew';

export interface Verdict {
  /** The person whose details match best; null where the reference stands for nobody. */
  readonly person: Person | null;
  /** The address as held that matched; null where none did. */
  readonly email: string | null;
  /** Empty where everything matches. */
  readonly mismatches: readonly Mismatch[];
}

export const normalReference = (reference: string): string => reference.normalize('NFC').replace(/\s+/g, '').toUpperCase();

export const normalEmail = (email: string): string => email.normalize('NFC').trim().toLowerCase();

/** Text that may be a number: digits, and what people put between them. */
const LIKE_A_NUMBER = /(?:\+\s?)?\(?\d[\d\s().-]{7,}\d/g;

/**
 * The numbers in a text, in E.164. The library finds numbers among words only where they are in use, and what is held need
 * not be: whatever looks like a number is read as one of the UK too.
 */
export function phoneNumbersIn(text: string): ReadonlySet<string> {
  const found = findPhoneNumbersInText(text, 'GB').map(({ number }) => number.number);
  const read = (text.match(LIKE_A_NUMBER) ?? []).flatMap((part) => parsePhoneNumberFromString(part, 'GB')?.number ?? []);
  return new Set<string>([...found, ...read]);
}

function differences(person: Person, details: RegistrationDetails, phoneTypes: RegistrationForm['phoneTypes']): { email: string | null; mismatches: Mismatch[] } {
  const email = person.contact.emails.find((held) => normalEmail(held) === normalEmail(details.email)) ?? null;
  const given = phoneNumbersIn(details.phone);
  const phone = person.contact.phones
    .filter(({ type }) => phoneTypes.includes(type))
    .some(({ number }) => [...phoneNumbersIn(number)].some((held) => given.has(held)));
  const mismatches: Mismatch[] = [];
  if (email === null) mismatches.push('email');
  if (!phone) mismatches.push('phone');
  if (person.dateOfBirth === null || person.dateOfBirth !== details.dateOfBirth) mismatches.push('dateOfBirth');
  return { email, mismatches };
}

/**
 * Holds what was typed against the tenancies that its reference found: all four details have to be one person's, and the
 * tenancy has to be a current one that is no longer new.
 */
export function judge(
  candidates: readonly RegistrationCandidate[], details: RegistrationDetails, form: Pick<RegistrationForm, 'newTenantWaitDays' | 'phoneTypes'>, today: LocalDate,
): Verdict {
  const wanted = normalReference(details.reference);
  const verdicts = candidates
    .filter(({ tenancy }) => [tenancy.reference, tenancy.paymentReference].some((held) => held !== '' && normalReference(held) === wanted))
    .flatMap(({ tenancy, persons }) => persons.map((person): Verdict => {
      const { email, mismatches } = differences(person, details, form.phoneTypes);
      if (statusOn(tenancy, today) !== 'CURRENT') mismatches.push('tenancyNotCurrent');
      else if (daysBetween(tenancy.startDate, today) < form.newTenantWaitDays) mismatches.push('tenancyTooNew');
      return { person, email, mismatches };
    }));
  const best = verdicts.reduce<Verdict | null>((found, verdict) =>
    (found === null || verdict.mismatches.length < found.mismatches.length ? verdict : found), null);
  return best ?? { person: null, email: null, mismatches: ['reference'] };
}
