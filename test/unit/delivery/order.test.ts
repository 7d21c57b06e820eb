/** One person's contact details arrive in the order of asking, whatever becomes of each try. */
import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { changesUnderWay, DELIVERY_KIND, putDelivery, removeDeliveriesOf } from '../../../src/application/delivery/outbox.js';
import { notTriedYet, type DeliveryRecord } from '../../../src/application/delivery/record.js';
import { workOffDeliveries } from '../../../src/application/delivery/worker.js';
import { transact } from '../../../src/application/identity/transaction.js';
import { depot, fakeLegacy, MINUTE, refused, SETTLE_SECONDS, unknown, unsent, type Depot, type FakeLegacy, type Told } from './support.js';

const PERSON = '0000170/1';
let at: Depot;
afterEach(() => at.close());

const email = (text: string) => ({ email: text });
const phones = (number: string) => ({ phones: [{ type: 'MOBILE' as const, number }] });
const arrivals = (legacy: FakeLegacy) => legacy.written.map(({ callerReference }) => callerReference);
const underWay = async () => (await changesUnderWay(at.store, PERSON)).map(({ id }) => id);
const sendAgain = (id: string) => transact(at.store, async (transaction) => {
  const held = (await transaction.get<DeliveryRecord>(DELIVERY_KIND, id))!;
  await putDelivery(transaction, id, { ...held, ...notTriedYet(at.time.now) }, at.time.now);
});

describe('a later change', () => {
  test.each<[string, Told]>([['unclear', 'lost'], ['surely not sent', unsent], ['written late', 'late']])('waits while an earlier one is %s, and goes once that has arrived', async (_name, told) => {
    const legacy = fakeLegacy(told);
    at = depot(legacy);
    const ids = [await at.queueContact(phones('1')), await at.queueContact(phones('2')), await at.queueContact(phones('3'))];
    expect(await at.record(ids[1]!)).toMatchObject({ state: 'WAITING', dueAt: null });
    await at.work();
    expect(legacy.sent.map(({ callerReference }) => callerReference)).toEqual([ids[0]]);
    legacy.commitLate();
    for (let step = 0; step < 3; step++) await at.after(SETTLE_SECONDS * 1_000);
    expect(arrivals(legacy)).toEqual(ids);
    expect(await underWay()).toEqual([]);
    expect(await at.store.due(DELIVERY_KIND, Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
  });

  test('goes once the earlier one is with staff', async () => {
    const legacy = fakeLegacy(refused);
    at = depot(legacy);
    const [first, second] = [await at.queueContact(phones('1')), await at.queueContact(phones('2'))];
    await at.work();
    await at.work();
    expect(await at.record(first)).toMatchObject({ state: 'NEEDS_ATTENTION' });
    expect(arrivals(legacy)).toEqual([second]);
    expect(await underWay()).toEqual([first]);
  });

  test('of somebody else, and a repair, wait for nobody', async () => {
    const legacy = fakeLegacy(unknown);
    at = depot(legacy);
    await at.queueContact(phones('1'));
    await at.work();
    const others = [await at.queueContact(phones('2'), '0000170/2'), await at.queue()];
    await at.work();
    expect(arrivals(legacy).sort()).toEqual(others);
  });

  test('is freed where the earlier one is erased; nothing is kept of a line in which nobody stands', async () => {
    const legacy = fakeLegacy(unsent);
    at = depot(legacy);
    const first = await at.queueContact(phones('1'));
    await at.work();
    const second = await at.queueContact(phones('2'));
    const { value, version } = (await at.store.get<DeliveryRecord>(DELIVERY_KIND, second))!;
    await at.store.commit([{ kind: DELIVERY_KIND, id: second, ifVersion: version, value: { ...value, accountId: 'account-2' } }]);
    expect(await removeDeliveriesOf(at.store, 'account-1', at.time.now)).toBe(1);
    expect(await at.store.get(DELIVERY_KIND, first)).toBeNull();
    await at.work();
    expect(arrivals(legacy)).toEqual([second]);
    expect(await removeDeliveriesOf(at.store, 'account-2', at.time.now)).toBe(1);
    for (const kind of ['contact-details-line', 'delivery-of-person', 'delivery-by-reference']) expect(await at.store.list(kind, '', 10)).toEqual([]);
  });
});

describe('one that staff send again', () => {
  test('is refused where the same detail was asked for since, and only then', async () => {
    const legacy = fakeLegacy(refused, refused);
    at = depot(legacy);
    const [first, second] = [await at.queueContact(phones('1')), await at.queueContact(email('a@example.org'))];
    await at.work();
    await at.work();
    const third = await at.queueContact(phones('2'));
    await expect(sendAgain(first)).rejects.toMatchObject({ code: 'CONFLICT' });
    await at.work();
    await expect(sendAgain(first)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await at.record(first)).toMatchObject({ state: 'NEEDS_ATTENTION' });
    await sendAgain(second);
    await at.work();
    expect(arrivals(legacy)).toEqual([third, second]);
  });

  test('stands in line behind what is being sent', async () => {
    const legacy = fakeLegacy(refused, 'lost');
    at = depot(legacy);
    const [first, second] = [await at.queueContact(email('a@example.org')), await at.queueContact(phones('2'))];
    await at.work();
    await at.work();
    await sendAgain(first);
    expect(await at.record(first)).toMatchObject({ state: 'WAITING', dueAt: null });
    expect(await at.record(second)).toMatchObject({ state: 'UNCLEAR' });
    await at.after(SETTLE_SECONDS * 1_000);
    await at.work();
    expect(await at.record(first)).toMatchObject({ state: 'DELIVERED', attempts: 1 });
    expect(arrivals(legacy)).toEqual([second, first]);
  });
});

test('whatever happens, and however many gateways are at it: each once, in the order of asking', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom<Told>('take', 'lost', 'late', unknown, unsent), { maxLength: 12 }), async (told) => {
    const legacy = fakeLegacy(...told);
    const own = depot(legacy);
    try {
      const other = { ...own, store: own.secondStore() };
      const ids: string[] = [];
      for (let n = 0; n < 4; n++) {
        ids.push(await own.queueContact(phones(String(n))));
        await Promise.all([workOffDeliveries(own), workOffDeliveries(other)]);
        legacy.commitLate();
      }
      for (let step = 0; step < 90; step++) {
        own.time.now += MINUTE;
        await Promise.all([workOffDeliveries(own), workOffDeliveries(other)]);
        legacy.commitLate();
      }
      expect(arrivals(legacy)).toEqual(ids);
    } finally {
      await own.close();
    }
  }), { numRuns: 20 });
  at = depot(fakeLegacy());
}, 60_000);
