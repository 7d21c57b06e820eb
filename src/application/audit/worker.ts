import type { Log } from '../ports.js';
import type { AuditTrail } from './trail.js';

const EVERY_MS = 1_000;

/** Chains what was written with its event: when told, and each second for what another process left. */
export function startAuditWorker(trail: AuditTrail, log: Log): { wake(): void; stop(): Promise<void> } {
  let working: Promise<void> | null = null;
  let again = false;
  let away = false;
  let stopped = false;

  const work = async (): Promise<void> => {
    try {
      await trail.chainPending();
      away = false;
    } catch {
      if (!away) log.warn({ event: 'audit_store_away' }, 'account events could not be chained to the audit trail; it is tried again each second');
      away = true;
    }
  };
  const wake = (): void => {
    if (stopped) return;
    again = true;
    start();
  };
  const start = (): void => {
    working ??= (async () => {
      while (again) {
        again = false;
        await work();
      }
    })().finally(() => {
      working = null;
      if (again) start();
    });
  };
  const timer = setInterval(wake, EVERY_MS);
  timer.unref();
  return {
    wake,
    async stop() {
      clearInterval(timer);
      wake();
      stopped = true;
      await working;
    },
  };
}
