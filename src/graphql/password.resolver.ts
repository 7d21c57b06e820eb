import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { z } from 'zod';
import { changePassword } from '../application/identity/change-password.js';
import { requestPasswordReset } from '../application/identity/password-reset.js';
import type { LocalDate } from '../domain/calendar.js';
import { unauthenticated } from '../domain/errors.js';
import type { RequestContext } from './context.js';
import { identifierShape, passwordShape, SignInPayloadType } from './identity.type.js';
import { birthday, checked } from './input.js';
import { PasswordResetInputType } from './password.type.js';
import { MessagePayloadType } from './registration.type.js';

/** Only a bound on the work: what makes a good password is judged by its own rules, which give the reason. */
export const newPasswordShape = z.string().max(4096, 'Use at most 256 characters.');

const resetShape = (today: LocalDate) => z.object({
  identifier: identifierShape,
  dateOfBirth: birthday(today).nullish(),
});

@Resolver()
export class PasswordResolver {
  @Mutation(() => MessagePayloadType, { description: 'Mails a temporary password to the address of the account, where there is one. The answer is the same where there is none.' })
  async requestPasswordReset(
    @Arg('input', () => PasswordResetInputType, { description: 'Whose password was forgotten.' }) input: PasswordResetInputType,
    @Ctx() context: RequestContext,
  ): Promise<MessagePayloadType> {
    return requestPasswordReset(context.app, checked(resetShape(context.access.today), input, 'input'));
  }

  @Mutation(() => SignInPayloadType, { description: 'Sets a new password, ends every session of the account and gives a fresh one. A wrong current password counts as it does in signing in.' })
  async changePassword(
    @Arg('currentPassword', () => String, { description: 'The password that signed in: in a temporary password\'s session, that one.' }) currentPassword: string,
    @Arg('newPassword', () => String, { description: 'The new one: 12 to 256 characters of any kind, and not a common one.' }) newPassword: string,
    @Ctx() context: RequestContext,
  ): Promise<SignInPayloadType> {
    // A temporary password's session may do this, and nothing else.
    const viewer = context.asking();
    if (!viewer) throw unauthenticated();
    if (context.access.staff) context.access.requireTenant();
    return changePassword(context.app, viewer, {
      currentPassword: checked(passwordShape, currentPassword, 'currentPassword'),
      newPassword: checked(newPasswordShape, newPassword, 'newPassword'),
    });
  }
}
