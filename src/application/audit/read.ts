/** The trail as staff admins read it, and as it is exported. */
import type { PageRequest } from '../paging.js';
import { everyIndexed, everyOf, type Documents } from '../identity/documents.js';
import type { Role } from '../viewer.js';
import { actorKey, AUDIT, entryId, ONLY, sequenceOf, subjectId, type PseudonymRecord, type ReasonRecord, type SubjectRecord } from './documents.js';
import { erasedName, type ChainedEntry, type Checkpoint, type Head, type Subject } from './entry.js';

export interface AuditEntry {
  /** Its number in the chain. */
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  readonly role: Role;
  readonly action: string;
  /** What it was about, such as `tenancy 000017/01`; of somebody who was erased, the name that leads to nobody. */
  readonly subject: string;
  readonly reason: string | null;
}

export interface TrailFilter {
  /** Whom or what it is about; null for anything. */
  readonly subject: Subject | null;
  readonly actor: string | null;
}

/** What is known beside the chain of an entry: whom it is about, and why it was done; null where that was erased, or never was. */
async function beside(store: Documents, { sequence, subject }: ChainedEntry): Promise<{ readonly known: PseudonymRecord | null; readonly reason: string | null }> {
  const [known, reason] = await Promise.all([store.get<PseudonymRecord>(AUDIT.pseudonym, subject), store.get<ReasonRecord>(AUDIT.reason, entryId(sequence))]);
  return { known: known?.value ?? null, reason: reason?.value.text ?? null };
}

async function shown(store: Documents, entry: ChainedEntry): Promise<AuditEntry> {
  const { sequence, at, actor, role, action, subject } = entry;
  const { known, reason } = await beside(store, entry);
  return {
    id: String(sequence), at: new Date(at), actor, role, action, reason,
    subject: known ? `${known.kind} ${known.reference}` : erasedName(subject),
  };
}

async function entriesAt(store: Documents, sequences: readonly number[]): Promise<ChainedEntry[]> {
  const found = await Promise.all(sequences.map((sequence) => store.get<ChainedEntry>(AUDIT.entry, entryId(sequence))));
  return found.flatMap((document) => (document ? [document.value] : []));
}

/** The numbers of the entries that an index leads to, the newest first. */
async function indexed(store: Documents, kind: string, of: string): Promise<number[]> {
  const found: number[] = [];
  for await (const { id } of everyIndexed(store, kind, of)) found.push(sequenceOf(id));
  return found;
}

/** All numbers that pass the filter, the newest first; null where there is no filter, and it is all of them. */
async function filtered(store: Documents, { subject, actor }: TrailFilter): Promise<number[] | null> {
  if (subject !== null) {
    const name = (await store.get<SubjectRecord>(AUDIT.subject, subjectId(subject)))?.value.pseudonym;
    const ofSubject = name === undefined ? [] : await indexed(store, AUDIT.ofSubject, name);
    if (actor === null) return ofSubject;
    return (await entriesAt(store, ofSubject)).filter((entry) => entry.actor === actor).map(({ sequence }) => sequence);
  }
  return actor === null ? null : indexed(store, AUDIT.ofActor, actorKey(actor));
}

export interface TrailPage {
  readonly entries: readonly AuditEntry[];
  /** How many pass the filter. */
  readonly total: number;
  /** How many of those stand before this page. */
  readonly before: number;
}

/** A page of the trail, the newest first. @param after the number of the entry that the page comes after; null for the first page. */
export async function readTrail(store: Documents, filter: TrailFilter, { first }: Pick<PageRequest, 'first'>, after: number | null): Promise<TrailPage> {
  const numbers = await filtered(store, filter);
  if (numbers) {
    const before = after === null ? 0 : numbers.filter((sequence) => sequence >= after).length;
    const page = await entriesAt(store, numbers.slice(before, before + first));
    return { entries: await Promise.all(page.map((entry) => shown(store, entry))), total: numbers.length, before };
  }
  const last = (await store.get<Head>(AUDIT.head, ONLY))?.value.sequence ?? 0;
  const pruned = (await store.get<Checkpoint>(AUDIT.checkpoint, ONLY))?.value.sequence ?? 0;
  const start = after === null ? last : Math.min(last, after - 1);
  const count = Math.max(0, Math.min(first, start - pruned));
  const page = await entriesAt(store, Array.from({ length: count }, (_, n) => start - n));
  return { entries: await Promise.all(page.map((entry) => shown(store, entry))), total: last - pruned, before: last - start };
}

/** An entry as it stands in the chain, with what is known beside it. */
export interface ExportedEntry extends ChainedEntry {
  readonly subjectKind: string | null;
  readonly subjectReference: string | null;
  readonly reason: string | null;
}

/** The whole trail, the oldest first. */
export async function* exportTrail(store: Documents): AsyncGenerator<ExportedEntry> {
  for await (const { document: { value: entry } } of everyOf<ChainedEntry>(store, AUDIT.entry)) {
    const { known, reason } = await beside(store, entry);
    yield { ...entry, subjectKind: known?.kind ?? null, subjectReference: known?.reference ?? null, reason };
  }
}
