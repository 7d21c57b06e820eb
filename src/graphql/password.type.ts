import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, InputType } from 'type-graphql';
import type { PasswordResetInput } from '../application/identity/password-reset.js';

@InputType('PasswordResetInput', { description: 'Who has forgotten their password.' })
export class PasswordResetInputType implements PasswordResetInput {
  @Field(() => String, { description: 'The e-mail address, or the user ID where the landlord uses one.' })
  identifier!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'The date of birth: needed where `landlord.passwordReset.dateOfBirthRequired` says so, ignored elsewhere.' })
  dateOfBirth?: string | null;
}
