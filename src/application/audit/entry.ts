/** What the audit trail holds, and how one entry is tied to the one before it. */
import { sha256 } from '../sha256.js';
import type { Role } from '../viewer.js';

/** Whom or what an entry is about. */
export type SubjectKind = 'tenancy' | 'person' | 'repair' | 'staff' | 'audit-trail';
export interface Subject {
  readonly kind: SubjectKind;
  /** As the legacy system or the store knows it. It stands outside the chain, so that it can be erased. */
  readonly reference: string;
}

/** Something to be put on record. */
export interface AuditEvent {
  /** The UTC instant, ISO. */
  readonly at: string;
  /** Staff by the user name that their provider gives; 'tenant' for tenants; at the command line `operator:` and the name given there. */
  readonly actor: string;
  readonly role: Role;
  /** What was done, in fixed words: never anything that somebody typed. */
  readonly action: string;
  readonly subject: Subject;
  /** Why, in the words of whoever did it; kept outside the chain, which holds its seal alone. */
  readonly reason: string | null;
}

/** An entry of the chain: nothing in it needs ever be changed, not even when a person is erased. */
export interface ChainedEntry {
  /** 1, 2, 3 and so on, without gaps. */
  readonly sequence: number;
  readonly at: string;
  readonly actor: string;
  readonly role: Role;
  readonly action: string;
  /** The subject's pseudonym. */
  readonly subject: string;
  readonly reasonSeal: string | null;
  /** The hash of the entry before; of the first one, the name of the chain. */
  readonly previous: string;
  readonly hash: string;
}

/** Where a chain stands; kept apart from the store as well, so that a tail cut off shows. */
export interface Head {
  /** A random name, made with the first entry. */
  readonly chain: string;
  readonly sequence: number;
  readonly hash: string;
}

/** The last entry that was pruned: what is left is tied to it. */
export interface Checkpoint extends Head {
  /** When that entry was made. */
  readonly at: string;
}

/** What the trail says of its own pruning. */
export const prunedAction = (upTo: number): string => `pruned the trail up to entry ${upTo}`;
/** Up to which entry an action says that the trail was pruned; 0 for any other action. */
export const prunedUpTo = (action: string): number => Number(/^pruned the trail up to entry (\d+)$/.exec(action)?.[1] ?? 0);

/** What the trail calls somebody whose name in it leads nowhere any more. */
export const erasedName = (pseudonym: string): string => `erased ${pseudonym.slice(0, 12)}`;

/** The hash of an entry: over all that it holds, whatever its names, so that nothing can be slipped in. */
export function hashOf(entry: Omit<ChainedEntry, 'hash'> & { readonly hash?: string }): string {
  const content = Object.entries(entry).filter(([name]) => name !== 'hash').sort(([a], [b]) => (a < b ? -1 : 1));
  return sha256(JSON.stringify(content));
}

/** A subject's pseudonym. The salt makes it random, and who has the salt can hold it against the subject. */
export const pseudonymOf = (salt: string, { kind, reference }: Subject): string => sha256(`subject ${salt} ${kind} ${reference}`);

export const reasonSealOf = (salt: string, text: string): string => sha256(`reason ${salt} ${text}`);
