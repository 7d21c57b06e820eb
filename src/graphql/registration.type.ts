import { GraphQLDateTimeISO, GraphQLLocalDate } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { ConfirmRegistrationInput } from '../application/identity/confirmation.js';
import type { RegisterResult, RegistrationOutcome } from '../application/identity/registration.js';
import type { RegistrationDetails } from '../domain/registration.js';
import { enumType } from './enums.js';

export const RegistrationOutcomeEnum = enumType<RegistrationOutcome>('RegistrationOutcome', 'What came of registering.', {
  CODE_SENT: 'All four details match: a code is in the mail, and confirms the registration.',
  NO_MATCH: 'The details are not those of one tenant. The message says what to try; it is the same for every cause.',
  ALREADY_REGISTERED: 'All four details match, but the tenant or the e-mail address has an account.',
});

@InputType('RegisterInput', { description: 'What a tenant registers with. All four have to be as the landlord holds them; how they are typed does not matter.' })
export class RegisterInputType implements RegistrationDetails {
  @Field(() => String, { description: 'The e-mail address.' })
  email!: string;

  @Field(() => String, { description: 'A phone number of the kinds that `landlord.registration.phoneLabel` names.' })
  phone!: string;

  @Field(() => String, { description: 'The tenancy\'s reference, or its payment reference.' })
  reference!: string;

  @Field(() => GraphQLLocalDate, { description: 'The tenant\'s date of birth.' })
  dateOfBirth!: string;
}

@ObjectType('RegisterPayload', { description: 'The answer to registering.' })
export class RegisterPayloadType implements RegisterResult {
  @Field(() => RegistrationOutcomeEnum, { simple: true, description: 'What came of it.' })
  outcome!: RegistrationOutcome;

  @Field(() => String, { simple: true, description: 'The outcome in words, ready to show.' })
  message!: string;

  @Field(() => ID, { simple: true, nullable: true, description: 'The registration that the code confirms; null where no code was sent.' })
  registrationId!: string | null;

  @Field(() => GraphQLDateTimeISO, { simple: true, nullable: true, description: 'When the code stops working; null where none was sent.' })
  codeExpiresAt!: Date | null;
}

@InputType('ConfirmRegistrationInput', { description: 'What makes a registration an account.' })
export class ConfirmRegistrationInputType implements ConfirmRegistrationInput {
  @Field(() => ID, { description: 'The registration, as `register` or the link in the mail names it.' })
  registrationId!: string;

  @Field(() => String, { description: 'The newest code from the mail. Capital and small letters are different.' })
  code!: string;

  @Field(() => String, { description: 'The password to sign in with from now on: 12 to 256 characters of any kind, and not a common one.' })
  password!: string;
}

@ObjectType('MessagePayload', { description: 'An answer that is nothing but words to show.' })
export class MessagePayloadType {
  @Field(() => String, { simple: true, description: 'The words. They are the same whether or not there is such a registration or account.' })
  message!: string;
}
