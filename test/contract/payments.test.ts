import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import nock from 'nock';
import { govukPay } from '../../adapters/payments/govuk-pay.js';
import type { FaultKind, Operation } from '../../fixtures/payments/faults.js';
import { startPaymentProvider, type PaymentStandIn } from '../../fixtures/payments/provider.js';
import { newPayment, providerCases, type Made, type ProviderUnderTest, type Standing } from './payments.contract.js';

const KEY = 'a-key';
const TIMEOUT = 30_000;

describe('the stand-in of the demo', () => {
  let standIn: PaymentStandIn;
  let under: ProviderUnderTest;
  const clock = { now: new Date('2017-02-08T10:00:00Z') };
  beforeAll(async () => {
    standIn = await startPaymentProvider({ host: '127.0.0.1', port: 0, now: () => clock.now, apiKey: KEY, webhookSecret: 'secret', webhookUrl: () => null });
    const failures: [string, Record<string, unknown>][] = [];
    const provider = govukPay({ url: standIn.url, apiKey: KEY, onFailure: (...failure) => void failures.push(failure) });
    under = {
      provider, failures,
      sent: () => ({ body: standIn.calls.filter(({ operation }) => operation === 'create').at(-1)!.body, headers: null }),
      async having(standing) {
        const payment = newPayment();
        const { id } = await provider.create(payment);
        const held = standIn.payments.find((each) => each.id === id)!;
        if (standing === 'started') await fetch((await provider.byId(id, payment))!.url!);
        else if (standing === 'expired') Object.assign(held, { createdAt: new Date(clock.now.getTime() - 90 * 60_000) });
        else if (standing !== 'created') standIn.end(held, standing);
        return { id, ...payment };
      },
      faulty: (operation, kind) => standIn.faults.set(operation, kind, 1),
    };
  });
  afterAll(() => standIn.close());
  for (const { name, run } of providerCases) test(name, () => run(under), TIMEOUT);

  test('does not make a second payment for one idempotency key, and refuses the key for another one', async () => {
    const payment = newPayment();
    const [first, second] = [await under.provider.create(payment), await under.provider.create(payment)];
    expect(second).toEqual(first);
    await expect(under.provider.create({ ...payment, description: 'Another' })).rejects.toMatchObject({ cause: { name: 'HTTP_409 P0191' } });
    expect(standIn.payments.filter(({ reference }) => reference === payment.reference)).toHaveLength(1);
  });

  test('refuses another key, and shows no page to anybody who guesses', async () => {
    await expect(govukPay({ url: standIn.url, apiKey: 'another' }).create(newPayment())).rejects.toMatchObject({ cause: { name: 'HTTP_401' } });
    expect((await fetch(`${standIn.url}/pay/guess`)).status).toBe(404);
    expect((await fetch(`${standIn.url}/v1/payments`)).status).toBe(401);
  });
});

describe('answers as GOV.UK Pay documents them', () => {
  const URL_OF = 'https://publicapi.payments.service.gov.uk';
  const STATES: Readonly<Record<Standing, object>> = {
    created: { status: 'created', finished: false }, started: { status: 'started', finished: false }, paid: { status: 'success', finished: true },
    declined: { status: 'failed', finished: true, code: 'P0010', message: 'x' }, cancelled: { status: 'failed', finished: true, code: 'P0030', message: 'x' },
    failed: { status: 'error', finished: true, code: 'P0050', message: 'x' }, expired: { status: 'failed', finished: true, code: 'P0020', message: 'x' },
  };
  const doc = ({ id, reference, pence }: Made, state: object, next = true): object => ({
    amount: pence, description: 'Rent, Wiltshire Council', reference, language: 'en', email: 'somebody@example.org', state, payment_id: id, payment_provider: 'stripe',
    created_date: '2017-02-08T10:00:00.123Z', refund_summary: { status: 'pending', amount_available: pence, amount_submitted: 0 }, settlement_summary: {},
    card_details: { last_digits_card_number: '1234', cardholder_name: 'Somebody', billing_address: { line1: '1 Somewhere' } }, delayed_capture: false, moto: false, return_url: 'https://gateway.example.org/x',
    _links: {
      self: { href: `${URL_OF}/v1/payments/${id}`, method: 'GET' },
      ...(next && !(state as { finished: boolean }).finished && { next_url: { href: 'https://www.payments.service.gov.uk/secure/1-2-3', method: 'GET' } }),
      cancel: null,
    },
  });
  let under: ProviderUnderTest;
  let sent: { body: unknown; headers: Record<string, string | undefined> };
  let faults: Map<Operation, FaultKind>;
  let ids = 0;
  const known = new Map<string, { made: Made; state: object }>();

  /** An answer, or what a fault makes of it. */
  const answer = (operation: Operation, reply: () => [status: number, body: unknown]): [number, unknown, Record<string, string>?] => {
    const fault = faults.get(operation);
    faults.delete(operation);
    if (fault === 'error') return [500, { code: 'P0198', description: 'Downstream' }];
    if (fault === 'redirect') return [302, '', { location: 'https://elsewhere.example/' }];
    if (fault === 'huge') return [200, { filler: 'x'.repeat(300 * 1024) }];
    if (fault === 'nonsense') return [200, '<p>hello</p>'];
    const [status, body] = reply();
    return fault === 'wrong' ? [status, { ...(body as object), amount: 1 }] : [status, body];
  };

  beforeAll(() => nock.disableNetConnect());
  afterAll(() => {
    nock.enableNetConnect();
    nock.restore();
  });
  beforeEach(() => {
    faults = new Map();
    const scope = nock(URL_OF, { reqheaders: { authorization: `Bearer ${KEY}` } }).persist();
    scope.post('/v1/payments').reply(function reply(_uri, body) {
      const { amount, reference } = body as { amount: number; reference: string };
      const header = (name: string): string | undefined => [this.req.headers[name]].flat()[0];
      sent = { body, headers: Object.fromEntries(['authorization', 'idempotency-key', 'content-type'].map((name) => [name, header(name)])) };
      return answer('create', () => [201, doc({ id: `hu20${(ids += 1)}`, reference, pence: amount }, STATES.created)]);
    });
    scope.get('/v1/payments').query(true).reply((uri) => answer('search', () => {
      const wanted = new URL(uri, URL_OF).searchParams.get('reference');
      const results = [...known.values()].filter(({ made }) => made.reference === wanted).map(({ made, state }) => doc(made, state, false));
      return [200, { total: results.length, count: results.length, page: 1, results, _links: {} }];
    }));
    scope.get(/^\/v1\/payments\/[\w-]+$/).reply((uri) => answer('read', () => {
      const found = known.get(uri.split('/').at(-1)!);
      return found ? [200, doc(found.made, found.state)] : [404, { code: 'P0200', description: 'Not found' }];
    }));
    const failures: [string, Record<string, unknown>][] = [];
    under = {
      provider: govukPay({ url: URL_OF, apiKey: KEY, onFailure: (...failure) => void failures.push(failure) }), failures,
      sent: () => sent,
      async having(standing) {
        const { reference, pence } = newPayment();
        const made = { id: `hu20${(ids += 1)}`, reference, pence };
        known.set(made.id, { made, state: STATES[standing] });
        return made;
      },
      faulty: (operation, kind) => {
        if (kind !== 'lost' && kind !== 'hang') return void faults.set(operation, kind);
        nock.cleanAll();
        if (kind === 'lost') nock(URL_OF).post('/v1/payments').replyWithError(Object.assign(new Error('socket hang up at 10.0.0.1'), { code: 'ECONNRESET' }));
        else nock(URL_OF).post('/v1/payments').delay(60_000).reply(201, {});
      },
    };
  });
  afterEach(() => {
    nock.abortPendingRequests();
    nock.cleanAll();
  });
  for (const { name, run } of providerCases) test(name, () => run(under), TIMEOUT);

  const only = async (body: unknown, status = 200): Promise<unknown> => {
    nock.cleanAll();
    nock(URL_OF).get('/v1/payments/hu1').reply(status, body as object);
    return under.provider.byId('hu1', { reference: 'R', pence: 1 }).catch((error: { cause: Error }) => error.cause.name);
  };
  const good = doc({ id: 'hu1', reference: 'R', pence: 1 }, STATES.created) as Record<string, unknown>;

  test.each<[string, object]>([
    ['a status that nobody told us of', { ...good, state: { status: 'half-paid', finished: true } }], ['no state', { ...good, state: undefined }], ['an amount in pounds', { ...good, amount: 0.01 }],
    ['no date', { ...good, created_date: 'yesterday' }], ['a page by no web address', { ...good, _links: { next_url: { href: 'javascript:alert(1)' } } }],
    ['a page without TLS', { ...good, _links: { next_url: { href: 'http://www.payments.service.gov.uk/secure' } } }], ['an id with a path', { ...good, payment_id: '../x' }], ['a list', []],
  ])('%s is no answer', async (_name, body) => {
    expect(await only(body)).toBe('BAD_ANSWER');
  });

  test('another payment than was asked for, a limit reached and a wrong key are failures with their codes', async () => {
    expect(await only({ ...good, payment_id: 'hu2' })).toBe('NOT_OURS');
    expect(await only({ code: 'P0900', description: 'Too many' }, 429)).toBe('HTTP_429 P0900');
    expect(await only({ code: 'no code of theirs: secret', description: 'x' }, 401)).toBe('HTTP_401');
  });

  test('submitted and capturable are no end, whatever a page may say', async () => {
    for (const status of ['submitted', 'capturable']) expect(await only({ ...good, state: { status, finished: false } })).toMatchObject({ outcome: 'UNFINISHED' });
  });
});
