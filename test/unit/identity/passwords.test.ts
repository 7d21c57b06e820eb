import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { showAccount } from '../../../src/application/identity/administration.js';
import { changePassword } from '../../../src/application/identity/change-password.js';
import { requestPasswordReset } from '../../../src/application/identity/password-reset.js';
import { acceptedPassword, commonPasswords } from '../../../src/application/identity/passwords.js';
import { refreshSession, viewerOf } from '../../../src/application/identity/sessions.js';
import { signIn, type SignInResult } from '../../../src/application/identity/sign-in.js';
import { Access } from '../../../src/application/housing/access.js';
import type { Legacy } from '../../../src/application/ports.js';
import { landlordNamed } from '../../../src/landlords/index.js';
import { MARGARET, PASSWORD, setting, type Setting } from './setting.js';

const EMAIL = 'margaret.tidcombe@example.org';
const NEW = 'gravel ribbon october';

let at: Setting;
beforeEach(async () => {
  at = await setting();
});
afterEach(() => at.close());

const enter = (password: string, identifier = EMAIL) => signIn(at.deps, { identifier, password, sharedComputer: false });
const viewer = async ({ session }: SignInResult) => viewerOf(at.deps, session?.accessToken ?? '');
const change = async (from: SignInResult, currentPassword: string, newPassword = NEW) => changePassword(at.deps, await viewer(from), { currentPassword, newPassword });
const temporaries = async () => (await at.mails()).flatMap((mail) => (mail.template === 'temporary-password' ? mail.password : []));

describe('the rules of passwords', () => {
  const fault = (password: string, landlord = 'wiltshire', name: string | null = 'Siân O’Hanlon') =>
    acceptedPassword(landlordNamed(landlord), password, name, 'password').then(() => null, (error: { code: string; field: string; message: string }) => error);

  it.each([
    ['eleven characters', 'teapot lant', 'at least 12'],
    ['257 characters', 'teapot lantern '.repeat(18).slice(0, 257), 'at most 256'],
    ['one that many people use', '1q2w3e4r5t6y', 'Many people'],
    ['a common word with digits and signs', 'Password12345!', 'Many people'],
    ['a common word twice', 'passwordpassword', 'Many people'],
    ['one character again and again', 'aaaaaaaaaaaaaa', 'Many people'],
    ['a short run again and again', 'abc1abc1abc1ab', 'Many people'],
    ['counting', '1234567890123', 'Many people'],
    ['counting down', '9876543210987', 'Many people'],
    ['the alphabet', 'abcdefghijklmn', 'Many people'],
    ['the landlord', 'Wiltshire-Council', 'our name'],
    ['the landlord in disguise', 'W1ltsh1re2017', 'our name'],
    ['the portal', 'iHousing 2017!!', 'our name'],
    ['the person', 'sian ohanlon 77', 'your name'],
    ['the person without accents', 'SianHanlonSian', 'your name'],
    ['a control character', 'teapot\u0000 lantern meadow', 'can be typed'],
    ['half of a character', 'teapot lantern \uD83D', 'can be typed'],
  ])('refuse %s', async (_, password, reason) => {
    expect(await fault(password)).toMatchObject({ code: 'INVALID_INPUT', field: 'password', message: expect.stringContaining(reason) });
  });

  it.each([
    ['twelve characters', 'teapot lante'], ['256 of the widest', '\u{1F9C0}\u6F22'.repeat(127) + 'ab'], ['another script', 'чайник фонарь луг'],
    ['words with a name among them', 'wiltshire marmalade kettle'], ['no spaces or signs', 'violetanchorbiscuit'], ['spaces at the ends', ' teapot lantern '],
  ])('take %s', async (_, password) => {
    expect(await fault(password)).toBeNull();
  });

  it('know each landlord\'s own names', async () => {
    expect(await fault('believe customer portal', 'believe')).toMatchObject({ message: expect.stringContaining('our name') });
    expect(await fault('believe customer portal', 'wiltshire')).toBeNull();
  });

  it('count characters as they are kept', async () => {
    // Eleven characters, typed as twenty-two.
    expect(await fault('\u00E9\u00E8\u00EA\u00EB\u00E1\u00E0\u00E2\u00E4\u00F3\u00F2\u00F4'.normalize('NFD'))).toMatchObject({ message: expect.stringContaining('at least 12') });
  });

  it('have ten thousand common ones', async () => {
    expect((await commonPasswords()).most.size).toBe(10_000);
  });
});

describe('a forgotten password', () => {
  it('is answered alike for every name, with the same steps in the store', async () => {
    await at.account(MARGARET);
    const steps = async (identifier: string) => {
      at.commits.count = 0;
      at.commits.documents.length = 0;
      const { message } = await requestPasswordReset(at.deps, { identifier });
      return { message, commits: at.commits.count, documents: at.commits.documents.length };
    };
    const known = await steps(EMAIL);
    expect(known).toEqual({ message: expect.stringMatching(/0300 456 0117\.$/), commits: 1, documents: 3 });
    expect(await steps('nobody@example.org')).toEqual(known);
    for (let n = 0; n < 6; n++) expect(await steps(EMAIL)).toEqual(known);
    expect(await temporaries()).toHaveLength(5);
  });

  it('is mailed five times a London day, to the address that is held, by e-mail address or user ID', async () => {
    const { userId } = await at.account(MARGARET);
    at.set('2017-07-08T20:00:00Z');
    await Promise.all(Array.from({ length: 10 }, (_, n) => requestPasswordReset(at.deps, { identifier: n % 2 ? EMAIL.toUpperCase() : userId ?? '' })));
    expect(await temporaries()).toHaveLength(5);
    expect(new Set((await at.mails()).map(({ to }) => to))).toEqual(new Set(['Margaret.Tidcombe@example.org']));
    at.set('2017-07-08T23:00:00Z');
    await requestPasswordReset(at.deps, { identifier: EMAIL });
    expect(await temporaries()).toHaveLength(6);
  });

  it('asks for the date of birth at believe, and sends nothing for a wrong one', async () => {
    await at.close();
    at = await setting('believe');
    await at.account(MARGARET);
    await expect(requestPasswordReset(at.deps, { identifier: EMAIL })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'input.dateOfBirth' });
    const wrong = await requestPasswordReset(at.deps, { identifier: EMAIL, dateOfBirth: '1951-03-15' });
    expect(await at.mails()).toEqual([]);
    expect(await requestPasswordReset(at.deps, { identifier: EMAIL, dateOfBirth: '1951-03-14' })).toEqual(wrong);
    expect(await temporaries()).toHaveLength(1);
    expect(await at.dump()).not.toContain('1951-03-14');
  });

  it('opens a session that can only choose a new one; the old one works beside it until then', async () => {
    await at.account(MARGARET);
    await requestPasswordReset(at.deps, { identifier: EMAIL });
    const [temporary = ''] = await temporaries();
    expect(temporary).toMatch(/^[A-Za-z34679]{16}$/);
    expect(JSON.stringify(await at.deps.store.list('account', '', 10))).not.toContain(temporary);
    const other = await enter(PASSWORD);
    expect(other.outcome).toBe('SIGNED_IN');
    const entered = await enter(temporary);
    expect(entered.outcome).toBe('MUST_CHANGE_PASSWORD');
    const limited = await viewer(entered);
    expect(limited).toMatchObject({ mustChangePassword: true, displayName: 'Margaret Tidcombe' });
    expect(() => new Access({ ...at.deps, legacy: {} as Legacy }, limited).require()).toThrow(expect.objectContaining({ code: 'PASSWORD_CHANGE_REQUIRED' }));
    expect((await refreshSession(at.deps, entered.session?.refreshToken ?? '')).mustChangePassword).toBe(true);
    // It works once.
    expect((await enter(temporary)).outcome).toBe('REFUSED');
    expect((await enter(PASSWORD)).outcome).toBe('SIGNED_IN');

    const changed = await change(entered, temporary);
    expect(changed.outcome).toBe('SIGNED_IN');
    expect(await viewer(changed)).toMatchObject({ mustChangePassword: false });
    expect([await viewer(entered), await viewer(other)]).toEqual([null, null]);
    expect((await at.mails()).map(({ template }) => template)).toContain('password-changed');
    expect((await enter(PASSWORD)).outcome).toBe('REFUSED');
    expect((await enter(NEW)).outcome).toBe('SIGNED_IN');
  });

  it('lives 24 hours, and the next one takes its place', async () => {
    await at.account(MARGARET);
    await requestPasswordReset(at.deps, { identifier: EMAIL });
    at.pass(1);
    await requestPasswordReset(at.deps, { identifier: EMAIL });
    const [first = '', second = ''] = await temporaries();
    expect((await enter(first)).outcome).toBe('REFUSED');
    at.pass(24 * 60);
    expect((await enter(second)).outcome).toBe('REFUSED');
    at.pass(-1);
    expect((await enter(second)).outcome).toBe('MUST_CHANGE_PASSWORD');
  });

  it('works once for twenty at once', async () => {
    await at.account(MARGARET);
    await requestPasswordReset(at.deps, { identifier: EMAIL });
    const [temporary = ''] = await temporaries();
    const other = at.another();
    const results = await Promise.all(Array.from({ length: 20 }, (_, n) => signIn(n % 2 ? other : at.deps, { identifier: EMAIL, password: temporary, sharedComputer: false })));
    expect(results.filter(({ outcome }) => outcome === 'MUST_CHANGE_PASSWORD')).toHaveLength(1);
  });

  it('costs one verification a try, and no lock is opened by it', async () => {
    await at.account(MARGARET);
    await requestPasswordReset(at.deps, { identifier: EMAIL });
    const [temporary = ''] = await temporaries();
    for (let n = 0; n < 5; n++) await enter('wrong password here');
    expect((await enter(temporary)).outcome).toBe('REFUSED');
    expect(at.hasher.verified).toEqual({ account: 5, decoy: 1 });
    at.pass(15);
    expect((await enter(temporary)).outcome).toBe('MUST_CHANGE_PASSWORD');
    expect(at.hasher.verified).toEqual({ account: 6, decoy: 1 });
  });
});

describe('changing a password', () => {
  it('counts wrong ones as signing in does', async () => {
    await at.account(MARGARET);
    const entered = await enter(PASSWORD);
    at.hasher.verified.account = 0;
    const results = await Promise.all(Array.from({ length: 50 }, (_, n) => change(entered, `wrong password ${n}`)));
    expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['REFUSED']));
    expect(at.hasher.verified.account).toBe(5);
    expect((await change(entered, PASSWORD)).outcome).toBe('REFUSED');
    expect(await showAccount(at.deps, EMAIL)).toMatchObject({ state: 'LOCKED', failedAttempts: 5 });
    expect(await viewer(entered)).not.toBeNull();
  });

  it('refuses a new one with the reason, and the current one as the new one', async () => {
    await at.account(MARGARET);
    const entered = await enter(PASSWORD);
    for (const bad of ['short', 'Tidcombe Margaret', PASSWORD]) {
      await expect(change(entered, PASSWORD, bad)).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'newPassword' });
    }
    await expect(changePassword(at.deps, null, { currentPassword: PASSWORD, newPassword: NEW })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('happens once for two at once', async () => {
    await at.account(MARGARET);
    const [one, two] = [await enter(PASSWORD), await enter(PASSWORD)];
    const passwords = [NEW, 'marble pocket sparrow'];
    const results = await Promise.allSettled([change(one, PASSWORD, passwords[0]), change(two, PASSWORD, passwords[1])]);
    // The other is refused, or finds its session gone already.
    const changed = results.map((result) => result.status === 'fulfilled' && result.value.outcome === 'SIGNED_IN');
    expect([...changed].sort()).toEqual([false, true]);
    expect((await enter(passwords[changed.indexOf(true)] ?? '')).outcome).toBe('SIGNED_IN');
  });

  it('keeps a shared computer\'s session short', async () => {
    await at.account(MARGARET);
    const entered = await signIn(at.deps, { identifier: EMAIL, password: PASSWORD, sharedComputer: true });
    const changed = await change(entered, PASSWORD);
    at.pass(8);
    expect(await viewer(changed)).toBeNull();
  });
});
