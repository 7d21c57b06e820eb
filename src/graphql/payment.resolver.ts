import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { z } from 'zod';
import { shownPayments } from '../application/payments/payments-of.js';
import { startPayment, type PaymentSession } from '../application/payments/start-payment.js';
import type { Payment } from '../domain/payment.js';
import type { Tenancy } from '../domain/tenancy.js';
import type { RequestContext } from './context.js';
import { checked, idempotencyKey, tenancyReference } from './input.js';
import { PaymentSessionType, PaymentType, StartPaymentInputType } from './payment.type.js';
import { TenancyType } from './tenancy.type.js';

const shape = z.object({
  idempotencyKey,
  tenancyReference,
  pence: z.int(),
  // How long and of what form it may be is judged with the rest of it.
  returnUrl: z.string(),
});

@Resolver(() => TenancyType)
export class PaymentResolver {
  @Mutation(() => PaymentSessionType, { description: 'Starts a payment by card: gives the card provider\'s page to send the browser to. The same key gives the same page, however often it is sent. For tenants only, and for their own tenancies.' })
  async startPayment(
    @Arg('input', () => StartPaymentInputType, { description: 'What is to be paid, and where the tenant goes afterwards.' }) input: StartPaymentInputType,
    @Ctx() context: RequestContext,
  ): Promise<PaymentSession> {
    context.access.requireTenant();
    const session = await startPayment(context.app, context.access, checked(shape, input, 'input'));
    context.renew();
    return session;
  }

  @FieldResolver(() => [PaymentType], { nullable: true, description: 'Card payments for this tenancy that were started here in the last 30 days, by any of its tenants, newest first; null, with an error, while they cannot be read.' })
  async payments(@Root() tenancy: Tenancy, @Ctx() context: RequestContext): Promise<readonly Payment[] | null> {
    const { app, loaders } = context;
    return shownPayments(app, await loaders.payments.load(tenancy.reference), (from) => loaders.ledgerSince(tenancy.reference, from));
  }
}
