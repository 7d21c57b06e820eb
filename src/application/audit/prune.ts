/** Forgets the oldest entries, and a person: both leave a chain that can still be verified. */
import { everyIndexed, indexedId, type Documents, type Write } from '../identity/documents.js';
import { MOST_TRIES, removeIfThere, tooBusy, transact, type Transaction } from '../identity/transaction.js';
import type { Clock } from '../ports.js';
import { actorKey, AUDIT, entryId, indexId, ONLY, sequenceOf, subjectId, type SubjectRecord } from './documents.js';
import { prunedAction, type ChainedEntry, type Checkpoint, type Head, type Subject } from './entry.js';
import type { Doer } from './event.js';
import type { AuditTrail } from './trail.js';

const AT_ONCE = 100;

export interface PruneDeps {
  readonly store: Documents;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

/**
 * Removes entries made before an instant, from the oldest end; the last one removed stays as a checkpoint, to which the rest is tied.
 * Before that the trail itself says how far it is pruned, so that a beginning which somebody else took away can be told from it.
 * @returns how many. @throws SERVICE_UNAVAILABLE.
 */
export async function pruneTrail({ store, audit, clock }: PruneDeps, by: Doer, before: Date): Promise<number> {
  const checkpoint = (await store.get<Checkpoint>(AUDIT.checkpoint, ONLY))?.value.sequence ?? 0;
  const last = (await store.get<Head>(AUDIT.head, ONLY))?.value.sequence ?? 0;
  const upTo = await lastBefore(store, checkpoint, last, before);
  if (upTo === checkpoint) return 0;
  await audit.record([{ at: clock().toISOString(), ...by, action: prunedAction(upTo), subject: { kind: 'audit-trail', reference: 'whole' }, reason: null }]);
  return removeUpTo(store, upTo);
}

/** The last entry from the oldest end that was made before an instant. */
async function lastBefore(store: Documents, after: number, last: number, before: Date): Promise<number> {
  for (let found = after; ; ) {
    const next = (await oldest(store, found, last, before)).at(-1);
    if (!next) return found;
    found = next.sequence;
  }
}

async function removeUpTo(store: Documents, upTo: number): Promise<number> {
  for (let total = 0, tries = 0; tries < MOST_TRIES; ) {
    const head = (await store.get<Head>(AUDIT.head, ONLY))?.value;
    const checkpoint = await store.get<Checkpoint>(AUDIT.checkpoint, ONLY);
    if (!head) return total;
    const entries = await oldest(store, checkpoint?.value.sequence ?? 0, upTo);
    const last = entries.at(-1);
    if (!last) return total;
    const value: Checkpoint = { chain: head.chain, sequence: last.sequence, hash: last.hash, at: last.at };
    const removed = entries.flatMap(({ sequence, subject, actor }) => [
      [AUDIT.entry, entryId(sequence)], [AUDIT.reason, entryId(sequence)],
      [AUDIT.ofSubject, indexId(subject, sequence)], [AUDIT.ofActor, indexId(actorKey(actor), sequence)],
    ] as const);
    const held = await Promise.all(removed.map(async ([kind, id]) => ({ kind, id, version: (await store.get(kind, id))?.version })));
    const done = await store.commit([
      { kind: AUDIT.checkpoint, id: ONLY, ifVersion: checkpoint?.version ?? 0, value },
      ...held.flatMap(({ kind, id, version }): Write[] => (version === undefined ? [] : [{ kind, id, ifVersion: version, value: null }])),
    ]);
    if (!done) {
      tries += 1;
      continue;
    }
    total += entries.length;
    for (const name of new Set(entries.map(({ subject }) => subject))) await forgetUnused(store, name);
  }
  throw tooBusy();
}

async function oldest(store: Documents, after: number, last: number, before?: Date): Promise<ChainedEntry[]> {
  const found: ChainedEntry[] = [];
  for (let sequence = after + 1; sequence <= last && found.length < AT_ONCE; sequence++) {
    const entry = (await store.get<ChainedEntry>(AUDIT.entry, entryId(sequence)))?.value;
    // What is missing is for the verification to say; nothing after it is pruned.
    if (!entry || (before && Date.parse(entry.at) >= before.getTime())) break;
    found.push(entry);
  }
  return found;
}

/** A name that no entry has any more leads to nobody. */
async function forgetUnused(store: Documents, name: string): Promise<void> {
  await transact(store, async (transaction) => {
    // No entry may come between the look and the removal: each moves the head.
    await transaction.get(AUDIT.head, ONLY);
    const subject = await transaction.get<Subject>(AUDIT.pseudonym, name);
    const [next] = await store.list(AUDIT.ofSubject, indexedId(name, ''), 1);
    if (subject && !next?.id.startsWith(indexedId(name, ''))) await removeName(transaction, subject);
  });
}

async function removeName(transaction: Transaction, subject: Subject): Promise<string | null> {
  const id = subjectId(subject);
  const held = await transaction.get<SubjectRecord>(AUDIT.subject, id);
  if (!held) return null;
  transaction.remove(AUDIT.subject, id);
  await removeIfThere(transaction, AUDIT.pseudonym, held.pseudonym);
  return held.pseudonym;
}

/**
 * Makes a subject's entries nobody's: its name in the chain leads nowhere any more, and the reasons given with them are gone.
 * @returns that name; null where it had none.
 */
export async function forgetSubject(store: Documents, subject: Subject): Promise<string | null> {
  const name = await transact(store, (transaction) => removeName(transaction, subject));
  if (name === null) return null;
  for await (const { id } of everyIndexed(store, AUDIT.ofSubject, name)) {
    await transact(store, (transaction) => removeIfThere(transaction, AUDIT.reason, entryId(sequenceOf(id))));
  }
  return name;
}
