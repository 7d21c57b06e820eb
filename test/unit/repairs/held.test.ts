import { expect, test } from '@jest/globals';
import { DELIVERY_KIND } from '../../../src/application/delivery/outbox.js';
import { notTriedYet, type RepairDelivery } from '../../../src/application/delivery/record.js';
import type { Access } from '../../../src/application/housing/access.js';
import { heldRepairs, repairsOf } from '../../../src/application/housing/repairs.js';
import type { LocalDate } from '../../../src/domain/calendar.js';
import { repairKey, type HeldRepair } from '../../../src/domain/repair.js';
import type { Tenancy } from '../../../src/domain/tenancy.js';

const HOME = '00001170';
const TODAY = '2017-02-08';
const tenancy = { propertyReference: HOME, blockReference: null, startDate: '2010-01-04', endDate: null } as unknown as Tenancy;

const delivery: RepairDelivery = {
  kind: 'repair', reference: 'RQ-CANARY22', accountId: 'a', tenancyReference: '000017/01', location: 'PROPERTY', createdAt: '2017-02-07T13:00:00.000Z',
  repair: { propertyReference: HOME, text: 'Tap drips', sorCode: null, priority: 'N', contactPhone: null },
  ...notTriedYet(0), state: 'DELIVERED', taken: { requestReference: '00561475', orderReference: 'WO561475' },
};

const order = (reference: string, code: string, completedDate: LocalDate | null = null): HeldRepair => ({
  reference, requestReference: '00561475', propertyReference: HOME, description: 'Tap drips', statusDetail: { code, label: '' },
  registeredDate: '2017-02-07', targetDate: null, completedDate, priority: null, callerReference: null,
});

/** A legacy system that leaves out what was completed before the day that it is asked from, as the real one does. */
function accessTo(...orders: HeldRepair[]): Access {
  const store = {
    list: async (kind: string) => (kind === 'delivery-of-property' ? [{ id: `${HOME} d`, document: { value: { delivery: 'd' }, version: 1 } }] : []),
    get: async (kind: string) => (kind === DELIVERY_KIND ? { value: delivery, version: 1 } : null),
  };
  const ofProperties = async (_: unknown, since: LocalDate | null) =>
    new Map([[HOME, orders.filter(({ completedDate }) => since === null || completedDate === null || completedDate >= since)]]);
  return { staff: true, today: TODAY, require: () => undefined, deps: { legacy: { repairs: { ofProperties } }, store } } as unknown as Access;
}

async function shown(access: Access, completedOnOrAfter: LocalDate) {
  const held = (await heldRepairs(access, [HOME], completedOnOrAfter)).get(HOME)!;
  return repairsOf(access, tenancy, 'PROPERTY', held, { completedOnOrAfter });
}

test.each(['2017-02-08', '2017-02-09', '9999-12-31'])('what arrived yesterday and was completed at once is not on its way when completed ones are asked for from %s on', async (from) => {
  const done = order('WO561475', '900', '2017-02-07');
  expect(await shown(accessTo(done), from)).toEqual([]);
  expect(await shown(accessTo(done), '2017-02-07')).toMatchObject([{ reference: 'WO561475', status: 'COMPLETED' }]);
});

test('two orders of one request have a place each, so that no page loses one', async () => {
  const both = await shown(accessTo(order('WO561475', '100'), order('WO561476', '300')), TODAY);
  expect(both.map(({ reference }) => reference)).toEqual(['WO561476', 'WO561475']);
  expect(new Set(both.map(repairKey)).size).toBe(2);
});
