import { londonDay } from '../../domain/calendar.js';
import { SUBMITTED_CODE, type HeldRepair } from '../../domain/repair.js';
import type { Delivery } from '../delivery/outbox.js';
import type { DeliveryState, RepairDelivery } from '../delivery/record.js';

const LABELS: Partial<Record<DeliveryState, string>> = {
  NEEDS_ATTENTION: 'With our staff, who are entering it',
  RESOLVED: 'Dealt with by our staff',
};

/** A request as a repair, until the legacy system shows it itself. */
export function submitted({ id, record }: Delivery<RepairDelivery>): HeldRepair {
  const { reference, repair, createdAt, state } = record;
  return {
    reference, requestReference: null, propertyReference: repair.propertyReference, description: repair.text,
    statusDetail: { code: SUBMITTED_CODE, label: LABELS[state] ?? 'Sent, and on its way to the housing system' },
    registeredDate: londonDay(new Date(createdAt)), targetDate: null, completedDate: null, priority: null,
    sorCode: repair.sorCode, callerReference: id, place: placeOf(record),
  };
}

/** Above the legacy system's own of that day, in the order of asking: it stays when the order's reference arrives. */
export const placeOf = ({ createdAt, reference }: Pick<RepairDelivery, 'createdAt' | 'reference'>): string => `~${createdAt} ${reference}`;
