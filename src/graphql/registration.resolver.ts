import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { z } from 'zod';
import { confirmRegistration, resendRegistrationCode } from '../application/identity/confirmation.js';
import { register } from '../application/identity/registration.js';
import type { LocalDate } from '../domain/calendar.js';
import type { RequestContext } from './context.js';
import { SignInPayloadType } from './identity.type.js';
import { birthday, checked, emailAddress, line } from './input.js';
import { newPasswordShape } from './password.resolver.js';
import { ConfirmRegistrationInputType, MessagePayloadType, RegisterInputType, RegisterPayloadType } from './registration.type.js';

const registerShape = (today: LocalDate) => z.object({
  email: emailAddress(254),
  phone: line(50).pipe(z.string().trim().refine((value) => value.replace(/\D/g, '').length >= 9, 'Enter a phone number with its area code.')),
  reference: line(40).pipe(z.string().trim().min(1, 'Enter your reference number.')),
  dateOfBirth: birthday(today),
});

const idShape = line(100).pipe(z.string().min(1, 'Send the id of the registration.'));

const confirmShape = z.object({
  registrationId: idShape,
  code: line(100).pipe(z.string().trim().min(1, 'Enter the code from the e-mail.')),
  password: newPasswordShape,
});

@Resolver()
export class RegistrationResolver {
  @Mutation(() => RegisterPayloadType, { description: 'Registers a tenant: where all four details match, a code is sent to the e-mail address that the landlord holds.' })
  async register(
    @Arg('input', () => RegisterInputType, { description: 'The four details.' }) input: RegisterInputType,
    @Ctx() context: RequestContext,
  ): Promise<RegisterPayloadType> {
    return register(context.app, checked(registerShape(context.access.today), input, 'input'));
  }

  @Mutation(() => MessagePayloadType, { description: 'Sends a new code, which replaces the last one: at most one a minute, and five more in a day.' })
  async resendRegistrationCode(
    @Arg('registrationId', () => ID, { description: 'The registration, as `register` named it.' }) registrationId: string,
    @Ctx() context: RequestContext,
  ): Promise<MessagePayloadType> {
    return resendRegistrationCode(context.app, checked(idShape, registrationId, 'registrationId'));
  }

  @Mutation(() => SignInPayloadType, { description: 'Confirms a registration with the code from the mail, sets the password, and signs the tenant in. A code works once, and can be tried five times.' })
  async confirmRegistration(
    @Arg('input', () => ConfirmRegistrationInputType, { description: 'The registration, its code and the new password.' }) input: ConfirmRegistrationInputType,
    @Ctx() context: RequestContext,
  ): Promise<SignInPayloadType> {
    return confirmRegistration(context.app, checked(confirmShape, input, 'input'));
  }
}
