import { HOUR_MS } from '../../domain/calendar.js';
import { nextAsk, OVERDUE_MS } from '../../domain/payment.js';
import { startQueueWorker, workOff, type Queue, type QueueWorker } from '../queue.js';
import { isProviderAway, type ProviderDeps } from './deps.js';
import { forgottenAt, PAYMENT_KIND, type PaymentRecord } from './records.js';
import { askProvider } from './status.js';

/** Asks the provider about one payment, if it is due and nobody else does. @throws where the store is away. */
function paymentAsker(deps: ProviderDeps): (id: string) => Promise<void> {
  const { store, clock, log } = deps;
  return async (id) => {
    const found = await store.get<PaymentRecord>(PAYMENT_KIND, id);
    const now = clock().getTime();
    if (!found || found.value.dueAt === null || found.value.dueAt > now) return;
    const startedAt = Date.parse(found.value.startedAt);
    const dueAt = found.value.status === 'STARTED' ? nextAsk(startedAt, now) : null;
    const record: PaymentRecord = { ...found.value, dueAt };
    // The next time is noted first: whoever notes it is the one to ask, and a failure needs no noting.
    if (!(await store.commit([{ kind: PAYMENT_KIND, id, ifVersion: found.version, value: record, dueAt, expiresAt: forgottenAt(record) }]))) return;
    try {
      await askProvider(deps, id, record);
    } catch (error) {
      // The adapter has said so in the log.
      if (!isProviderAway(error)) throw error;
    }
    if (now - startedAt < OVERDUE_MS || record.status !== 'STARTED') return;
    if ((await store.get<PaymentRecord>(PAYMENT_KIND, id))?.value.status !== 'STARTED') return;
    log.error({ event: 'payment_unfinished', payment: id, hours: Math.floor((now - startedAt) / HOUR_MS) }, 'a payment has no end after a day: somebody has to look at the provider');
  };
}

const queueOf = (deps: ProviderDeps): Queue => ({
  kind: PAYMENT_KIND, plural: 'payments', store: deps.store, clock: deps.clock, log: deps.log, work: paymentAsker(deps), deadlineMs: 2 * deps.payments.deadlineMs,
});

/** Asks about what is due, each once, and waits for all of it. @throws where the store is away. */
export const workOffPayments = (deps: ProviderDeps): Promise<void> => workOff(queueOf(deps));

/** Asks as payments fall due, until it is stopped: a browser that was closed loses nothing. A store that is away is waited for. */
export const startPaymentWorker = (deps: ProviderDeps): QueueWorker => startQueueWorker(queueOf(deps));
