import { DAY_MS } from '../domain/calendar.js';
import { nameOf } from '../domain/errors.js';
import { pruneTrail } from './audit/prune.js';
import type { Clock, Log, Store } from './ports.js';

const EVERY_MS = 60_000;
/** The audit trail's oldest entries are a day more or less old: once an hour will do. */
const PRUNE_EVERY = 60;

interface Deps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** For how many days an entry of the audit trail is kept. */
  readonly auditDays: number;
}

/** Has the store forget what has expired, once a minute; readers judge expiry for themselves, so nothing waits for it. */
export function startHousekeeping({ store, clock, log, auditDays }: Deps): { stop(): Promise<void> } {
  let round = 0;
  let sweeping: Promise<void> = Promise.resolve();

  async function clean(): Promise<void> {
    try {
      const count = await store.sweep(clock().getTime());
      if (count > 0) log.info({ event: 'swept', count }, 'expired documents were forgotten');
      if (round++ % PRUNE_EVERY > 0) return;
      const pruned = await pruneTrail(store, new Date(clock().getTime() - auditDays * DAY_MS));
      if (pruned > 0) log.info({ event: 'audit_pruned', count: pruned }, 'the oldest entries of the audit trail were forgotten');
    } catch (error) {
      log.warn({ event: 'sweep_failed', name: nameOf(error) }, 'expired documents could not be forgotten');
    }
  }

  const timer = setInterval(() => {
    sweeping = clean();
  }, EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await sweeping;
    },
  };
}
