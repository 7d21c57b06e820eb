import type { LocalDate } from './calendar.js';
import type { CodedValue } from './coded.js';

export const REPAIR_STATUSES = ['SUBMITTED', 'REGISTERED', 'IN_PROGRESS', 'ON_HOLD', 'COMPLETED', 'CANCELLED', 'UNKNOWN'] as const;
export type RepairStatus = (typeof REPAIR_STATUSES)[number];
export type RepairLocation = 'PROPERTY' | 'COMMUNAL';

/** A works order, or a request that has no order yet, as the legacy system holds it. */
export interface HeldRepair {
  /** The works order's reference; the request's own until there is an order. */
  readonly reference: string;
  readonly requestReference: string | null;
  readonly propertyReference: string;
  readonly description: string;
  readonly statusDetail: CodedValue;
  readonly registeredDate: LocalDate;
  readonly targetDate: LocalDate | null;
  readonly completedDate: LocalDate | null;
  readonly priority: CodedValue | null;
}

export interface Repair extends HeldRepair {
  readonly status: RepairStatus;
  readonly location: RepairLocation;
  readonly overdue: boolean;
}

/** The legacy system's works-order states (DESIGN 3.1); one that it does not document is UNKNOWN and keeps its code. */
const STATUS_BY_CODE: ReadonlyMap<string, RepairStatus> = new Map<string, RepairStatus>([
  ['100', 'REGISTERED'],
  ['200', 'IN_PROGRESS'], ['300', 'IN_PROGRESS'], ['400', 'IN_PROGRESS'], ['500', 'IN_PROGRESS'], ['800', 'IN_PROGRESS'],
  ['600', 'ON_HOLD'],
  ['700', 'CANCELLED'], ['799', 'CANCELLED'],
  ['900', 'COMPLETED'],
]);

export const repairStatus = (code: string): RepairStatus => STATUS_BY_CODE.get(code) ?? 'UNKNOWN';

/** Of an UNKNOWN one nobody can say whether it is still open, and so neither that it is late. */
const OPEN: ReadonlySet<RepairStatus> = new Set<RepairStatus>(['SUBMITTED', 'REGISTERED', 'IN_PROGRESS', 'ON_HOLD']);

/** @param today a London day: a repair is overdue from the day after its target, while it is open. */
export function repair(held: HeldRepair, location: RepairLocation, today: LocalDate): Repair {
  const status = repairStatus(held.statusDetail.code);
  const overdue = OPEN.has(status) && held.targetDate !== null && held.targetDate < today;
  return { ...held, status, location, overdue };
}

export interface RepairFilter {
  /** Limits completed repairs only: open ones always show. */
  readonly completedOnOrAfter?: LocalDate | null | undefined;
  readonly statuses?: readonly RepairStatus[] | null | undefined;
}

export function passes(filter: RepairFilter, candidate: Repair): boolean {
  if (filter.statuses && !filter.statuses.includes(candidate.status)) return false;
  if (!filter.completedOnOrAfter || candidate.status !== 'COMPLETED') return true;
  return candidate.completedDate !== null && candidate.completedDate >= filter.completedOnOrAfter;
}

/** Newest first; the reference decides within a day, so that a page's edge stays where it was. */
export function newestFirst(a: Repair, b: Repair): number {
  if (a.registeredDate !== b.registeredDate) return a.registeredDate < b.registeredDate ? 1 : -1;
  return a.reference < b.reference ? 1 : a.reference > b.reference ? -1 : 0;
}
