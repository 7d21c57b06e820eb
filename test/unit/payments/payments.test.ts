/** One page a key, whatever is lost or happens at once; and ends that are found without anybody coming back. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { storedPayments } from '../../../src/application/payments/payments-of.js';
import { startPayment } from '../../../src/application/payments/start-payment.js';
import { returningTo } from '../../../src/application/payments/coming-back.js';
import { noteEnd } from '../../../src/application/payments/status.js';
import { PAYMENT_KIND, paymentByReference, paymentsOfTenancy } from '../../../src/application/payments/records.js';
import { workOffPayments } from '../../../src/application/payments/worker.js';
import { until } from '../../support/until.js';
import { MINUTE, till, type Till } from './support.js';

const KEY = 'a-key-of-a-client';
let at: Till;
beforeEach(() => {
  at = till();
});
afterEach(() => at.close());

const due = async (): Promise<readonly string[]> => at.store.due(PAYMENT_KIND, Number.MAX_SAFE_INTEGER, 100);
const unavailable = { code: 'SERVICE_UNAVAILABLE', system: 'payments' };

describe('one page a key', () => {
  test('two gateways at the same moment hand out one, and the provider knows at most one that anybody has seen', async () => {
    const other = at.other();
    const sessions = await Promise.all([at.start(KEY), at.start(KEY, other), at.start(KEY), at.start(KEY, other)]);
    expect(new Set(sessions.map(({ url }) => url)).size).toBe(1);
    expect(await at.records()).toHaveLength(1);
    expect((await at.records())[0]!.session!.url).toBe(sessions[0]!.url);
  });

  test('another gateway that creates it meanwhile is first: its page is handed out here too', async () => {
    at.payments.tells.push('late');
    const here = at.start(KEY);
    await until(() => at.payments.made.length === 1);
    at.payments.lagging = true;
    const there = await at.start(KEY, at.other());
    at.payments.answerLate();
    expect((await here).url).toBe(there.url);
    expect(at.payments.made).toHaveLength(2);
    expect(at.payments.made[0]!.idempotencyKey).toBe(at.payments.made[1]!.idempotencyKey);
    expect(at.counts).toEqual(['started']);
  });

  test('a lost answer: found by its reference, not made again; while that cannot be told, nothing is handed out', async () => {
    at.payments.tells.push('lost');
    await expect(at.start(KEY)).rejects.toMatchObject(unavailable);
    at.payments.down = true;
    await expect(at.start(KEY)).rejects.toMatchObject(unavailable);
    at.payments.down = false;
    expect((await at.start(KEY)).url).toBe('https://pay.example/p1');
    expect([at.payments.made.length, at.payments.asked.create]).toEqual([1, 1]);
  });

  test('a crash between counting a try and hearing of it: the next one looks it up', async () => {
    at.payments.tells.push('late');
    void at.start(KEY).catch(() => undefined);
    await until(() => at.payments.made.length === 1);
    expect((await at.start(KEY, at.other())).url).toBe('https://pay.example/p1');
    at.payments.answerLate();
    await until(async () => (await at.records())[0]!.session !== null);
  });

  test('whatever is lost in whatever order, one page is handed out', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom('lost' as const, 'unmade' as const), { maxLength: 5 }), fc.boolean(), async (tells, lagging) => {
      const own = till();
      try {
        own.payments.tells.push(...tells);
        own.payments.lagging = lagging;
        const urls = new Set<string>();
        for (let n = 0; n < 8; n++) await own.start(KEY, n % 2 ? own.other() : own).then(({ url }) => urls.add(url), (error: unknown) => expect(error).toMatchObject(unavailable));
        expect(urls.size).toBe(1);
        if (!lagging) expect(own.payments.made).toHaveLength(1);
      } finally {
        await own.close();
      }
    }), { numRuns: 20 });
  });

  test('one that expired while its answer was lost is not handed out', async () => {
    at.payments.tells.push('lost');
    await expect(at.start(KEY)).rejects.toMatchObject(unavailable);
    at.payments.made[0]!.outcome = 'EXPIRED';
    await expect(at.start(KEY)).rejects.toMatchObject({ code: 'CONFLICT', field: 'input.idempotencyKey' });
    expect((await at.records())[0]!.status).toBe('EXPIRED');
  });
});

describe('the worker', () => {
  test.each(['PAID', 'FAILED', 'EXPIRED'] as const)('finds that a payment is %s, once, and asks no more', async (outcome) => {
    await at.start();
    at.payments.made[0]!.outcome = outcome;
    await at.after(MINUTE - 1);
    expect(at.payments.asked.byId).toBe(0);
    await at.after(1);
    expect((await at.records())[0]).toMatchObject({ status: outcome, dueAt: null });
    expect(at.counts).toEqual(['started', outcome.toLowerCase()]);
    expect(await due()).toEqual([]);
    await at.after(100 * MINUTE);
    expect(at.payments.asked.byId).toBe(1);
  });

  test('asks again and again about one that is open, by the schedule, however often it looks', async () => {
    await at.start();
    for (let minute = 0; minute < 120; minute++) await at.after(MINUTE);
    expect(at.payments.asked.byId).toBe(7);
  });

  test('two gateways ask once', async () => {
    await Promise.all(Array.from({ length: 6 }, () => at.start()));
    const other = at.other();
    at.time.now += MINUTE;
    await Promise.all([workOffPayments(at), workOffPayments(other), workOffPayments(at)]);
    expect(at.payments.asked.byId).toBe(6);
  });

  test('waits for a provider that is down, and after a day says that somebody should look', async () => {
    await at.start();
    at.payments.down = true;
    for (let hour = 0; hour < 24; hour++) await at.after(60 * MINUTE);
    expect((await at.records())[0]!.status).toBe('STARTED');
    const alarms = at.lines.filter((line) => line.includes('payment_unfinished'));
    expect(alarms).toHaveLength(1);
    expect(alarms[0]).not.toMatch(/000017|HGP|account-1|pay\.example/);
    at.payments.down = false;
    at.payments.made[0]!.outcome = 'PAID';
    await at.after(24 * 60 * MINUTE);
    expect((await at.records())[0]!.status).toBe('PAID');
  });

  test('finds one whose answer was lost and that nobody asked for again; one that is nowhere expires', async () => {
    at.payments.tells.push('lost', 'unmade');
    await expect(at.start()).rejects.toMatchObject(unavailable);
    await expect(at.start()).rejects.toMatchObject(unavailable);
    expect(await paymentsOfTenancy(at.store, '000017/01', '2017-02-08')).toEqual([]);
    await at.after(MINUTE);
    expect(await paymentsOfTenancy(at.store, '000017/01', '2017-02-08')).toHaveLength(1);
    at.payments.made[0]!.outcome = 'EXPIRED';
    await at.after(95 * MINUTE);
    expect((await at.records()).map(({ status }) => status)).toEqual(['EXPIRED', 'EXPIRED']);
    expect(at.counts).toEqual(['unavailable', 'unavailable', 'expired', 'expired']);
  });
});

describe('ends', () => {
  test('are final: the first one stays, and only what is paid is posted', async () => {
    const { reference } = await at.start();
    const { id } = (await paymentByReference(at.store, reference))!;
    const status = async () => (await at.records())[0]!.status;
    await noteEnd(at, id, 'POSTED');
    expect(await status()).toBe('STARTED');
    await Promise.all([noteEnd(at, id, 'PAID'), noteEnd(at, id, 'PAID')]);
    for (const end of ['FAILED', 'EXPIRED', 'PAID'] as const) await noteEnd(at, id, end);
    expect(await status()).toBe('PAID');
    await noteEnd(at, id, 'POSTED');
    await noteEnd(at, id, 'PAID');
    expect(await status()).toBe('POSTED');
    expect(at.counts).toEqual(['started', 'paid', 'posted']);
  });

  test('a tenant who comes back while the provider is down is sent on, and it is asked in a minute', async () => {
    const { reference } = await at.start();
    await at.after(30 * MINUTE);
    at.payments.made[0]!.outcome = 'PAID';
    at.payments.down = true;
    const { returnToken } = (await at.records())[0]!;
    expect(await returningTo(at, returnToken)).toBe(`https://portal.example/?payment=${reference}`);
    at.payments.down = false;
    await at.after(MINUTE);
    expect((await at.records())[0]!.status).toBe('PAID');
    expect(await returningTo(at, 'x'.repeat(43))).toBeNull();
  });
});

test('staff see the payments of any tenancy, and start none', async () => {
  const { reference } = await at.start();
  const staff = at.access('STAFF');
  expect((await storedPayments(staff, ['000017/01', '999999/99'])).get('000017/01')).toMatchObject([{ record: { reference } }]);
  await expect(startPayment(at, staff, { idempotencyKey: KEY, tenancyReference: '000017/01', pence: 1, returnUrl: 'https://portal.example/' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect((await storedPayments(at.access(), ['999999/99'])).size).toBe(0);
});

test('references are capitals and digits, at most 20, and differ', async () => {
  const references = await Promise.all(Array.from({ length: 20 }, async () => (await at.start()).reference));
  for (const reference of references) expect(reference).toMatch(/^[A-Z0-9]{1,20}$/);
  expect(new Set(references).size).toBe(20);
});
