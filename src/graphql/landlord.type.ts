import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { HelpTopic, Landlord, Link, LinkKind, PasswordResetForm, PhoneLine, RegistrationForm, UsefulNumber } from '../domain/landlord.js';
import { enumType } from './enums.js';

@ObjectType('PhoneLine', { description: 'A phone line of the landlord\'s.' })
export class PhoneLineType implements Omit<PhoneLine, 'hours' | 'opening'> {
  @Field(() => String, { simple: true, description: 'What to ask for on it.' })
  name!: string;

  @Field(() => String, { simple: true, description: 'The number to dial, and what to press after it.' })
  number!: string;

  @Field(() => String, { simple: true, nullable: true, description: 'When it is answered, in words; null where that is not known.' })
  hours?: string | undefined;

  @Field(() => Boolean, { simple: true, description: 'Whether emergencies may be reported on it.' })
  emergencies!: boolean;
}

@ObjectType('UsefulNumber', { description: 'A phone number of somebody else\'s that tenants often need.' })
export class UsefulNumberType implements UsefulNumber {
  @Field(() => String, { simple: true, description: 'Whose number it is.' })
  organisation!: string;

  @Field(() => String, { simple: true, description: 'The number to dial.' })
  number!: string;

  @Field(() => String, { simple: true, description: 'What it is for.' })
  purpose!: string;
}

export const LinkKindEnum = enumType<LinkKind>('LinkKind', 'What a link leads to.', {
  PRIVACY: 'How personal data is used.',
  LETTINGS: 'Homes to let, for people who are not tenants yet.',
  HOUSING_REGISTER: 'The register of people who look for a home.',
  PUBLICATION: 'A handbook or leaflet.',
});

@ObjectType('Link', { description: 'A page of the landlord\'s elsewhere.' })
export class LinkType implements Link {
  @Field(() => LinkKindEnum, { simple: true, description: 'What it leads to.' })
  kind!: LinkKind;

  @Field(() => String, { simple: true, description: 'Its title, for showing.' })
  title!: string;

  @Field(() => String, { simple: true, description: 'Its address on the web.' })
  url!: string;
}

@ObjectType('RegistrationForm', { description: 'How this landlord\'s registration form is labelled, and its rules.' })
export class RegistrationFormType implements Omit<RegistrationForm, 'phoneTypes'> {
  @Field(() => String, { simple: true, description: 'What this landlord calls the reference that a tenant registers with.' })
  referenceLabel!: string;

  @Field(() => String, { simple: true, description: 'What kinds of phone number it takes.' })
  phoneLabel!: string;

  @Field(() => String, { simple: true, description: 'What a tenant signs in with.' })
  identifierLabel!: string;

  @Field(() => Int, { simple: true, description: 'How many days a new tenant has to wait before registering.' })
  newTenantWaitDays!: number;
}

@ObjectType('PasswordResetForm', { description: 'What this landlord\'s form for a forgotten password asks for.' })
export class PasswordResetFormType implements PasswordResetForm {
  @Field(() => String, { simple: true, description: 'What a tenant gives to be recognised.' })
  identifierLabel!: string;

  @Field(() => Boolean, { simple: true, description: 'Whether the date of birth is asked for as well.' })
  dateOfBirthRequired!: boolean;
}

@ObjectType('HelpTopic', { description: 'A help page for tenants.' })
export class HelpTopicType implements HelpTopic {
  @Field(() => ID, { simple: true, description: 'Stays the same when the text changes: good for addresses.' })
  id!: string;

  @Field(() => String, { simple: true, description: 'The heading to show above it.' })
  title!: string;

  @Field(() => [String], { simple: true, description: 'Its text, a paragraph at a time, without markup.' })
  paragraphs!: string[];
}

@ObjectType('Landlord', { description: 'The council or housing association that this gateway serves.' })
export class LandlordType implements Pick<Landlord, 'id' | 'name' | 'portalName' | 'email'> {
  @Field(() => ID, { simple: true, description: 'Its short name, such as `wiltshire`: it stays the same.' })
  id!: string;

  @Field(() => String, { simple: true, description: 'What it is called, such as Wiltshire Council.' })
  name!: string;

  @Field(() => String, { simple: true, description: 'What it calls its tenants\' portal.' })
  portalName!: string;

  @Field(() => String, { simple: true, nullable: true, description: 'Where to write to; null where no address is known.' })
  email?: string | undefined;

  @Field(() => [PhoneLineType], { simple: true, description: 'Its phone lines, the main one first.' })
  phoneLines!: PhoneLineType[];

  @Field(() => [UsefulNumberType], { simple: true, description: 'Numbers of gas, water and electricity companies and the like.' })
  usefulNumbers!: UsefulNumberType[];

  @Field(() => [LinkType], { simple: true, description: 'Pages of its own elsewhere; one whose address is not known is left out.' })
  links!: LinkType[];

  @Field(() => RegistrationFormType, { simple: true, description: 'How its registration form is labelled.' })
  registration!: RegistrationFormType;

  @Field(() => PasswordResetFormType, { simple: true, description: 'What its form for a forgotten password asks for.' })
  passwordReset!: PasswordResetFormType;

  @Field(() => [HelpTopicType], { simple: true, description: 'Help for tenants.' })
  help!: HelpTopicType[];
}
