import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import type { Address, ContactDetails, Person, PersonName, Phone, PhoneType } from '../domain/person.js';
import { enumType } from './enums.js';

@ObjectType('PersonName', { description: 'A person\'s name, as the housing system holds it.' })
export class PersonNameType implements PersonName {
  @Field(() => String, { simple: true, nullable: true, description: 'Such as Mrs or Dr; null where none is held.' })
  title!: string | null;

  @Field(() => String, { simple: true, description: 'First and middle names.' })
  forenames!: string;

  @Field(() => String, { simple: true, description: 'The person\'s family name.' })
  surname!: string;

  @Field(() => String, { simple: true, description: 'Title, forenames and surname together, for showing.' })
  full!: string;
}

@ObjectType('Address', { description: 'A postal address.' })
export class AddressType implements Address {
  @Field(() => [String], { simple: true, description: 'The lines above the postcode, without empty ones.' })
  lines!: string[];

  @Field(() => String, { simple: true, description: 'The postcode; empty where none is held.' })
  postcode!: string;
}

export const PhoneTypeEnum = enumType<PhoneType>('PhoneType', 'What kind of phone a number belongs to.', {
  HOME: 'A landline at home.',
  MOBILE: 'A mobile phone.',
  WORK: 'A phone at work.',
  OTHER: 'Any other, or not known.',
});

@ObjectType('Phone', { description: 'A phone number held for a person.' })
export class PhoneFieldType implements Phone {
  @Field(() => PhoneTypeEnum, { simple: true, description: 'What kind of phone it is.' })
  type!: PhoneType;

  @Field(() => String, { simple: true, description: 'The number as it was typed into the housing system: it may hold spaces, brackets and remarks.' })
  number!: string;
}

@ObjectType('ContactDetails', { description: 'How to reach a person.' })
export class ContactDetailsType implements ContactDetails {
  @Field(() => [String], { simple: true, description: 'E-mail addresses as held; often none.' })
  emails!: string[];

  @Field(() => [PhoneFieldType], { simple: true, description: 'Phone numbers as held; often none.' })
  phones!: PhoneFieldType[];

  @Field(() => AddressType, { simple: true, nullable: true, description: 'Where letters go, where that is not the home; null where it is.' })
  correspondenceAddress!: AddressType | null;
}

@ObjectType('Tenant', { description: 'A person who answers for one tenancy or more.' })
export class TenantType implements Person {
  @Field(() => String, { simple: true, description: 'The person\'s reference in the housing system, such as `0000000017/1`.' })
  reference!: string;

  @Field(() => PersonNameType, { simple: true, description: 'The person\'s name.' })
  name!: PersonNameType;

  @Field(() => GraphQLLocalDate, { simple: true, nullable: true, description: 'Date of birth; null where none is held.' })
  dateOfBirth!: string | null;

  @Field(() => ContactDetailsType, { simple: true, description: 'How the landlord reaches this person.' })
  contact!: ContactDetailsType;
}
