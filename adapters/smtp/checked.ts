import type { MailOutcome, OutgoingMail } from '../../src/application/ports.js';

const LONGEST_ADDRESS = 254;
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

/**
 * Whether a text is one plain address. Narrower than the standard on purpose: no spaces, quotes, brackets, commas or control
 * characters, so whatever reads it next, here or at the mail server, finds one address in it and nothing else.
 */
export function isPlainAddress(text: string): boolean {
  const [local = '', domain = '', ...rest] = text.split('@');
  const labels = domain.split('.');
  return text.length <= LONGEST_ADDRESS && rest.length === 0 && local.length <= 64 && LOCAL.test(local)
    && labels.length > 1 && labels.every((label) => LABEL.test(label));
}

const refused = (fault: string): MailOutcome => ({ outcome: 'refused', cause: { code: fault } });

/** The last look at a mail before it leaves, at every mailer; null where nothing is wrong with it. */
export function faultOf({ to, subject, messageId }: OutgoingMail): MailOutcome | null {
  if (!isPlainAddress(to.address)) return refused('ADDRESS');
  // A line's end in a header would begin another header.
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(subject)) return refused('SUBJECT');
  return /^[A-Za-z0-9-]+$/.test(messageId) ? null : refused('MESSAGE_ID');
}
