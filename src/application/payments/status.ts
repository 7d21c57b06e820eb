/** What the provider says of a payment, noted: by whoever asks, a worker, a returning tenant or a webhook. It is never told by anybody else. */
import { GatewayError } from '../../domain/errors.js';
import { SESSION_MINUTES, SURELY_EXPIRED_MS, type PaymentStatus } from '../../domain/payment.js';
import type { HostedPayment } from '../ports.js';
import type { PaymentDeps, ProviderDeps } from './deps.js';
import { changePayment, type KeptSession, type PaymentRecord } from './records.js';

export const sessionOf = ({ id, url, createdAt }: HostedPayment): KeptSession =>
  ({ providerId: id, url: url ?? '', expiresAt: new Date(createdAt.getTime() + SESSION_MINUTES * 60_000).toISOString() });

/** Notes an end, once: the first one stays. */
export async function noteEnd(deps: Pick<PaymentDeps, 'store' | 'log' | 'onPayment'>, id: string, status: Exclude<PaymentStatus, 'STARTED'>): Promise<void> {
  const before = status === 'POSTED' ? 'PAID' : 'STARTED';
  let noted = false;
  await changePayment(deps.store, id, (record) => {
    noted = record.status === before;
    return noted ? { ...record, status, dueAt: null } : null;
  });
  if (!noted) return;
  deps.onPayment?.(status.toLowerCase() as Lowercase<typeof status>);
  deps.log.info({ event: 'payment_ended', payment: id, status }, 'a payment came to an end');
}

/** Which of several is the one that counts. */
const RANK = { PAID: 0, UNFINISHED: 1, FAILED: 2, EXPIRED: 3 } as const;

/**
 * The payment at the provider, looked up by our reference: what was paid before what can be paid, and that before what failed. Read
 * again by its id, since a search may lag. @returns null where none is found.
 */
export async function lookUp({ payments }: Pick<ProviderDeps, 'payments'>, record: PaymentRecord): Promise<HostedPayment | null> {
  const [found] = [...await payments.byReference(record)].sort((a, b) => RANK[a.outcome] - RANK[b.outcome]);
  return found ? payments.byId(found.id, record) : null;
}

/** Asks the provider how a payment stands, and notes its end where it has one. @throws SERVICE_UNAVAILABLE, of the provider or of the store. */
export async function askProvider(deps: ProviderDeps, id: string, record: PaymentRecord): Promise<void> {
  if (record.status !== 'STARTED') return;
  const { session } = record;
  const hosted = session ? await deps.payments.byId(session.providerId, record) : await lookUp(deps, record);
  if (!hosted) {
    // Its page was never handed out, and is closed by now.
    if (!session && deps.clock().getTime() - Date.parse(record.startedAt) >= SURELY_EXPIRED_MS) return noteEnd(deps, id, 'EXPIRED');
    if (session) throw new GatewayError('SERVICE_UNAVAILABLE', 'The payment cannot be read just now.', { system: 'payments' });
    return;
  }
  // The answer to its creation was lost, and nobody has asked for it again: its page stays unused, but is known.
  if (!session) await changePayment(deps.store, id, (held) => (held.session ? null : { ...held, session: sessionOf(hosted) }));
  if (hosted.outcome !== 'UNFINISHED') await noteEnd(deps, id, hosted.outcome);
}
