/** What an answer holds, as the domain's own things. Pure, and the one place where rows are read out of an answer. */
import { coded, type CodedValue } from '../../src/domain/coded.js';
import type { HeldRepair } from '../../src/domain/repair.js';
import { day, dayOrNull, text, textOrNull } from '../clean.js';
import type { Content } from './client.js';

/**
 * The rows of a list; null is the legacy system's empty list.
 * @throws TypeError where the list is missing, or is none: half an answer must not look like an empty one.
 */
export function rowsOf(content: Content, list: string, item: string): readonly Content[] {
  const holder = content[list];
  if (holder === null) return [];
  if (typeof holder !== 'object') throw new TypeError(`${list} is missing`);
  const rows = (holder as Content)[item];
  if (rows === undefined || rows === null) return [];
  return (Array.isArray(rows) ? rows : [rows]) as readonly Content[];
}

/** @throws TypeError where a row has no reference: it cannot be anybody's. */
function reference(value: unknown): string {
  const found = text(value);
  if (!found) throw new TypeError('a reference is missing');
  return found;
}

function priority(row: Content): CodedValue | null {
  const code = textOrNull(row.PriorityCode);
  return code ? coded(code, text(row.PriorityDescription)) : null;
}

export function toRepair(row: Content): HeldRepair {
  return {
    reference: reference(row.WorksOrderReference),
    requestReference: textOrNull(row.RepairRequestReference),
    propertyReference: reference(row.PropertyReference),
    description: text(row.Description),
    statusDetail: coded(text(row.StatusCode), text(row.StatusDescription)),
    registeredDate: day(row.DateRaised),
    targetDate: dayOrNull(row.DateDue),
    completedDate: dayOrNull(row.DateCompleted),
    priority: priority(row),
    sorCode: textOrNull(row.SorCode),
    callerReference: textOrNull(row.CallerReference),
  };
}

/** A request that has no works order yet. */
export function requestToRepair(row: Content): HeldRepair {
  const own = reference(row.RepairRequestReference);
  return {
    reference: own,
    requestReference: own,
    propertyReference: reference(row.PropertyReference),
    description: text(row.Problem),
    statusDetail: coded(text(row.StatusCode), text(row.StatusDescription)),
    registeredDate: day(row.DateRaised),
    targetDate: null,
    completedDate: null,
    priority: priority(row),
    sorCode: textOrNull(row.SorCode),
    callerReference: textOrNull(row.CallerReference),
  };
}
