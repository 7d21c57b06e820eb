import type { LocalDate } from './calendar.js';

export interface PersonName {
  readonly title: string | null;
  readonly forenames: string;
  readonly surname: string;
  readonly full: string;
}

export function personName(title: string, forenames: string, surname: string): PersonName {
  return { title: title || null, forenames, surname, full: [title, forenames, surname].filter(Boolean).join(' ') };
}

export const PHONE_TYPES = ['HOME', 'MOBILE', 'WORK', 'OTHER'] as const;
export type PhoneType = (typeof PHONE_TYPES)[number];

export interface Phone {
  readonly type: PhoneType;
  /** As held, padding removed: the legacy system's users wrote what they liked. */
  readonly number: string;
}

export interface Address {
  readonly lines: readonly string[];
  readonly postcode: string;
}

export interface ContactDetails {
  readonly emails: readonly string[];
  readonly phones: readonly Phone[];
  readonly correspondenceAddress: Address | null;
}

/** A person of a household, known by `house_ref/person_no`. */
export interface Person {
  readonly reference: string;
  readonly name: PersonName;
  readonly dateOfBirth: LocalDate | null;
  readonly contact: ContactDetails;
}
