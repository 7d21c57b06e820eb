import { startQueueWorker, workOff, type Queue, type QueueWorker } from '../queue.js';
import { deliveryCourier, type DeliveryDeps } from './courier.js';
import { DELIVERY_KIND } from './outbox.js';

const queueOf = (deps: DeliveryDeps): Queue => ({
  // What could not be noted needs no settling, as a mail's does: its claim runs out, and then it is looked up.
  kind: DELIVERY_KIND, plural: 'deliveries', store: deps.store, clock: deps.clock, log: deps.log, work: deliveryCourier(deps), deadlineMs: deps.writes.deadlineMs,
});

/** Takes what is due one step further, each once, and waits for all of it. @throws where the store is away. */
export const workOffDeliveries = (deps: DeliveryDeps): Promise<void> => workOff(queueOf(deps));

/** Delivers as it falls due, until it is stopped. A store that is away is waited for. */
export const startDeliveryWorker = (deps: DeliveryDeps): QueueWorker => startQueueWorker(queueOf(deps));
