import { startQueueWorker, workOff, type Queue, type QueueWorker } from '../queue.js';
import { deliveryCourier, type DeliveryDeps } from './courier.js';
import { DELIVERY_KIND } from './outbox.js';

const queueOf = (deps: DeliveryDeps): Queue => ({
  kind: DELIVERY_KIND, store: deps.store, clock: deps.clock, work: deliveryCourier(deps), deadlineMs: deps.writes.deadlineMs,
  // What could not be noted needs no keeping here, as a mail's does: its claim runs out, and then it is looked up.
  settle: async () => undefined,
  onAway: () => deps.log.warn({ event: 'delivery_store_away' }, 'the queue of deliveries cannot be read or written; it is tried again each second'),
});

/** Takes what is due one step further, each once, and waits for all of it. @throws where the store is away. */
export const workOffDeliveries = (deps: DeliveryDeps): Promise<void> => workOff(queueOf(deps));

/** Delivers as it falls due, until it is stopped. A store that is away is waited for. */
export const startDeliveryWorker = (deps: DeliveryDeps): QueueWorker => startQueueWorker(queueOf(deps));
