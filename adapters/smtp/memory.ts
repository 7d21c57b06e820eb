import type { Clock, Mailer } from '../../src/application/ports.js';
import { faultOf } from './checked.js';

export interface KeptMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** ISO. */
  readonly sentAt: string;
}

const MOST_KEPT = 200;

/** The demo's post: what is sent is kept in memory, and somebody who tries the demo reads it there. */
export function memoryMailer(clock: Clock): Mailer & { readonly mails: () => readonly KeptMail[] } {
  const kept: KeptMail[] = [];
  return {
    deadlineMs: 1_000,
    // Newest first.
    mails: () => kept.toReversed(),
    send: async (mail) => {
      const fault = faultOf(mail);
      if (fault) return fault;
      const { to, subject, text, html } = mail;
      kept.push({ to: to.address, subject, text, html, sentAt: clock().toISOString() });
      if (kept.length > MOST_KEPT) kept.shift();
      return { outcome: 'accepted' };
    },
  };
}
