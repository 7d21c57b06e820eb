/** Whether the trail is whole: every entry tied to the one before, and everything beside the chain as the chain says. */
import { GatewayError } from '../../domain/errors.js';
import { everyOf, UnreadableDocument, type Documents } from '../identity/documents.js';
import {
  actorKey, AUDIT, entryId, indexId, ONLY, sequenceOf, subjectId, type PseudonymRecord, type ReasonRecord, type SubjectRecord,
} from './documents.js';
import { erasedName, hashOf, prunedUpTo, pseudonymOf, reasonSealOf, type ChainedEntry, type Checkpoint, type Head } from './entry.js';

export interface Verdict {
  /** Everything that is wrong, in words; empty where the trail is whole. */
  readonly faults: readonly string[];
  readonly head: Head | null;
  /** How many entries were looked at. */
  readonly entries: number;
  /** How many were pruned before them. */
  readonly pruned: number;
  /** Reasons that were erased with the person whom they were about. */
  readonly erasedReasons: number;
}

const NAMES = ['action', 'actor', 'at', 'hash', 'previous', 'reasonSeal', 'role', 'sequence', 'subject'].join();

/** More than this many faults say no more than so many. */
const MOST_FAULTS = 50;

/** The store, but for documents that cannot be read any more: those are faults, and count as gone. */
function readable(store: Documents, fault: (text: string) => void): Documents {
  const orFault = async <T>(read: Promise<T>, gone: T, what: string): Promise<T> => {
    try {
      return await read;
    } catch (error) {
      if (!(error instanceof GatewayError && error.cause instanceof UnreadableDocument)) throw error;
      fault(`${what} cannot be read`);
      return gone;
    }
  };
  return {
    ...store,
    get: (kind, id) => orFault(store.get(kind, id), null, `the document ${kind} ${id}`),
    list: (kind, after, limit) => orFault(store.list(kind, after, limit), [], `a document of kind ${kind}`),
  };
}

/** @param kept the head that was kept apart, where there is one. @param progress told the number of entries now and then. */
export async function verifyTrail(documents: Documents, kept: Head | null, progress: (entries: number) => void = () => undefined): Promise<Verdict> {
  const faults: string[] = [];
  const fault = (text: string): void => {
    if (faults.length < MOST_FAULTS) faults.push(text);
  };
  const store = readable(documents, fault);
  // Entries that are added meanwhile come after this head, and are not looked at.
  const checkpoint = (await store.get<Checkpoint>(AUDIT.checkpoint, ONLY))?.value ?? null;
  const head = (await store.get<Head>(AUDIT.head, ONLY))?.value ?? null;
  const first = (checkpoint?.sequence ?? 0) + 1;
  const last = head?.sequence ?? 0;
  const indexed = { ofSubject: new Set<string>(), ofActor: new Set<string>() };
  const subjects = new Set<string>();
  /** Numbers of entries whose reasons are gone, by subject. */
  const unreasoned = new Map<string, number[]>();
  let prunedAsSaid = 0;
  let previous = checkpoint?.hash ?? head?.chain ?? '';
  let looked = 0;

  if (checkpoint && head && checkpoint.chain !== head.chain) fault('the checkpoint belongs to another chain');
  for (let sequence = first; sequence <= last; sequence++) {
    const entry = (await store.get<ChainedEntry>(AUDIT.entry, entryId(sequence)))?.value;
    if (!entry) {
      // A gateway may prune beside this.
      const pruned = (await store.get<Checkpoint>(AUDIT.checkpoint, ONLY))?.value;
      if (pruned && pruned.sequence >= sequence) {
        previous = pruned.hash;
        sequence = pruned.sequence;
        continue;
      }
      fault(`entry ${sequence} is missing`);
      previous = '';
      // A head that was changed may name any number.
      if (faults.length >= MOST_FAULTS) break;
      continue;
    }
    looked += 1;
    if (looked % 10_000 === 0) progress(looked);
    if (Object.keys(entry).sort().join() !== NAMES) fault(`entry ${sequence} has other fields than it was written with`);
    if (entry.sequence !== sequence) fault(`entry ${sequence} has another number in it`);
    if (hashOf(entry) !== entry.hash) fault(`entry ${sequence} was changed`);
    if (previous !== '' && entry.previous !== previous) fault(`entry ${sequence} does not follow the entry before it`);
    previous = entry.hash;
    subjects.add(entry.subject);
    prunedAsSaid = Math.max(prunedAsSaid, prunedUpTo(entry.action));
    indexed.ofSubject.add(indexId(entry.subject, sequence));
    indexed.ofActor.add(indexId(actorKey(entry.actor), sequence));
    if (entry.reasonSeal !== null) {
      const reason = (await store.get<ReasonRecord>(AUDIT.reason, entryId(sequence)))?.value;
      if (!reason) unreasoned.set(entry.subject, [...unreasoned.get(entry.subject) ?? [], sequence]);
      else if (reasonSealOf(reason.salt, reason.text) !== entry.reasonSeal) fault(`the reason of entry ${sequence} was changed`);
    }
    if (kept && kept.sequence === sequence && kept.hash !== entry.hash) fault(`entry ${sequence} is not the one whose hash was kept apart`);
  }
  if (head && looked > 0 && previous !== head.hash) fault('the last entry is not the one that the head names');
  if (head && head.sequence < first - 1) fault('the head stands before the checkpoint');
  let latest = last;
  for await (const { id } of everyOf(store, AUDIT.entry, entryId(last))) latest = Number(id);
  // The head may have moved on meanwhile.
  if (latest > last && latest > ((await store.get<Head>(AUDIT.head, ONLY))?.value.sequence ?? 0)) fault(`entry ${latest} stands after the head`);
  if (kept) {
    if (!head) fault(`the trail is gone: its head was kept at entry ${kept.sequence}`);
    else if (kept.chain !== head.chain) fault('the head that was kept apart belongs to another chain: the trail was replaced');
    else if (kept.sequence > last) fault(`the trail ends at entry ${last}, but its head was kept at entry ${kept.sequence}: its tail was cut off`);
  }
  if (checkpoint && checkpoint.sequence > prunedAsSaid) fault(`the entries up to ${checkpoint.sequence} are gone, and the trail does not say that they were pruned`);
  await verifyNames(store, fault, subjects, unreasoned);
  await verifyLists(store, fault, { indexed, first, last });
  return { faults, head, entries: looked, pruned: first - 1, erasedReasons: [...unreasoned.values()].flat().length };
}

/** Names beside the chain lead where they were made for; one that leads nowhere, and a reason that is gone, belong to somebody of whom the trail says that they were erased. */
async function verifyNames(
  store: Documents, fault: (text: string) => void, subjects: ReadonlySet<string>, unreasoned: ReadonlyMap<string, readonly number[]>,
): Promise<void> {
  const known = new Set<string>();
  const erased = new Set<string>();
  for await (const { id, document: { value } } of everyOf<PseudonymRecord>(store, AUDIT.pseudonym)) {
    const { salt, kind, reference } = value;
    known.add(id);
    if (kind === 'person' && subjects.has(id)) erased.add(reference);
    if (pseudonymOf(salt, { kind, reference }) !== id) fault('a name beside the chain leads to another subject than it was made for');
    if ((await store.get<SubjectRecord>(AUDIT.subject, subjectId({ kind, reference })))?.value.pseudonym !== id) fault('a subject does not lead to its name in the chain');
  }
  for await (const { document: { value } } of everyOf<SubjectRecord>(store, AUDIT.subject)) {
    if (!(await store.get(AUDIT.pseudonym, value.pseudonym))) fault('a subject leads to a name that is not there');
  }
  for (const name of subjects) {
    if (!known.has(name) && !erased.has(erasedName(String(name)))) fault('a name in the chain leads nowhere, and the trail does not say that anybody was erased');
  }
  for (const [name, sequences] of unreasoned) {
    if (known.has(name)) sequences.forEach((sequence) => fault(`the reason of entry ${sequence} is gone, and whom it was about was not erased`));
  }
}

/** The lists that lead to entries: of each entry, and of nothing else. */
async function verifyLists(
  store: Documents, fault: (text: string) => void,
  { indexed, first, last }: { readonly indexed: Readonly<Record<'ofSubject' | 'ofActor', Set<string>>>; readonly first: number; readonly last: number },
): Promise<void> {
  for (const kind of ['ofSubject', 'ofActor'] as const) {
    const missing = indexed[kind];
    for await (const { id } of everyOf(store, AUDIT[kind])) {
      const sequence = sequenceOf(id);
      if (!missing.delete(id) && sequence >= first && sequence <= last) fault(`a list leads to entry ${sequence}, which is not of that ${kind === 'ofSubject' ? 'subject' : 'actor'}`);
    }
    if (missing.size > 0) fault(`${missing.size} entries are in no list of their ${kind === 'ofSubject' ? 'subject' : 'actor'}`);
  }
}
