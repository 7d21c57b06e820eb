import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { Session } from '../application/identity/sessions.js';
import type { SignInInput } from '../application/identity/sign-in.js';
import { enumType } from './enums.js';
import { line } from './input.js';

export const identifierShape = line(254).pipe(z.string().trim().min(1, 'Enter your e-mail address or user ID.'));
/** Longer than any password that can be chosen here is no password, but it gets the same answer as a wrong one. */
export const passwordShape = z.string().min(1, 'Enter your password.').max(1024, 'Use at most 1024 characters.');

export type SignInOutcome = 'SIGNED_IN' | 'MUST_CHANGE_PASSWORD' | 'REFUSED';

export const SignInOutcomeEnum = enumType<SignInOutcome>('SignInOutcome', 'What came of signing in.', {
  SIGNED_IN: 'Signed in: `session` holds the tokens.',
  MUST_CHANGE_PASSWORD: 'Signed in with a temporary password: the session can only choose a new one.',
  REFUSED: 'Not signed in. The message says what to do; it is the same for every cause.',
});

@InputType('SignInInput', { description: 'What a tenant signs in with.' })
export class SignInInputType implements SignInInput {
  @Field(() => String, { description: 'The e-mail address, or the user ID where the landlord uses one.' })
  identifier!: string;

  @Field(() => String, { description: 'The account\'s own password, or a temporary one that was mailed.' })
  password!: string;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether other people use this computer: the session is then half as long.' })
  sharedComputer!: boolean;

  @Field(() => String, { nullable: true, description: 'The `deviceToken` of an earlier session on this device, so that strangers\' guesses cannot lock it out.' })
  deviceToken?: string | null;
}

@ObjectType('Session', { description: 'The tokens of a session. Keep them out of addresses, logs and shared storage.' })
export class SessionType implements Session {
  @Field(() => String, { simple: true, description: 'Send it with each request, as `Authorization: Bearer ...`.' })
  accessToken!: string;

  @Field(() => GraphQLDateTimeISO, { simple: true, description: 'When the access token stops working. Refresh the session before then.' })
  accessTokenExpiresAt!: Date;

  @Field(() => String, { simple: true, description: 'Gets the next tokens, once: each refresh gives a new one, and one that is used twice ends the session.' })
  refreshToken!: string;

  @Field(() => String, { simple: true, nullable: true, description: 'Marks this device as known: keep it, and send it with the next sign-in. Null on a shared computer, and where a session is renewed or a password changed: the one that you have stays good.' })
  deviceToken!: string | null;
}

@ObjectType('SignInPayload', { description: 'The answer to signing in, or to anything else that starts or renews a session.' })
export class SignInPayloadType {
  @Field(() => SignInOutcomeEnum, { simple: true, description: 'What came of it.' })
  outcome!: SignInOutcome;

  @Field(() => String, { simple: true, description: 'The outcome in words, ready to show.' })
  message!: string;

  @Field(() => SessionType, { simple: true, nullable: true, description: 'The session; null where there is none.' })
  session!: SessionType | null;
}
