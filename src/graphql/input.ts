import { z } from 'zod';
import { isLocalDate, type LocalDate } from '../domain/calendar.js';
import { invalidInput } from '../domain/errors.js';

/**
 * Checks an argument at the edge.
 * @param at the argument's own name, which the field at fault is named after. @throws INVALID_INPUT: never with the value in it.
 */
export function checked<T>(shape: z.ZodType<T>, value: unknown, at: string): T {
  const read = shape.safeParse(value);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw invalidInput([at, ...(issue?.path ?? []).map(String)].join('.'), issue?.message ?? 'This is not valid.');
}

/** Text without control characters; tabs and line breaks are only good where a text may have several lines. */
export const line = (most: number): z.ZodType<string> => z.string()
  .max(most, `Use at most ${most} characters.`)
  // eslint-disable-next-line no-control-regex -- this is what is refused
  .refine((value) => !/[\u0000-\u001f\u007f\u2028\u2029]/.test(value), 'Use ordinary characters only.');

/** One address: letters of any script, and nothing that a mail header could take for a second one. */
const EMAIL = /^[^\s@"'`(),:;<>[\\\]]([^\s@"(),:;<>[\\\]]{0,62}[^\s@"(),:;<>[\\\].])?@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u;

/** An e-mail address without the spaces around it. */
export const emailAddress = (most: number): z.ZodType<string> => line(most)
  .pipe(z.string().trim().regex(EMAIL, 'Enter one e-mail address, such as name@example.org.'));

/** What a client makes up for a request, and sends again with the same one. */
export const idempotencyKey: z.ZodType<string> = z.string()
  .regex(/^[A-Za-z0-9._:-]{8,100}$/, 'Send 8 to 100 letters, digits and ._:- that you made up for this request.');

/** Why staff do what they do: it goes on record. */
export const reason: z.ZodType<string> = line(500).pipe(z.string().trim().min(1, 'Say why: it goes on record.'));

/** What staff look for. */
export const searchText: z.ZodType<string> = line(100).pipe(z.string().trim().refine((text) => /[^\s,]/.test(text), 'Type something to look for.'));

/** An id of ours, as somebody sent it. */
export const id: z.ZodType<string> = line(100).pipe(z.string().min(1, 'Send an id.'));

/** A date of birth, on this day: one that exists and has come. */
export const birthday = (today: LocalDate): z.ZodType<LocalDate> => z.string()
  .refine(isLocalDate, 'Enter a date that exists, as YYYY-MM-DD.')
  .refine((day) => day <= today, 'Enter a date of birth that is not in the future.');

/** Characters of a tenancy's reference, such as `000017/01`. */
export const TENANCY_WIDTH = 11;
/** Of a person's, `house_ref/person_no`: ten characters, a slash, and a small number. */
export const PERSON_WIDTH = 16;

/** A reference in an input: null for anything that cannot be one, which is answered as one that nobody has. */
const typedReference = (most: number): z.ZodType<string | null> => z.string().max(100, 'Use at most 100 characters.').transform((typed) => reference(typed, most));
export const tenancyReference = typedReference(TENANCY_WIDTH);
export const personReference = typedReference(PERSON_WIDTH);

/** A reference of the housing system's, as typed: null for anything that cannot be one. Case and outer spaces do not count. */
export function reference(value: string, most: number): string | null {
  const tidy = value.trim().toUpperCase();
  return tidy.length <= most && /^[0-9A-Z/-]+$/.test(tidy) ? tidy : null;
}
