/** What is refused of a payment, what limits there are, and that none of it is told: not in answers, not in the log. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startPaymentProvider } from '../../fixtures/payments/provider.js';
import { PaymentsDocument, SignInDocument, StartPaymentDocument, type StartPaymentInput } from '../../generated/operations.js';
import { operator } from '../../src/application/audit/event.js';
import { eraseAccount, accountsFor } from '../../src/application/identity/administration.js';
import { PAYMENT_KIND, type PaymentRecord } from '../../src/application/payments/records.js';
import { GatewayError } from '../../src/domain/errors.js';
import { sendTo, startGateway, type TestGateway } from '../support/gateway.js';
import { paymentInput, payer, PORTAL, type Payer } from '../support/payer.js';
import { settingsOf, startProgram } from '../support/program.js';
import { until } from '../support/until.js';

const CANARY = 'zqcanaryw';
const folder = mkdtempSync(join(tmpdir(), 'payments-input-'));
let gateway: TestGateway;
let token: string;
let me: Payer;
beforeAll(async () => {
  gateway = await startGateway({ PORTAL_URL: 'https://portal.example.org/home', DATA_DIR: folder, STORE_URL: `file:${folder}/gateway.db` });
  token = await gateway.token(0);
  me = payer(gateway, () => token);
});
afterAll(async () => {
  await gateway.close();
  rmSync(folder, { recursive: true, force: true });
});

const refusal = async (more: Partial<StartPaymentInput>, as = token) => (await me.send(paymentInput(more), as)).errors?.map(({ extensions: { code, field } }) => [code, field]);

describe('where the tenant goes afterwards', () => {
  test.each([
    'https://portal.example.org/', 'https://portal.example.org/rent?a=1&b=%C3%A9', 'https://PORTAL.example.org:443/x@y', 'http://localhost', 'http://localhost:3000/', 'http://127.0.0.1:65535/a?b',
    `https://portal.example.org/?q=${'x'.repeat(500 - 30)}`,
  ])('%s is taken', async (returnUrl) => {
    const { url, reference } = await me.start({ returnUrl });
    const back = new URL(await me.pay(url, 'cancelled'));
    const asked = new URL(returnUrl);
    expect([back.origin, back.pathname, back.searchParams.get('payment'), back.search.startsWith(asked.search)]).toEqual([asked.origin, asked.pathname, reference, true]);
  });

  test('a query that has a payment of its own gets this one instead', async () => {
    const { url, reference } = await me.start({ returnUrl: 'https://portal.example.org/?payment=other&a=1' });
    expect(await me.pay(url, 'cancelled')).toBe(`https://portal.example.org/?a=1&payment=${reference}`);
  });

  test.each([
    ['another origin', 'https://evil.example/'], ['another port', 'https://portal.example.org:8443/'], ['another scheme', 'http://portal.example.org/'],
    ['a name that begins like it', 'https://portal.example.org.evil.example/'], ['a name inside of it', 'https://x.portal.example.org/'],
    ['a user name', 'https://portal.example.org@evil.example/'], ['a user name for it', 'https://user@portal.example.org/'], ['a password', 'https://user:pass@portal.example.org/'],
    ['an empty user name', 'https://@portal.example.org/'], ['a script', 'javascript:alert(1)'], ['data', 'data:text/html,hello'], ['a file', 'file:///etc/passwd'],
    ['no scheme', '//evil.example/'], ['no scheme, for it', '//portal.example.org/'], ['a path', '/rent'], ['nothing', ''], ['one slash', 'https:/portal.example.org/'], ['no slash', 'https:portal.example.org'],
    ['backslashes', 'https:\\\\portal.example.org\\'], ['a backslash before the name', 'https://evil.example\\@portal.example.org/'], ['a backslash in the path', 'https://portal.example.org/\\evil'],
    ['a fragment', 'https://portal.example.org/#token'], ['an empty fragment', 'https://portal.example.org/#'], ['a blank in front', ' https://portal.example.org/'], ['a blank', 'https://portal.example.org/a b'],
    ['a line feed', 'https://portal.example.org/a\nb'], ['a tab in the name', 'https://por\ttal.example.org/'], ['NUL', 'https://portal.example.org/\u0000'], ['a control character', 'https://portal.example.org/\u001b'],
    ['no name', 'https:///'], ['a name with nothing', 'https://'], ['other digits', 'http://127.0.0.1.evil.example:3000/'], ['localhost elsewhere', 'http://localhost.evil.example/'],
    ['https on this machine', 'https://localhost:3000/'], ['too long', `https://portal.example.org/?q=${'x'.repeat(500 - 29)}`], ['far too long', `https://portal.example.org/${'x'.repeat(20_000)}`],
  ])('%s is refused', async (_name, returnUrl) => {
    const made = gateway.paymentStandIn!.payments.length;
    expect(await refusal({ returnUrl })).toEqual([['INVALID_INPUT', 'input.returnUrl']]);
    expect(gateway.paymentStandIn!.payments).toHaveLength(made);
  });
});

describe('limits', () => {
  test('from a penny to the landlord\'s limit, which the error names', async () => {
    for (const pence of [0, -1, -2_147_483_648, 500_001, 2_147_483_647]) expect([pence, await refusal({ pence })]).toEqual([pence, [['INVALID_INPUT', 'input.pence']]]);
    expect((await me.send(paymentInput({ pence: 500_001 }))).errors![0]!.message).toContain('£5,000.00');
    for (const pence of [1, 500_000]) expect((await me.start({ pence })).payment.amount).toBe(pence);
    for (const pence of [1.5, '5', null]) expect((await gateway.send(StartPaymentDocument, { input: paymentInput({ pence: pence as never }) }, token)).errors![0]!.extensions.code).toBe('INVALID_INPUT');
  });

  test('20 a day for an account, the same ones again not counted', async () => {
    const other = await gateway.token(3);
    const inputs = Array.from({ length: 20 }, () => paymentInput({ tenancyReference: '001190/01' }));
    for (const input of inputs) expect((await me.send(input, other)).errors).toBeUndefined();
    expect(await refusal({ tenancyReference: '001190/01' }, other)).toEqual([['TOO_MANY_REQUESTS', undefined]]);
    expect((await me.send(inputs[0]!, other)).errors).toBeUndefined();
    const before = gateway.clock.now;
    gateway.clock.now = new Date('2017-02-09T00:00:00Z');
    expect(await refusal({ tenancyReference: '001190/01' }, await gateway.token(3))).toBeUndefined();
    gateway.clock.now = before;
  });

  test.each(['', 'short', 'x'.repeat(101), 'has a space', 'ключ-12345678'])('the key %p is refused', async (idempotencyKey) => {
    expect(await refusal({ idempotencyKey })).toEqual([['INVALID_INPUT', 'input.idempotencyKey']]);
  });
});

describe('whose tenancy', () => {
  test('another\'s, none, and nonsense: the same answer, and nothing is written', async () => {
    const written = (await gateway.app.store.list(PAYMENT_KIND, '', 1_000)).length;
    const answers = await Promise.all(['000231/01', '999999/99', '', '%', 'x'.repeat(100), '\u0000'].map((tenancyReference) => me.send(paymentInput({ tenancyReference }))));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]!.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND', field: 'input.tenancyReference' } }]);
    expect((await gateway.app.store.list(PAYMENT_KIND, '', 1_000)).length).toBe(written);
  });

  test('nobody pays without signing in', async () => {
    expect((await gateway.send(StartPaymentDocument, { input: paymentInput() })).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  test('an ended one while something is owed on it, a future one not', async () => {
    const held = gateway.legacy!.database.tenanciesByRef.get('000017/01')!;
    const { eot, terminated, cot, cur_bal: balance } = held;
    Object.assign(held, { eot: '2017-01-31', terminated: true });
    expect((await me.start()).payment.amount).toBe(2_640);
    const input = paymentInput();
    expect((await me.send(input)).errors).toBeUndefined();
    held.cur_bal = 0;
    expect(await refusal({})).toEqual([['INVALID_INPUT', 'input.tenancyReference']]);
    // What was begun while it was owed goes on.
    expect((await me.send(input)).errors).toBeUndefined();
    Object.assign(held, { eot, terminated, cur_bal: balance, cot: '2017-02-27' });
    expect(await refusal({})).toEqual([['INVALID_INPUT', 'input.tenancyReference']]);
    held.cot = cot;
  });
});

test('payments that cannot be read are null with an error, and the rest stands', async () => {
  const { list } = gateway.app.store;
  const store = gateway.app.store as { list: unknown };
  store.list = async () => {
    throw new GatewayError('SERVICE_UNAVAILABLE', 'This cannot be done just now.', { system: 'store' });
  };
  try {
    const { data, errors } = await gateway.send(PaymentsDocument, { reference: '000017/01' }, token);
    expect([data!.tenancy!.payments, data!.tenancy!.balance!.money.pence]).toEqual([null, 2_640]);
    expect(errors).toMatchObject([{ path: ['tenancy', 'payments'], extensions: { code: 'SERVICE_UNAVAILABLE', system: 'store' } }]);
  } finally {
    store.list = list;
  }
});

test('an erased account\'s payments go; one without an end stays, without the account, and still finds its end', async () => {
  const as = await gateway.token(4);
  const other = payer(gateway, () => as);
  const [done, open] = [await other.start({ tenancyReference: '000977/01' }), await other.start({ tenancyReference: '000977/01' })];
  await other.pay(done.url);
  const accountId = (await accountsFor(gateway.app, { locked: null, search: 'olive.pewsham' }))[0]!.id;
  const before = (await gateway.app.store.list<PaymentRecord>(PAYMENT_KIND, '', 1_000)).map(({ document }) => document.value.reference);
  await eraseAccount(gateway.app, accountId, { by: operator('test'), reason: 'asked for' });
  const left = await gateway.app.store.list<PaymentRecord>(PAYMENT_KIND, '', 1_000);
  expect(before).toEqual(expect.arrayContaining([done.reference, open.reference]));
  expect(left.map(({ document }) => document.value.reference)).not.toContain(done.reference);
  expect(left.find(({ document }) => document.value.reference === open.reference)!.document.value).toMatchObject({ accountId: null, status: 'STARTED' });
  const everything = (await Promise.all(['payment', 'payment-of-tenancy', 'payment-by-reference', 'payment-by-provider', 'payment-return', 'payments-of-day', 'idempotency'].map((kind) => gateway.app.store.list(kind, '', 1_000)))).flat();
  expect(JSON.stringify(everything)).not.toContain(accountId);
  expect(JSON.stringify(everything)).not.toContain(done.payment.id);
  expect(await other.pay(open.url)).toBe(`${PORTAL}&payment=${open.reference}`);
  expect((await gateway.app.store.list<PaymentRecord>(PAYMENT_KIND, '', 1_000)).find(({ document }) => document.value.reference === open.reference)!.document.value.status).toBe('PAID');
});

test('without a key outside the demo, nothing can be paid: it says whom to phone, and there is no webhook', async () => {
  const environment = {
    LEGACY_SQL_URL: `mssql://gateway:gateway@localhost:${gateway.legacy!.sqlPort}/housing?encrypt=true&trustServerCertificate=true`,
    LEGACY_SOAP_URL: `http://gateway:gateway@127.0.0.1:${gateway.legacy!.soapPort}/housing`,
    PASSWORD_PEPPER_FILE: join(folder, 'password-pepper'), SIGNING_KEYS_FILE: join(folder, 'signing-keys.json'), STORE_URL: `file:${folder}/gateway.db`,
    PORTAL_URL: 'https://portal.example.org', SMTP_URL: 'smtp://127.0.0.1:1',
  };
  const off = await startGateway(environment);
  try {
    const as = await off.signIn('margaret.tidcombe@example.org', 'teapot lantern meadow');
    const { errors } = await off.send(StartPaymentDocument, { input: paymentInput({ returnUrl: 'https://portal.example.org/' }) }, as);
    expect(errors).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE', system: 'payments' } }]);
    expect(errors![0]!.message).toContain('0300 456 0117');
    expect((await fetch(`${off.url}/payments/webhook`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })).status).toBe(404);
    expect((await off.send(PaymentsDocument, { reference: '000017/01' }, as)).errors).toBeUndefined();
  } finally {
    await off.close();
  }
}, 60_000);

test('the log holds no key, no secret, no address to return to, no page, no reference and no account, whatever goes wrong', async () => {
  const home = mkdtempSync(join(tmpdir(), 'payments-log-'));
  const [apiKey, webhookSecret] = [`key-${CANARY}-1`, `secret-${CANARY}-2`];
  writeFileSync(join(home, 'key'), apiKey);
  writeFileSync(join(home, 'secret'), webhookSecret);
  let webhookUrl: string | null = null;
  const provider = await startPaymentProvider({ host: '127.0.0.1', port: 0, now: () => new Date(), apiKey, webhookSecret, webhookUrl: () => webhookUrl });
  const program = await startProgram(settingsOf(home, {
    LOG_LEVEL: 'trace', PAYMENTS_URL: provider.url, PAYMENTS_API_KEY_FILE: join(home, 'key'), PAYMENTS_WEBHOOK_SECRET_FILE: join(home, 'secret'),
  }));
  try {
    webhookUrl = `${program.url}/payments/webhook`;
    const { data } = await sendTo<{ signIn: { session: { accessToken: string } } }>(program.url, SignInDocument, { input: { identifier: 'margaret.tidcombe@example.org', password: 'teapot lantern meadow' } });
    const as = data!.signIn.session.accessToken;
    const returnUrl = `http://localhost:3000/${CANARY}?token=${CANARY}`;
    const start = (more: object = {}) => sendTo<{ startPayment: { url: string; reference: string } }>(program.url, StartPaymentDocument, { input: { ...paymentInput({ returnUrl }), idempotencyKey: `${CANARY}-${randomBytes(8).toString('hex')}`, ...more } }, as);
    const secrets: string[] = [CANARY, '000017/01', 'idcombe'];
    for (const fault of ['error', 'lost', 'redirect', 'huge', 'wrong', 'nonsense'] as const) {
      provider.faults.set('create', fault, 1);
      const answer = await start();
      expect([fault, answer.errors?.[0]?.extensions.code, answer.text.includes(CANARY)]).toEqual([fault, 'SERVICE_UNAVAILABLE', false]);
    }
    for (const ending of ['paid', 'declined'] as const) {
      const { url, reference } = (await start()).data!.startPayment;
      secrets.push(url.split('/').at(-1)!, reference);
      const payment = provider.payments.find((each) => each.reference === reference)!;
      secrets.push(payment.id, payment.returnUrl.split('/').at(-2)!);
      provider.faults.set('read', 'error', 1);
      await fetch(payment.returnUrl, { redirect: 'manual' });
      await fetch(url, { method: 'POST', body: new URLSearchParams({ ending }), redirect: 'manual' });
      await until(async () => (await sendTo<{ tenancy: { payments: { status: string }[] } }>(program.url, PaymentsDocument, { reference: '000017/01' }, as)).data!.tenancy.payments[0]!.status !== 'STARTED');
      await fetch(payment.returnUrl, { redirect: 'manual' });
    }
    await fetch(webhookUrl, { method: 'POST', headers: { 'content-type': `text/${CANARY}`, 'pay-signature': CANARY }, body: CANARY });
    await start({ returnUrl: `https://${CANARY}.example/` });
    await until(() => program.stderr().includes('payment_webhook_refused'));
    for (const event of ['payment_started', 'payment_ended', 'payment_call_failed', 'payment_webhook_refused']) expect(program.stderr()).toContain(`"event":"${event}"`);
    const metrics = await (await fetch(`${program.opsUrl}/metrics`)).text();
    for (const secret of secrets) {
      expect([secret, program.stderr().split('\n').filter((line) => line.includes(secret))]).toEqual([secret, []]);
      expect([secret, program.stdout().replace(/^Demo accounts[\s\S]*/m, '').includes(secret), metrics.includes(secret)]).toEqual([secret, false, false]);
    }
    expect(readFileSync(join(home, 'key'), 'utf8')).toBe(apiKey);
  } finally {
    await program.end();
    await provider.close();
    rmSync(home, { recursive: true, force: true });
  }
}, 60_000);
