/** Every outcome of a try, and what comes of it: once, later, never twice, or to staff. */
import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DELIVERY_KIND, repairsAskedFor, repairsAskedForByReference } from '../../../src/application/delivery/outbox.js';
import { deliveryCourier } from '../../../src/application/delivery/courier.js';
import { workOffDeliveries } from '../../../src/application/delivery/worker.js';
import { CANARY, depot, fakeLegacy, HOUR, MINUTE, refused, SETTLE_SECONDS, unknown, unsent, type Depot, type Told } from './support.js';

const SETTLE = SETTLE_SECONDS * 1_000;
let at: Depot;
afterEach(() => at.close());

const due = async (): Promise<readonly string[]> => at.store.due(DELIVERY_KIND, Number.MAX_SAFE_INTEGER, 100);

describe('outcomes', () => {
  test('taken: delivered, with both references kept, and nothing left to do', async () => {
    const legacy = fakeLegacy();
    at = depot(legacy);
    const id = await at.queue();
    await at.work();
    expect(await at.record(id)).toMatchObject({ state: 'DELIVERED', attempts: 1, dueAt: null, claim: null, taken: { requestReference: '00001', orderReference: 'WO900001' } });
    expect(legacy.sent).toMatchObject([{ kind: 'repair', repair: { propertyReference: '00000017', text: CANARY, sorCode: null, priority: 'N', contactPhone: null }, callerReference: id }]);
    expect(await due()).toEqual([]);
    expect(at.counts).toEqual(['repair delivered']);
  });

  test('refused: to staff at once, with the legacy code, and never sent again', async () => {
    const legacy = fakeLegacy(refused);
    at = depot(legacy);
    const id = await at.queue();
    await at.work();
    expect(await at.record(id)).toMatchObject({ state: 'NEEDS_ATTENTION', lastError: 'REFUSED 3002', dueAt: null });
    await at.after(48 * HOUR);
    expect(legacy.sent).toHaveLength(1);
  });

  test.each<[string, Told]>([['unknown', unknown], ['an adapter that throws', new TypeError(CANARY)]])('%s and not there: looked up after the settle time and not before, then sent again', async (_name, told) => {
    const legacy = fakeLegacy(told);
    at = depot(legacy);
    const id = await at.queue();
    await at.work();
    expect(await at.record(id)).toMatchObject({ state: 'UNCLEAR', attempts: 1 });
    await at.after(SETTLE - 1);
    expect(legacy.lookUps).toEqual([]);
    await at.after(1);
    expect(legacy.lookUps).toEqual([id]);
    await at.work();
    expect(await at.record(id)).toMatchObject({ state: 'DELIVERED', attempts: 2 });
    expect(legacy.written).toHaveLength(1);
  });

  test.each<Told>(['lost', 'late'])('%s: found by our reference, and not sent again', async (told) => {
    const legacy = fakeLegacy(told);
    at = depot(legacy);
    const id = await at.queue();
    await at.work();
    at.time.now += SETTLE - 1_000;
    legacy.commitLate();
    await at.after(1_000);
    expect(await at.record(id)).toMatchObject({ state: 'DELIVERED', attempts: 1, taken: { requestReference: '00001' } });
    expect(legacy.sent).toHaveLength(1);
  });

  test('found several times: to staff', async () => {
    const legacy = fakeLegacy('lost');
    at = depot(legacy);
    const id = await at.queue();
    await at.work();
    legacy.written.push({ callerReference: id, taken: { requestReference: '77', orderReference: null } });
    await at.after(SETTLE);
    expect(await at.record(id)).toMatchObject({ state: 'NEEDS_ATTENTION', lastError: 'ARRIVED_TWICE' });
  });

  test('a look-up that fails is made again, later and later, and nothing is sent meanwhile', async () => {
    const legacy = fakeLegacy('lost');
    legacy.away = Object.assign(new Error(CANARY), { code: 'LEGACY_UNAVAILABLE' });
    at = depot(legacy);
    const id = await at.queue();
    await at.work();
    await at.after(SETTLE);
    for (const wait of [1_000, 2_000, 4_000]) {
      expect(await at.record(id)).toMatchObject({ state: 'UNCLEAR', lastError: 'LEGACY_UNAVAILABLE', dueAt: at.time.now + wait });
      await at.after(wait);
    }
    legacy.away = null;
    await at.after(8_000);
    expect(await at.record(id)).toMatchObject({ state: 'DELIVERED' });
    expect(legacy.sent).toHaveLength(1);
  });

  test('surely not sent: tried again after 1 s, 2 s, 4 s ... to 5 minutes, and never dropped; after a day staff are asked', async () => {
    const legacy = fakeLegacy(...Array.from({ length: 400 }, () => unsent));
    at = depot(legacy);
    const id = await at.queue();
    await at.work();
    const waits: number[] = [];
    for (let record = await at.record(id); record.dueAt !== null; record = await at.record(id)) {
      waits.push(record.dueAt - at.time.now);
      expect(record.state).toBe('WAITING');
      await at.after(record.dueAt - at.time.now);
    }
    expect(waits.slice(0, 11)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map((seconds) => seconds * 1_000));
    expect(await at.record(id)).toMatchObject({ state: 'NEEDS_ATTENTION', lastError: 'ECONNREFUSED' });
    expect(legacy.lookUps).toEqual([]);
    expect(waits.reduce((sum, wait) => sum + wait)).toBeGreaterThanOrEqual(24 * HOUR);
  });

  test('a gateway that was off for days tries before it asks staff', async () => {
    at = depot(fakeLegacy());
    const id = await at.queue();
    await at.after(72 * HOUR);
    expect(await at.record(id)).toMatchObject({ state: 'DELIVERED' });
  });

  test('unclear for a day and still not there: to staff, and not sent again', async () => {
    const legacy = fakeLegacy(unknown);
    legacy.away = new Error('away');
    at = depot(legacy);
    const id = await at.queue();
    await at.work();
    await at.after(23 * HOUR);
    legacy.away = null;
    await at.after(2 * HOUR);
    expect(await at.record(id)).toMatchObject({ state: 'NEEDS_ATTENTION' });
    expect(legacy.sent).toHaveLength(1);
  });
});

describe('crashes and replicas', () => {
  test('a try is noted before it is sent; one cut short is looked up after its claim and the settle time', async () => {
    const legacy = fakeLegacy('hang');
    at = depot(legacy);
    const id = await at.queue();
    void deliveryCourier(at)(id);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await at.record(id)).toMatchObject({ state: 'SENDING', attempts: 1 });
    await at.after(9_000 + 15_000 - 1);
    expect(await at.record(id)).toMatchObject({ state: 'SENDING' });
    await at.after(1);
    expect(await at.record(id)).toMatchObject({ state: 'UNCLEAR', lastError: 'CUT_SHORT', dueAt: at.time.now + SETTLE });
    await at.after(SETTLE - 1);
    expect(legacy.lookUps).toEqual([]);
    await at.after(1);
    await at.work();
    expect(await at.record(id)).toMatchObject({ state: 'DELIVERED', attempts: 2 });
  });

  test('two gateways on one store send each once', async () => {
    const legacy = fakeLegacy();
    at = depot(legacy);
    const ids: string[] = [];
    for (let n = 0; n < 20; n++) ids.push(await at.queue());
    const other = { ...at, store: at.secondStore() };
    await Promise.all([workOffDeliveries(at), workOffDeliveries(other), workOffDeliveries(at)]);
    expect(legacy.sent.map(({ callerReference }) => callerReference).sort()).toEqual(ids);
  });

  test('an answer that comes after the claim has run out counts, and shows what arrived twice', async () => {
    let answer: () => void = () => undefined;
    const legacy = fakeLegacy();
    const slow = { ...legacy, send: async (...asked: Parameters<typeof legacy.send>) => {
      if (legacy.sent.length > 0) return legacy.send(...asked);
      const outcome = await legacy.send(...asked);
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      legacy.written.splice(0);
      return outcome;
    } };
    at = depot(slow);
    const id = await at.queue();
    const first = deliveryCourier(at)(id);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await at.after(24_000);
    legacy.written.splice(0, 1, { callerReference: id, taken: { requestReference: 'other', orderReference: null } });
    await at.after(SETTLE);
    expect(await at.record(id)).toMatchObject({ state: 'DELIVERED', taken: { requestReference: 'other' } });
    answer();
    await first;
    expect(await at.record(id)).toMatchObject({ state: 'NEEDS_ATTENTION', lastError: 'ARRIVED_TWICE' });
  });

  test('whatever happens in whatever order, each arrives exactly once', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom<Told>('take', 'lost', 'late', unknown, unsent), { maxLength: 12 }), async (told) => {
      const legacy = fakeLegacy(...told);
      const own = depot(legacy);
      try {
        const ids = [await own.queue(), await own.queue(), await own.queue()];
        for (let step = 0; step < 60; step++) {
          await own.after(MINUTE);
          legacy.commitLate();
        }
        expect(legacy.written.map(({ callerReference }) => callerReference).sort()).toEqual(ids);
        for (const id of ids) expect(await own.record(id)).toMatchObject({ state: 'DELIVERED' });
      } finally {
        await own.close();
      }
    }), { numRuns: 25 });
    at = depot(fakeLegacy());
  });
});

describe('others', () => {
  test('bad ones in front of the queue do not hold up the rest', async () => {
    const legacy = fakeLegacy(refused, unknown, unsent, new Error('x'));
    at = depot(legacy);
    for (let n = 0; n < 4; n++) await at.queue();
    const strange = Array.from({ length: 8 }, (_, n) => ({ kind: DELIVERY_KIND, id: `0-${n}`, ifVersion: 0, value: { state: 'OF_A_NEWER_RELEASE' }, dueAt: 1 }));
    await at.store.commit(strange);
    const good = await at.queue();
    await at.work();
    expect(await at.record(good)).toMatchObject({ state: 'DELIVERED' });
    expect((await due()).filter((id) => id.startsWith('0-'))).toEqual([]);
  });

  test('a store that is away makes the step fail, and nothing is sent', async () => {
    const legacy = fakeLegacy();
    at = depot(legacy);
    await at.queue();
    const away = { ...at, store: { ...at.store, commit: async () => Promise.reject(new Error('away')) } };
    await expect(workOffDeliveries(away)).rejects.toThrow('away');
    expect(legacy.sent).toEqual([]);
  });

  test('the log tells what happened, and none of the words', async () => {
    const legacy = fakeLegacy(new Error(CANARY), unsent, refused);
    at = depot(legacy);
    for (let n = 0; n < 4; n++) await at.queue();
    await at.work();
    expect(at.lines.map((line) => (JSON.parse(line) as { event: string }).event).sort()).toEqual(['delivered', 'delivery_needs_attention', 'delivery_retried', 'delivery_unclear']);
    expect(at.lines.join()).not.toContain(CANARY);
  });

  test('our reference leads to it, and the property to those not long arrived', async () => {
    at = depot(fakeLegacy());
    const id = await at.queue();
    const { reference } = await at.record(id);
    await at.work();
    const listed = async () => (await repairsAskedFor(at.store, '00000017')).map((delivery) => delivery.id);
    expect(await listed()).toEqual([id]);
    expect(await repairsAskedFor(at.store, '0000001')).toEqual([]);
    await at.store.sweep(at.time.now + 25 * HOUR);
    expect(await listed()).toEqual([]);
    expect([...(await repairsAskedForByReference(at.store, [reference, 'RQ-NONE', 'WO1'])).keys()]).toEqual([reference]);
    await at.store.sweep(at.time.now + 401 * 24 * HOUR);
    expect((await repairsAskedForByReference(at.store, [reference])).size).toBe(0);
    expect(await at.store.get(DELIVERY_KIND, id)).toBeNull();
  });
});
