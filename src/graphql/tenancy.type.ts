import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import type { Charge, ChargeFrequency, MemberRole, Property, Tenancy, TenancyMember, TenancyStatus } from '../domain/tenancy.js';
import { CodedValueType } from './common.type.js';
import { connectionOf } from './connection.type.js';
import { enumType } from './enums.js';
import { MoneyType } from './money.type.js';
import { AddressType, PersonNameType } from './person.type.js';

export const TenancyStatusEnum = enumType<TenancyStatus>('TenancyStatus', 'Where a tenancy stands today.', {
  CURRENT: 'It has begun and has not ended.',
  ENDED: 'Its last day has passed.',
  FUTURE: 'It has been signed and begins on a later day.',
});

export const ChargeFrequencyEnum = enumType<ChargeFrequency>('ChargeFrequency', 'How often a charge falls due.', {
  WEEKLY: 'Once a week.',
  FORTNIGHTLY: 'Every two weeks.',
  MONTHLY: 'Every calendar month.',
  ANNUALLY: 'Once a year.',
});

export const MemberRoleEnum = enumType<MemberRole>('MemberRole', 'What somebody is to a tenancy.', {
  TENANT: 'Signed the agreement alone.',
  JOINT_TENANT: 'Signed it together with others.',
  HOUSEHOLD: 'Lives there without having signed.',
});

@ObjectType('Property', { description: 'The home, garage or other place that a tenancy is of.' })
export class PropertyType implements Omit<Property, 'isBlock'> {
  @Field(() => String, { simple: true, description: 'The property\'s reference in the housing system.' })
  reference!: string;

  @Field(() => AddressType, { simple: true, description: 'Where it is.' })
  address!: AddressType;

  @Field(() => CodedValueType, { simple: true, nullable: true, description: 'The block that it is part of, with the block\'s reference and name; null for a house.' })
  block!: CodedValueType | null;
}

@ObjectType('TenancyMember', { description: 'Somebody of a tenancy: those who signed it and those who live there.' })
export class TenancyMemberType implements Omit<TenancyMember, 'tenantReference'> {
  @Field(() => PersonNameType, { simple: true, description: 'The member\'s name.' })
  name!: PersonNameType;

  @Field(() => MemberRoleEnum, { simple: true, description: 'What the member is to the tenancy.' })
  role!: MemberRole;

  @Field(() => String, { simple: true, nullable: true, description: 'How a household member is related to the tenant; null where none is held, and for joint tenants, of whom a tenant sees the name only.' })
  relationship!: string | null;

  @Field(() => GraphQLLocalDate, { simple: true, nullable: true, description: 'Date of birth; null where none is held, and for joint tenants, of whom a tenant sees the name only.' })
  dateOfBirth!: string | null;
}

@ObjectType('Charge', { description: 'A part of the rent.' })
export class ChargeType implements Charge {
  @Field(() => String, { simple: true, description: 'The charge\'s code, such as DBR for basic rent.' })
  code!: string;

  @Field(() => String, { simple: true, description: 'What the charge is for.' })
  description!: string;

  @Field(() => MoneyType, { simple: true, description: 'How much it is each time.' })
  amount!: MoneyType;

  @Field(() => ChargeFrequencyEnum, { simple: true, description: 'How often it falls due.' })
  frequency!: ChargeFrequency;
}

@ObjectType('Tenancy', { description: 'An agreement to rent a home or a garage, and what belongs to it: the rent account and the repairs.' })
export class TenancyType implements Pick<Tenancy, 'reference' | 'status' | 'tenure' | 'startDate' | 'endDate' | 'charges'> {
  @Field(() => String, { simple: true, description: 'The tenancy\'s reference, such as `000017/01`. It holds a slash: encode it in addresses.' })
  reference!: string;

  @Field(() => TenancyStatusEnum, { simple: true, description: 'Where the tenancy stands today.' })
  status!: TenancyStatus;

  @Field(() => CodedValueType, { simple: true, description: 'What kind of agreement it is, such as SEC for secure.' })
  tenure!: CodedValueType;

  @Field(() => GraphQLLocalDate, { simple: true, description: 'Its first day.' })
  startDate!: string;

  @Field(() => GraphQLLocalDate, { simple: true, nullable: true, description: 'Its last day; null where no end is known.' })
  endDate!: string | null;

  @Field(() => [ChargeType], { simple: true, description: 'What makes up the rent.' })
  charges!: ChargeType[];
}

export const TenancyConnectionType = connectionOf<TenancyType>('Tenancy', () => TenancyType, 'tenancies');
