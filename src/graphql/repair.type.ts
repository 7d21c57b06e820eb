import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import type { Repair, RepairLocation, RepairStatus } from '../domain/repair.js';
import { CodedValueType } from './common.type.js';
import { connectionOf } from './connection.type.js';
import { enumType } from './enums.js';

export const RepairStatusEnum = enumType<RepairStatus>('RepairStatus', 'Where a repair stands.', {
  SUBMITTED: 'Taken here, and on its way to the housing system.',
  REGISTERED: 'In the housing system; nobody has been given the work yet.',
  IN_PROGRESS: 'With somebody who is doing it, or done and not yet paid for.',
  ON_HOLD: 'Stopped for now.',
  COMPLETED: 'The work is done.',
  CANCELLED: 'Will not be done.',
  UNKNOWN: 'The housing system gives a state that nobody has explained: `statusDetail` holds its code.',
});

export const RepairLocationEnum = enumType<RepairLocation>('RepairLocation', 'Whose repair it is.', {
  PROPERTY: 'The tenant\'s own home or garage.',
  COMMUNAL: 'What the homes of a block share, such as stairs and door entry.',
});

@ObjectType('Repair', { description: 'A repair that was asked for, from the first request to its completion.' })
export class RepairType implements Pick<Repair, 'reference' | 'description' | 'status' | 'statusDetail' | 'registeredDate' | 'targetDate' | 'completedDate' | 'priority' | 'location' | 'overdue'> {
  @Field(() => String, { simple: true, description: 'The works order\'s reference, such as `WO561474`; the request\'s own until there is an order.' })
  reference!: string;

  @Field(() => String, { simple: true, description: 'What is wrong, in the words that were taken down.' })
  description!: string;

  @Field(() => RepairStatusEnum, { simple: true, description: 'Where it stands.' })
  status!: RepairStatus;

  @Field(() => CodedValueType, { simple: true, description: 'The same as the housing system puts it.' })
  statusDetail!: CodedValueType;

  @Field(() => GraphQLLocalDate, { simple: true, description: 'The day on which it was registered.' })
  registeredDate!: string;

  @Field(() => GraphQLLocalDate, { simple: true, nullable: true, description: 'The day by which it should be done; null where none was set.' })
  targetDate!: string | null;

  @Field(() => GraphQLLocalDate, { simple: true, nullable: true, description: 'The day on which it was done; null while it is not.' })
  completedDate!: string | null;

  @Field(() => CodedValueType, { simple: true, nullable: true, description: 'How urgent it is; null where that is not held.' })
  priority!: CodedValueType | null;

  @Field(() => RepairLocationEnum, { simple: true, description: 'The tenant\'s own, or the block\'s.' })
  location!: RepairLocation;

  @Field(() => Boolean, { simple: true, description: 'Whether it is still open on the first working day after its target day, or later.' })
  overdue!: boolean;
}

export const RepairConnectionType = connectionOf<RepairType>('Repair', () => RepairType, 'repairs');
