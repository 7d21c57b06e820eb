/** What the outbox relies on in a mailer, as named cases: for SMTP, and for the demo's mailbox that stands in for it. */
import { expect } from '@jest/globals';
import type { Mailer, OutgoingMail } from '../../src/application/ports.js';

/** What arrived, as whoever holds the mailbox reads it. */
export interface Arrived {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface MailerUnderTest {
  readonly mailer: Mailer;
  /** In the order of arrival. */
  arrived(): readonly Arrived[];
}

export interface MailerCase {
  readonly name: string;
  run(under: MailerUnderTest): Promise<void>;
}

export const outgoing = (address: string, changes: Partial<OutgoingMail> = {}): OutgoingMail => ({
  to: { address }, subject: 'Your code for iHousing', text: 'Your code is:\n\n    Kp7mXw2R\n', html: '<p>Your code is:</p>\n<p>Kp7mXw2R</p>\n',
  messageId: '0f8fad5b-d9cb-469f-a165-70867728950e', ...changes,
});

const ADDRESSES: readonly [string, string][] = [
  ['a list', 'a@x.example, b@y.example'],
  ['a list without a space', 'a@x.example,b@y.example'],
  ['a list by semicolons', 'a@x.example;b@y.example'],
  ['a line end', 'a@x.example\r\nBcc: b@y.example'],
  ['a line feed at the end', 'a@x.example\n'],
  ['a command', 'a@x.example>\r\nRCPT TO:<b@y.example'],
  ['NUL', 'a\0@x.example'],
  ['a name', 'Somebody <a@x.example>'],
  ['a quoted local part', '"a@y.example"@x.example'],
  ['a comment', 'a(b@y.example)@x.example'],
  ['a group', 'all: a@x.example;'],
  ['two ats', 'a@b@x.example'],
  ['a route', '@y.example:a@x.example'],
  ['a percent route\'s end', 'a@x.example%'],
  ['no domain', 'a@'],
  ['no local part', '@x.example'],
  ['a bare host', 'a@localhost'],
  ['an address literal', 'a@[127.0.0.1]'],
  ['a space', 'a b@x.example'],
  ['nothing', ''],
  ['a megabyte', `${'a'.repeat(1_000_000)}@x.example`],
  ['letters that are no ASCII', 'll\u0177r@x.example'],
];

export const mailerCases: readonly MailerCase[] = [
  {
    name: 'delivers to one address, both parts as they were given',
    async run({ mailer, arrived }) {
      expect(await mailer.send(outgoing('tenant@x.example'))).toEqual({ outcome: 'accepted' });
      const { to, subject, text, html } = arrived().at(-1)!;
      const { subject: given, text: words, html: markup } = outgoing('');
      expect({ to, subject, text: text.trimEnd(), html: html.trimEnd() }).toEqual({ to: ['tenant@x.example'], subject: given, text: words.trimEnd(), html: markup.trimEnd() });
    },
  },
  {
    name: 'keeps long lines, lone dots and letters of other alphabets',
    async run({ mailer, arrived }) {
      const text = `${'long '.repeat(300)}\n.\n..\nFrom here: Ll\u0177r, \u0174yn, \u00a326.40\n`;
      expect(await mailer.send(outgoing('tenant@x.example', { text, html: text, subject: 'Ll\u0177r \u2013 \u00a326.40' }))).toEqual({ outcome: 'accepted' });
      const last = arrived().at(-1)!;
      expect([last.subject, last.text.trimEnd(), last.html.trimEnd()]).toEqual(['Ll\u0177r \u2013 \u00a326.40', text.trimEnd(), text.trimEnd()]);
    },
  },
  {
    name: 'takes the addresses that people have',
    async run({ mailer, arrived }) {
      for (const address of ["o'brien@x.example", 'first.last+housing@sub.x-y.example', 'A_B@X.EXAMPLE', '1@2.example']) {
        expect(await mailer.send(outgoing(address))).toEqual({ outcome: 'accepted' });
        expect(arrived().at(-1)!.to.map((to) => to.toLowerCase())).toEqual([address.toLowerCase()]);
      }
    },
  },
  ...ADDRESSES.map(([name, address]): MailerCase => ({
    name: `refuses an address with ${name}, and sends nothing`,
    async run({ mailer, arrived }) {
      const before = arrived().length;
      expect(await mailer.send(outgoing(address))).toEqual({ outcome: 'refused', cause: { code: 'ADDRESS' } });
      expect(arrived()).toHaveLength(before);
    },
  })),
  ...['Hello\r\nBcc: b@y.example', 'Hello\n', 'Hel\0lo'].map((subject): MailerCase => ({
    name: `refuses the subject ${JSON.stringify(subject)}, and sends nothing`,
    async run({ mailer, arrived }) {
      const before = arrived().length;
      expect(await mailer.send(outgoing('tenant@x.example', { subject }))).toEqual({ outcome: 'refused', cause: { code: 'SUBJECT' } });
      expect(arrived()).toHaveLength(before);
    },
  })),
  {
    name: 'refuses an id that would end its header',
    async run({ mailer, arrived }) {
      const before = arrived().length;
      expect(await mailer.send(outgoing('tenant@x.example', { messageId: 'a>\r\nBcc: b@y.example' }))).toEqual({ outcome: 'refused', cause: { code: 'MESSAGE_ID' } });
      expect(arrived()).toHaveLength(before);
    },
  },
];
