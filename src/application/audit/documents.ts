/** The audit trail's documents in the store, and how their ids are made. */
import { indexedId } from '../identity/documents.js';
import { sha256 } from '../sha256.js';
import type { AuditEvent, Subject } from './entry.js';

export const AUDIT = {
  /** The chain: `ChainedEntry` by its number. */
  entry: 'audit',
  /** `Head` and `Checkpoint`, one of each. */
  head: 'audit-head', checkpoint: 'audit-checkpoint',
  /** Outside the chain: why something was done, by the entry's number. */
  reason: 'audit-reason',
  /** Outside the chain: the pseudonym by its subject, and the subject by its pseudonym. */
  subject: 'audit-subject', pseudonym: 'audit-pseudonym',
  /** Lead to a subject's and an actor's entries, the newest first. */
  ofSubject: 'audit-of-subject', ofActor: 'audit-of-actor',
  /** Written with the event itself, and not in the chain yet. */
  pending: 'audit-pending',
} as const;

/** The id of the only document of its kind. */
export const ONLY = 'trail';

export interface ReasonRecord { readonly salt: string; readonly text: string }
export interface SubjectRecord { readonly pseudonym: string }
export interface PseudonymRecord extends Subject { readonly salt: string }
export type PendingRecord = AuditEvent;

const WIDTH = 12;
const MOST = 10 ** WIDTH - 1;

export const entryId = (sequence: number): string => String(sequence).padStart(WIDTH, '0');
export const subjectId = ({ kind, reference }: Subject): string => sha256(`audit ${kind} ${reference}`);

/** Ids go up, and a list of them is wanted with the newest first. */
export const indexId = (of: string, sequence: number): string => indexedId(of, entryId(MOST - sequence));
export const sequenceOf = (indexed: string): number => MOST - Number(indexed.slice(-WIDTH));
export const actorKey = (actor: string): string => sha256(`actor ${actor}`);
