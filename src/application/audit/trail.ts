/**
 * The audit trail's writer: ties what is to be on record to the chain, many at a time, each whole or not at all. Gateways and
 * commands on one store share one chain: the commit on its head decides who is next.
 */
import { nameOf } from '../../domain/errors.js';
import type { Document, Documents, Write } from '../identity/documents.js';
import { MOST_TRIES, tooBusy } from '../identity/transaction.js';
import type { Clock, Log, Random } from '../ports.js';
import { actorKey, AUDIT, entryId, indexId, ONLY, subjectId, type PendingRecord, type PseudonymRecord, type ReasonRecord, type SubjectRecord } from './documents.js';
import { hashOf, pseudonymOf, reasonSealOf, type AuditEvent, type ChainedEntry, type Head, type Subject } from './entry.js';

/** Keeps where the chain stands, apart from the store. */
export interface HeadKeeper {
  /** The last one kept; null where there is none. */
  last(): Promise<Head | null>;
  keep(head: Head): Promise<void>;
}

export interface TrailDeps {
  readonly store: Documents;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** None at the command line, which is not where the chain is watched from. */
  readonly heads?: HeadKeeper;
}

export interface AuditTrail {
  /** Puts events on record: when this resolves, they are in the chain. @throws SERVICE_UNAVAILABLE where they could not be. */
  record(events: readonly AuditEvent[]): Promise<void>;
  /** Chains what was written with its event and is not in the chain yet. @throws SERVICE_UNAVAILABLE. */
  chainPending(): Promise<void>;
}

/** What one commit takes at most. */
const AT_ONCE = 100;

interface Waiting {
  readonly events: readonly AuditEvent[];
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

interface Pending { readonly id: string; readonly document: Document<PendingRecord> }

export function auditTrail(deps: TrailDeps): AuditTrail {
  const { store, random } = deps;
  const waiting: Waiting[] = [];
  let working: Promise<void> | null = null;
  const watch = headWatch(deps);

  /** What a subject is called in the chain, and what has to be written for that. */
  async function pseudonym(subject: Subject, made: Map<string, { name: string; writes: Write[] }>): Promise<string> {
    const id = subjectId(subject);
    const before = made.get(id);
    if (before) return before.name;
    const held = await store.get<SubjectRecord>(AUDIT.subject, id);
    if (held) {
      // Named in the commit, so that nobody prunes the name at this moment.
      made.set(id, { name: held.value.pseudonym, writes: [{ kind: AUDIT.subject, id, ifVersion: held.version }] });
      return held.value.pseudonym;
    }
    const salt = random.token(32);
    const name = pseudonymOf(salt, subject);
    made.set(id, { name, writes: [
      { kind: AUDIT.subject, id, ifVersion: 0, value: { pseudonym: name } satisfies SubjectRecord },
      { kind: AUDIT.pseudonym, id: name, ifVersion: 0, value: { ...subject, salt } satisfies PseudonymRecord },
    ] });
    return name;
  }

  /** One commit: these events, in this order, after the chain's head. @returns the new head; null where somebody else was first. */
  async function append(events: readonly AuditEvent[], pending: readonly Pending[]): Promise<Head | null> {
    const held = await store.get<Head>(AUDIT.head, ONLY);
    let head: Head = held?.value ?? { chain: random.uuid(), sequence: 0, hash: '' };
    const made = new Map<string, { name: string; writes: Write[] }>();
    const writes: Write[] = pending.map(({ id, document }) => ({ kind: AUDIT.pending, id, ifVersion: document.version, value: null }));
    for (const { subject, reason, ...rest } of events) {
      const sequence = head.sequence + 1;
      const name = await pseudonym(subject, made);
      const why: ReasonRecord | null = reason === null ? null : { salt: random.token(16), text: reason };
      const open: Omit<ChainedEntry, 'hash'> = {
        sequence, at: rest.at, actor: rest.actor, role: rest.role, action: rest.action, subject: name,
        reasonSeal: why && reasonSealOf(why.salt, why.text), previous: head.sequence === 0 ? head.chain : head.hash,
      };
      const entry: ChainedEntry = { ...open, hash: hashOf(open) };
      writes.push({ kind: AUDIT.entry, id: entryId(sequence), ifVersion: 0, value: entry },
        { kind: AUDIT.ofSubject, id: indexId(name, sequence), ifVersion: 0, value: {} },
        { kind: AUDIT.ofActor, id: indexId(actorKey(entry.actor), sequence), ifVersion: 0, value: {} },
        ...(why ? [{ kind: AUDIT.reason, id: entryId(sequence), ifVersion: 0, value: why }] : []));
      head = { chain: head.chain, sequence, hash: entry.hash };
    }
    writes.push({ kind: AUDIT.head, id: ONLY, ifVersion: held?.version ?? 0, value: head }, ...[...made.values()].flatMap((subject) => subject.writes));
    await watch.expect(held?.value ?? null);
    return (await store.commit(writes)) ? head : null;
  }

  async function chain(events: readonly AuditEvent[], readPending: () => Promise<readonly Pending[]>): Promise<number> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const pending = await readPending();
      const all = [...pending.map(({ document }) => document.value), ...events];
      if (all.length === 0) return 0;
      const head = await append(all, pending);
      if (head === null) continue;
      await watch.moved(head);
      return pending.length;
    }
    throw tooBusy();
  }

  async function due(): Promise<readonly Pending[]> {
    const ids = await store.due(AUDIT.pending, deps.clock().getTime(), AT_ONCE);
    const found = await Promise.all(ids.map(async (id) => ({ id, document: await store.get<PendingRecord>(AUDIT.pending, id) })));
    return found.flatMap(({ id, document }) => (document ? [{ id, document }] : []));
  }

  async function workOff(): Promise<void> {
    while (waiting.length > 0) {
      const batch: Waiting[] = [];
      do batch.push(waiting.shift() as Waiting);
      while (waiting[0] && batch.flatMap(({ events }) => events).length + waiting[0].events.length <= AT_ONCE);
      try {
        await chain(batch.flatMap(({ events }) => events), async () => []);
        batch.forEach(({ done }) => done());
      } catch (error) {
        batch.forEach(({ failed }) => failed(error));
      }
    }
  }

  const start = (): void => {
    working ??= workOff().finally(() => {
      working = null;
      // Somebody may have come between the last look and this.
      if (waiting.length > 0) start();
    });
  };

  return {
    record: (events) => (events.length === 0 ? Promise.resolve() : new Promise((done, failed) => {
      waiting.push({ events, done, failed });
      start();
    })),
    chainPending: async () => {
      while ((await chain([], due)) === AT_ONCE);
    },
  };
}

/** Sees to it that the chain only ever grows, and that where it stands is known outside the store too. */
function headWatch({ store, log, heads }: TrailDeps): { expect(held: Head | null): Promise<void>; moved(head: Head): Promise<void> } {
  let known: Head | null | undefined;
  let alarmed = false;
  let keeping: Promise<void> = Promise.resolve();

  const alarm = (kept: Head, held: Head | null): void => {
    if (!alarmed) log.error({ event: 'audit_trail_broken', kept: kept.sequence, held: held?.sequence ?? 0, otherChain: held !== null && held.chain !== kept.chain }, 'the audit trail in the store is not the one whose head was kept: entries were removed, or it is another store');
    alarmed = true;
  };

  /** Whether a head that was kept is still part of the chain. */
  async function stands(kept: Head, held: Head | null): Promise<boolean> {
    if (held === null || held.chain !== kept.chain || held.sequence < kept.sequence) return false;
    if (held.sequence === kept.sequence) return held.hash === kept.hash;
    const entry = await store.get<ChainedEntry>(AUDIT.entry, entryId(kept.sequence));
    // Pruned since: then the chain's own checkpoint answers for it.
    return entry === null ? ((await store.get<Head>(AUDIT.checkpoint, ONLY))?.value.sequence ?? 0) >= kept.sequence : entry.value.hash === kept.hash;
  }

  return {
    async expect(held) {
      if (!heads || alarmed) return;
      if (known === undefined) {
        try {
          known = await heads.last();
        } catch {
          log.error({ event: 'audit_head_unreadable' }, 'AUDIT_HEAD_FILE cannot be read as a head of the audit trail: whether its tail was cut off cannot be told, and the file is left as it is');
          alarmed = true;
          return;
        }
      }
      if (known && !(await stands(known, held))) alarm(known, held);
    },
    async moved(head) {
      // The proof of what is gone is not written over.
      if (!heads || alarmed) return;
      known = head;
      keeping = keeping.then(() => heads.keep(known ?? head)).catch((error: unknown) =>
        log.error({ event: 'audit_head_not_kept', name: nameOf(error) }, 'where the audit trail stands could not be kept outside the store'));
      await keeping;
    },
  };
}
