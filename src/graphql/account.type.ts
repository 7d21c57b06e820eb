import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { AccountState, AccountSummary } from '../application/identity/summaries.js';
import { connectionOf } from './connection.type.js';
import { enumType } from './enums.js';

export const AccountStateEnum = enumType<AccountState>('AccountState', 'Where a portal account stands.', {
  PENDING: 'Not an account yet: a registration whose code was not given, or whose details did not match.',
  ACTIVE: 'Its owner can sign in.',
  LOCKED: 'Locked after wrong passwords, on some devices or all. It may open by itself after a while, or only when staff unlock it.',
  CLOSED: 'Ended by staff; its owner can register anew.',
});

@ObjectType('Account', { description: 'A tenant\'s account with the portal, or a registration on its way to one.' })
export class AccountType implements Omit<AccountSummary, 'personReference'> {
  @Field(() => ID, { simple: true, description: 'The account\'s id here: unlocking and closing take it.' })
  id!: string;

  @Field(() => AccountStateEnum, { simple: true, description: 'Where it stands.' })
  state!: AccountState;

  @Field(() => String, { simple: true, description: 'The e-mail address that opens it; empty where details did not match and no address is held.' })
  email!: string;

  @Field(() => String, { simple: true, nullable: true, description: 'The user ID that opens it too; null where the landlord uses none, or there is no account yet.' })
  userId!: string | null;

  @Field(() => Int, { simple: true, description: 'Wrong passwords since the last right one, on all devices together.' })
  failedAttempts!: number;

  @Field(() => GraphQLDateTimeISO, { simple: true, nullable: true, description: 'Since when it is locked; null where it is not.' })
  lockedAt!: Date | null;

  @Field(() => GraphQLDateTimeISO, { simple: true, nullable: true, description: 'When somebody last signed in; null where nobody has.' })
  lastSignInAt!: Date | null;

  @Field(() => String, { simple: true, nullable: true, description: 'Which details were not those held, when somebody last tried to register: names such as `email, dateOfBirth`, never what was typed. Null where none failed in the last thirty days.' })
  lastMismatch!: string | null;
}

export const AccountConnectionType = connectionOf<AccountType>('Account', () => AccountType, 'accounts');

@InputType('IssueLoginInput', { description: 'For whom staff open an account, after checking a written request.' })
export class IssueLoginInputType {
  @Field(() => String, { description: 'The person\'s reference, such as `0000000017/1`.' })
  personReference!: string;

  @Field(() => String, { description: 'Where the login goes: an address that the housing system holds for this person.' })
  email!: string;

  @Field(() => String, { description: 'Why, for the record: at most 500 characters.' })
  reason!: string;
}
