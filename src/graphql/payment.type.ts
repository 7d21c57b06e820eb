import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, InputType, Int, ObjectType } from 'type-graphql';
import type { PaymentSession } from '../application/payments/start-payment.js';
import type { Payment, PaymentStatus } from '../domain/payment.js';
import { enumType } from './enums.js';
import { MoneyType } from './money.type.js';

export const PaymentStatusEnum = enumType<PaymentStatus>('PaymentStatus', 'How a card payment stands.', {
  STARTED: 'The page was handed out, and nothing is known of an end yet: the tenant may still be paying.',
  PAID: 'The money was taken and is on its way: the statement and the balance do not show it yet.',
  FAILED: 'The card was declined, the tenant cancelled, or the page failed: no money was taken.',
  EXPIRED: 'Nobody paid in time: no money was taken.',
  POSTED: 'The housing system has it: it is in the statement and in the balance.',
});

@InputType('StartPaymentInput', { description: 'A payment by card towards one rent account.' })
export class StartPaymentInputType {
  @Field(() => String, { description: 'Made up by the front end for this payment, 8 to 100 letters, digits and `._:-`. Sent again with the same content within 30 days it gives the same page again; with other content it is a CONFLICT. After SERVICE_UNAVAILABLE send the same key again.' })
  idempotencyKey!: string;

  @Field(() => String, { description: 'One of the tenant\'s own tenancies, such as `000017/01`: a current one, or an ended one on which something is owed.' })
  tenancyReference!: string;

  @Field(() => Int, { description: 'How much, in pence: from 1 to the landlord\'s limit, which the error names. It need not be what is owed.' })
  pence!: number;

  @Field(() => String, { description: 'Where the browser goes when the payment is over, one way or the other: an address of the portal, without user name, password or fragment, at most 500 characters. `payment=<reference>` is added to its query. It says nothing of how the payment ended: ask `Tenancy.payments`.' })
  returnUrl!: string;
}

@ObjectType('PaymentSession', { description: 'A payment that was started, and the page on which the tenant makes it. Send the browser there: card numbers are entered on that page and nowhere else.' })
export class PaymentSessionType implements PaymentSession {
  @Field(() => String, { simple: true, description: 'What the payment is known by, here, with the card provider and in the housing system: at most 20 capitals and digits.' })
  reference!: string;

  @Field(() => String, { simple: true, description: 'The page to send the browser to. Whoever has it can pay: do not keep or share it.' })
  url!: string;

  @Field(() => GraphQLDateTimeISO, { simple: true, description: 'When the page stops taking the payment.' })
  expiresAt!: Date;

  @Field(() => MoneyType, { simple: true, description: 'How much is paid there.' })
  amount!: MoneyType;
}

@ObjectType('Payment', { description: 'A card payment that was started here.' })
export class PaymentType implements Payment {
  @Field(() => String, { simple: true, description: 'What the payment is known by; it stands in the return address too.' })
  reference!: string;

  @Field(() => MoneyType, { simple: true, description: 'How much is paid, or was to be.' })
  amount!: MoneyType;

  @Field(() => PaymentStatusEnum, { simple: true, description: 'How it stands.' })
  status!: PaymentStatus;

  @Field(() => GraphQLDateTimeISO, { simple: true, description: 'When it was started.' })
  startedAt!: Date;
}
