import { DAY_MS } from '../../domain/calendar.js';
import { nameOf } from '../../domain/errors.js';
import type { Documents } from '../identity/documents.js';
import { transact } from '../identity/transaction.js';
import type { Clock, LegacyWrites, Log, Random, TakenWrite, WriteOutcome } from '../ports.js';
import { CLAIM_MARGIN_MS, retryIn } from '../retry.js';
import { DELIVERY_KIND, putDelivery } from './outbox.js';
import type { DeliveryProgress, DeliveryRecord } from './record.js';

export interface DeliveryDeps {
  readonly store: Documents;
  readonly writes: LegacyWrites;
  /** How long after an unknown outcome the legacy system may still commit: nothing is looked up, or tried again, before. */
  readonly settleSeconds: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Counts what became of tries. */
  readonly onDelivery?: (kind: DeliveryRecord['kind'], outcome: 'delivered' | 'unclear' | 'retried' | 'needs_attention') => void;
}

const TO_STAFF_AFTER_MS = DAY_MS;

type Change = Partial<Omit<DeliveryProgress, 'claim'>>;

/** Takes one delivery a step further. @throws where the store is away: the step's claim runs out, and it is looked up then. */
export function deliveryCourier(deps: DeliveryDeps): (id: string) => Promise<void> {
  const { store, writes, clock, random, log } = deps;
  const settleMs = deps.settleSeconds * 1_000;
  const now = (): number => clock().getTime();

  /** Writes before anything is done who does it, and until when nobody else may; null where somebody else was first. */
  async function claim(id: string, version: number, record: DeliveryRecord, change: Change): Promise<DeliveryRecord | null> {
    const from = now();
    const dueAt = from + writes.deadlineMs + CLAIM_MARGIN_MS;
    const claimed: DeliveryRecord = { ...record, ...change, dueAt, claim: random.uuid() };
    if (!(await store.commit([{ kind: DELIVERY_KIND, id, ifVersion: version, value: claimed, dueAt }]))) return null;
    // Where the store (or a sleeping machine) has eaten the margin, another gateway may soon take it: leave it to come round again.
    return now() < from + CLAIM_MARGIN_MS ? claimed : null;
  }

  /** Notes what a step came to, where the delivery is still as the step left it. */
  async function note(id: string, { claim: mine }: DeliveryRecord, change: Change): Promise<boolean> {
    return transact(store, async (transaction) => {
      const held = await transaction.get<DeliveryRecord>(DELIVERY_KIND, id);
      if (!held || held.claim !== mine) return false;
      await putDelivery(transaction, id, { ...held, ...change, claim: null }, now());
      return true;
    });
  }

  const shown = (id: string, { kind, attempts }: DeliveryRecord) => ({ delivery: id, kind, attempts });

  /** Arrived is arrived, whoever may be at it by now; one that turns out to have arrived twice is for staff. */
  async function arrived(id: string, record: DeliveryRecord, taken: TakenWrite): Promise<void> {
    const twice = await transact(store, async (transaction) => {
      const held = await transaction.get<DeliveryRecord>(DELIVERY_KIND, id);
      if (!held) return false;
      const doubled = held.taken !== null && held.taken.requestReference !== taken.requestReference;
      const end: Change = doubled ? { state: 'NEEDS_ATTENTION', lastError: 'ARRIVED_TWICE' } : { state: 'DELIVERED', taken, lastError: null };
      await putDelivery(transaction, id, { ...held, ...end, dueAt: null, claim: null }, now());
      return doubled;
    });
    if (twice) return attention(id, record, 'ARRIVED_TWICE');
    deps.onDelivery?.(record.kind, 'delivered');
    log.info({ event: 'delivered', ...shown(id, record) }, 'a request reached the legacy system');
  }

  function attention(id: string, record: DeliveryRecord, reason: string): void {
    deps.onDelivery?.(record.kind, 'needs_attention');
    log.error({ event: 'delivery_needs_attention', ...shown(id, record), reason }, 'a request could not be delivered: staff have to see to it');
  }

  async function handOver(id: string, record: DeliveryRecord, reason: string): Promise<void> {
    if (await note(id, record, { state: 'NEEDS_ATTENTION', dueAt: null, lastError: reason })) attention(id, record, reason);
  }

  const tooOld = ({ createdAt, retriedAt }: DeliveryRecord): boolean => now() - Date.parse(retriedAt ?? createdAt) >= TO_STAFF_AFTER_MS;

  /** What failed and changed nothing is done again later; after a day staff are asked. */
  async function again(id: string, record: DeliveryRecord, state: 'WAITING' | 'UNCLEAR', cause: string): Promise<void> {
    if (tooOld(record)) return handOver(id, record, cause);
    const failures = record.failures + 1;
    if (!(await note(id, record, { state, failures, lastError: cause, dueAt: now() + retryIn(random, failures) }))) return;
    deps.onDelivery?.(record.kind, 'retried');
    log.warn({ event: 'delivery_retried', ...shown(id, record), state, cause }, 'the legacy system could not be reached for a request; it will be tried again');
  }

  async function attempt(id: string, record: DeliveryRecord): Promise<WriteOutcome> {
    try {
      return await writes.send(record, id);
    } catch (error) {
      // It is not to throw; whether one that does has sent anything, nobody knows. The name alone: a message may quote.
      return { outcome: 'unknown', cause: nameOf(error) };
    }
  }

  async function send(id: string, version: number, held: DeliveryRecord): Promise<void> {
    const record = await claim(id, version, held, { state: 'SENDING', attempts: held.attempts + 1 });
    if (!record) return;
    const result = await attempt(id, record);
    switch (result.outcome) {
      case 'taken':
        return arrived(id, record, result.taken);
      case 'refused':
        return handOver(id, record, `REFUSED ${result.legacyCode}`.trim());
      case 'unsent':
        return again(id, record, 'WAITING', result.cause);
      case 'unknown':
        return unclear(id, record, result.cause, now() + settleMs);
    }
  }

  async function unclear(id: string, record: DeliveryRecord, cause: string, dueAt: number): Promise<void> {
    if (!(await note(id, record, { state: 'UNCLEAR', dueAt, failures: 0, lastError: cause }))) return;
    deps.onDelivery?.(record.kind, 'unclear');
    log.warn({ event: 'delivery_unclear', ...shown(id, record), cause }, 'nobody knows what became of a request; it will be looked up');
  }

  async function lookUp(id: string, version: number, held: DeliveryRecord): Promise<void> {
    const record = await claim(id, version, held, {});
    if (!record) return;
    let found: readonly TakenWrite[];
    try {
      found = await writes.findByCallerReference(id);
    } catch (error) {
      return again(id, record, 'UNCLEAR', error instanceof Error && 'code' in error ? String(error.code) : 'LOOK_UP_FAILED');
    }
    const [taken, ...others] = found;
    if (others.length > 0) return handOver(id, record, 'ARRIVED_TWICE');
    if (taken) return arrived(id, record, taken);
    if (tooOld(record)) return handOver(id, record, record.lastError ?? 'NOT_FOUND');
    await note(id, record, { state: 'WAITING', failures: 0, dueAt: now() });
  }

  return async (id) => {
    const found = await store.get<DeliveryRecord>(DELIVERY_KIND, id);
    if (!found || found.value.dueAt === null || found.value.dueAt > now()) return;
    const { value: record, version } = found;
    switch (record.state) {
      case 'WAITING':
        return send(id, version, record);
      case 'SENDING':
        // A gateway ended, or lost its store, in the middle of a try; it cannot have sent later than its claim ran.
        return unclear(id, record, 'CUT_SHORT', record.dueAt as number + settleMs);
      case 'UNCLEAR':
        return lookUp(id, version, record);
      default:
        // Nothing is left to do for it, or a newer release knows what is: it must not stand in the way of others.
        log.error({ event: 'delivery_not_understood', delivery: id }, 'a request is in the queue in a state that should not be there');
        await store.commit([{ kind: DELIVERY_KIND, id, ifVersion: version, value: { ...record, dueAt: null }, dueAt: null }]);
    }
  };
}
