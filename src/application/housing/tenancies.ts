import type { Person } from '../../domain/person.js';
import { byStatusThenStart, membersSeenBy, statusOn, type Property, type Tenancy, type TenancyMember } from '../../domain/tenancy.js';
import type { PersonReference, PropertyReference, TenancyReference } from '../ports.js';
import type { Access } from './access.js';

/** People's own records: oneself, or anybody for staff. */
export async function people(access: Access, references: readonly PersonReference[]): Promise<ReadonlyMap<PersonReference, Person>> {
  const { personReference } = access.require();
  const allowed = access.staff ? references : references.filter((reference) => reference === personReference);
  return allowed.length ? access.deps.legacy.people.byReferences(allowed) : new Map();
}

/** The tenancies that people answer for: one's own, or anybody's for staff; current ones first. */
export async function tenanciesOfPeople(
  access: Access, references: readonly PersonReference[],
): Promise<ReadonlyMap<PersonReference, readonly Tenancy[]>> {
  const { personReference } = access.require();
  const found = new Map<PersonReference, readonly Tenancy[]>();
  if (access.staff) {
    for (const [reference, held] of await access.deps.legacy.tenancies.ofPersons(references)) {
      found.set(reference, held.map((tenancy) => ({ ...tenancy, status: statusOn(tenancy, access.today) })).sort(byStatusThenStart));
    }
  } else if (personReference !== null && references.includes(personReference)) {
    found.set(personReference, [...(await access.own()).values()].sort(byStatusThenStart));
  }
  return found;
}

/** Tenancies by reference; one that is not the viewer's is answered exactly as one that does not exist: not at all. */
export async function tenanciesByReference(
  access: Access, references: readonly TenancyReference[],
): Promise<ReadonlyMap<TenancyReference, Tenancy>> {
  access.require();
  if (!access.staff) return access.own();
  const held = await access.deps.legacy.tenancies.byReferences(references);
  return new Map([...held].map(([reference, tenancy]) => [reference, { ...tenancy, status: statusOn(tenancy, access.today) }]));
}

export async function members(
  access: Access, references: readonly TenancyReference[],
): Promise<ReadonlyMap<TenancyReference, readonly TenancyMember[]>> {
  const viewer = access.require();
  const visible = await access.visible(references);
  if (visible.length === 0) return new Map();
  const held = await access.deps.legacy.tenancies.members(visible);
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
