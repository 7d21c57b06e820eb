/**
 * What differs between one landlord and another, as data. `defineLandlord` checks it when the program starts, so that a
 * mistake in a landlord's file stops the start and never reaches a tenant.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { z } from 'zod';
import { LONDON, type Weekday } from './calendar.js';
import { isDefinedGuide } from './guide-check.js';
import type { RepairGuide } from './guide.js';
import { PHONE_TYPES, type PhoneType } from './person.js';

/** One stretch of opening on each of some weekdays. London time, 'HH:MM'; open at `opens`, closed again at `closes`. */
export interface OpeningStretch {
  readonly weekdays: readonly Weekday[];
  readonly opens: string;
  readonly closes: string;
}

/** When a line is answered. 'otherwise' is whenever the line named by `whenClosed` is not, such as an out-of-hours service. */
export type Opening =
  | { readonly kind: 'always' }
  | { readonly kind: 'weekly'; readonly stretches: readonly OpeningStretch[]; readonly closedOnBankHolidays: boolean }
  | { readonly kind: 'otherwise'; readonly whenClosed: string };

export interface PhoneLine {
  readonly name: string;
  readonly number: string;
  /** The hours in words, for tenants to read. */
  readonly hours?: string | undefined;
  /** The hours as data; absent where they are not known, and then nobody is told that the line is open or closed. */
  readonly opening?: Opening | undefined;
  /** Whether emergencies are to be phoned through on it. */
  readonly emergencies: boolean;
}

export interface UsefulNumber {
  readonly organisation: string;
  readonly number: string;
  readonly purpose: string;
}

export const LINK_KINDS = ['PRIVACY', 'LETTINGS', 'HOUSING_REGISTER', 'PUBLICATION'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

export interface Link {
  readonly kind: LinkKind;
  readonly title: string;
  readonly url: string;
}

/** What the registration screen asks for, and what a tenant will sign in with afterwards. */
export interface RegistrationForm {
  readonly referenceLabel: string;
  readonly phoneLabel: string;
  /** Which of the numbers held for a person may be given. */
  readonly phoneTypes: readonly PhoneType[];
  readonly identifierLabel: string;
  /** How many days a tenancy must have lasted before its tenant can register. */
  readonly newTenantWaitDays: number;
}

export interface PasswordResetForm {
  readonly identifierLabel: string;
  readonly dateOfBirthRequired: boolean;
}

export interface HelpTopic {
  /** Stable: front ends link to it. */
  readonly id: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
}

export interface Landlord {
  readonly id: string;
  readonly name: string;
  readonly portalName: string;
  readonly email?: string | undefined;
  /** Days, opening hours and the overnight deadline are all reckoned in London, so no other zone would be honoured. */
  readonly timeZone: typeof LONDON;
  readonly phoneLines: readonly PhoneLine[];
  readonly usefulNumbers: readonly UsefulNumber[];
  readonly links: readonly Link[];
  readonly registration: RegistrationForm;
  readonly passwordReset: PasswordResetForm;
  /** Whether an account has a user ID that opens it, beside the e-mail address. */
  readonly signsInWithUserId: boolean;
  /** Whether staff can open an account for a tenant whose written request they have checked. */
  readonly staffMayIssueLogin: boolean;
  readonly help: readonly HelpTopic[];
  /** From `defineGuide`, so checked already. */
  readonly repairGuide: RepairGuide;
  /** The most that a tenant can pay at once. */
  readonly paymentLimitPence: number;
}

/** What a landlord's own file writes: of the same type, but its texts, numbers and addresses not yet checked. */
export type LandlordInput = Landlord;

/** A landlord's data has faults. The message lists them all, each with the path of the value at fault. */
export class LandlordFaultsError extends Error {
  override readonly name = 'LandlordFaultsError';

  constructor(landlord: string, readonly faults: readonly string[]) {
    super([`The data of landlord ${landlord} has ${faults.length} fault(s):`, ...faults].join('\n  '));
  }
}

const text = z.string().trim().min(1, 'must not be empty');
const kebab = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens');
const phoneNumber = z
  .string('must be a phone number')
  .refine((number) => parsePhoneNumberFromString(number, 'GB')?.isValid() ?? false, 'must be a phone number in use in the UK');
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, HH:MM');
const weekday = z.literal([1, 2, 3, 4, 5, 6, 7], 'must be a weekday, from 1 (Monday) to 7 (Sunday)');

const stretch = z
  .strictObject({ weekdays: z.array(weekday).min(1, 'must name a weekday'), opens: time, closes: time })
  .refine(({ opens, closes }) => opens < closes, { path: ['closes'], error: 'must be later than opens' });

const opening = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('always') }),
  z.strictObject({
    kind: z.literal('weekly'),
    stretches: z.array(stretch).min(1, 'must hold a stretch of opening'),
    closedOnBankHolidays: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('otherwise'), whenClosed: text }),
]);

const shape: z.ZodType<Landlord> = z.strictObject({
  id: kebab,
  name: text,
  portalName: text,
  email: z.email('must be an e-mail address').optional(),
  timeZone: z.literal(LONDON, `must be ${LONDON}`),
  phoneLines: z
    .array(z.strictObject({ name: text, number: phoneNumber, hours: text.optional(), opening: opening.optional(), emergencies: z.boolean() }))
    .min(1, 'must hold a line that tenants can phone'),
  usefulNumbers: z.array(z.strictObject({ organisation: text, number: phoneNumber, purpose: text })),
  links: z.array(z.strictObject({ kind: z.enum(LINK_KINDS), title: text, url: z.url({ protocol: /^https$/, error: 'must be an https address' }) })),
  registration: z.strictObject({
    referenceLabel: text,
    phoneLabel: text,
    phoneTypes: z.array(z.enum(PHONE_TYPES)).min(1, 'must name a type of number'),
    identifierLabel: text,
    newTenantWaitDays: z.int().min(0),
  }),
  passwordReset: z.strictObject({ identifierLabel: text, dateOfBirthRequired: z.boolean() }),
  signsInWithUserId: z.boolean(),
  staffMayIssueLogin: z.boolean(),
  help: z.array(z.strictObject({ id: kebab, title: text, paragraphs: z.array(text).min(1, 'must hold a paragraph') })),
  repairGuide: z.custom<RepairGuide>(isDefinedGuide, 'must come from defineGuide'),
  paymentLimitPence: z.int().min(1),
});

/** The elements of a list that read as `item`, with their places; the others are left to the shape's own faults. */
function readable<T>(list: unknown, item: z.ZodType<T>): readonly { at: number; value: T }[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((element: unknown, at) => {
    const read = item.safeParse(element);
    return read.success ? [{ at, value: read.data }] : [];
  });
}

function repeated(list: unknown, field: 'id' | 'name', where: string): string[] {
  const seen = new Set<string>();
  return readable(list, z.object({ [field]: z.string() })).flatMap(({ at, value }) => {
    const key = value[field] ?? '';
    if (seen.has(key)) return [`${where}[${at}].${field}: stands here a second time`];
    seen.add(key);
    return [];
  });
}

const digits = (number: string): string => number.replace(/\D/g, '').replace(/^440?/, '0');

/** What reads like a phone number in a text, as it is written there; mistyped ones too, which are the ones to find. */
const quoted = (words: string): readonly string[] => words.match(/(?<!\d)(?:\+44|\(?0)(?:[ ()-]{0,2}\d){7,13}(?!\d)/g) ?? [];

/** Faults that only show when parts are held against each other. Takes data of any shape, so that none hides another. */
function faultsBetweenParts(input: unknown): readonly string[] {
  const parts = z.looseObject({}).catch({}).parse(input);
  const lines = readable(parts['phoneLines'], z.object({ name: z.string(), number: z.string() }));
  const weekly = readable(parts['phoneLines'], z.object({ name: z.string(), opening: z.object({ kind: z.literal('weekly') }) }));
  const otherwise = readable(parts['phoneLines'], z.object({ opening: z.object({ kind: z.literal('otherwise'), whenClosed: z.string() }) }));
  const forEmergencies = readable(parts['phoneLines'], z.object({ emergencies: z.literal(true) }));
  const useful = readable(parts['usefulNumbers'], z.object({ number: z.string() }));
  const known = new Set([...lines, ...useful].map(({ value }) => digits(value.number)));
  const topics = readable(parts['help'], z.object({ title: z.string(), paragraphs: z.array(z.string()) }));

  return [
    ...repeated(parts['phoneLines'], 'name', 'phoneLines'),
    ...repeated(parts['help'], 'id', 'help'),
    ...otherwise
      .filter(({ value }) => !weekly.some((line) => line.value.name === value.opening.whenClosed))
      .map(({ at }) => `phoneLines[${at}].opening.whenClosed: must name a line with weekly opening hours`),
    // Tenants with an emergency are told to phone, so there has to be somebody to phone.
    ...(forEmergencies.length === 0 ? ['phoneLines: no line takes emergencies'] : []),
    ...topics.flatMap(({ at, value }) =>
      [value.title, ...value.paragraphs].flatMap((words, n) =>
        quoted(words)
          .filter((number) => !known.has(digits(number)))
          .map((number) => `help[${at}].${n === 0 ? 'title' : `paragraphs[${n - 1}]`}: quotes ${number}, which is no number of this landlord`),
      ),
    ),
  ];
}

/**
 * Checks a landlord's data and gives it back as a `Landlord`.
 * Throws one `LandlordFaultsError` that lists every fault.
 */
export function defineLandlord(input: LandlordInput): Landlord {
  const read = shape.safeParse(input);
  const faults = [
    ...(read.error?.issues ?? []).map(({ path, message }) => `${z.core.toDotPath(path) || '(all of it)'}: ${message}`),
    ...faultsBetweenParts(input),
  ];
  if (read.success && faults.length === 0) return read.data;
  const { id } = z.object({ id: z.string() }).catch({ id: '(unnamed)' }).parse(input);
  throw new LandlordFaultsError(id, faults);
}
