/** Texts that are made up here and typed by people, and how they are compared. */
import { timingSafeEqual } from 'node:crypto';
import type { Random } from '../ports.js';

/** Nothing in it looks like another, capital and small letters of one shape and an m for an rn included. */
const DISTINCT = 'ABCDEFGHJKLMNPQRTVWXYZadefhnrt34679';
/** Likewise, but read aloud over the phone, where capitals do not count. */
const SPOKEN = 'ACDEFGHJKLMNPQRTVWXYZ34679';
/** Capitals do not count in a user ID. */
const USER_ID = 'abcdefghjkmnpqrstuvwxyz23456789';

export const CODE_LENGTH = 12;
export const TEMPORARY_PASSWORD_LENGTH = 16;
export const TEMPORARY_PASSWORD_HOURS = 24;
const USER_ID_LENGTH = 8;
const REFERENCE_LENGTH = 8;
const PAYMENT_LENGTH = 16;

/** Each character of the alphabet is as likely as any other: bytes that would favour the first ones are thrown away. */
function randomText(random: Random, length: number, alphabet: string): string {
  const fair = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    for (const byte of Buffer.from(random.token(length * 2), 'base64url')) {
      if (byte < fair && text.length < length) text += alphabet.charAt(byte % alphabet.length);
    }
  }
  return text;
}

export const newCode = (random: Random): string => randomText(random, CODE_LENGTH, DISTINCT);
export const newTemporaryPassword = (random: Random): string => randomText(random, TEMPORARY_PASSWORD_LENGTH, DISTINCT);
export const newUserId = (random: Random): string => randomText(random, USER_ID_LENGTH, USER_ID);
/** What a tenant is given for a repair until the housing system has a reference for it: longer than any of that system's own. */
export const newRequestReference = (random: Random): string => `RQ-${randomText(random, REFERENCE_LENGTH, SPOKEN)}`;
/** What a tenant is given for a change of their details: none of the housing system's own looks like it. */
export const newChangeReference = (random: Random): string => `CHG-${randomText(random, REFERENCE_LENGTH, SPOKEN)}`;
/** What a payment is known by everywhere, in the legacy system's postings too, whose trans_ref holds 20 characters; 75 bits, of nobody. */
export const newPaymentReference = (random: Random): string => `HGP${randomText(random, PAYMENT_LENGTH, SPOKEN)}`;

/** Whether two seals or hashes are the same, in a time that does not depend on how much of them is. */
export function same(a: string | null, b: string): boolean {
  const [one, other] = [Buffer.from(a ?? ''), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}
