/** The documents of identity: their kinds, their shapes, and how their ids are made. */
import type { Bucket, DayCount } from '../../domain/account.js';
import type { PersonReference } from '../ports.js';
import { sha256 } from '../sha256.js';

export interface AccountRecord {
  readonly id: string;
  readonly personReference: PersonReference;
  /** As it was confirmed; compared without case. */
  readonly email: string;
  readonly userId: string | null;
  readonly displayName: string;
  /** PHC text. */
  readonly passwordHash: string;
  /** Stands beside the password, until it is used or expires. */
  readonly temporary: { readonly seal: string; readonly expiresAt: string } | null;
  readonly resets: DayCount | null;
  /** The date of birth, sealed: for landlords who ask for it with a forgotten password. */
  readonly birthSeal: string | null;
  /** Devices that have signed in, by their tokens' hashes, the latest first. */
  readonly devices: readonly Bucket[];
  /** Live sessions, the oldest first, so that all can be ended at once. */
  readonly sessions: readonly string[];
  readonly createdAt: string;
  readonly lastSignInAt: string | null;
  readonly closedAt: string | null;
}

export interface SessionRecord {
  readonly id: string;
  readonly accountId: string;
  readonly personReference: PersonReference;
  readonly displayName: string;
  readonly userId: string | null;
  readonly mustChangePassword: boolean;
  /** The temporary password that opened this session: it is spent, but is the current one when a new one is chosen. */
  readonly temporarySeal: string | null;
  /** Where attempts from this session are counted. */
  readonly bucket: Bucket;
  /** Instants, ISO. */
  readonly lastSeenAt: string;
  readonly endsAt: string;
  readonly idleSeconds: number;
  /** SHA-256 of the refresh token that is good, and of those it replaced: one of these coming back is theft. */
  readonly refreshHash: string;
  readonly spentRefreshHashes: readonly string[];
}

/** What the store knows of a person: one account, one registration at a time. */
export interface PersonRecord {
  readonly personReference: PersonReference;
  readonly accountId: string | null;
  readonly registrationId: string | null;
  readonly codes: DayCount | null;
  /** Mails that say that somebody tried to register again. */
  readonly notices: DayCount | null;
}

/** A registration whose details matched and whose code has not been given yet. */
export interface RegistrationRecord {
  readonly id: string;
  readonly personReference: PersonReference;
  readonly displayName: string;
  readonly email: string;
  readonly birthSeal: string;
  readonly codeSeal: string;
  readonly codeExpiresAt: string;
  readonly tries: number;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** A registration that did not match, for staff who are asked why: names of details, never what was typed. */
export interface MismatchRecord {
  /** Null where the reference stands for nobody. */
  readonly personReference: PersonReference | null;
  /** The address that is held for the person; '' where there is none. */
  readonly email: string;
  readonly fields: readonly string[];
  readonly at: string;
  readonly expiresAt: string;
}

export const KIND = {
  account: 'account', attempts: 'attempts', decoy: 'decoy', failedRegistrations: 'failed-registrations', identifier: 'identifier',
  mismatch: 'mismatch', person: 'person', registration: 'registration', session: 'session',
} as const;

/** What a person types to sign in, as it is looked up: case and surrounding spaces do not count. */
export const identifierKey = (identifier: string): string => identifier.normalize('NFC').trim().toLowerCase();

/** The id of the identifier's document: a hash, so that keys and listings show no address. */
export const identifierId = (identifier: string): string => sha256(`identifier:${identifierKey(identifier)}`);

export const personId = (reference: PersonReference): string => sha256(`person:${reference}`);

/** What is sealed of a date of birth: with the person, so that two people's seals of one day differ. */
export const birthText = (personReference: PersonReference, dateOfBirth: string): string => `${personReference} ${dateOfBirth}`;
