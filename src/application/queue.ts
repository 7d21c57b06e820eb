/** Works off one kind of document as it falls due: what mail, deliveries and payments have in common. */
import type { Documents, Write } from './identity/documents.js';
import type { Clock, Log } from './ports.js';

/** How many are in hand at once: one slow answer must not hold up the others. */
const LANES = 4;
const POLL_MS = 1_000;

export interface Queue {
  readonly kind: string;
  /** What the documents are called in the log, such as `mails`. */
  readonly plural: string;
  readonly store: Documents;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
  /** Deals with one document, if it is due and nobody else does. @throws where the store is away. */
  work(id: string): Promise<void>;
  /** Notes what the store would not take before, where that has to be kept here. */
  settle?(): Promise<void>;
  /** How long one may take. */
  readonly deadlineMs: number;
}

export interface QueueWorker {
  /** Something was queued: look now, not at the next poll. */
  wake(): void;
  /** Starts nothing more, and waits for what is in hand; no longer than that may take. */
  stop(): Promise<void>;
}

/** The same store, which tells by its kind when a document was written, so that it need not wait for a worker's next look. */
export function tellingOf<S extends Documents>(tell: Readonly<Record<string, () => void>>, store: S): S {
  return {
    ...store,
    commit: async (writes: readonly Write[]) => {
      const done = await store.commit(writes);
      if (done) new Set(writes.flatMap(({ kind, value }) => (value ? [kind] : []))).forEach((kind) => tell[kind]?.());
      return done;
    },
  };
}

/** Deals with what is due, each at most once a call, and waits for all of it. @throws where the store is away. */
export async function workOff({ kind, store, clock, work, settle }: Queue): Promise<void> {
  await settle?.();
  const seen = new Set<string>();
  for (;;) {
    // What was tried stays in view for a moment where its time has come again, so the view is as wide as that.
    const due = await store.due(kind, clock().getTime(), LANES + seen.size);
    const fresh = due.filter((id) => !seen.has(id)).slice(0, LANES);
    if (fresh.length === 0) return;
    fresh.forEach((id) => seen.add(id));
    const ends = await Promise.allSettled(fresh.map(work));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }
}

/** Works until it is stopped. A store that is away is waited for. */
export function startQueueWorker(queue: Queue): QueueWorker {
  const busy = new Map<string, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  let lookAgain = false;
  let storeAway = false;
  let stopped = false;

  const troubled = (): void => {
    if (!storeAway) queue.log.warn({ event: `${queue.kind}_store_away` }, `the queue of ${queue.plural} cannot be read or written; it is tried again each second`);
    storeAway = true;
  };

  const launch = (id: string): void => {
    const work = queue.work(id).catch(troubled).finally(() => {
      busy.delete(id);
      // A lane is free, and what it waited for may stand in the queue.
      if (lookAgain) wake();
    });
    busy.set(id, work);
  };

  const look = async (): Promise<void> => {
    try {
      await queue.settle?.();
      const due = await queue.store.due(queue.kind, queue.clock().getTime(), LANES + busy.size + 1);
      const waiting = due.filter((id) => !busy.has(id));
      const free = stopped ? 0 : Math.max(0, LANES - busy.size);
      waiting.slice(0, free).forEach(launch);
      if (waiting.length > free) lookAgain = true;
      storeAway = false;
    } catch {
      troubled();
    }
  };

  const wake = (): void => {
    if (stopped) return;
    if (looking) {
      lookAgain = true;
      return;
    }
    clearTimeout(timer);
    lookAgain = false;
    looking = look().finally(() => {
      looking = null;
      if (stopped) return;
      if (lookAgain && busy.size < LANES) wake();
      else timer = setTimeout(wake, POLL_MS).unref();
    });
  };

  wake();
  return {
    wake,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      let deadline: NodeJS.Timeout | undefined;
      await Promise.race([
        (async () => {
          await looking;
          await Promise.all(busy.values());
          // The last chance to note what was done: forgotten here, it would be done again.
          await queue.settle?.().catch(troubled);
        })(),
        new Promise<void>((resolve) => {
          deadline = setTimeout(resolve, queue.deadlineMs);
        }),
      ]);
      clearTimeout(deadline);
    },
  };
}
