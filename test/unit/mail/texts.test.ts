import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { londonMoment } from '../../../src/application/mail/moment.js';
import type { MailContent } from '../../../src/application/mail/outbox.js';
import { mailText } from '../../../src/application/mail/texts.js';
import { landlords } from '../../../src/landlords/index.js';

const EXPIRES = '2017-02-09T04:00:00Z';
const PORTAL = 'https://portal.example/housing/';

const contents: readonly MailContent[] = [
  { template: 'registration-code', code: 'Kp7mXw2RtQ9n', registrationId: 'f3d1', expiresAt: EXPIRES },
  { template: 'already-registered' },
  { template: 'welcome', userId: 'WH204417' },
  { template: 'welcome', userId: null },
  { template: 'temporary-password', password: 'Vb4nTy8pLz3sWq6d', expiresAt: EXPIRES },
  { template: 'password-changed' },
  { template: 'account-locked' },
  { template: 'email-change-code', code: 'Kp7mXw2RtQ9n', changeReference: 'CHG-7RW4KPDN', expiresAt: EXPIRES },
  { template: 'email-in-use' },
  { template: 'email-change-asked' },
  { template: 'email-changed' },
  { template: 'login-issued', userId: 'WH204417', password: 'Vb4nTy8pLz3sWq6d', expiresAt: EXPIRES },
];
const all = [...landlords.values()].flatMap((landlord) => contents.map((content) => ({ landlord, content, ...mailText(content, { landlord, portalUrl: PORTAL }) })));

/** What a reader of the HTML part reads. */
const read = (html: string): string => html.replace(/<head>.*?<\/head>/s, '').replace(/<[^>]*>/g, ' ')
  .replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, '&');
const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

describe('every mail', () => {
  test.each(all.map((mail) => [`${mail.content.template} of ${mail.landlord.id}`, mail] as const))('%s names the landlord, and whom to phone', (_name, { landlord, subject, text }) => {
    expect(subject).toContain(landlord.portalName);
    expect(subject).toMatch(/^[ -~]{1,78}$/);
    expect(text).toContain(`${landlord.name}, ${landlord.portalName}`);
    expect(text).toContain(landlord.phoneLines[0]!.number);
  });

  test('says the same in its text and in its HTML, whatever is in it', () => {
    const anything = fc.string({ unit: 'grapheme' });
    fc.assert(fc.property(fc.constantFrom(...landlords.values()), anything, anything, (landlord, secret, id) => {
      for (const content of [
        { template: 'registration-code', code: secret, registrationId: id, expiresAt: EXPIRES },
        { template: 'login-issued', userId: id, password: secret, expiresAt: EXPIRES },
      ] as const) {
        const { text, html } = mailText(content, { landlord, portalUrl: PORTAL });
        const [letter = '', footer = ''] = text.split('\n\n-- \n');
        expect(inOneLine(read(html))).toBe(inOneLine(`${letter} ${footer}`));
      }
    }));
  });

  test('holds no markup but its own', () => {
    const hostile = '"><script>alert(1)</script><a href=\'x\'>&amp;';
    const [landlord] = [...landlords.values()];
    const { html } = mailText({ template: 'registration-code', code: hostile, registrationId: hostile, expiresAt: EXPIRES }, { landlord: { ...landlord!, name: hostile }, portalUrl: PORTAL });
    expect(html).not.toMatch(/<script|'x'/);
    expect([...new Set([...html.matchAll(/<\/?([a-z]+)/g)].map(([, tag]) => tag))].sort()).toEqual(['a', 'body', 'br', 'div', 'head', 'hr', 'html', 'meta', 'p', 'title']);
    expect(html).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;a href=&#39;x&#39;&gt;&amp;amp;');
  });

  test('keeps codes and passwords out of addresses', () => {
    for (const { text } of all) {
      for (const url of text.match(/https:\S+/g) ?? []) expect(url).toMatch(/^https:\/\/portal\.example\/housing\/(confirm\?registration=f3d1|confirm-email\?change=CHG-7RW4KPDN)?$/);
    }
  });
});

test('the code, whole', () => {
  expect(all[0]!.text).toBe(`Thank you for registering. Your code is:

    Kp7mXw2RtQ9n

Type it as it stands here: capital letters and small letters are not the same. It can be used once, until 4.00am on Thursday 9 February.

Open this page, type the code and choose a password:
https://portal.example/housing/confirm?registration=f3d1

Keep the code to yourself. We will never ask you for it. If you did not ask for this, somebody may have typed your details by mistake. You do not have to do anything: without the code, nobody can finish registering.

-- 
Wiltshire Council, iHousing
This mail was sent by a computer, and nobody reads answers to it. For help, phone us on 0300 456 0117 (Monday to Friday, 8.30am to 5pm, except bank holidays).
`);
});

test('a new account is told of its user ID where it has one', () => {
  const [withId, without] = all.filter(({ content }) => content.template === 'welcome');
  expect(withId!.text).toContain('Your user ID is WH204417. You can sign in with it or with your e-mail address.');
  expect(without!.text).toContain('You sign in with your e-mail address.');
  expect(without!.text).not.toContain('user ID');
});

test('a temporary password is told with its end', () => {
  for (const { content, text } of all) {
    if (!('password' in content)) continue;
    expect(text).toContain(`\n\n    ${content.password}\n\n`);
    expect(text).toContain('It works once, until 4.00am on Thursday 9 February.');
  }
});

describe('a moment in London', () => {
  test.each([
    ['2017-02-09T04:00:00Z', '4.00am on Thursday 9 February'],
    ['2017-07-01T03:00:00Z', '4.00am on Saturday 1 July'],
    ['2017-03-26T00:59:59Z', '12.59am on Sunday 26 March'],
    ['2017-03-26T01:00:00Z', '2.00am on Sunday 26 March'],
    ['2017-10-29T04:00:00Z', '4.00am on Sunday 29 October'],
    ['2017-02-09T16:05:59.999Z', '4.05pm on Thursday 9 February'],
    ['2017-12-31T12:00:00Z', 'midday on Sunday 31 December'],
    ['2018-01-01T00:00:00Z', 'midnight, as Monday 1 January begins'],
  ])('%s is %s', (instant, words) => {
    expect(londonMoment(instant)).toBe(words);
  });
});
