import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { z } from 'zod';
import { refreshSession, signOut } from '../application/identity/sessions.js';
import { signIn } from '../application/identity/sign-in.js';
import type { RequestContext } from './context.js';
import { identifierShape, passwordShape, SignInInputType, SignInPayloadType } from './identity.type.js';
import { checked } from './input.js';

const signInShape = z.object({
  identifier: identifierShape,
  password: passwordShape,
  sharedComputer: z.boolean(),
  deviceToken: z.string().max(200, 'This is not a device token.').nullish(),
});

const tokenShape = z.string().min(1, 'Send the refresh token.').max(200, 'This is not a refresh token.');

@Resolver()
export class IdentityResolver {
  @Mutation(() => SignInPayloadType, { description: 'Signs a tenant in. A refusal is an outcome with a message, not an error.' })
  async signIn(
    @Arg('input', () => SignInInputType, { description: 'Who, and the password.' }) input: SignInInputType,
    @Ctx() context: RequestContext,
  ): Promise<SignInPayloadType> {
    return signIn(context.app, checked(signInShape, input, 'input'), context.address);
  }

  @Mutation(() => SignInPayloadType, { description: 'Renews a session: new tokens for a refresh token, which then is spent. UNAUTHENTICATED where the session has ended: sign in again.' })
  async refreshSession(
    @Arg('refreshToken', () => String, { description: 'The newest refresh token of the session.' }) refreshToken: string,
    @Ctx() context: RequestContext,
  ): Promise<SignInPayloadType> {
    const { session, mustChangePassword } = await refreshSession(context.app, checked(tokenShape, refreshToken, 'refreshToken'));
    return mustChangePassword
      ? { outcome: 'MUST_CHANGE_PASSWORD', message: 'Choose a new password to go on.', session }
      : { outcome: 'SIGNED_IN', message: 'You are still signed in.', session };
  }

  @Mutation(() => Boolean, { description: 'Ends this session at once: its tokens stop working with the next request.' })
  async signOut(
    @Arg('everywhere', () => Boolean, { defaultValue: false, description: 'Whether to end all your other sessions as well.' }) everywhere: boolean,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await signOut(context.app, context.access.require(), everywhere);
    return true;
  }
}
