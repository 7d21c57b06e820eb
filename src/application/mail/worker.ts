import { startQueueWorker, workOff, type Queue, type QueueWorker } from '../queue.js';
import { courier, type Courier, type MailDeps } from './courier.js';
import { MAIL_KIND } from './outbox.js';

const queueOf = (deps: MailDeps, carrier: Courier): Queue => ({
  kind: MAIL_KIND, plural: 'mails', store: deps.store, clock: deps.clock, log: deps.log, work: carrier.deliver, settle: carrier.settle, deadlineMs: deps.mailer.deadlineMs,
});

/** Delivers what is due, each mail at most once a call, and waits for all of it. @throws where the store is away. */
export const deliverDue = (deps: MailDeps, carrier: Courier = courier(deps)): Promise<void> => workOff(queueOf(deps, carrier));

/** Delivers mails as they fall due, until it is stopped. A store that is away is waited for. */
export const startMailWorker = (deps: MailDeps): QueueWorker => startQueueWorker(queueOf(deps, courier(deps)));
