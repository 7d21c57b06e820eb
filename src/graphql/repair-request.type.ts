import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { RequestRepairAnswer, RequestRepairOutcome } from '../application/repairs/request-repair.js';
import type { RepairLocation } from '../domain/repair.js';
import { enumType } from './enums.js';
import { PhoneLineType } from './landlord.type.js';
import { RepairLocationEnum, RepairType } from './repair.type.js';

export const RequestRepairOutcomeEnum = enumType<RequestRepairOutcome>('RequestRepairOutcome', 'What became of a request for a repair.', {
  ACCEPTED: 'It was taken, and will not be lost.',
  PHONE_US: 'It was not taken: it is an emergency, or too urgent. `phoneLines` says whom to phone.',
});

@InputType('RequestRepairInput', { description: 'A repair that a tenant asks for: problems chosen from the guide, a description in their own words, or both.' })
export class RequestRepairInputType {
  @Field(() => String, { description: 'Made up by the front end for this request, 8 to 100 letters, digits and `._:-`. Sent again with the same content within 30 days it gives the first answer again, and asks for nothing twice; with other content it is a CONFLICT.' })
  idempotencyKey!: string;

  @Field(() => String, { description: 'One of the tenant\'s own tenancies that is current, such as `000017/01`.' })
  tenancyReference!: string;

  @Field(() => RepairLocationEnum, { defaultValue: 'PROPERTY', description: 'In the home, or in what the homes of its block share.' })
  location!: RepairLocation;

  @Field(() => [ID], { defaultValue: [], description: 'Problems of the repair guide, at most 10, of its present version or an older one. May be empty where there is a description.' })
  problemIds!: string[];

  @Field(() => String, { nullable: true, description: 'What is wrong, in the tenant\'s words: at most 2,000 characters, what the chosen problems are called included. Required where no problem is chosen.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'A phone number for this repair, with its area code; the numbers already held will do where it is left out.' })
  contactPhone?: string | null;
}

@ObjectType('RequestRepairPayload', { description: 'What became of a request for a repair.' })
export class RequestRepairPayloadType implements Omit<RequestRepairAnswer, 'repair'> {
  @Field(() => RequestRepairOutcomeEnum, { simple: true, description: 'Whether it was taken.' })
  outcome!: RequestRepairOutcome;

  @Field(() => String, { simple: true, description: 'The outcome in words, for the tenant to read. Where an open repair looks like the same one, it names that.' })
  message!: string;

  @Field(() => RepairType, { simple: true, nullable: true, description: 'The repair, when it was taken: it can be read by its reference at once. Null otherwise.' })
  repair!: RepairType | null;

  @Field(() => GraphQLLocalDate, { simple: true, nullable: true, description: 'The day by which somebody gets in touch, when it was taken; null otherwise.' })
  contactBy!: string | null;

  @Field(() => [PhoneLineType], { simple: true, description: 'Whom to phone when it was not taken: lines that are open now first, and for gas the national emergency service among them. Empty otherwise.' })
  phoneLines!: PhoneLineType[];
}
