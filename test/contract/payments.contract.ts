/** What the gateway relies on in a card provider, as named cases: for the adapter over answers as GOV.UK Pay documents them, and over the demo's stand-in. */
import { expect } from '@jest/globals';
import type { FaultKind, Operation } from '../../fixtures/payments/faults.js';
import type { NewPayment, PaymentProvider } from '../../src/application/ports.js';
import { GatewayError } from '../../src/domain/errors.js';

export type Standing = 'created' | 'started' | 'paid' | 'declined' | 'cancelled' | 'failed' | 'expired';

export interface Made { readonly id: string; readonly reference: string; readonly pence: number }

export interface ProviderUnderTest {
  readonly provider: PaymentProvider;
  /** What was created last: the JSON that was sent, and its headers where they can be seen. */
  sent(): { readonly body: unknown; readonly headers: Readonly<Record<string, string | undefined>> | null };
  /** Makes a payment at the provider that stands so. */
  having(standing: Standing): Promise<Made>;
  /** The next call of that kind ends so. */
  faulty(operation: Operation, kind: FaultKind): void;
  /** What the adapter said of failures. */
  readonly failures: readonly (readonly [operation: string, cause: Record<string, unknown>])[];
}

export interface ProviderCase {
  readonly name: string;
  run(under: ProviderUnderTest): Promise<void>;
}

let made = 0;
export const newPayment = (more: Partial<NewPayment> = {}): NewPayment => {
  made += 1;
  return {
    pence: 2_640 + made, reference: `HGPCONTRACT${String(made).padStart(6, '0')}`, description: 'Rent, Wiltshire Council', returnUrl: 'https://gateway.example.org/payments/abc/return',
    idempotencyKey: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`, ...more,
  };
};

/** A failed call: our own error, with a code for the log and nothing else. */
async function failing(call: Promise<unknown>): Promise<string> {
  const error = await call.then(() => null, (thrown: unknown) => thrown) as GatewayError | null;
  expect(error).toBeInstanceOf(GatewayError);
  expect([error!.code, error!.system]).toEqual(['SERVICE_UNAVAILABLE', 'payments']);
  const cause = error!.cause as Error;
  expect([cause.message, cause.cause, /^[A-Z][A-Z0-9_ ]+$/.test(cause.name)]).toEqual(['', undefined, true]);
  return cause.name;
}

const OUTCOMES: readonly (readonly [Standing, string])[] = [
  ['created', 'UNFINISHED'], ['started', 'UNFINISHED'], ['paid', 'PAID'], ['declined', 'FAILED'], ['cancelled', 'FAILED'], ['failed', 'FAILED'], ['expired', 'EXPIRED'],
];
const FAULTS: readonly (readonly [FaultKind, RegExp])[] = [
  ['error', /^HTTP_500 P0198$/], ['lost', /^[A-Z_]+$/], ['redirect', /^HTTP_302$/], ['huge', /^TOO_LARGE$/], ['wrong', /^NOT_OURS$/], ['nonsense', /^NOT_JSON$/],
];

export const providerCases: readonly ProviderCase[] = [
  {
    name: 'creates a payment from amount, reference, description and return address, and sends nothing else',
    async run({ provider, sent }) {
      const payment = newPayment();
      const hosted = await provider.create(payment);
      expect(hosted).toEqual({ id: expect.stringMatching(/^[\w-]+$/), outcome: 'UNFINISHED', url: expect.stringMatching(/^https?:\/\//), createdAt: expect.any(Date) });
      const { body, headers } = sent();
      expect(body).toEqual({ amount: payment.pence, reference: payment.reference, description: payment.description, return_url: payment.returnUrl });
      if (headers) expect(headers).toMatchObject({ authorization: 'Bearer a-key', 'idempotency-key': payment.idempotencyKey, 'content-type': 'application/json' });
    },
  },
  ...OUTCOMES.map(([standing, outcome]): ProviderCase => ({
    name: `reads one that is ${standing} as ${outcome}, by its id and among those of its reference`,
    async run({ provider, having }) {
      const payment = await having(standing);
      expect(await provider.byId(payment.id, payment)).toEqual({
        id: payment.id, outcome, url: outcome === 'UNFINISHED' ? expect.stringMatching(/^https?:\/\//) : null, createdAt: expect.any(Date),
      });
      expect(await provider.byReference(payment)).toEqual([{ id: payment.id, outcome, url: null, createdAt: expect.any(Date) }]);
    },
  })),
  {
    name: 'knows nothing of an id or a reference that is nobody\'s',
    async run({ provider }) {
      const payment = newPayment();
      expect([await provider.byId('nobodys', payment), await provider.byReference(payment)]).toEqual([null, []]);
    },
  },
  {
    name: 'does not take another\'s payment for ours: not of another amount, and not of another reference',
    async run({ provider, having }) {
      const payment = await having('paid');
      expect(await failing(provider.byId(payment.id, { ...payment, pence: payment.pence + 1 }))).toBe('NOT_OURS');
      expect(await failing(provider.byId(payment.id, { ...payment, reference: 'ANOTHER' }))).toBe('NOT_OURS');
    },
  },
  ...FAULTS.map(([kind, name]): ProviderCase => ({
    name: `fails with a code where creating ends as ${kind}`,
    async run({ provider, faulty, failures }) {
      faulty('create', kind);
      const code = await failing(provider.create(newPayment()));
      expect(code).toMatch(name);
      expect(failures.at(-1)).toEqual(['create', { code }]);
    },
  })),
  ...(['read', 'search'] as const).flatMap((operation) => (['error', 'redirect', 'huge', 'nonsense'] as const).map((kind): ProviderCase => ({
    name: `fails with a code where a ${operation} ends as ${kind}`,
    async run({ provider, faulty, having }) {
      const payment = await having('created');
      faulty(operation, kind);
      await failing(operation === 'read' ? provider.byId(payment.id, payment) : provider.byReference(payment));
    },
  }))),
  {
    name: 'gives up on a call that hangs, and says so',
    async run({ provider, faulty }) {
      faulty('create', 'hang');
      expect(await failing(provider.create(newPayment()))).toBe('TIMEOUT');
    },
  },
];
