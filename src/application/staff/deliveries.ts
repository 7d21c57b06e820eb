/** What the outbox holds, for staff: what could not be delivered is theirs to see to. */
import { GatewayError, invalidInput } from '../../domain/errors.js';
import { doerOf, noteEvent } from '../audit/event.js';
import { DELIVERY_KIND, putDelivery, type Delivery } from '../delivery/outbox.js';
import type { DeliveryRecord } from '../delivery/record.js';
import type { Access, HousingDeps } from '../housing/access.js';
import { everyOf } from '../identity/documents.js';
import { transact } from '../identity/transaction.js';
import { checkPage, page, type Connection, type PageRequest } from '../paging.js';
import type { Random, TakenWrite } from '../ports.js';

export type DeliveriesDeps = HousingDeps & { readonly random: Random };

/** A delivery as staff see it: nothing of what is in it, which the legacy system or the tenant's own pages show. */
export interface DeliverySummary extends Pick<DeliveryRecord, 'kind' | 'tenancyReference' | 'state' | 'attempts' | 'lastError'> {
  readonly id: string;
  readonly createdAt: Date;
  readonly legacyReference: string | null;
}

const KIND = 'deliveries';

const summaryOf = ({ id, record: { kind, tenancyReference, state, attempts, lastError, createdAt, taken } }: Delivery): DeliverySummary =>
  ({ id, kind, tenancyReference, state, attempts, lastError, createdAt: new Date(createdAt), legacyReference: taken && (taken.orderReference ?? taken.requestReference) });

/**
 * What was asked for and is kept here, the newest first. @param needsAttention only what staff have to see to, or only the rest.
 * @throws FORBIDDEN for tenants, INVALID_INPUT.
 */
export async function listDeliveries(
  deps: DeliveriesDeps, access: Access, { needsAttention, ...request }: PageRequest & { readonly needsAttention: boolean | null },
): Promise<Connection<DeliverySummary>> {
  access.requireStaff();
  checkPage(KIND, request);
  const all: DeliverySummary[] = [];
  for await (const { id, document: { value: record } } of everyOf<DeliveryRecord>(deps.store, DELIVERY_KIND)) {
    if (needsAttention === null || (record.state === 'NEEDS_ATTENTION') === needsAttention) all.push(summaryOf({ id, record }));
  }
  const keyOf = ({ id, createdAt }: DeliverySummary): string => `${createdAt.toISOString()} ${id}`;
  const found = page(KIND, all.sort((a, b) => (keyOf(a) < keyOf(b) ? 1 : -1)), keyOf, request);
  await access.seenTenancies(found.nodes.map(({ tenancyReference }) => tenancyReference));
  return found;
}

/** Changes one that needs attention, and puts that on record. @throws NOT_FOUND, CONFLICT where it needs none. */
async function change(
  deps: DeliveriesDeps, access: Access, id: string, action: string, reason: string, step: (record: DeliveryRecord, now: Date) => DeliveryRecord,
): Promise<DeliverySummary> {
  const by = doerOf(access.requireStaff());
  const record = await transact(deps.store, async (transaction) => {
    const held = await transaction.get<DeliveryRecord>(DELIVERY_KIND, id);
    if (!held) throw notFound();
    if (held.state !== 'NEEDS_ATTENTION') throw new GatewayError('CONFLICT', 'This delivery does not need attention: it is under way, or done.', { field: 'id' });
    const now = deps.clock();
    const next = step(held, now);
    await putDelivery(transaction, id, next, now.getTime());
    await noteEvent(transaction, deps, by, action, { kind: 'tenancy', reference: next.tenancyReference }, reason);
    return next;
  });
  return summaryOf({ id, record });
}

const notFound = (): GatewayError => new GatewayError('NOT_FOUND', 'There is no such delivery.', { field: 'id' });

/**
 * Has it tried again. It is looked up in the legacy system first, so that what has arrived after all is not sent twice.
 * @throws NOT_FOUND, CONFLICT where it needs no attention, or the tenant has sent newer details since.
 */
export function retryDelivery(deps: DeliveriesDeps, access: Access, id: string, reason: string): Promise<DeliverySummary> {
  return change(deps, access, id, 'had a delivery tried again', reason, (held, now) =>
    ({ ...held, state: 'UNCLEAR', failures: 0, claim: null, dueAt: now.getTime(), retriedAt: now.toISOString() }));
}

/**
 * Notes that staff have dealt with it. @param legacyReference what it is called in the legacy system now, where it is there: the
 * tenant's own reference then leads to it. @throws NOT_FOUND, CONFLICT, INVALID_INPUT where a repair of that reference is none of this property.
 */
export async function resolveDelivery(deps: DeliveriesDeps, access: Access, id: string, legacyReference: string | null, reason: string): Promise<DeliverySummary> {
  access.requireStaff();
  const taken = legacyReference === null ? null : await takenAs(deps, id, legacyReference);
  return change(deps, access, id, 'resolved a delivery', reason, (held) =>
    ({ ...held, state: 'RESOLVED', dueAt: null, claim: null, taken: taken ?? held.taken }));
}

async function takenAs(deps: DeliveriesDeps, id: string, reference: string): Promise<TakenWrite> {
  const record = (await deps.store.get<DeliveryRecord>(DELIVERY_KIND, id))?.value;
  if (!record) throw notFound();
  // The legacy system can be asked for repairs alone by their reference.
  if (record.kind !== 'repair') return { requestReference: reference, orderReference: null };
  const found = (await deps.legacy.repairs.byReferences([reference])).get(reference);
  if (found?.propertyReference !== record.repair.propertyReference) {
    throw invalidInput('legacyReference', 'The housing system has no repair of that reference at this property.');
  }
  return { requestReference: found.requestReference ?? found.reference, orderReference: found.reference };
}
