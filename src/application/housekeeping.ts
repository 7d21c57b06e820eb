import type { Clock, Log, Store } from './ports.js';

const EVERY_MS = 60_000;

/** Has the store forget what has expired, once a minute; readers judge expiry for themselves, so nothing waits for it. */
export function startHousekeeping({ store, clock, log }: { store: Store; clock: Clock; log: Log }): { stop(): Promise<void> } {
  let sweeping: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    sweeping = store.sweep(clock().getTime()).then(
      (count) => {
        if (count > 0) log.info({ event: 'swept', count }, 'expired documents were forgotten');
      },
      (error: unknown) => log.warn({ event: 'sweep_failed', name: error instanceof Error ? error.name : typeof error }, 'expired documents could not be forgotten'),
    );
  }, EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await sweeping;
    },
  };
}
