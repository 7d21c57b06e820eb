/** What each mail says: plain English, one message a mail, no name and no address in it, for mailboxes are shared. */
import type { Landlord } from '../../domain/landlord.js';
import { addressBelow } from '../address-below.js';
import { londonMoment } from './moment.js';
import type { MailContent } from './outbox.js';
import { render, type Block, type Rendered, type Words } from './render.js';

export interface Sender {
  readonly landlord: Landlord;
  /** The front end's address, where tenants sign in. */
  readonly portalUrl: string;
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
const secret = (label: string, value: string): Block => ({ kind: 'secret', label, value });
const link = (label: string, url: string): Block => ({ kind: 'link', label, url });

/** The first line is the one for questions about an account. */
function phoneUs({ phoneLines }: Landlord): string {
  const line = phoneLines[0];
  return line === undefined ? 'phone us' : `phone us on ${line.number}${line.hours === undefined ? '' : ` (${line.hours})`}`;
}

/** Where a code is typed. The code itself stands in no address: addresses stay in browsers' histories and servers' logs. */
const confirmUrl = (portalUrl: string, registrationId: string): string =>
  addressBelow(portalUrl, `/confirm?registration=${encodeURIComponent(registrationId)}`);

/** Where the code for a new address is typed, once its owner has signed in. */
const confirmEmailUrl = (portalUrl: string, changeReference: string): string =>
  addressBelow(portalUrl, `/confirm-email?change=${encodeURIComponent(changeReference)}`);

const signInWith = (userId: string | null): string =>
  userId === null ? 'You sign in with your e-mail address.' : `Your user ID is ${userId}. You can sign in with it or with your e-mail address.`;

const NOT_ASKED = 'If you did not ask for this, somebody may have typed your details by mistake. You do not have to do anything';

function words(content: MailContent, { landlord, portalUrl }: Sender): Pick<Words, 'subject' | 'blocks'> {
  const { portalName } = landlord;
  const toPortal = link('Sign in here:', portalUrl);
  switch (content.template) {
    case 'registration-code':
      return {
        subject: `Your code for ${portalName}`,
        blocks: [
          secret('Thank you for registering. Your code is:', content.code),
          paragraph(`Type it as it stands here: capital letters and small letters are not the same. It can be used once, until ${londonMoment(content.expiresAt)}.`),
          link('Open this page, type the code and choose a password:', confirmUrl(portalUrl, content.registrationId)),
          paragraph(`Keep the code to yourself. We will never ask you for it. ${NOT_ASKED}: without the code, nobody can finish registering.`),
        ],
      };
    case 'already-registered':
      return {
        subject: `You already have an account with ${portalName}`,
        blocks: [
          paragraph('Somebody, most likely you, has just tried to register with your details. You already have an account, so there is nothing more to set up: please sign in.'),
          toPortal,
          paragraph('If you do not know your password any more, choose "forgotten password" where you sign in, and we will send you a temporary one.'),
          paragraph(`If it was not you, please ${phoneUs(landlord)}.`),
        ],
      };
    case 'welcome':
      return {
        subject: `Your account with ${portalName} is ready`,
        blocks: [
          paragraph(`Your account is ready, and your password is the one that you have just chosen. ${signInWith(content.userId)}`),
          toPortal,
          paragraph(`If it was not you who registered, please ${phoneUs(landlord)}.`),
        ],
      };
    case 'temporary-password':
      return {
        subject: `Your temporary password for ${portalName}`,
        blocks: [
          secret('You asked for a new password. Sign in with this temporary one:', content.password),
          paragraph(`It works once, until ${londonMoment(content.expiresAt)}. You will then be asked to choose a new password of your own.`),
          toPortal,
          paragraph(`Keep it to yourself. We will never ask you for it. ${NOT_ASKED}: your old password still works. If you are worried, please ${phoneUs(landlord)}.`),
        ],
      };
    case 'password-changed':
      return {
        subject: `Your password for ${portalName} was changed`,
        blocks: [
          paragraph('The password of your account has just been changed. Wherever else you were signed in, you have been signed out.'),
          paragraph(`If you changed it, all is well. If it was not you, please ${phoneUs(landlord)} as soon as you can.`),
          toPortal,
        ],
      };
    case 'account-locked':
      return {
        subject: `Your account with ${portalName} is locked`,
        blocks: [
          paragraph('A wrong password has been typed for your account too many times. To keep it safe we have locked it: nobody can sign in, even with the right password.'),
          paragraph(`To have it unlocked, please ${phoneUs(landlord)}. Tell us too if it was not you who tried to sign in.`),
        ],
      };
    case 'email-change-code':
      return {
        subject: `Confirm your new e-mail address for ${portalName}`,
        blocks: [
          secret('Somebody, most likely you, wants to use this e-mail address for their account. To confirm it, use this code:', content.code),
          paragraph(`Type it as it stands here: capital letters and small letters are not the same. It can be used once, until ${londonMoment(content.expiresAt)}. Until then your old address counts.`),
          link('Open this page, sign in as before, and type the code:', confirmEmailUrl(portalUrl, content.changeReference)),
          paragraph(`Keep the code to yourself. We will never ask you for it. ${NOT_ASKED}: without the code, nothing is changed.`),
        ],
      };
    case 'email-in-use':
      return {
        subject: `This e-mail address already has an account with ${portalName}`,
        blocks: [
          paragraph('Somebody has just asked to use this e-mail address for their account. It already opens another account, and one address can open one account only, so nothing has been changed.'),
          paragraph(`If it was you, use another address there. If you share this address with somebody, or if you do not know who asked, please ${phoneUs(landlord)}.`),
        ],
      };
    case 'email-change-asked':
      return {
        subject: `A new e-mail address was asked for at ${portalName}`,
        blocks: [
          paragraph('Somebody who was signed in to your account, most likely you, has asked to use another e-mail address for it. This address counts until the new one is confirmed with a code that we have sent there.'),
          paragraph(`If you asked for it, all is well. If it was not you, please ${phoneUs(landlord)} as soon as you can, and choose a new password.`),
          toPortal,
        ],
      };
    case 'email-changed':
      return {
        subject: `This e-mail address no longer opens your account with ${portalName}`,
        blocks: [
          paragraph('The new e-mail address of your account has just been confirmed. From now on it takes the place of this one where you sign in, and our mails go there. Your password is the same as before.'),
          paragraph(`If it was not you who changed it, please ${phoneUs(landlord)} as soon as you can.`),
        ],
      };
    case 'login-issued':
      return {
        subject: `Your login for ${portalName}`,
        blocks: [
          paragraph(`We have opened the account that you asked for. ${signInWith(content.userId)}`),
          secret('Sign in with this temporary password:', content.password),
          paragraph(`It works once, until ${londonMoment(content.expiresAt)}. You will then be asked to choose a new password of your own.`),
          toPortal,
          paragraph(`Keep it to yourself. We will never ask you for it. If you did not ask for an account, please ${phoneUs(landlord)}.`),
        ],
      };
  }
}

/** A mail from its template. */
export function mailText(content: MailContent, sender: Sender): Rendered {
  const { landlord } = sender;
  return render({
    ...words(content, sender),
    footer: [
      `${landlord.name}, ${landlord.portalName}`,
      `This mail was sent by a computer, and nobody reads answers to it. For help, ${phoneUs(landlord)}.`,
    ],
  });
}
