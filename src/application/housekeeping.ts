import { DAY_MS } from '../domain/calendar.js';
import { nameOf } from '../domain/errors.js';
import { GATEWAY } from './audit/event.js';
import { pruneTrail } from './audit/prune.js';
import type { AuditTrail } from './audit/trail.js';
import type { Clock, Log, Store } from './ports.js';

const EVERY_MS = 60_000;
/** Once a day: each time leaves an entry of its own. */
const PRUNE_EVERY = 24 * 60;

interface Deps {
  readonly store: Store;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly log: Log;
  /** For how many days an entry of the audit trail is kept. */
  readonly auditDays: number;
}

/** Has the store forget what has expired, once a minute; readers judge expiry for themselves, so nothing waits for it. */
export function startHousekeeping({ store, audit, clock, log, auditDays }: Deps): { stop(): Promise<void> } {
  let round = 0;
  let sweeping: Promise<void> = Promise.resolve();

  async function clean(): Promise<void> {
    try {
      const count = await store.sweep(clock().getTime());
      if (count > 0) log.info({ event: 'swept', count }, 'expired documents were forgotten');
      if (round++ % PRUNE_EVERY > 0) return;
      const pruned = await pruneTrail({ store, audit, clock }, GATEWAY, new Date(clock().getTime() - auditDays * DAY_MS));
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
