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

/** One repair by its works order's or request's reference; null where it is not one of the viewer's, or none at all. */
export async function repairByReference(access: Access, reference: string): Promise<Repair | null> {
  access.require();
  const own = access.staff ? [] : [...(await access.own()).values()];
  if (!access.staff && own.length === 0) return null;
  const held = (await access.deps.legacy.repairs.byReferences([reference])).get(reference);
  if (!held) return null;
  if (access.staff) {
    const home = (await access.deps.legacy.properties.byReferences([held.propertyReference])).get(held.propertyReference);
    return repair(held, home?.isBlock ? 'COMMUNAL' : 'PROPERTY', access.today);
  }
  for (const tenancy of own) {
    if (!within(tenancy, held.registeredDate)) continue;
    if (held.propertyReference === tenancy.propertyReference) return repair(held, 'PROPERTY', access.today);
    if (held.propertyReference === tenancy.blockReference) return repair(held, 'COMMUNAL', access.today);
  }
  return null;
}
