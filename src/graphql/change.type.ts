import { GraphQLDateTimeISO, GraphQLLocalDate } from 'graphql-scalars';
import { Field, InputType, ObjectType } from 'type-graphql';
import type { ChangeAnswer, ChangeOutcome } from '../application/changes/own.js';
import type { ChangeKind, PendingChange } from '../application/changes/pending-changes.js';
import type { Address, Phone, PhoneType } from '../domain/person.js';
import { enumType } from './enums.js';
import { PhoneTypeEnum } from './person.type.js';

const KEY = 'Made up by the front end for this request, 8 to 100 letters, digits and `._:-`. Sent again with the same content within 30 days it gives the first answer again, and changes nothing twice; with other content it is a CONFLICT.';
const CHARACTERS = 'in letters that Windows-1252 holds';

export const ChangeOutcomeEnum = enumType<ChangeOutcome>('ChangeOutcome', 'What becomes of a change that a tenant asked for.', {
  APPLIED: 'It is taken for good, and on its way to the housing system: it shows under `pendingChanges` until it is there, and in the tenant\'s details from then on.',
  SENT_FOR_CHECKING: 'It is taken for good, and staff check it: nothing changes until they have.',
  CONFIRM_BY_EMAIL: 'A code is on its way to the new e-mail address, and `confirmEmail` takes it: until then the old address counts. What else was sent is taken as with APPLIED.',
});

export const ChangeKindEnum = enumType<ChangeKind>('ChangeKind', 'What a tenant wants changed.', {
  CONTACT_DETAILS: 'Phone numbers, the address for letters, or both.',
  EMAIL: 'The e-mail address: it waits for its code, or is confirmed and on its way.',
  HOUSEHOLD: 'Who lives in a home.',
});

@InputType('PhoneInput', { description: 'A phone number as it should be held.' })
export class PhoneInputType implements Phone {
  @Field(() => PhoneTypeEnum, { description: 'What kind of phone it is.' })
  type!: PhoneType;

  @Field(() => String, { description: 'One number with its area code, or with its country\'s code where it is not of the UK. It is checked, and written in the usual form.' })
  number!: string;
}

@InputType('AddressInput', { description: 'A postal address in the UK.' })
export class AddressInputType implements Address {
  @Field(() => [String], { description: `1 to 4 lines above the postcode, each of 1 to 50 characters ${CHARACTERS}.` })
  lines!: string[];

  @Field(() => String, { description: 'A UK postcode; case and spaces do not count.' })
  postcode!: string;
}

@InputType('ContactDetailsInput', { description: 'What is to change in the tenant\'s own contact details. What is left out, or null, stays as it is; something has to be given.' })
export class ContactDetailsInputType {
  @Field(() => String, { description: KEY })
  idempotencyKey!: string;

  @Field(() => [PhoneInputType], { nullable: true, description: 'All phone numbers, in place of those that are held: 1 to 10. One that comes twice is taken once. Remarks beside numbers that are held, and numbers of kinds that only the housing system knows, are not kept.' })
  phones?: PhoneInputType[] | null;

  @Field(() => AddressInputType, { nullable: true, description: 'Where letters go, in place of the address that is held.' })
  correspondenceAddress?: AddressInputType | null;

  @Field(() => String, { nullable: true, description: `A new e-mail address for the account and for the landlord's mails, of at most 100 characters ${CHARACTERS}. It counts once it is confirmed.` })
  email?: string | null;
}

@InputType('HouseholdMemberInput', { description: 'Somebody who lives in the home and has not signed for it.' })
export class HouseholdMemberInputType {
  @Field(() => String, { nullable: true, description: 'Such as Miss or Dr, at most 10 characters.' })
  title?: string | null;

  @Field(() => String, { description: `First and middle names, 1 to 24 characters ${CHARACTERS}.` })
  forenames!: string;

  @Field(() => String, { description: `Family name, 1 to 20 characters ${CHARACTERS}.` })
  surname!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Date of birth, not in the future and after 1 January 1900; left out where it is not known.' })
  dateOfBirth?: string | null;

  @Field(() => String, { nullable: true, description: 'To the tenant, such as Daughter or Lodger, at most 20 characters.' })
  relationship?: string | null;
}

@InputType('HouseholdInput', { description: 'Who lives in a home beside those who signed for it.' })
export class HouseholdInputType {
  @Field(() => String, { description: KEY })
  idempotencyKey!: string;

  @Field(() => String, { description: 'One of the tenant\'s own tenancies that is current, such as `000017/01`.' })
  tenancyReference!: string;

  @Field(() => [HouseholdMemberInputType], { description: 'All of them, 1 to 20, those who are known already included.' })
  members!: HouseholdMemberInputType[];
}

@ObjectType('ChangePayload', { description: 'What becomes of a change that a tenant asked for.' })
export class ChangePayloadType implements ChangeAnswer {
  @Field(() => ChangeOutcomeEnum, { simple: true, description: 'What becomes of it.' })
  outcome!: ChangeOutcome;

  @Field(() => String, { simple: true, description: 'The outcome in words, for the tenant to read.' })
  message!: string;

  @Field(() => String, { simple: true, description: 'The change\'s own reference, as `pendingChanges` shows it; for a new e-mail address it is what `confirmEmail` takes.' })
  reference!: string;
}

@ObjectType('PendingChange', { description: 'A change that the tenant sent and that does not show in their details yet.' })
export class PendingChangeType implements PendingChange {
  @Field(() => String, { simple: true, description: 'The change\'s own reference, as it was answered.' })
  reference!: string;

  @Field(() => ChangeKindEnum, { simple: true, description: 'What is to change.' })
  kind!: ChangeKind;

  @Field(() => GraphQLDateTimeISO, { simple: true, description: 'When it was sent; of a new e-mail address that is confirmed, when it was.' })
  requestedAt!: Date;
}
