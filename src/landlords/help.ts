/**
 * The help that every landlord's portal gives, told with that landlord's own facts: one text for each topic, so that
 * a rule that changes is corrected once. The ids are stable, because front ends link to them.
 */
import type { HelpTopic, LandlordInput, LinkKind } from '../domain/landlord.js';
import { QUOTED_RULES as RULES } from './quoted-rules.js';

export type LandlordFacts = Omit<LandlordInput, 'help'>;

export interface HelpExtras {
  /** What the register is called through which people look for a home, where the landlord has one. */
  readonly housingRegister?: string;
}

const lowerFirst = (label: string): string => label.charAt(0).toLowerCase() + label.slice(1);

/** The page of a kind by its address where we have it, and by where to look for it where we do not. */
function whereToFind(facts: LandlordFacts, kind: LinkKind, page: string): string {
  const link = facts.links.find((candidate) => candidate.kind === kind);
  return link === undefined ? `${page} on our website` : `${page} at ${link.url}`;
}

/** The first line is the one for questions about an account; its hours follow where they are known. */
function phoneUs(facts: LandlordFacts): string {
  const line = facts.phoneLines[0];
  if (line === undefined) return 'phone us';
  return `phone us on ${line.number}${line.hours === undefined ? '' : ` (${line.hours})`}`;
}

function registering(facts: LandlordFacts): HelpTopic[] {
  const { portalName, registration } = facts;
  const phone = lowerFirst(registration.phoneLabel);
  const reference = lowerFirst(registration.referenceLabel);
  const emailUs = facts.email === undefined ? '' : ` or e-mail ${facts.email}`;
  return [
    {
      id: 'how-to-register',
      title: 'How to register',
      paragraphs: [
        `You can open your ${portalName} account at any hour, and it takes a few minutes. Each joint tenant opens an account of their own.`,
        `First give us four things: your e-mail address, your ${phone}, your ${reference} and your date of birth.`,
        'We compare them with our records. When all four agree, we e-mail you a code and a link.',
        `Open the link, type the code and choose a password. ${
          facts.signsInWithUserId ? 'We then e-mail you a user ID, and you can sign in with that or with your e-mail address.' : 'From then on you sign in with your e-mail address.'
        }`,
      ],
    },
    {
      id: 'details-do-not-match',
      title: 'We could not match your details',
      paragraphs: [
        `All four details have to be the ones we hold for the same person. Capitals, spaces and the way a phone number is written make no difference, but an old number or another e-mail address does.`,
        `Look again at each one: the day, month and year of birth, the ${reference} on a letter from us, and the ${phone} and e-mail address that you last gave us.`,
        `After ${RULES.failedRegistrationsADay} attempts in one day with the same reference we stop checking until the next day, even if the details are then right.`,
        `For your safety the screen never says which detail was different. To have our records checked or brought up to date, ${phoneUs(facts)}${emailUs}.`,
      ],
    },
    {
      id: 'new-tenants',
      title: 'If your tenancy has only just begun',
      paragraphs: [
        `A new tenancy can be registered once it is ${registration.newTenantWaitDays} days old. Until then the portal answers that your details do not match, so please wait and then try again.`,
      ],
    },
    {
      id: 'your-code',
      title: 'Using the code from our e-mail',
      paragraphs: [
        `The code has ${RULES.codeLength} characters. Type capitals as capitals and small letters as small letters, or copy and paste it.`,
        `It stops working overnight, at ${RULES.codeDiesAtHour}am; a code sent less than an hour before then lasts until ${RULES.codeDiesAtHour}am on the following day. It works once, and you have ${RULES.codeTries} tries at typing it.`,
        'If no e-mail comes within a few minutes, look in your junk or spam folder. You can then ask for another code; only the newest one works.',
      ],
    },
    {
      id: 'already-registered',
      title: 'The portal says that you already have an account',
      paragraphs: [
        'You do not need to register a second time: sign in, or ask for a temporary password if you no longer know yours.',
        `An e-mail address can open one account only. If you share an address with somebody who has registered with it, ${phoneUs(facts)} so that we can record an address of your own.`,
      ],
    },
    ...(facts.staffMayIssueLogin && facts.email !== undefined
      ? [
          {
            id: 'ask-us-for-a-login',
            title: 'Asking us to open an account for you',
            paragraphs: [
              `If you cannot register by yourself, write to ${facts.email} with your name and how we can reach you. Once we have checked that the request is yours, we open the account and e-mail you your login.`,
              'The e-mail goes to an address that we already hold for you. Then choose the forgotten password option to be sent your first password.',
            ],
          },
        ]
      : []),
  ];
}

function signingIn(facts: LandlordFacts): HelpTopic[] {
  const identifier = facts.signsInWithUserId ? 'user ID or e-mail address' : 'e-mail address';
  const asked = facts.passwordReset.dateOfBirthRequired
    ? `your ${lowerFirst(facts.passwordReset.identifierLabel)} and your date of birth`
    : `your ${lowerFirst(facts.passwordReset.identifierLabel)}`;
  return [
    {
      id: 'cannot-sign-in',
      title: 'If you cannot sign in',
      paragraphs: [
        `Check your ${identifier} and your password, and that Caps Lock is off. You may have registered with a different e-mail address from the one you are trying.`,
        'If you are not sure of your password, ask for a temporary one rather than guess.',
        `Whatever the cause, the screen gives the same answer, so that a stranger learns nothing about your account. If you still cannot get in, ${phoneUs(facts)}.`,
      ],
    },
    {
      id: 'locked-account',
      title: 'If your account is locked',
      paragraphs: [
        `After ${RULES.softLockFailures} wrong passwords within ${RULES.softLockMinutes} minutes an account is locked for ${RULES.softLockMinutes} minutes, and each wrong password after that doubles the wait. While it is locked even the right password is refused.`,
        `After ${RULES.hardLockFailures} wrong passwords since you last signed in, it stays locked until we unlock it. Please ${phoneUs(facts)}.`,
        'A device that you have signed in on before is counted by itself, so somebody guessing elsewhere does not shut you out of it.',
      ],
    },
    {
      id: 'forgotten-password',
      title: 'If you have forgotten your password',
      paragraphs: [
        `Choose the forgotten password option and give ${asked}. If they belong to an account, we send a temporary password to the e-mail address that the account has.`,
        `It works once, within ${RULES.temporaryPasswordHours} hours, and all you can do with it is choose a new password. Your old password goes on working until then. Choosing a new one signs you out everywhere else.`,
        `The screen says the same whether or not there is such an account. If nothing arrives, look in your junk or spam folder, and try another e-mail address that you may have registered with. We send at most ${RULES.resetMailsADay} of these e-mails a day.`,
        `If that does not help, ${phoneUs(facts)}.`,
      ],
    },
    {
      id: 'choosing-a-password',
      title: 'Choosing a password',
      paragraphs: [
        `A password has from ${RULES.passwordMinLength} to ${RULES.passwordMaxLength} characters of any kind, spaces too. Three or four words that have nothing to do with each other are easy to remember and hard to guess.`,
        'We refuse passwords that many people use, and those made from your own name, our name or the name of the portal. Do not use one that you have on another website.',
      ],
    },
    {
      id: 'shared-computer',
      title: 'Using a computer that other people use',
      paragraphs: [
        'When you sign in, say that the computer is shared. Do not let the browser save your password, even if it asks.',
        `On a shared computer we sign you out after half the usual time: ${RULES.idleMinutes / 2} minutes without activity, and ${RULES.signedInHours / 2} hours in any case.`,
        'Sign out before you walk away, and delete any statement that you downloaded.',
      ],
    },
  ];
}

function about(facts: LandlordFacts, extras: HelpExtras): HelpTopic[] {
  const emergencies = facts.phoneLines.filter((line) => line.emergencies).map((line) => `${line.name}, ${line.number}`);
  return [
    {
      id: 'what-it-is',
      title: `About ${facts.portalName}`,
      paragraphs: [
        'It lets you look after your tenancy online, round the clock.',
        'You can see your rent balance and a statement of the last 1, 3, 6 or 12 months, and pay your rent by card.',
        'You can ask for a repair and follow the ones reported for your home and, if you live in a flat, for your block.',
        'You can keep your contact details and the people in your household up to date.',
        `Do not use it for an emergency or an urgent repair. Always phone about those: ${emergencies.join('; ')}.`,
      ],
    },
    {
      id: 'your-data',
      title: 'How we use your information',
      paragraphs: [
        'We use the details you register with to check that you are who you say you are, and your e-mail address to send codes, temporary passwords and notices about your account.',
        'Your password is kept in a form that nobody can read, our staff included. When a member of staff looks at your record here, that is noted.',
        'A joint tenant sees your name here, but not your date of birth or how to reach you.',
        `Data protection law applies to everything we hold about you. You can read more in our ${whereToFind(facts, 'PRIVACY', 'privacy policy')}.`,
      ],
    },
    {
      id: 'not-yet-a-tenant',
      title: 'If you are not our tenant',
      paragraphs: [
        `Accounts are for our tenants only. To apply for a home, see the ${whereToFind(facts, 'LETTINGS', 'lettings pages')}.`,
        ...(extras.housingRegister === undefined
          ? []
          : [`Empty homes are shown on ${extras.housingRegister}, where people who have registered with it can bid for them.`]),
      ],
    },
  ];
}

/** All help topics of a landlord, in the order in which a portal lists them. */
export function helpTopics(facts: LandlordFacts, extras: HelpExtras = {}): readonly HelpTopic[] {
  return [...registering(facts), ...signingIn(facts), ...about(facts, extras)];
}
