/** What a front end does for a tenant: the operations of identity, and the mails that go with them. */
import { readFileSync } from 'node:fs';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import {
  ChangePasswordDocument, ConfirmRegistrationDocument, RegisterDocument, RequestPasswordResetDocument, ResendRegistrationCodeDocument, SignInDocument,
  type ConfirmRegistrationMutation, type RegisterMutation, type SignInMutation,
} from '../../generated/operations.js';
import { sendTo, type Answer } from './gateway.js';
import { mailboxOf, secretIn, type Mailbox } from './mailbox.js';
import { until } from './until.js';

export interface Details {
  readonly email: string;
  readonly phone: string;
  readonly reference: string;
  readonly dateOfBirth: string;
}

type Landlord = 'wiltshire' | 'believe';
interface Registered { readonly identifier: string; readonly password: string; readonly reference: string }
type People = Readonly<Record<Landlord, { readonly registered: readonly Registered[]; readonly canRegister: readonly (Details & { readonly about: string })[] }>>;
const people = JSON.parse(readFileSync('fixtures/demo-accounts.json', 'utf8')) as People;

/** Somebody of the demo who has no account yet, by the beginning of their e-mail address, and the n-th of several. */
export function tenantNamed(landlord: Landlord, name: string, nth = 0): Details {
  const found = people[landlord].canRegister.filter(({ email }) => email.startsWith(name))[nth];
  if (!found) throw new Error(`nobody called ${name} can register`);
  const { email, phone, reference, dateOfBirth } = found;
  return { email, phone, reference, dateOfBirth };
}

export type SignedIn = SignInMutation['signIn'];

export interface FrontEnd {
  readonly mailbox: Mailbox;
  ask<T, V>(document: TypedDocumentNode<T, V> | string, variables?: V, token?: string): Promise<Answer<T>>;
  register(details: Details): Promise<RegisterMutation['register']>;
  resend(registrationId: string): Promise<string>;
  /** Waits for the n-th code of a registration. */
  code(registrationId: string, nth?: number): Promise<string>;
  /** How many codes came for a registration. */
  codes(registrationId: string): Promise<number>;
  confirm(registrationId: string, code: string, password: string): Promise<ConfirmRegistrationMutation['confirmRegistration']>;
  /** Registers, reads the code and confirms it. @throws where that does not sign in. */
  open(details: Details, password: string): Promise<NonNullable<SignedIn['session']>>;
  signIn(identifier: string, password: string, more?: { deviceToken?: string; sharedComputer?: boolean }): Promise<SignedIn>;
  forget(identifier: string, dateOfBirth?: string): Promise<string>;
  change(token: string, currentPassword: string, newPassword: string): Promise<SignedIn>;
}

/** Every one of these throws where the answer has errors; `ask` does not. */
export function frontEnd(url: string): FrontEnd {
  const mailbox = mailboxOf(url);
  const ask: FrontEnd['ask'] = (document, variables, token) => sendTo(url, document, variables, token);
  const done = async <T, V>(document: TypedDocumentNode<T, V>, variables: V, token?: string): Promise<T> => {
    const { data, errors } = await ask(document, variables, token);
    if (!data || errors) throw new Error(`the answer has errors: ${JSON.stringify(errors)}`);
    return data;
  };
  const codeMails = async (registrationId: string) => (await mailbox.all()).filter(({ text }) => text.includes(`registration=${registrationId}\n`));
  const front: FrontEnd = {
    mailbox, ask,
    register: async (input) => (await done(RegisterDocument, { input })).register,
    resend: async (registrationId) => (await done(ResendRegistrationCodeDocument, { registrationId })).resendRegistrationCode.message,
    codes: async (registrationId) => (await codeMails(registrationId)).length,
    async code(registrationId, nth = 1) {
      await until(async () => (await codeMails(registrationId)).length >= nth);
      return secretIn((await codeMails(registrationId)).at(-nth)?.text ?? '');
    },
    confirm: async (registrationId, code, password) => (await done(ConfirmRegistrationDocument, { input: { registrationId, code, password } })).confirmRegistration,
    async open(details, password) {
      const { registrationId } = await front.register(details);
      const { session } = await front.confirm(registrationId ?? '', await front.code(registrationId ?? ''), password);
      if (!session) throw new Error('the registration was not confirmed');
      return session;
    },
    signIn: async (identifier, password, more = {}) => (await done(SignInDocument, { input: { identifier, password, ...more } })).signIn,
    forget: async (identifier, dateOfBirth) =>
      (await done(RequestPasswordResetDocument, { input: { identifier, ...(dateOfBirth !== undefined && { dateOfBirth }) } })).requestPasswordReset.message,
    change: async (token, currentPassword, newPassword) => (await done(ChangePasswordDocument, { currentPassword, newPassword }, token)).changePassword,
  };
  return front;
}
