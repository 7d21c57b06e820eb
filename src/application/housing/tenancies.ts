import type { Person } from '../../domain/person.js';
import { byStatusThenStart, membersSeenBy, type Property, type Tenancy, type TenancyMember } from '../../domain/tenancy.js';
import type { PersonReference, PropertyReference, TenancyReference } from '../ports.js';
import type { Access } from './access.js';

/** People's own records: oneself, or anybody for staff. */
export async function people(access: Access, references: readonly PersonReference[]): Promise<ReadonlyMap<PersonReference, Person>> {
  const allowed = access.visiblePeople(references);
  if (allowed.length === 0) return new Map();
  const found = await access.deps.legacy.people.byReferences(allowed);
  await access.seenPeople([...found.keys()]);
  return found;
}

/** The tenancies that people answer for: one's own, or anybody's for staff; current ones first. */
export async function tenanciesOfPeople(
  access: Access, references: readonly PersonReference[],
): Promise<ReadonlyMap<PersonReference, readonly Tenancy[]>> {
  const allowed = access.visiblePeople(references);
  if (allowed.length === 0) return new Map();
  const found = new Map([...await access.ofPersons(allowed)].map(([reference, held]) => [reference, [...held].sort(byStatusThenStart)]));
  await access.seenTenancies([...found.values()].flat().map(({ reference }) => reference));
  return found;
}

/** Tenancies by reference; one that is not the viewer's is answered exactly as one that does not exist: not at all. */
export async function tenanciesByReference(
  access: Access, references: readonly TenancyReference[],
): Promise<ReadonlyMap<TenancyReference, Tenancy>> {
  access.require();
  if (!access.staff) return access.own();
  const held = await access.deps.legacy.tenancies.byReferences(references);
  await access.seenTenancies(held.keys());
  return new Map([...held].map(([reference, tenancy]) => [reference, access.asOfToday(tenancy)]));
}

export async function members(
  access: Access, references: readonly TenancyReference[],
): Promise<ReadonlyMap<TenancyReference, readonly TenancyMember[]>> {
  const viewer = access.require();
  const visible = await access.visible(references);
  if (visible.length === 0) return new Map();
  const held = await access.deps.legacy.tenancies.members(visible);
  access.covers([...held.values()].flat().map(({ personReference }) => personReference));
  const eyes = { staff: access.staff, personReference: viewer.personReference };
  return new Map([...held].map(([reference, household]) => [reference, membersSeenBy(eyes, household)]));
}

/** Homes of the viewer's tenancies, or any for staff. */
export async function properties(
  access: Access, references: readonly PropertyReference[],
): Promise<ReadonlyMap<PropertyReference, Property>> {
  access.require();
  let allowed = references;
  if (!access.staff) {
    const homes = new Set([...(await access.own()).values()].map((tenancy) => tenancy.propertyReference));
    allowed = references.filter((reference) => homes.has(reference));
  }
  return allowed.length ? access.deps.legacy.properties.byReferences(allowed) : new Map();
}
