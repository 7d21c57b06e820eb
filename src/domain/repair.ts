import { workingDaysBetween, type LocalDate } from './calendar.js';
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
  readonly sorCode?: string | null;
  /** The reference with which it was sent there: for one that was asked for here, its delivery's. */
  readonly callerReference?: string | null;
  /** Its place among those of its day; its reference where nothing else is said. */
  readonly place?: string;
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

/** The code of what was asked for here and is not in the legacy system yet; its own codes are numbers. */
export const SUBMITTED_CODE = 'SUBMITTED';

export const repairStatus = (code: string): RepairStatus => (code === SUBMITTED_CODE ? 'SUBMITTED' : STATUS_BY_CODE.get(code) ?? 'UNKNOWN');

/** Of an UNKNOWN one nobody can say whether it is still open, and so neither that it is late. */
const OPEN: ReadonlySet<RepairStatus> = new Set<RepairStatus>(['SUBMITTED', 'REGISTERED', 'IN_PROGRESS', 'ON_HOLD']);

export const isOpen = ({ status }: Pick<Repair, 'status'>): boolean => OPEN.has(status);

/** @param today a London day: a repair is overdue, while it is open, from the first working day after its target. */
export function repair(held: HeldRepair, location: RepairLocation, today: LocalDate): Repair {
  const status = repairStatus(held.statusDetail.code);
  const overdue = OPEN.has(status) && held.targetDate !== null && held.targetDate < today && workingDaysBetween(held.targetDate, today) > 0;
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

/** Where a repair stands in a list: by its day, and within the day in a way that stays, so that a page's edge stays where it was. */
export const repairKey = ({ registeredDate, reference, place }: Repair): string => `${registeredDate} ${place ?? reference}`;

export function newestFirst(a: Repair, b: Repair): number {
  const [one, other] = [repairKey(a), repairKey(b)];
  return one < other ? 1 : one > other ? -1 : 0;
}
