import { counted, countOn, type DayCount } from '../../domain/account.js';
import { DAY_MS } from '../../domain/calendar.js';
import { GatewayError } from '../../domain/errors.js';
import type { PhoneLine } from '../../domain/landlord.js';
import { money, type Money } from '../../domain/money.js';
import { linesOpenFirst } from '../../domain/opening.js';
import { checkedReturnUrl, checkPayable, checkPence, nextAsk, PAYMENTS_A_DAY } from '../../domain/payment.js';
import { addressBelow } from '../address-below.js';
import { balancesInPence } from '../housing/account.js';
import type { Access } from '../housing/access.js';
import { ownTenancy } from '../housing/own-tenancy.js';
import { firstAnswer, once, type KeyedRequest } from '../idempotency.js';
import { newPaymentReference } from '../identity/secrets.js';
import { oneAtATime } from '../identity/serial.js';
import type { Transaction } from '../identity/transaction.js';
import type { HostedPayment, TenancyReference } from '../ports.js';
import { isProviderAway, type PaymentDeps, type ProviderDeps } from './deps.js';
import { addPayment, changePayment, OF_DAY, paymentById, type PaymentRecord } from './records.js';
import { lookUp, noteEnd, sessionOf } from './status.js';

export interface StartPaymentInput {
  readonly idempotencyKey: string;
  /** Null for what cannot be a reference at all: answered as one that does not exist. */
  readonly tenancyReference: TenancyReference | null;
  readonly pence: number;
  readonly returnUrl: string;
}

export interface PaymentSession {
  readonly reference: string;
  readonly url: string;
  readonly expiresAt: Date;
  readonly amount: Money;
}

/** 256 bits: whoever has the address sees where a tenant is sent back to. */
const TOKEN_BYTES = 32;
const COUNT_KEPT_MS = 2 * DAY_MS;

/** What is kept of an answer; the rest is read from the payment. */
interface KeptAnswer { readonly payment: string }

/**
 * Starts a card payment on the provider's page. The payment is in the store before the provider hears of it, and one page alone is
 * ever handed out for a key, whatever is lost on the way. @throws NOT_FOUND for a tenancy that is not the viewer's, and just so for
 * none; INVALID_INPUT; CONFLICT where the key was used for something else; TOO_MANY_REQUESTS; SERVICE_UNAVAILABLE, after which the
 * same key may be sent again.
 */
export async function startPayment(deps: PaymentDeps, access: Access, input: StartPaymentInput): Promise<PaymentSession> {
  const { accountId } = access.requireTenant('Only tenants pay here.');
  const open = opened(deps, access.now);
  checkPence(input.pence, deps.landlord.paymentLimitPence);
  const returnUrl = checkedReturnUrl(input.returnUrl, deps.returnsTo);
  const tenancy = await ownTenancy(access, input.tenancyReference);
  const request: KeyedRequest = {
    accountId, idempotencyKey: input.idempotencyKey, now: access.now, content: ['startPayment', tenancy.reference, input.pence, returnUrl],
  };
  const earlier = await firstAnswer<KeptAnswer>(deps.store, request);
  if (!earlier) await checkPayable(tenancy, async () => (await balancesInPence(access, [tenancy.reference])).get(tenancy.reference) ?? 0);
  const { payment } = earlier ?? await once<KeptAnswer>(deps.store, request, (transaction) =>
    write(transaction, open, accountId, { tenancyReference: tenancy.reference, pence: input.pence, returnUrl }, access.now));
  // The same key at the same moment stands in line here; between gateways the store has the last word.
  return oneAtATime(deps.store, `payment:${payment}`, () => handOut(open, payment));
}

/** @throws SERVICE_UNAVAILABLE with whom to phone, where there is no provider. */
function opened(deps: PaymentDeps, now: Date): ProviderDeps {
  if (deps.payments) return { ...deps, payments: deps.payments };
  const [line] = linesOpenFirst(deps.landlord, now);
  throw new GatewayError('SERVICE_UNAVAILABLE', `Rent cannot be paid by card here. Please phone ${numberOf(line)} to pay.`, { system: 'payments', leftOut: true });
}

const numberOf = (line: PhoneLine | undefined): string => (line ? `us on ${line.number}` : 'us');

/** Writes a payment down, and counts it. */
async function write(
  transaction: Transaction, deps: ProviderDeps, accountId: string, asked: Pick<PaymentRecord, 'tenancyReference' | 'pence' | 'returnUrl'>, now: Date,
): Promise<KeptAnswer> {
  const today = await transaction.get<DayCount>(OF_DAY, accountId);
  if (countOn(today, now) >= PAYMENTS_A_DAY) {
    throw new GatewayError('TOO_MANY_REQUESTS', `At most ${PAYMENTS_A_DAY} payments can be started a day. Please try again tomorrow, or phone us.`);
  }
  transaction.put(OF_DAY, accountId, counted(today, now), { expiresAt: now.getTime() + COUNT_KEPT_MS });
  const id = deps.random.uuid();
  const record = (): PaymentRecord => ({
    ...asked, accountId, reference: newPaymentReference(deps.random), returnToken: deps.random.token(TOKEN_BYTES), requestKey: deps.random.uuid(),
    startedAt: now.toISOString(), status: 'STARTED', attempts: 0, session: null, dueAt: nextAsk(now.getTime(), now.getTime()),
  });
  while (!(await addPayment(transaction, id, record())));
  return { payment: id };
}

const shown = ({ reference, pence }: PaymentRecord, { url, expiresAt }: NonNullable<PaymentRecord['session']>): PaymentSession =>
  ({ reference, url, expiresAt: new Date(expiresAt), amount: money(pence) });

const tooLate = (): GatewayError =>
  new GatewayError('CONFLICT', 'This payment came to nothing, and no money was taken. Start another one with a new key.', { field: 'input.idempotencyKey' });

/** The page of a payment: the one that was handed out before, or that is found at the provider, or a new one, in this order. */
async function handOut(deps: ProviderDeps, id: string): Promise<PaymentSession> {
  const record = await paymentById(deps.store, id);
  if (record?.session?.url) return shown(record, record.session);
  if (!record || record.status !== 'STARTED') throw tooLate();
  try {
    // A try before may have made it without our hearing of it: its page must not stand beside another one.
    const there = record.attempts > 0 ? await lookUp(deps, record) : null;
    return await keep(deps, id, there ?? await create(deps, id));
  } catch (error) {
    if (isProviderAway(error)) deps.onPayment?.('unavailable');
    throw error;
  }
}

async function create(deps: ProviderDeps, id: string): Promise<HostedPayment> {
  // Counted before it is sent, so that a crash in between leaves word of it.
  const record = await changePayment(deps.store, id, (held) => ({ ...held, attempts: held.attempts + 1 }));
  if (!record) throw tooLate();
  const { pence, reference, returnToken, requestKey } = record;
  return deps.payments.create({
    pence, reference, description: `Rent, ${deps.landlord.name}`, idempotencyKey: requestKey,
    returnUrl: addressBelow(deps.ownUrl(), `/payments/${returnToken}/return`),
  });
}

/** Keeps what the provider made, unless another gateway was first: then that one's page is handed out, and nobody ever sees this one. */
async function keep(deps: ProviderDeps, id: string, hosted: HostedPayment): Promise<PaymentSession> {
  const session = sessionOf(hosted);
  let first = false;
  const record = await changePayment(deps.store, id, (held) => {
    first = held.status === 'STARTED' && (held.session === null || held.session.url === '');
    return first ? { ...held, session } : null;
  });
  if (hosted.outcome !== 'UNFINISHED') await noteEnd(deps, id, hosted.outcome);
  if (!record?.session?.url) throw tooLate();
  if (first) {
    deps.onPayment?.('started');
    deps.log.info({ event: 'payment_started', payment: id, attempts: record.attempts }, 'a payment was started');
  }
  return shown(record, record.session);
}
