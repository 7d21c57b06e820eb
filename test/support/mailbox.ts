/** The demo's mailbox as a tenant reads it, `GET /demo/mailbox`, and what stands in its mails. */
import { until } from './until.js';

export interface MailShown {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly sentAt: string;
}

/** What a mail is about, by its subject. */
export const ABOUT = {
  code: /^Your code /, alreadyRegistered: /^You already have an account /, welcome: / is ready$/, temporaryPassword: /^Your temporary password /,
  passwordChanged: / was changed$/, newAddress: /^Confirm your new e-mail address /, locked: / is locked$/,
} as const;
export type About = keyof typeof ABOUT;

export interface Mailbox {
  /** Newest first. */
  all(): Promise<readonly MailShown[]>;
  /** Those to an address, in any case, about something; newest first. */
  about(about: About, to: string): Promise<readonly MailShown[]>;
  /** Waits for the n-th mail to an address about something. @returns its text. */
  wait(about: About, to: string, nth?: number): Promise<string>;
}

/** @param url of a gateway that keeps its mail in memory. */
export function mailboxOf(url: string): Mailbox {
  const all = async (): Promise<readonly MailShown[]> => (await fetch(`${url}/demo/mailbox`, { headers: { accept: 'application/json' } })).json() as Promise<MailShown[]>;
  const about: Mailbox['about'] = async (what, to) =>
    (await all()).filter((mail) => mail.to.toLowerCase() === to.toLowerCase() && ABOUT[what].test(mail.subject));
  return {
    all, about,
    async wait(what, to, nth = 1) {
      await until(async () => (await about(what, to)).length >= nth);
      return (await about(what, to)).at(-nth)?.text ?? '';
    },
  };
}

function found(pattern: RegExp, text: string): string {
  const value = pattern.exec(text)?.[1];
  if (value === undefined) throw new Error(`the mail has nothing like ${pattern}`);
  return value;
}

/** The code or the temporary password, which stands on a line of its own. */
export const secretIn = (text: string): string => found(/^ {4}(\S+)$/m, text);
export const userIdIn = (text: string): string => found(/Your user ID is (\w+)\./, text);
