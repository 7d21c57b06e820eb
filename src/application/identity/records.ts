/** The documents of identity: their kinds, their shapes, and how their ids are made. */
import { createHash } from 'node:crypto';
import type { PersonReference } from '../ports.js';

export interface AccountRecord {
  readonly id: string;
  readonly personReference: PersonReference;
  /** As it was confirmed; compared without case. */
  readonly email: string;
  readonly userId: string | null;
  readonly displayName: string;
  /** PHC text. */
  readonly passwordHash: string;
  /** Live sessions, so that all can be ended at once. */
  readonly sessions: readonly string[];
  readonly createdAt: string;
  readonly lastSignInAt: string | null;
}

export interface SessionRecord {
  readonly id: string;
  readonly accountId: string;
  readonly personReference: PersonReference;
  readonly displayName: string;
  readonly userId: string | null;
  readonly mustChangePassword: boolean;
  /** Instants, ISO. */
  readonly lastSeenAt: string;
  readonly endsAt: string;
  readonly idleSeconds: number;
  /** SHA-256 of the refresh token that is good, and of those it replaced: one of these coming back is theft. */
  readonly refreshHash: string;
  readonly spentRefreshHashes: readonly string[];
}

export const KIND = { account: 'account', identifier: 'identifier', session: 'session' } as const;

/** What a person types to sign in, as it is looked up: case and surrounding spaces do not count. */
export const identifierKey = (identifier: string): string => identifier.normalize('NFC').trim().toLowerCase();

/** The id of the identifier's document: a hash, so that keys and listings show no address. */
export const identifierId = (identifier: string): string => sha256(`identifier:${identifierKey(identifier)}`);

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');
