/**
 * GOV.UK Pay by its public REST API (docs.payments.service.gov.uk). What is relied on there: creating a payment and reading one by
 * its id are strongly consistent, searching is not; references need not be unique; an `Idempotency-Key` is documented for recurring
 * payments only, so it is sent and not trusted.
 */
import { z } from 'zod';
import { GatewayError } from '../../src/domain/errors.js';
import type { HostedPayment, NewPayment, PaymentProvider } from '../../src/application/ports.js';
import { call, PaymentFailure, TOTAL_MS, type Answer } from './http.js';

export interface GovukPayOptions {
  /** Such as https://publicapi.payments.service.gov.uk */
  readonly url: string;
  readonly apiKey: string;
  readonly onFailure?: (operation: string, cause: Record<string, unknown>) => void;
}

const idShape = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/** What is read of a payment. Whatever else an answer holds (cards, names, addresses) is dropped here. */
const paymentShape = z.object({
  payment_id: idShape,
  amount: z.int(),
  reference: z.string(),
  created_date: z.iso.datetime(),
  // A status that nobody has told us of is no answer: it must not be taken for the end of a payment.
  state: z.object({ status: z.enum(['created', 'started', 'submitted', 'capturable', 'success', 'failed', 'cancelled', 'error']), finished: z.boolean(), code: z.string().nullish() }),
  _links: z.object({ next_url: z.object({ href: z.url({ protocol: /^https?$/ }) }).nullish() }).nullish(),
});
type PaymentAnswer = z.infer<typeof paymentShape>;
const searchShape = z.object({ results: z.array(z.unknown()).max(500) });

const EXPIRED = 'P0020';

function outcomeOf({ status, finished, code }: PaymentAnswer['state']): HostedPayment['outcome'] {
  if (status === 'success') return 'PAID';
  if (!finished) return 'UNFINISHED';
  return code === EXPIRED ? 'EXPIRED' : 'FAILED';
}

/** @throws PaymentFailure where it is not the payment that it has to be. */
function hosted(body: unknown, { reference, pence }: Pick<NewPayment, 'reference' | 'pence'>, secure: boolean): HostedPayment {
  const read = paymentShape.safeParse(body);
  if (!read.success) throw new PaymentFailure('BAD_ANSWER');
  const { payment_id: id, amount, state, created_date: created, _links: links } = read.data;
  if (amount !== pence || read.data.reference !== reference) throw new PaymentFailure('NOT_OURS');
  const outcome = outcomeOf(state);
  const url = outcome === 'UNFINISHED' ? links?.next_url?.href ?? null : null;
  if (url !== null && secure && !url.startsWith('https:')) throw new PaymentFailure('BAD_ANSWER');
  return { id, outcome, url, createdAt: new Date(created) };
}

/** Payments by GOV.UK Pay, or whatever speaks its API. */
export function govukPay({ url, apiKey, onFailure }: GovukPayOptions): PaymentProvider {
  const at = (path: string): URL => new URL(`${url.replace(/\/+$/, '')}${path}`);
  const secure = at('').protocol === 'https:';

  async function guarded<T>(operation: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const cause = error instanceof PaymentFailure ? error : new PaymentFailure('UNEXPECTED');
      onFailure?.(operation, { code: cause.name });
      throw new GatewayError('SERVICE_UNAVAILABLE', 'Payments cannot be reached just now. Please try again in a few minutes.', { system: 'payments', cause });
    }
  }

  return {
    deadlineMs: TOTAL_MS + 500,
    create: (payment) => guarded('create', async () => {
      const { pence, reference, description, returnUrl, idempotencyKey } = payment;
      const { body } = await call(at('/v1/payments'), apiKey, {
        method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
        body: JSON.stringify({ amount: pence, reference, description, return_url: returnUrl }),
      });
      const made = hosted(body, payment, secure);
      if (made.url === null) throw new PaymentFailure('NO_PAGE');
      return made;
    }),
    byId: (id, of) => guarded('read', async () => {
      const { status, body }: Answer = await call(at(`/v1/payments/${encodeURIComponent(id)}`), apiKey, { method: 'GET' }, true);
      if (status === 404) {
        onFailure?.('read', { code: 'HTTP_404' });
        return null;
      }
      const read = hosted(body, of, secure);
      if (read.id !== id) throw new PaymentFailure('NOT_OURS');
      return read;
    }),
    byReference: (of) => guarded('search', async () => {
      const search = at('/v1/payments');
      search.searchParams.set('reference', of.reference);
      const { body } = await call(search, apiKey, { method: 'GET' });
      const found = searchShape.safeParse(body);
      if (!found.success) throw new PaymentFailure('BAD_ANSWER');
      // The search does not look at case, and so may find others; ours are of our amount too.
      return found.data.results.filter((result) => (result as { reference?: unknown } | null)?.reference === of.reference)
        .map((result) => hosted(result, of, secure));
    }),
  };
}
