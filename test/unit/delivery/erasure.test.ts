import { afterAll, expect, test } from '@jest/globals';
import { queueDelivery, removeDeliveriesOf, repairsAskedFor, repairsAskedForByReference } from '../../../src/application/delivery/outbox.js';
import type { DeliveryRecord } from '../../../src/application/delivery/record.js';
import { transact } from '../../../src/application/identity/transaction.js';
import { storeOnDisk } from '../../support/store-on-disk.js';

const { open, close } = storeOnDisk();
const store = open();
afterAll(close);

const record = (reference: string, accountId: string): DeliveryRecord => ({
  kind: 'repair', reference, accountId, tenancyReference: '000017/01', location: 'PROPERTY', createdAt: '2017-02-08T10:00:00.000Z',
  repair: { propertyReference: '00001170', text: `The tap of ${accountId} drips`, sorCode: null, priority: 'N', contactPhone: '07700 900017' },
  state: 'WAITING', attempts: 0, dueAt: 1, failures: 0, claim: null, lastError: null, taken: null,
});

test('what an account asked for is removed with every way that leads to it, and nobody else\'s', async () => {
  const owners = ['mine', 'other', 'mine'];
  for (const [n, owner] of owners.entries()) await transact(store, (transaction) => queueDelivery(transaction, `id-${n}`, record(`RQ-0000000${n}`, owner)));
  expect(await repairsAskedFor(store, '00001170')).toHaveLength(3);
  expect(await removeDeliveriesOf(store, 'mine', 10)).toBe(2);
  expect((await repairsAskedFor(store, '00001170')).map(({ record: { accountId } }) => accountId)).toEqual(['other']);
  expect([...(await repairsAskedForByReference(store, ['RQ-00000000', 'RQ-00000001', 'RQ-00000002'])).keys()]).toEqual(['RQ-00000001']);
  for (const kind of ['delivery', 'delivery-of-property', 'delivery-by-reference']) {
    expect(JSON.stringify(await store.list(kind, '', 100))).not.toMatch(/mine|id-0|id-2/);
  }
  expect(await store.due('delivery', 10, 100)).toEqual(['id-1']);
});
