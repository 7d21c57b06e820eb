import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { DeliveryState } from '../application/delivery/record.js';
import type { DeliverySummary } from '../application/staff/deliveries.js';
import { connectionOf } from './connection.type.js';
import { enumType } from './enums.js';

export const DeliveryStateEnum = enumType<DeliveryState>('DeliveryState', 'How far a request has come on its way to the housing system.', {
  WAITING: 'Not sent yet, or surely not received: it is sent again by itself.',
  SENDING: 'It is being sent just now.',
  UNCLEAR: 'Sent without an answer: it is looked up in the housing system before it is sent again.',
  NEEDS_ATTENTION: 'Staff have to see to it: try it again, or enter it by hand and resolve it.',
  DELIVERED: 'The housing system has it.',
  RESOLVED: 'Staff have dealt with it.',
});

@ObjectType('Delivery', { description: 'Something that a tenant asked for, on its way to the housing system.' })
export class DeliveryType implements DeliverySummary {
  @Field(() => ID, { simple: true, description: 'Its id here. The housing system holds it as our caller reference.' })
  id!: string;

  @Field(() => String, { simple: true, description: 'What it is: `repair`, `contact-details` or `household`.' })
  kind!: DeliverySummary['kind'];

  @Field(() => String, { simple: true, description: 'The tenancy that it belongs to.' })
  tenancyReference!: string;

  @Field(() => DeliveryStateEnum, { simple: true, description: 'How far it has come.' })
  state!: DeliveryState;

  @Field(() => Int, { simple: true, description: 'How often it was sent.' })
  attempts!: number;

  @Field(() => GraphQLDateTimeISO, { simple: true, description: 'When the tenant asked for it.' })
  createdAt!: Date;

  @Field(() => String, { simple: true, nullable: true, description: 'Why it has not arrived, as a code: `REFUSED` with the housing system\'s own code, `ARRIVED_TWICE`, or the name of a network error. Null where nothing went wrong.' })
  lastError!: string | null;

  @Field(() => String, { simple: true, nullable: true, description: 'What the housing system calls it; null where it does not have it, as far as is known.' })
  legacyReference!: string | null;
}

export const DeliveryConnectionType = connectionOf<DeliveryType>('Delivery', () => DeliveryType, 'deliveries');
