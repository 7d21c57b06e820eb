/** What arrives at the gateway from the provider: tenants who are sent back, and webhooks. Both are hints: the provider is asked. */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { withReference } from '../../domain/payment.js';
import { same } from '../identity/secrets.js';
import { isProviderAway, type PaymentDeps } from './deps.js';
import { changePayment, paymentByProvider, paymentByReturn } from './records.js';
import { askProvider } from './status.js';

const SOON_MS = 60_000;

/** Has the worker ask about a payment at an instant, or before. */
const askBy = (deps: Pick<PaymentDeps, 'store'>, id: string, at: number): Promise<unknown> => changePayment(deps.store, id, (record) =>
  (record.status === 'STARTED' && (record.dueAt === null || record.dueAt > at) ? { ...record, dueAt: at } : null));

/**
 * Where to send somebody who came back from the provider's page. The provider is asked on the way; where it cannot be reached the
 * worker asks in a minute. @param token the unguessable part of the address. @returns null where it leads to no payment.
 */
export async function returningTo(deps: PaymentDeps, token: string): Promise<string | null> {
  const found = await paymentByReturn(deps.store, token);
  if (!found) return null;
  const { id, record } = found;
  try {
    if (deps.payments) await askProvider({ ...deps, payments: deps.payments }, id, record);
  } catch (error) {
    if (!isProviderAway(error)) throw error;
    await askBy(deps, id, deps.clock().getTime() + SOON_MS);
  }
  return withReference(record.returnUrl, record.reference);
}

/** Whether a webhook's body bears its signature: lower-case hex of its HMAC-SHA256 with the signing secret, compared in constant time. */
export const isSigned = (secret: string, body: Uint8Array, signature: string): boolean =>
  same(signature, createHmac('sha256', secret).update(body).digest('hex'));

/** Of an event we read which payment it is about, and nothing else: a body may hold a card's last digits and a name. */
const eventShape = z.object({ resource_type: z.string(), resource_id: z.string().max(64) });

/** Takes a signed event: where it is about a payment of ours, the provider is asked at once. Told twice, or of others, it changes nothing. */
export async function takeEvent(deps: PaymentDeps, body: Uint8Array): Promise<void> {
  let event: z.infer<typeof eventShape>;
  try {
    event = eventShape.parse(JSON.parse(Buffer.from(body).toString('utf8')));
  } catch {
    return;
  }
  if (event.resource_type.toLowerCase() !== 'payment') return;
  const found = await paymentByProvider(deps.store, event.resource_id);
  if (found) await askBy(deps, found.id, deps.clock().getTime());
}
