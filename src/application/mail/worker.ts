import { startQueueWorker, workOff, type Queue, type QueueWorker } from '../queue.js';
import { courier, type Courier, type MailDeps } from './courier.js';
import { MAIL_KIND } from './outbox.js';

export type { MailDeps } from './courier.js';
export type MailWorker = QueueWorker;

const queueOf = (deps: MailDeps, carrier: Courier): Queue => ({
  kind: MAIL_KIND, store: deps.store, clock: deps.clock, work: carrier.deliver, settle: carrier.settle, deadlineMs: deps.mailer.deadlineMs,
  onAway: () => deps.log.warn({ event: 'mail_store_away' }, 'the queue of mails cannot be read or written; it is tried again each second'),
});

/** Delivers what is due, each mail at most once a call, and waits for all of it. @throws where the store is away. */
export const deliverDue = (deps: MailDeps, carrier: Courier = courier(deps)): Promise<void> => workOff(queueOf(deps, carrier));

/** Delivers mails as they fall due, until it is stopped. A store that is away is waited for. */
export const startMailWorker = (deps: MailDeps): MailWorker => startQueueWorker(queueOf(deps, courier(deps)));
