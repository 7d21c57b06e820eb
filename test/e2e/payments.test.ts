/** Rent is paid on the provider's page: started once, noted when the provider says so, and in the statement when the legacy system has it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createHmac } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { PaymentStandIn } from '../../fixtures/payments/provider.js';
import { PaymentsDocument, StartPaymentDocument, StatementDocument } from '../../generated/operations.js';
import { frontEnd, tenantNamed } from '../support/front-end.js';
import { startGateway, type TestGateway } from '../support/gateway.js';
import { paymentInput, payer, PORTAL, type Payer } from '../support/payer.js';
import { until } from '../support/until.js';

const SECRET = 'a-signing-secret-of-the-tests';
const folder = mkdtempSync(join(tmpdir(), 'payments-'));
let gateway: TestGateway;
let provider: PaymentStandIn;
let token: string;
let me: Payer;
beforeAll(async () => {
  const secretFile = join(folder, 'webhook-secret');
  writeFileSync(secretFile, `${SECRET}\n`);
  gateway = await startGateway({ PAYMENTS_WEBHOOK_SECRET_FILE: secretFile, SIM_PAYMENTS_POST_SECONDS: '3600' });
  provider = gateway.paymentStandIn!;
  me = payer(gateway, () => token);
});
afterAll(async () => {
  await gateway.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  // A new day: what one test started is no limit to the next.
  gateway.clock.now = new Date(gateway.clock.now.getTime() + 24 * 3_600_000);
  token = await gateway.token(0);
  provider.sendsWebhooks = false;
});
afterEach(() => {
  provider.faults.clear();
  gateway.legacy!.faults.clear();
});

/** Moves the clock on, and signs in again where that has ended the session. */
async function pass(minutes: number): Promise<void> {
  gateway.clock.now = new Date(gateway.clock.now.getTime() + minutes * 60_000);
  token = await gateway.token(0);
}
const counted = async (outcome: string): Promise<number> => Number(new RegExp(`^payments_total\\{outcome="${outcome}"\\} (\\d+)$`, 'm').exec(await gateway.metrics())?.[1] ?? 0);
const account = async () => {
  const { data } = await gateway.send(StatementDocument, { reference: '000017/01', period: 'ONE_MONTH', first: 100 }, token);
  return { balance: data!.tenancy!.balance!.money.pence, position: data!.tenancy!.balance!.position, statement: data!.tenancy!.statement! };
};

describe('a payment', () => {
  test('is paid on the page, noted on the way back, and posted when the legacy system has it', async () => {
    const before = await account();
    const { reference, url, expiresAt, payment } = await me.start();
    expect(reference).toMatch(/^[A-Z0-9]{1,20}$/);
    expect(url.startsWith(`${provider.url}/`)).toBe(true);
    expect(Date.parse(expiresAt) - gateway.clock.now.getTime()).toBe(90 * 60_000);
    // Nothing else has left for the provider, and none of it says who pays.
    expect(provider.calls.at(-1)).toEqual({ operation: 'create', body: { amount: 2_640, reference, description: 'Rent, Wiltshire Council', return_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/payments\/[\w-]{43}\/return$/) } });
    expect(await me.status(reference)).toBe('STARTED');

    const page = await (await fetch(url)).text();
    expect(page).toMatch(/<html lang="en">[\s\S]*<h1>[\s\S]*stands in[\s\S]*26\.40[\s\S]*<button/);
    expect(page).not.toMatch(/<input/);
    expect(await me.pay(url)).toBe(`${PORTAL}&payment=${reference}`);
    expect(payment.ending).toBe('paid');
    expect(await me.status(reference)).toBe('PAID');
    expect(await account()).toEqual(before);

    await pass(61);
    await until(async () => (await me.status(reference)) === 'POSTED');
    const after = await account();
    expect([before.balance, before.position, after.balance, after.position]).toEqual([2_640, 'ARREARS', 0, 'CLEAR']);
    expect(after.statement.reconciles).toBe(true);
    expect(after.statement.transactions.nodes[0]).toMatchObject({ type: 'CREDIT', code: 'RCP', credit: { pence: 2_640 } });
    // Noted once it was seen: the ledger is not asked again.
    const calls = (await gateway.legacyCalls())['GetTransactions'];
    expect(await me.status(reference)).toBe('POSTED');
    expect((await gateway.legacyCalls())['GetTransactions']).toBe(calls);
    expect([await counted('started'), await counted('paid'), await counted('posted')]).toEqual([1, 1, 1]);
  });

  test.each(['declined', 'cancelled', 'failed'] as const)('that is %s takes no money', async (ending) => {
    const { reference, url } = await me.start();
    expect(await me.pay(url, ending)).toBe(`${PORTAL}&payment=${reference}`);
    expect(await me.status(reference)).toBe('FAILED');
    expect((await fetch(url)).status).toBe(200);
  });

  test('that nobody makes expires', async () => {
    const { reference } = await me.start();
    const reads = () => provider.calls.filter(({ operation }) => operation === 'read').length;
    const before = reads();
    await pass(89);
    await until(() => reads() > before);
    expect(await me.status(reference)).toBe('STARTED');
    await pass(6);
    await until(async () => (await me.status(reference)) === 'EXPIRED');
  });

  test('is not lost with a browser that is closed: the provider is asked a minute later', async () => {
    const { reference, url } = await me.start();
    await me.press(url, 'paid');
    expect(await me.status(reference)).toBe('STARTED');
    await pass(1);
    await until(async () => (await me.status(reference)) === 'PAID');
  });

  test('is sent back all the same while the provider is away, and noted afterwards', async () => {
    const { reference, url } = await me.start();
    const address = await me.press(url, 'paid');
    provider.faults.set('read', 'error');
    expect(await me.comeBack(address)).toBe(`${PORTAL}&payment=${reference}`);
    expect(await me.status(reference)).toBe('STARTED');
    provider.faults.clear();
    await pass(1);
    await until(async () => (await me.status(reference)) === 'PAID');
  });

  test('is not believed of the return address: coming back unpaid changes nothing, and unknown addresses lead nowhere', async () => {
    const { reference, payment } = await me.start();
    expect(await me.comeBack(`${payment.returnUrl}?status=success&payment=other`)).toBe(`${PORTAL}&payment=${reference}`);
    expect(await me.status(reference)).toBe('STARTED');
    for (const path of [`/payments/${'x'.repeat(43)}/return`, '/payments/short/return', `/payments/${'x'.repeat(42)}%0a/return`]) {
      expect([path, (await fetch(`${gateway.url}${path}`, { redirect: 'manual' })).status]).toEqual([path, 404]);
    }
  });

  test('shows to the other joint tenant too, and to nobody else', async () => {
    const farah = (await frontEnd(gateway.url).open(tenantNamed('wiltshire', 'farah'), 'seven green umbrellas')).accessToken;
    const { data } = await gateway.send(StartPaymentDocument, { input: paymentInput({ tenancyReference: '000412/01' }) }, await gateway.token(2));
    const seen = await gateway.send(PaymentsDocument, { reference: '000412/01' }, farah);
    expect(seen.data!.tenancy!.payments).toMatchObject([{ reference: data!.startPayment.reference, status: 'STARTED', amount: { pence: 2_640 } }]);
    expect((await gateway.send(PaymentsDocument, { reference: '000412/01' }, token)).data).toEqual({ tenancy: null });
  });

  test('is listed for 30 days, newest first', async () => {
    const first = await me.start({ pence: 1 });
    await pass(60);
    const second = await me.start({ pence: 2 });
    expect((await me.payments()).slice(0, 2).map(({ reference }) => reference)).toEqual([second.reference, first.reference]);
    const kept = gateway.clock.now;
    await pass(29 * 24 * 60);
    expect((await me.payments()).slice(0, 2).map(({ reference }) => reference)).toEqual([second.reference, first.reference]);
    await pass(2 * 24 * 60);
    expect(await me.payments()).toEqual([]);
    gateway.clock.now = kept;
  });
});

describe('a webhook', () => {
  const post = (body: string, headers: Record<string, string> = {}) => fetch(`${gateway.url}/payments/webhook`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  const sign = (body: string, secret = SECRET): string => createHmac('sha256', secret).update(body).digest('hex');
  const signed = (body: string) => post(body, { 'pay-signature': sign(body) });
  const event = (id: string, more: object = {}): string => JSON.stringify({ resource_id: id, resource_type: 'payment', event_type: 'card_payment_succeeded', ...more });

  test('has the provider asked at once, also when the browser never came back; again and again it changes nothing', async () => {
    provider.sendsWebhooks = true;
    const { reference, url } = await me.start();
    const paid = await counted('paid');
    await me.press(url, 'paid');
    await until(async () => (await me.status(reference)) === 'PAID');
    const { body, signature } = provider.webhooks.at(-1)!;
    for (let n = 0; n < 3; n++) expect((await post(body, { 'pay-signature': signature })).status).toBe(200);
    expect([await me.status(reference), await counted('paid')]).toEqual(['PAID', paid + 1]);
  });

  test('is a hint and no more: one that says paid of a payment that is not leaves it as it is', async () => {
    const { reference, payment } = await me.start();
    const reads = () => provider.calls.filter(({ operation }) => operation === 'read').length;
    const before = reads();
    expect((await signed(event(payment.id, { resource: { state: { status: 'success', finished: true } } }))).status).toBe(200);
    await until(() => reads() > before);
    expect(await me.status(reference)).toBe('STARTED');
  });

  test.each<[string, (body: string) => Record<string, string>]>([
    ['without a signature', () => ({})],
    ['with another secret\'s', (body) => ({ 'pay-signature': sign(body, 'another') })],
    ['with another body\'s', (body) => ({ 'pay-signature': sign(`${body} `) })],
    ['in capitals', (body) => ({ 'pay-signature': sign(body).toUpperCase() })],
    ['cut short', (body) => ({ 'pay-signature': sign(body).slice(0, 40) })],
  ])('%s is refused, and nobody is asked', async (_name, headers) => {
    const { payment } = await me.start();
    const asked = provider.calls.length;
    const body = event(payment.id);
    expect((await post(body, headers(body))).status).toBe(401);
    expect(provider.calls).toHaveLength(asked);
  });

  test('of another\'s payment, of a refund, or that makes no sense is taken and ignored; one that is too large is not', async () => {
    const { payment } = await me.start();
    const asked = provider.calls.length;
    for (const body of [event('nobodys'), event(payment.id, { resource_type: 'refund' }), '', 'x', '[]', '{"resource_id":1}', event('x'.repeat(1_000))]) {
      expect([body.slice(0, 20), (await signed(body)).status]).toEqual([body.slice(0, 20), 200]);
    }
    expect((await signed(JSON.stringify({ filler: 'x'.repeat(100_000) }))).status).toBe(413);
    expect(provider.calls).toHaveLength(asked);
  });
});

describe('an idempotency key', () => {
  test('of several clients at the same moment: one payment, and equal answers, then and later', async () => {
    const input = paymentInput();
    const made = provider.payments.length;
    const answers = await Promise.all(Array.from({ length: 8 }, () => me.send(input)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]!.errors).toBeUndefined();
    expect(provider.payments).toHaveLength(made + 1);
    await me.pay(answers[0]!.data!.startPayment.url);
    expect((await me.send(input)).text).toBe(answers[0]!.text);
    expect(provider.payments).toHaveLength(made + 1);
  });

  test('whose first answer was lost at the provider: the payment that was made is found, and no other one is made', async () => {
    const input = paymentInput();
    const made = provider.payments.length;
    provider.faults.set('create', 'lost', 1);
    const first = await me.send(input);
    expect(first.errors).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE', system: 'payments' } }]);
    // While nobody can tell whether it was made, there is not another one.
    provider.faults.set('search', 'error', 1);
    expect((await me.send(input)).errors).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
    const answers = await Promise.all([me.send(input), me.send(input)]);
    expect(answers[0]!.errors).toBeUndefined();
    expect(answers[0]!.text).toBe(answers[1]!.text);
    expect(provider.payments).toHaveLength(made + 1);
    expect(answers[0]!.text).toContain(provider.payments.at(-1)!.pageToken);
  });

  test('whose payment was not made may be sent again; one that never was expires', async () => {
    const [again, never] = [paymentInput(), paymentInput()];
    const made = provider.payments.length;
    provider.faults.set('create', 'error', 2);
    for (const input of [again, never]) expect((await me.send(input)).errors).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
    const listed = (await me.payments()).length;
    expect((await me.send(again)).errors).toBeUndefined();
    expect(provider.payments).toHaveLength(made + 1);
    expect(await me.payments()).toHaveLength(listed + 1);
    const expired = await counted('expired');
    await pass(96);
    await until(async () => (await counted('expired')) === expired + 2);
    expect((await me.send(never)).errors).toMatchObject([{ extensions: { code: 'CONFLICT', field: 'input.idempotencyKey' } }]);
  });

  test('with other content is a conflict, and belongs to its account', async () => {
    const input = paymentInput();
    await me.send(input);
    for (const other of [{ pence: 2_641 }, { returnUrl: `${PORTAL}&x=1` }]) {
      expect((await me.send({ ...input, ...other })).errors).toMatchObject([{ extensions: { code: 'CONFLICT', field: 'input.idempotencyKey' } }]);
    }
    expect((await me.send({ ...input, tenancyReference: '000231/01' }, await gateway.token(1))).errors).toBeUndefined();
  });
});

describe('the ledger', () => {
  const PAGE = '{ tenancy(reference: "000017/01") { payments { reference status } balance { summary } statement(period: ONE_MONTH) { reconciles } } }';
  const calls = async (query: string) => {
    const before = (await gateway.legacyCalls())['GetTransactions'] ?? 0;
    const answer = await gateway.send<{ tenancy: { payments: { reference: string; status: string }[] | null } }, unknown>(query, {}, token);
    return { answer, asked: ((await gateway.legacyCalls())['GetTransactions'] ?? 0) - before };
  };

  test('is asked only where something is paid, and then once with the statement', async () => {
    await pass(40 * 24 * 60);
    await me.start();
    expect((await calls('{ tenancy(reference: "000017/01") { payments { status } } }')).asked).toBe(0);
    const { reference, url } = await me.start();
    await me.pay(url);
    const { answer, asked } = await calls(PAGE);
    expect([asked, answer.data!.tenancy.payments!.find((each) => each.reference === reference)!.status]).toEqual([1, 'PAID']);
    expect((await calls('{ tenancy(reference: "000017/01") { payments { status } } }')).asked).toBe(1);
  });

  test('that is down leaves what is paid as paid', async () => {
    const { reference, url } = await me.start();
    await me.pay(url);
    gateway.legacy!.faults.set('GetTransactions', { kind: 'reset' });
    const { answer } = await calls('{ tenancy(reference: "000017/01") { payments { reference status } } }');
    expect([answer.errors, answer.data!.tenancy.payments!.find((each) => each.reference === reference)!.status]).toEqual([undefined, 'PAID']);
  });

  test('knows a payment by its reference alone: another receipt of the same amount is not it', async () => {
    const { reference, url } = await me.start();
    await me.pay(url);
    gateway.legacy!.database.postReceipt({ at: gateway.clock.now.toISOString().slice(0, 10), tenancy: '000017/01', pence: 2_640, reference: 'ANOTHER' });
    expect(await me.status(reference)).toBe('PAID');
    gateway.legacy!.database.postReceipt({ at: gateway.clock.now.toISOString().slice(0, 10), tenancy: '000017/01', pence: 2_640, reference });
    expect(await me.status(reference)).toBe('POSTED');
  });
});
