import { courier, type Courier, type MailDeps } from './courier.js';
import { MAIL_KIND } from './outbox.js';

export type { MailDeps } from './courier.js';

/** How many mails are on their way at once: one slow answer must not hold up the others. */
const LANES = 4;
const POLL_MS = 1_000;

/** Delivers what is due, each mail at most once a call, and waits for all of it. @throws where the store is away. */
export async function deliverDue(deps: MailDeps, carrier: Courier = courier(deps)): Promise<void> {
  await carrier.settle();
  const seen = new Set<string>();
  for (;;) {
    // What was tried stays in view for a moment where its time has come again, so the view is as wide as that.
    const due = await deps.store.due(MAIL_KIND, deps.clock().getTime(), LANES + seen.size);
    const fresh = due.filter((id) => !seen.has(id)).slice(0, LANES);
    if (fresh.length === 0) return;
    fresh.forEach((id) => seen.add(id));
    const ends = await Promise.allSettled(fresh.map((id) => carrier.deliver(id)));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }
}

export interface MailWorker {
  /** Something was queued: look now, not at the next poll. */
  wake(): void;
  /** Starts nothing more, and waits for what is on its way; no longer than a mail may take. */
  stop(): Promise<void>;
}

/** Delivers mails as they fall due, until it is stopped. A store that is away is waited for. */
export function startMailWorker(deps: MailDeps): MailWorker {
  const carrier = courier(deps);
  const busy = new Map<string, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  let lookAgain = false;
  let storeAway = false;
  let stopped = false;

  const troubled = (): void => {
    if (!storeAway) deps.log.warn({ event: 'mail_store_away' }, 'the queue of mails cannot be read or written; it is tried again each second');
    storeAway = true;
  };

  const launch = (id: string): void => {
    const delivery = carrier.deliver(id).catch(troubled).finally(() => {
      busy.delete(id);
      // A lane is free, and what it waited for may stand in the queue.
      if (lookAgain) wake();
    });
    busy.set(id, delivery);
  };

  const look = async (): Promise<void> => {
    try {
      await carrier.settle();
      const due = await deps.store.due(MAIL_KIND, deps.clock().getTime(), LANES + busy.size + 1);
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
          // The last chance to note what was sent: forgotten here, it would go out again.
          await carrier.settle().catch(troubled);
        })(),
        new Promise<void>((resolve) => {
          deadline = setTimeout(resolve, deps.mailer.deadlineMs);
        }),
      ]);
      clearTimeout(deadline);
    },
  };
}
