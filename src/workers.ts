/** What works in the background on the store's documents: the audit trail's chain, mail, deliveries and payments. */
import type { App } from './application/app.js';
import { AUDIT } from './application/audit/documents.js';
import type { AuditTrail } from './application/audit/trail.js';
import { startAuditWorker } from './application/audit/worker.js';
import type { DeliveryDeps } from './application/delivery/courier.js';
import { DELIVERY_KIND } from './application/delivery/outbox.js';
import { startDeliveryWorker } from './application/delivery/worker.js';
import type { MailDeps } from './application/mail/courier.js';
import { MAIL_KIND } from './application/mail/outbox.js';
import { startMailWorker } from './application/mail/worker.js';
import { PAYMENT_KIND } from './application/payments/records.js';
import { startPaymentWorker } from './application/payments/worker.js';
import type { Log, Store } from './application/ports.js';
import { tellingOf, type QueueWorker } from './application/queue.js';

/** What the workers work with, besides the store. */
export type WorkerDeps = Omit<App & DeliveryDeps & MailDeps, 'store'>;

export interface Workers {
  /** The store, whose writers wake the worker that a document is for. */
  readonly store: Store;
  /** The trail is chained from the first moment on; the queues are worked off from here on. */
  start(deps: WorkerDeps): void;
  /** What is on its way is noted, and so is what happened meanwhile. */
  stop(): Promise<void>;
}

/** @param opened the store itself: what a worker writes wakes no worker. */
export function workersOn(opened: Store, audit: AuditTrail, log: Log): Workers {
  const auditing = startAuditWorker(audit, log);
  let queues: Readonly<Record<string, QueueWorker>> = {};
  const wake = (kind: string) => (): void => queues[kind]?.wake();
  return {
    store: tellingOf({
      [AUDIT.pending]: () => auditing.wake(),
      ...Object.fromEntries([MAIL_KIND, DELIVERY_KIND, PAYMENT_KIND].map((kind) => [kind, wake(kind)])),
    }, opened),
    start(deps) {
      const own = { ...deps, store: opened };
      queues = {
        [MAIL_KIND]: startMailWorker(own),
        [DELIVERY_KIND]: startDeliveryWorker(own),
        ...(own.payments && { [PAYMENT_KIND]: startPaymentWorker({ ...own, payments: own.payments }) }),
      };
    },
    async stop() {
      await auditing.stop();
      await Promise.all(Object.values(queues).map((queue) => queue.stop()));
    },
  };
}
