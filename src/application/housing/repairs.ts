import type { LocalDate } from '../../domain/calendar.js';
import { newestFirst, passes, repair, type HeldRepair, type Repair, type RepairFilter, type RepairLocation } from '../../domain/repair.js';
import { within, type Tenancy } from '../../domain/tenancy.js';
import type { PropertyReference } from '../ports.js';
import type { Access } from './access.js';

/** Repairs held for homes and blocks of the viewer's tenancies, or for any property for staff. */
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
  return allowed.length ? access.deps.legacy.repairs.ofProperties(allowed, completedSince) : new Map();
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

/** Repairs by works order's or request's reference; what is not one of the viewer's is not in the map. */
export async function repairsByReference(access: Access, references: readonly string[]): Promise<ReadonlyMap<string, Repair>> {
  access.require();
  const own = access.staff ? [] : [...(await access.own()).values()];
  if (!access.staff && own.length === 0) return new Map();
  const held = await access.deps.legacy.repairs.byReferences(references);
  const locate = access.staff ? await anywhere(access, held) : (repair: HeldRepair) => amongOwn(own, repair);
  const found = new Map<string, Repair>();
  for (const [reference, candidate] of held) {
    const location = locate(candidate);
    if (location) found.set(reference, repair(candidate, location, access.today));
  }
  return found;
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
