import type { LocalDate } from '../../src/domain/calendar.js';
import type { HeldRepair } from '../../src/domain/repair.js';
import type { Reachable, RepairLog } from '../../src/application/ports.js';
import { text } from '../clean.js';
import type { SoapService } from './client.js';
import { requestToRepair, rowsOf, toRepair } from './rows.js';

/** Widths of the legacy system's references: a longer one cannot exist, and is not asked for. */
const ORDER_WIDTH = 10;
const REQUEST_WIDTH = 8;

/** The days that the legacy system's columns hold. */
const FIRST_DAY = '1900-01-01';
const LAST_DAY = '2079-06-06';

/** A day to ask from, where it can be asked from: who asks filters again. */
function completedSinceOf(day: LocalDate | null): string | null {
  if (day === null || day <= FIRST_DAY) return null;
  return `${day < LAST_DAY ? day : LAST_DAY}T00:00:00`;
}

/** The repairs part of the legacy system, through its web service. */
export function soapLegacy(service: SoapService): { repairs: RepairLog } & Reachable {
  return {
    repairs: {
      ofProperties: (references, completedSince) => service.call('GetWorksOrdersList', {
        PropertyReferences: { PropertyReference: [...new Set(references)] },
        CompletedSince: completedSinceOf(completedSince),
      }, (content) => {
        const found = new Map<string, HeldRepair[]>();
        const add = (repair: HeldRepair): void => {
          const held = found.get(repair.propertyReference);
          if (held) held.push(repair);
          else found.set(repair.propertyReference, [repair]);
        };
        rowsOf(content, 'WorksOrders', 'WorksOrder').map(toRepair).forEach(add);
        rowsOf(content, 'RepairRequests', 'RepairRequest').map(requestToRepair).forEach(add);
        return found;
      }),

      async byReferences(references) {
        const requested = references.filter((reference) => reference.length <= REQUEST_WIDTH);
        const requests = requested.length === 0 ? [] : await service.call('GetRepairRequestByReference',
          { RepairRequestReferences: { RepairRequestReference: requested } },
          (content) => rowsOf(content, 'RepairRequests', 'RepairRequest').map((row) => ({
            own: text(row.RepairRequestReference), order: text(row.WorksOrderReference), repair: requestToRepair(row),
          })));
        const orderOf = new Map(requests.filter(({ order }) => order).map(({ own, order }) => [own, order]));
        const ordered = [...new Set([...references.filter((reference) => reference.length <= ORDER_WIDTH), ...orderOf.values()])];
        const orders = ordered.length === 0 ? new Map<string, HeldRepair>() : await service.call('GetWorksOrderByReference',
          { WorksOrderReferences: { WorksOrderReference: ordered } },
          (content) => new Map(rowsOf(content, 'WorksOrders', 'WorksOrder').map(toRepair).map((repair) => [repair.reference, repair])));
        const found = new Map<string, HeldRepair>();
        for (const reference of references) {
          const order = orders.get(orderOf.get(reference) ?? reference);
          const request = requests.find(({ own }) => own === reference)?.repair;
          if (order ?? request) found.set(reference, (order ?? request) as HeldRepair);
        }
        return found;
      },
    },
    async ping() {
      await service.call('Ping', {}, () => undefined);
    },
  };
}
