import { Field, Int, ObjectType } from 'type-graphql';
import type { Money, Position, RunningBalance } from '../domain/money.js';
import { enumType } from './enums.js';

@ObjectType('Money', { description: 'An amount in pounds sterling, in three forms: reckon with `pence`, show `display`.' })
export class MoneyType implements Money {
  @Field(() => Int, { simple: true, description: 'The amount as a whole number of pence.' })
  pence!: number;

  @Field(() => String, { simple: true, description: 'Pounds with two decimals and nothing else, such as `1234.50`.' })
  amount!: string;

  @Field(() => String, { simple: true, description: 'Ready to show, such as `£1,234.50`.' })
  display!: string;
}

export const PositionEnum = enumType<Position>('Position', 'On which side of zero a rent account stands.', {
  ARREARS: 'The tenant owes money.',
  CREDIT: 'The account holds money of the tenant\'s.',
  CLEAR: 'Nothing is owed either way.',
});

@ObjectType('RunningBalance', { description: 'What a rent account stood at. The amount has no sign: `position` says whose it is.' })
export class RunningBalanceType implements RunningBalance {
  @Field(() => MoneyType, { simple: true, description: 'How much, never negative.' })
  money!: MoneyType;

  @Field(() => PositionEnum, { simple: true, description: 'Whether that is owed, held, or nothing.' })
  position!: Position;
}
