import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { accountsFor, showAccount } from '../../../src/application/identity/administration.js';
import { confirmRegistration, resendRegistrationCode } from '../../../src/application/identity/confirmation.js';
import { register, type RegisterResult } from '../../../src/application/identity/registration.js';
import { signIn } from '../../../src/application/identity/sign-in.js';
import { legacyUnavailable } from '../../../src/domain/errors.js';
import type { RegistrationDetails } from '../../../src/domain/registration.js';
import { FARAH, MARGARET, NOON, OLD_BULPITT, PASSWORD, setting, type Setting } from './setting.js';

const RIGHT: RegistrationDetails = { email: 'margaret.tidcombe@example.org', phone: '01225 555010', reference: '000017/01', dateOfBirth: '1951-03-14' };
const OLD: RegistrationDetails = { email: 'bulpitt.family@example.com', phone: '01632 960518', reference: '000518/01', dateOfBirth: '1949-04-08' };
const YOUNG: RegistrationDetails = { email: 'bulpitt.family@example.com', phone: '07700 900633', reference: '000633/01', dateOfBirth: '1975-08-21' };

let at: Setting;
beforeEach(async () => {
  at = await setting();
});
afterEach(() => at.close());

const from = (details: Partial<RegistrationDetails> = {}) => register(at.deps, { ...RIGHT, ...details });

async function codes(): Promise<string[]> {
  return (await at.mails()).flatMap((mail) => (mail.template === 'registration-code' ? mail.code : []));
}

const confirm = async ({ registrationId }: RegisterResult, code?: string, password = PASSWORD) =>
  confirmRegistration(at.deps, { registrationId: registrationId ?? '', code: code ?? (await codes()).at(-1) ?? '', password });

describe('registering', () => {
  it.each([
    ['as held', {}],
    ['with another number of the person\'s', { phone: '+447700900123' }],
    ['with a number in another form', { phone: '(0)1225-555 010' }],
    ['with the payment reference', { reference: '9826100000000001701' }],
    ['with spaces and capitals', { reference: ' 000017 /01', email: ' MARGARET.Tidcombe@Example.org ' }],
  ])('matches details %s', async (_, details) => {
    const result = await from(details);
    expect(result).toMatchObject({ outcome: 'CODE_SENT', codeExpiresAt: new Date('2017-02-09T04:00:00Z') });
    expect(await at.mails()).toEqual([{
      to: 'Margaret.Tidcombe@example.org', accountId: null, template: 'registration-code', registrationId: result.registrationId,
      code: expect.stringMatching(/^[A-Za-z34679]{12}$/), expiresAt: '2017-02-09T04:00:00.000Z',
    }]);
  });

  it.each<[string, Partial<RegistrationDetails>, string]>([
    ['the e-mail address', { email: 'other@example.org' }, 'email'],
    ['the phone number', { phone: '07700 900999' }, 'phone'],
    ['the date of birth', { dateOfBirth: '1951-03-15' }, 'dateOfBirth'],
    ['two of them', { phone: '07700 900999', dateOfBirth: '1951-03-15' }, 'phone, dateOfBirth'],
    ['a tenancy that is six days old', { reference: '000700/01' }, 'tenancyTooNew'],
    ['a tenancy that has ended', { reference: '000702/01' }, 'tenancyNotCurrent'],
    ['a tenancy that was terminated', { reference: '000703/01' }, 'tenancyNotCurrent'],
    ['a tenancy that is to come', { reference: '000704/01' }, 'tenancyNotCurrent'],
  ])('notes for staff that it was %s, and tells nobody else', async (_, details, lastMismatch) => {
    const nothing = await from({ reference: '999999/01' });
    expect(await from(details)).toEqual(nothing);
    expect(nothing).toMatchObject({ outcome: 'NO_MATCH', registrationId: null, codeExpiresAt: null, message: expect.stringMatching(/7 days.*0300 456 0117\.$/) });
    expect(await at.mails()).toEqual([]);
    expect(await showAccount(at.deps, MARGARET.reference)).toMatchObject({ state: 'PENDING', lastMismatch });
    expect((await accountsFor(at.deps, { locked: null, search: null }))).toHaveLength(1);
    for (const value of Object.values(details).filter((typed) => typed !== '000017/01')) expect(await at.dump()).not.toContain(value);
  });

  it('is open to a tenancy from its seventh day', async () => {
    expect((await from({ reference: '000701/01' })).outcome).toBe('CODE_SENT');
  });

  it('does the same for every cause of a no-match: one legacy call, one commit, documents of the same kinds', async () => {
    const work = async (details: Partial<RegistrationDetails>) => {
      at.commits.count = 0;
      at.commits.documents.length = 0;
      at.asked.length = 0;
      await from(details);
      return { commits: at.commits.count, documents: [...at.commits.documents], asked: at.asked.length };
    };
    const unknown = await work({ reference: '999999/01' });
    expect(unknown).toEqual({ commits: 1, documents: ['failed-registrations', 'mismatch'], asked: 1 });
    for (const details of [{ email: 'other@example.org' }, { phone: '1' }, { dateOfBirth: '1951-03-15' }, { reference: '000700/01' }, { dateOfBirth: '1951-03-16' }]) {
      expect(await work(details)).toEqual(unknown);
    }
    for (let n = 0; n < 5; n++) await from({ dateOfBirth: '1951-03-15' });
    expect(await work({})).toEqual(unknown);
  });

  it('answers NO_MATCH to everything after five failures with a reference, until the next London day', async () => {
    at.set('2017-07-08T12:00:00Z');
    const wrong = await Promise.all(Array.from({ length: 30 }, (_, day) => from({ dateOfBirth: `1951-04-${String(day + 1).padStart(2, '0')}` })));
    expect(new Set(wrong.map(({ outcome }) => outcome))).toEqual(new Set(['NO_MATCH']));
    expect((await from()).outcome).toBe('NO_MATCH');
    expect((await from({ reference: ' 000017/01 ' })).outcome).toBe('NO_MATCH');
    expect((await showAccount(at.deps, MARGARET.reference))?.lastMismatch).toBe('tooManyAttempts');
    expect((await register(at.deps, OLD)).outcome).toBe('CODE_SENT');
    at.set('2017-07-08T22:59:59Z');
    expect((await from()).outcome).toBe('NO_MATCH');
    at.set('2017-07-08T23:00:00Z');
    expect((await from()).outcome).toBe('CODE_SENT');
  });

  it('lets parallel guesses through five times at most', async () => {
    const guesses = Array.from({ length: 40 }, (_, n) => from(n === 20 ? {} : { dateOfBirth: '1951-03-15' }));
    expect((await Promise.all(guesses)).filter(({ outcome }) => outcome !== 'NO_MATCH')).toEqual([]);
  });

  it('is for each joint tenant in their own right, and not with the other\'s details', async () => {
    const farah = { email: 'farah.khalidi@example.org', phone: '07700 900456', reference: '000412/01', dateOfBirth: '1981-05-30' };
    expect((await register(at.deps, { ...farah, phone: '07700 900124' })).outcome).toBe('NO_MATCH');
    expect((await register(at.deps, { ...farah, dateOfBirth: '1979-01-02' })).outcome).toBe('NO_MATCH');
    const session = await confirm(await register(at.deps, farah));
    expect(session.outcome).toBe('SIGNED_IN');
    expect(await showAccount(at.deps, 'farah.khalidi@example.org')).toMatchObject({ personReference: FARAH.reference });
    expect((await register(at.deps, { ...farah, email: 'amir.khalidi@example.org', phone: '07700 900124', dateOfBirth: '1979-01-02' })).outcome).toBe('CODE_SENT');
  });

  it('takes a home number in Wiltshire, and mobiles alone at believe', async () => {
    await at.close();
    at = await setting('believe');
    expect((await from()).outcome).toBe('NO_MATCH');
    expect((await from({ phone: '07700 900123' })).outcome).toBe('CODE_SENT');
  });

  it('tells the owner of an account, five times a day, when their details are registered again', async () => {
    await at.account(MARGARET);
    expect((await from({ dateOfBirth: '1951-03-15' })).outcome).toBe('NO_MATCH');
    for (let n = 0; n < 7; n++) {
      expect(await from()).toMatchObject({ outcome: 'ALREADY_REGISTERED', registrationId: null, message: expect.stringMatching(/0300 456 0117\.$/) });
    }
    expect((await at.mails()).map(({ template, to }) => `${template} ${to}`)).toEqual(Array(5).fill('already-registered Margaret.Tidcombe@example.org'));
  });

  it('gives a shared address to whoever confirms first, and tells the other whom to phone', async () => {
    const [old, young] = [await register(at.deps, OLD), await register(at.deps, YOUNG)];
    const [oldCode, youngCode] = await codes();
    expect((await confirm(young, youngCode)).outcome).toBe('SIGNED_IN');
    expect((await confirm(old, oldCode)).outcome).toBe('REFUSED');
    expect(await register(at.deps, OLD)).toMatchObject({ outcome: 'ALREADY_REGISTERED', message: expect.stringContaining('phone us on 0300 456 0117') });
    expect((await register(at.deps, { ...OLD, dateOfBirth: YOUNG.dateOfBirth })).outcome).toBe('NO_MATCH');
    expect(await showAccount(at.deps, OLD_BULPITT.reference)).toMatchObject({ state: 'PENDING' });
  });

  it('sends six codes a person a day, however it is asked', async () => {
    for (let n = 0; n < 6; n++) expect((await from()).outcome).toBe('CODE_SENT');
    await expect(from()).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect(await codes()).toHaveLength(6);
  });

  it('says so when the housing system cannot be asked', async () => {
    const deps = { ...at.deps, legacy: { registrations: { find: async () => { throw legacyUnavailable('sql'); } } } };
    await expect(register(deps, RIGHT)).rejects.toMatchObject({ code: 'LEGACY_UNAVAILABLE' });
    expect((JSON.parse(await at.dump()) as unknown[][]).flat()).toEqual([]);
  });
});

describe('the code', () => {
  it('makes an account, once, and signs in', async () => {
    const registered = await from();
    const [code] = await codes();
    const results = await Promise.all(Array.from({ length: 20 }, () => confirm(registered, code)));
    expect(results.filter(({ outcome }) => outcome === 'SIGNED_IN')).toHaveLength(1);
    expect((await accountsFor(at.deps, { locked: null, search: null })).map(({ state }) => state)).toEqual(['ACTIVE']);
    expect((await confirm(registered, code)).outcome).toBe('REFUSED');
    const welcome = (await at.mails()).find(({ template }) => template === 'welcome');
    expect(welcome).toMatchObject({ to: 'Margaret.Tidcombe@example.org', userId: expect.stringMatching(/^[a-z2-9]{8}$/) });
    for (const identifier of [RIGHT.email, welcome?.template === 'welcome' ? welcome.userId ?? '' : '']) {
      expect((await signIn(at.deps, { identifier, password: PASSWORD, sharedComputer: false })).outcome).toBe('SIGNED_IN');
    }
  });

  it('is kept as a seal alone, and the password as a hash', async () => {
    const registered = await from();
    const [code = ''] = await codes();
    expect(JSON.stringify(await at.deps.store.list('registration', '', 10))).not.toContain(code);
    await confirm(registered, code);
    expect(await at.dump()).not.toContain(PASSWORD);
  });

  it('is refused with one message when wrong, in other case, used, for no registration, or tried more than five times', async () => {
    const registered = await from();
    const [code = ''] = await codes();
    const refusals = [
      await confirm({ ...registered, registrationId: '00000000-0000-4000-8000-000000000000' }, code),
      await confirm(registered, code.toLowerCase() === code ? code.toUpperCase() : code.toLowerCase()),
      ...await Promise.all(Array.from({ length: 30 }, () => confirm(registered, 'AAAAAAAAAAAA'))),
      await confirm(registered, code),
    ];
    expect(new Set(refusals.map((refusal) => JSON.stringify(refusal))).size).toBe(1);
    expect(refusals[0]).toMatchObject({ outcome: 'REFUSED', session: null, message: expect.stringMatching(/0300 456 0117\.$/) });
  });

  it('can be right at the fifth try', async () => {
    const registered = await from();
    for (let n = 0; n < 4; n++) await confirm(registered, 'AAAAAAAAAAAA');
    expect((await confirm(registered)).outcome).toBe('SIGNED_IN');
  });

  it.each([
    ['in winter', NOON, '2017-02-09T03:59:59Z', '2017-02-09T04:00:00Z'],
    ['less than an hour before four', '2017-02-08T03:10:00Z', '2017-02-09T03:59:59Z', '2017-02-09T04:00:00Z'],
    ['when the clocks go forward', '2017-03-25T22:00:00Z', '2017-03-26T02:59:59Z', '2017-03-26T03:00:00Z'],
    ['when the clocks go back', '2017-10-28T22:00:00Z', '2017-10-29T03:59:59Z', '2017-10-29T04:00:00Z'],
  ])('dies at four in the morning %s', async (_, sent, last, dead) => {
    at.set(sent);
    const registered = await from();
    expect(registered.codeExpiresAt).toEqual(new Date(dead));
    at.set(dead);
    expect((await confirm(registered)).outcome).toBe('REFUSED');
    at.set(last);
    expect((await confirm(registered)).outcome).toBe('SIGNED_IN');
  });

  it('is killed by the next one, from a new registration or sent again, at most one a minute and five more a day', async () => {
    const registered = await from();
    const resend = () => resendRegistrationCode(at.deps, registered.registrationId ?? '');
    const answers = new Set<string>();
    answers.add((await resend()).message);
    expect(await codes()).toHaveLength(1);
    for (let n = 0; n < 8; n++) {
      at.pass(1);
      await Promise.all([resend(), resend(), resend()].map(async (one) => answers.add((await one).message)));
    }
    answers.add((await resendRegistrationCode(at.deps, 'no-such-registration')).message);
    expect(answers.size).toBe(1);
    const all = await codes();
    expect(all).toHaveLength(6);
    expect((await confirm(registered, all[4])).outcome).toBe('REFUSED');
    at.set('2017-02-09T10:00:00Z');
    await resend();
    const again = await from();
    expect((await confirm(registered)).outcome).toBe('REFUSED');
    expect((await confirm(again)).outcome).toBe('SIGNED_IN');
  });

  it('gives five new tries when it is sent again, and can be asked for until the registration is two days old', async () => {
    const registered = await from();
    for (let n = 0; n < 5; n++) await confirm(registered, 'AAAAAAAAAAAA');
    at.pass(47 * 60);
    await resendRegistrationCode(at.deps, registered.registrationId ?? '');
    at.pass(60);
    expect((await confirm(registered)).outcome).toBe('REFUSED');
    await resendRegistrationCode(at.deps, registered.registrationId ?? '');
    expect(await codes()).toHaveLength(2);
    expect((await accountsFor(at.deps, { locked: null, search: null }))).toEqual([]);
  });

  it('is not used up by a password that cannot be taken, and the name is no secret to whoever has the code alone', async () => {
    const registered = await from();
    const reason = { code: 'INVALID_INPUT', field: 'input.password' };
    await expect(confirm(registered, undefined, 'short')).rejects.toMatchObject(reason);
    await expect(confirm(registered, undefined, 'Margaret Tidcombe!')).rejects.toMatchObject(reason);
    expect((await confirm(registered, 'AAAAAAAAAAAA', 'Margaret Tidcombe!')).outcome).toBe('REFUSED');
    expect((await confirm(registered)).outcome).toBe('SIGNED_IN');
  });
});
