import { addDays, type LocalDate } from '../../domain/calendar.js';
import { newestFirst, passes, repair, type HeldRepair, type Repair, type RepairFilter, type RepairLocation } from '../../domain/repair.js';
import { within, type Tenancy } from '../../domain/tenancy.js';
import type { Subject } from '../audit/entry.js';
import { repairsAskedFor, repairsAskedForByReference, type Delivery } from '../delivery/outbox.js';
import type { RepairDelivery } from '../delivery/record.js';
import type { PropertyReference } from '../ports.js';
import { placeOf, submitted } from '../repairs/submitted.js';
import type { Access } from './access.js';

/** The legacy system's own repairs of a property, and those asked for here that it does not show yet: each once. */
function merged(held: readonly HeldRepair[], deliveries: readonly Delivery<RepairDelivery>[]): readonly HeldRepair[] {
  if (deliveries.length === 0) return held;
  const byCaller = new Map(deliveries.map((delivery) => [delivery.id, delivery]));
  // A delivery whose outcome is not known yet may be there already: our caller reference tells.
  const deliveryOf = (repair: HeldRepair): Delivery<RepairDelivery> | undefined =>
    byCaller.get(repair.callerReference ?? '') ?? deliveries.find(({ record: { taken } }) => taken !== null && (taken.requestReference === repair.requestReference || taken.orderReference === repair.reference));
  const shown = new Set<Delivery<RepairDelivery>>();
  const theirs = held.map((repair) => {
    const delivery = deliveryOf(repair);
    if (!delivery) return repair;
    shown.add(delivery);
    // One request may have come to several orders: each has a place of its own, behind what the request had.
    return { ...repair, place: `${placeOf(delivery.record)} ${repair.reference}` };
  });
  const ours = deliveries.filter((delivery) => !shown.has(delivery) && delivery.record.state !== 'RESOLVED').map(submitted);
  return [...theirs, ...ours];
}

/**
 * What has arrived within the last day may be completed already. Asked for from today on, the legacy system would leave it out, and
 * it would look as if it were still on its way.
 */
const LATELY_DAYS = 2;

/**
 * Repairs held for homes and blocks of the viewer's tenancies, or for any property for staff.
 * @param completedSince a hint: earlier ones may be among them.
 */
export async function heldRepairs(
  access: Access, references: readonly PropertyReference[], completedSince: LocalDate | null,
): Promise<ReadonlyMap<PropertyReference, readonly HeldRepair[]>> {
  access.require();
  let allowed = references;
  if (!access.staff) {
    const own = [...(await access.own()).values()];
    const mine = new Set(own.flatMap((tenancy) => [tenancy.propertyReference, tenancy.blockReference]));
    allowed = references.filter((reference) => mine.has(reference));
  }
  if (allowed.length === 0) return new Map();
  const { legacy, store } = access.deps;
  const lately = addDays(access.today, -LATELY_DAYS);
  const since = completedSince !== null && completedSince > lately ? lately : completedSince;
  const [held, ...deliveries] = await Promise.all([
    legacy.repairs.ofProperties(allowed, since), ...allowed.map((reference) => repairsAskedFor(store, reference)),
  ]);
  return new Map(allowed.map((reference, n) => [reference, merged(held.get(reference) ?? [], deliveries[n] ?? [])]));
}

/** Of a property's repairs, those registered in the tenancy's time that pass the filter, newest first. */
export function repairsOf(
  access: Access, tenancy: Tenancy, location: RepairLocation, held: readonly HeldRepair[], filter: RepairFilter,
): Repair[] {
  return held
    .filter((candidate) => within(tenancy, candidate.registeredDate))
    .map((candidate) => repair(candidate, location, access.today))
    .filter((candidate) => passes(filter, candidate))
    .sort(newestFirst);
}

/** Repairs by works order's or request's reference, ours among them; what is not one of the viewer's is not in the map. */
export async function repairsByReference(access: Access, references: readonly string[]): Promise<ReadonlyMap<string, Repair>> {
  access.require();
  const own = access.staff ? [] : [...(await access.own()).values()];
  if (!access.staff && own.length === 0) return new Map();
  const ours = await repairsAskedForByReference(access.deps.store, references);
  const held = await heldByReference(access, references, ours);
  // Of one that was asked for here the tenancy is known; of others the legacy system does not tell.
  await access.seen([...held].map(([asked, { reference }]): Subject => {
    const tenancy = ours.get(asked)?.record.tenancyReference;
    return tenancy === undefined ? { kind: 'repair', reference } : { kind: 'tenancy', reference: tenancy };
  }));
  const locate = access.staff ? await anywhere(access, held) : (repair: HeldRepair) => amongOwn(own, repair);
  const found = new Map<string, Repair>();
  for (const [reference, candidate] of held) {
    const location = locate(candidate);
    if (location) found.set(reference, repair(candidate, location, access.today));
  }
  return found;
}

async function heldByReference({ deps }: Access, references: readonly string[], ours: ReadonlyMap<string, Delivery<RepairDelivery>>): Promise<ReadonlyMap<string, HeldRepair>> {
  // A request of ours that has arrived is read there by the reference that it was given; one that has not is not asked for.
  const there = new Map(references.flatMap((reference) => {
    const delivery = ours.get(reference);
    const known = delivery ? delivery.record.taken?.requestReference : reference;
    return known === undefined ? [] : [[reference, known] as const];
  }));
  const held = there.size ? await deps.legacy.repairs.byReferences([...new Set(there.values())]) : new Map<string, HeldRepair>();
  return new Map(references.flatMap((reference) => {
    const delivery = ours.get(reference);
    const found = held.get(there.get(reference) ?? '') ?? (delivery && submitted(delivery));
    return found ? [[reference, found] as const] : [];
  }));
}

/** Where a repair belongs among a tenant's tenancies; null where it belongs to none of them, or to another time. */
function amongOwn(own: readonly Tenancy[], held: HeldRepair): RepairLocation | null {
  for (const tenancy of own) {
    if (!within(tenancy, held.registeredDate)) continue;
    if (held.propertyReference === tenancy.propertyReference) return 'PROPERTY';
    if (held.propertyReference === tenancy.blockReference) return 'COMMUNAL';
  }
  return null;
}

async function anywhere(access: Access, held: ReadonlyMap<string, HeldRepair>): Promise<(repair: HeldRepair) => RepairLocation> {
  const places = [...new Set([...held.values()].map(({ propertyReference }) => propertyReference))];
  const known = places.length ? await access.deps.legacy.properties.byReferences(places) : new Map();
  return ({ propertyReference }) => (known.get(propertyReference)?.isBlock ? 'COMMUNAL' : 'PROPERTY');
}
