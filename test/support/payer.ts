/** A tenant's browser on the card provider's page: opens it, presses a button, and follows the way back, one step at a time. */
import { expect } from '@jest/globals';
import { PaymentsDocument, StartPaymentDocument, type PaymentsQuery, type StartPaymentInput, type StartPaymentMutation } from '../../generated/operations.js';
import type { Ending, StandInPayment } from '../../fixtures/payments/payment.js';
import type { Answer, TestGateway } from './gateway.js';

export const PORTAL = 'http://localhost:3000/rent?tab=pay';

let keys = 0;
/** A good request, with a key of its own. */
export const paymentInput = (more: Partial<StartPaymentInput> = {}): StartPaymentInput =>
  ({ idempotencyKey: `payment-${String((keys += 1)).padStart(6, '0')}`, tenancyReference: '000017/01', pence: 2_640, returnUrl: PORTAL, ...more });

export interface Payer {
  send(input: StartPaymentInput, token?: string): Promise<Answer<StartPaymentMutation>>;
  /** @throws where it is refused. */
  start(more?: Partial<StartPaymentInput>): Promise<{ reference: string; url: string; expiresAt: string; payment: StandInPayment }>;
  /** Opens the page and presses a button. @returns the address of the gateway that the page sends the browser to. */
  press(url: string, ending: Ending): Promise<string>;
  /** Goes there. @returns where that leads. */
  comeBack(address: string): Promise<string>;
  /** All of that. */
  pay(url: string, ending?: Ending): Promise<string>;
  payments(reference?: string): Promise<NonNullable<NonNullable<PaymentsQuery['tenancy']>['payments']>>;
  status(reference: string): Promise<string | undefined>;
}

export function payer(gateway: TestGateway, token: () => string): Payer {
  const send: Payer['send'] = (input, as = token()) => gateway.send(StartPaymentDocument, { input }, as);
  const me: Payer = {
    send,
    async start(more = {}) {
      const { data, errors } = await gateway.send(StartPaymentDocument, { input: paymentInput(more) }, token());
      expect(errors).toBeUndefined();
      const { reference, url, expiresAt } = data!.startPayment;
      return { reference, url, expiresAt: String(expiresAt), payment: gateway.paymentStandIn!.payments.find((each) => each.reference === reference)! };
    },
    async press(url, ending) {
      expect((await fetch(url)).status).toBe(200);
      const pressed = await fetch(url, { method: 'POST', body: new URLSearchParams({ ending }), redirect: 'manual' });
      expect(pressed.status).toBe(303);
      return pressed.headers.get('location')!;
    },
    async comeBack(address) {
      const returned = await fetch(address, { redirect: 'manual' });
      expect(returned.status).toBe(303);
      return returned.headers.get('location')!;
    },
    pay: async (url, ending = 'paid') => me.comeBack(await me.press(url, ending)),
    async payments(reference = '000017/01') {
      const { data, errors } = await gateway.send(PaymentsDocument, { reference }, token());
      expect(errors).toBeUndefined();
      return data!.tenancy!.payments!;
    },
    status: async (reference) => (await me.payments()).find((each) => each.reference === reference)?.status,
  };
  return me;
}
