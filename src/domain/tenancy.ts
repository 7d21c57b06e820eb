import type { LocalDate } from './calendar.js';
import type { CodedValue } from './coded.js';
import type { Money } from './money.js';
import type { Address, PersonName } from './person.js';

export type TenancyStatus = 'CURRENT' | 'ENDED' | 'FUTURE';
export type ChargeFrequency = 'WEEKLY' | 'FORTNIGHTLY' | 'MONTHLY' | 'ANNUALLY';

export interface Charge {
  readonly code: string;
  readonly description: string;
  readonly amount: Money;
  readonly frequency: ChargeFrequency;
}

/** A tenancy as the legacy system holds it. */
export interface HeldTenancy {
  readonly reference: string;
  readonly startDate: LocalDate;
  readonly endDate: LocalDate | null;
  readonly terminated: boolean;
  readonly tenure: CodedValue;
  readonly charges: readonly Charge[];
  readonly propertyReference: string;
  /** The block that the home is part of; communal repairs belong to it. */
  readonly blockReference: string | null;
}

export interface Tenancy extends HeldTenancy {
  readonly status: TenancyStatus;
}

export interface Property {
  readonly reference: string;
  readonly address: Address;
  readonly block: CodedValue | null;
  /** A block or an estate rather than a home: its repairs are communal. */
  readonly isBlock: boolean;
}

export type MemberRole = 'TENANT' | 'JOINT_TENANT' | 'HOUSEHOLD';

export interface HeldMember {
  readonly personReference: string;
  readonly name: PersonName;
  readonly dateOfBirth: LocalDate | null;
  readonly relationship: string | null;
  /** Signed the agreement, alone or with others. */
  readonly responsible: boolean;
}

export interface TenancyMember {
  readonly name: PersonName;
  readonly role: MemberRole;
  readonly relationship: string | null;
  readonly dateOfBirth: LocalDate | null;
  /** Whose own record may be opened from here; null where the viewer may not. */
  readonly tenantReference: string | null;
}

/** @param today a London day. A tenancy is current to the end of its last day. */
export function statusOn(tenancy: Pick<HeldTenancy, 'startDate' | 'endDate' | 'terminated'>, today: LocalDate): TenancyStatus {
  if (tenancy.startDate > today) return 'FUTURE';
  if (tenancy.terminated || (tenancy.endDate !== null && tenancy.endDate < today)) return 'ENDED';
  return 'CURRENT';
}

const STATUS_ORDER: Record<TenancyStatus, number> = { CURRENT: 0, FUTURE: 1, ENDED: 2 };

/** Current ones first, and the youngest of each kind first. */
export function byStatusThenStart(a: Tenancy, b: Tenancy): number {
  return STATUS_ORDER[a.status] - STATUS_ORDER[b.status]
    || b.startDate.localeCompare(a.startDate)
    || a.reference.localeCompare(b.reference);
}

/** Whether a thing registered on that day belongs to the tenancy's time. */
export function within(tenancy: HeldTenancy, day: LocalDate): boolean {
  return day >= tenancy.startDate && (tenancy.endDate === null || day <= tenancy.endDate);
}

/**
 * What one viewer may know of a household (the rule of ownership): of a joint tenant the name, of the household also
 * relationship and date of birth; staff and oneself everything.
 */
export function membersSeenBy(
  viewer: { readonly staff: boolean; readonly personReference: string | null },
  members: readonly HeldMember[],
): TenancyMember[] {
  const joint = members.filter((member) => member.responsible).length > 1;
  return members.map((member) => {
    const self = member.personReference === viewer.personReference;
    const open = viewer.staff || self;
    return {
      name: member.name,
      role: !member.responsible ? 'HOUSEHOLD' : joint ? 'JOINT_TENANT' : 'TENANT',
      relationship: open || !member.responsible ? member.relationship : null,
      dateOfBirth: open || !member.responsible ? member.dateOfBirth : null,
      tenantReference: open && member.responsible ? member.personReference : null,
    };
  });
}
