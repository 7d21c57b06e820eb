/** The life of an account, by API and mailbox alone: registered, entered, forgotten, found again, locked and unlocked. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccountDocument, RefreshSessionDocument, RequestPasswordResetDocument, SignOutDocument, TenanciesDocument } from '../../generated/operations.js';
import { accounts } from '../../scripts/accounts.js';
import { frontEnd, tenantNamed, type Details, type FrontEnd, type SignedIn } from '../support/front-end.js';
import { GUIDE_DAY, startGateway, type TestGateway } from '../support/gateway.js';
import { secretIn, userIdIn } from '../support/mailbox.js';
import { settingsOf, startProgram, type Program } from '../support/program.js';
import { whenAvailable } from '../support/programs.js';
import { documentFor, harmless, rootRoutes, schemaOf, valueFor } from '../support/schema-walk.js';
import { until } from '../support/until.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const FIRST = 'seven green umbrellas';
const SECOND = 'nine quiet lighthouses';
const THIRD = 'eleven paper sailboats';

let gateway: TestGateway;
let front: FrontEnd;

const VIEWER = '{ viewer { displayName userId mustChangePassword } }';
interface Viewer { readonly viewer: { readonly displayName: string; readonly userId: string | null; readonly mustChangePassword: boolean } | null }
const viewer = async (token: string) => (await front.ask<Viewer, unknown>(VIEWER, {}, token)).data?.viewer;
const pass = (milliseconds: number): void => {
  gateway.clock.now = new Date(gateway.clock.now.getTime() + milliseconds);
};
/** Waits until all mail that was queued is in the mailbox: what is not there then was never sent. */
const posted = () => until(async () => (await gateway.app.store.list('mail', '', 1)).length === 0);
const swapCase = (text: string): string => text.replace(/\p{L}/gu, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()));
let folder: string;
const open = async (settings: Record<string, string> = {}, at = GUIDE_DAY): Promise<void> => {
  folder = mkdtempSync(join(tmpdir(), 'journeys-'));
  gateway = await startGateway({ STORE_URL: storeUrl(), ...settings }, at);
  front = frontEnd(gateway.url);
};
const storeUrl = (): string => `file:${folder}/gateway.db`;
const close = async (): Promise<void> => {
  await gateway.close();
  rmSync(folder, { recursive: true, force: true });
};

/** What needs no session, and `viewer`, which says what kind of session it is: nothing else but changePassword answers a temporary password's. */
const OPEN_TO_ALL = new Set([
  'landlord', 'repairGuide', 'viewer', 'register', 'resendRegistrationCode', 'confirmRegistration', 'signIn', 'requestPasswordReset', 'refreshSession',
]);

async function everythingElseIsRefused(token: string): Promise<void> {
  const schema = await schemaOf(gateway.url);
  const refused: string[] = [];
  for (const route of rootRoutes(schema)) {
    const field = route.fields[0]!;
    if (OPEN_TO_ALL.has(field.name) || field.name === 'changePassword') continue;
    const variables = Object.fromEntries(field.args.map((argument) => [argument.name, valueFor(argument, (leaf) => harmless(schema, leaf))]));
    const { errors } = await front.ask(documentFor(route), variables, token);
    expect([field.name, errors?.map(({ extensions }) => extensions.code)]).toEqual([field.name, ['PASSWORD_CHANGE_REQUIRED']]);
    refused.push(field.name);
  }
  expect(refused).toEqual(expect.arrayContaining(['tenancy', 'repair', 'signOut']));
  const { data, errors } = await front.ask<Viewer, unknown>('{ viewer { mustChangePassword tenant { reference } } }', {}, token);
  expect([data!.viewer, errors!.map(({ path, extensions }) => [path, extensions.code])])
    .toEqual([{ mustChangePassword: true, tenant: null }, [[['viewer', 'tenant'], 'PASSWORD_CHANGE_REQUIRED']]]);
}

const LANDLORDS = [
  { landlord: 'wiltshire', who: tenantNamed('wiltshire', 'farah'), name: 'Mrs Farah Noor Khalidi', joint: 2, rent: 11_240, userId: true, birth: false },
  { landlord: 'believe', who: tenantNamed('believe', 'anais'), name: 'Ms Anaïs Dupré', joint: 2, rent: 17_860, userId: false, birth: true },
] as const;

describe.each(LANDLORDS)('a joint tenant of $landlord', ({ landlord, who, name, joint, rent, userId, birth }) => {
  beforeAll(() => open({ LANDLORD: landlord }));
  afterAll(close);
  const born = birth ? who.dateOfBirth : undefined;
  let id: string | null = null;

  test('registers in their own right, with a code that is in the mail and works once', async () => {
    const registered = await front.register(who);
    expect(registered).toMatchObject({ outcome: 'CODE_SENT', codeExpiresAt: '2017-02-09T04:00:00.000Z' });
    const registrationId = registered.registrationId!;
    const code = await front.code(registrationId);
    expect(code).toMatch(/^[A-Za-z0-9]{12}$/);
    expect(await front.confirm(registrationId, swapCase(code), FIRST)).toMatchObject({ outcome: 'REFUSED', session: null });
    const { outcome, session } = await front.confirm(registrationId, code, FIRST);
    expect(outcome).toBe('SIGNED_IN');
    expect(await viewer(session!.accessToken)).toMatchObject({ displayName: name, mustChangePassword: false });
    expect((await front.confirm(registrationId, code, SECOND)).outcome).toBe('REFUSED');
    const welcome = await front.mailbox.wait('welcome', who.email);
    id = userId ? userIdIn(welcome) : null;
    expect((await viewer(session!.accessToken))?.userId).toBe(id);
    expect(welcome).toContain(userId ? `Your user ID is ${id}` : 'You sign in with your e-mail address.');
  });

  test('signs in by every name they have, and sees what the other joint tenant sees', async () => {
    const names = [who.email, `  ${swapCase(who.email)} `, ...(id === null ? [] : [id, id.toUpperCase()])];
    for (const identifier of names) expect([identifier, (await front.signIn(identifier, FIRST)).outcome]).toEqual([identifier, 'SIGNED_IN']);
    const token = (await front.signIn(names.at(-1)!, FIRST)).session!.accessToken;
    const own = await front.ask(AccountDocument, {}, token);
    expect(own.errors).toBeUndefined();
    const tenancy = own.data!.viewer!.tenant!.tenancies[0]!;
    expect([tenancy.reference, tenancy.statement!.reconciles, tenancy.statement!.transactions.nodes.length > 5]).toEqual([who.reference, true, true]);
    const others = await front.ask(AccountDocument, {}, await gateway.token(joint));
    expect(tenancy.statement).toEqual(others.data!.viewer!.tenant!.tenancies[0]!.statement);
    expect(tenancy.balance!.summary).toBe(others.data!.viewer!.tenant!.tenancies[0]!.balance!.summary);
    const { data } = await front.ask(TenanciesDocument, {}, token);
    expect(data!.viewer!.tenant!.name.full).toBe(name);
    expect(data!.viewer!.tenant!.tenancies[0]!.charges.map(({ amount }) => amount.pence)).toEqual([rent]);
  });

  test('forgets the password: the temporary one opens nothing but a new one, and the rest of the schema refuses', async () => {
    const before = await Promise.all([front.signIn(who.email, FIRST), front.signIn(who.email, FIRST)]);
    if (birth) {
      expect((await front.ask(RequestPasswordResetDocument, { input: { identifier: who.email } })).errors)
        .toMatchObject([{ extensions: { code: 'INVALID_INPUT', field: 'input.dateOfBirth' } }]);
      const wrong = await front.forget(who.email, '1950-05-05');
      await posted();
      expect(await front.mailbox.about('temporaryPassword', who.email)).toEqual([]);
      expect(await front.forget(who.email, born)).toBe(wrong);
    } else {
      expect(await front.forget(id!)).toBe(await front.forget('nobody@example.org'));
    }
    const temporary = secretIn(await front.mailbox.wait('temporaryPassword', who.email));
    expect(temporary).toHaveLength(16);
    expect((await front.signIn(who.email, FIRST)).outcome).toBe('SIGNED_IN');

    const limited = await front.signIn(id ?? who.email, temporary);
    expect(limited.outcome).toBe('MUST_CHANGE_PASSWORD');
    expect((await front.signIn(who.email, temporary)).outcome).toBe('REFUSED');
    await everythingElseIsRefused(limited.session!.accessToken);
    const renewed = (await front.ask(RefreshSessionDocument, { refreshToken: limited.session!.refreshToken })).data!.refreshSession;
    expect(renewed.outcome).toBe('MUST_CHANGE_PASSWORD');
    const token = renewed.session!.accessToken;
    await everythingElseIsRefused(token);

    expect((await front.change(token, 'not the temporary one', SECOND)).outcome).toBe('REFUSED');
    const changed = await front.change(token, temporary, SECOND);
    expect(changed.outcome).toBe('SIGNED_IN');
    expect(await viewer(changed.session!.accessToken)).toMatchObject({ displayName: name, mustChangePassword: false });
    await front.mailbox.wait('passwordChanged', who.email);
    for (const { session } of [...before, limited, renewed]) {
      expect((await front.ask(VIEWER, {}, session!.accessToken)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
      expect((await front.ask(RefreshSessionDocument, { refreshToken: session!.refreshToken })).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    }
    for (const dead of [FIRST, temporary]) expect((await front.signIn(who.email, dead)).outcome).toBe('REFUSED');
  });

  test('changes the password when signed in, and signs out, of one session or of all', async () => {
    const [first, second, third] = (await Promise.all([1, 2, 3].map(() => front.signIn(who.email, SECOND)))).map(({ session }) => session!.accessToken);
    expect((await front.ask(SignOutDocument, {}, first!)).data).toEqual({ signOut: true });
    expect([await viewer(first!), (await viewer(second!))?.displayName]).toEqual([null, name]);
    const changed = (await front.change(second!, SECOND, THIRD)).session!.accessToken;
    expect([await viewer(second!), await viewer(third!)]).toEqual([null, null]);
    const other = (await front.signIn(who.email, THIRD)).session!.accessToken;
    expect((await front.ask(SignOutDocument, { everywhere: true }, changed)).data).toEqual({ signOut: true });
    expect([await viewer(changed), await viewer(other)]).toEqual([null, null]);
  });

  test('a temporary password dies after a day, and one that was asked for later replaces it', async () => {
    const sent = async () => (await front.mailbox.about('temporaryPassword', who.email)).length;
    const forget = async (): Promise<string> => {
      const nth = (await sent()) + 1;
      await front.forget(who.email, born);
      return secretIn(await front.mailbox.wait('temporaryPassword', who.email, nth));
    };
    const [older, newer] = [await forget(), await forget()];
    expect((await front.signIn(who.email, older)).outcome).toBe('REFUSED');
    pass(DAY);
    expect((await front.signIn(who.email, newer)).outcome).toBe('REFUSED');
    expect((await front.signIn(who.email, THIRD)).outcome).toBe('SIGNED_IN');
    expect((await front.signIn(who.email, await forget())).outcome).toBe('MUST_CHANGE_PASSWORD');
  });

  test('too many wrong passwords lock it until an operator unlocks it; a device that is known gets in meanwhile', async () => {
    const { deviceToken } = (await front.signIn(who.email, THIRD)).session!;
    const verified = async () => Number(/^password_verifications_total\{kind="account"\} (\d+)$/m.exec(await gateway.metrics())![1]);
    const before = await verified();
    let counted = 0;
    for (const minutes of [0, 0, 0, 0, 0, 15, 30, 60, 120, 240]) {
      pass(minutes * MINUTE);
      expect((await front.signIn(who.email, 'a wrong password')).outcome).toBe('REFUSED');
      counted += 1;
      if (counted === 5) {
        expect((await front.signIn(who.email, THIRD)).outcome).toBe('REFUSED');
        expect((await front.signIn(who.email, THIRD, { deviceToken: deviceToken! })).outcome).toBe('SIGNED_IN');
        counted += 1;
      }
    }
    expect(await verified() - before).toBe(counted);
    await front.mailbox.wait('locked', who.email);
    pass(30 * DAY);
    const locked = await front.ask('mutation ($input: SignInInput!) { signIn(input: $input) { outcome message } }', { input: { identifier: who.email, password: THIRD } });
    const nobody = await front.ask('mutation ($input: SignInInput!) { signIn(input: $input) { outcome message } }', { input: { identifier: 'nobody@example.org', password: THIRD } });
    expect(locked.text).toBe(nobody.text);
    expect(await verified() - before).toBe(counted);

    let printed = '';
    const exit = await accounts(['unlock', who.email, '--reason', 'they phoned'], {
      environment: { STORE_URL: storeUrl() }, clock: () => gateway.clock.now, complain: (text) => expect(text).toBe(''),
      print: (text) => {
        printed += text;
      },
    });
    expect([exit, printed]).toEqual([0, expect.stringMatching(/^wrong passwords +0$/m)]);
    expect((await front.signIn(who.email, THIRD)).outcome).toBe('SIGNED_IN');
  });
});

describe('registering', () => {
  beforeEach(() => open());
  afterEach(close);
  const farah = tenantNamed('wiltshire', 'farah');
  const neil = tenantNamed('wiltshire', 'neil');

  test.each<[string, Details]>([
    ['farah', { ...farah, email: ' FARAH.Khalidi@EXAMPLE.org', phone: '+44 7700 900 456', reference: ' 000412 / 01 ' }],
    ['farah', { ...farah, phone: '0044 (0)7700-900456' }],
    ['gerald, whose reference is the payment\'s', { ...tenantNamed('wiltshire', 'gerald'), phone: '07700.900744' }],
    ['gerald, in groups', { ...tenantNamed('wiltshire', 'gerald'), reference: '98261 00000 00007 4401', phone: '(07700) 900 744' }],
    ['a home number', { ...tenantNamed('wiltshire', 'bulpitt'), phone: '(01632) 960-518' }],
  ])('does not mind how the details are typed: %s', async (_name, details) => {
    expect((await front.register(details)).outcome).toBe('CODE_SENT');
  });

  test('every single wrong detail gets the same answer, to the byte; five of a day, and so does the right one', async () => {
    const ask = (input: Details) => front.ask('mutation ($input: RegisterInput!) { register(input: $input) { outcome message registrationId codeExpiresAt } }', { input });
    const wrong: Details[] = [
      { ...farah, email: 'farah.khalid@example.org' }, { ...farah, phone: '07700 900457' }, { ...farah, dateOfBirth: '1981-05-31' },
      // The other joint tenant's: all four have to be one person's.
      { ...farah, phone: '07700 900123' },
      { ...farah, reference: '000999/01' }, { ...farah, reference: neil.reference },
    ];
    const answers: Awaited<ReturnType<typeof ask>>[] = [];
    for (const details of wrong) answers.push(await ask(details));
    const shown = ({ status, headers, text }: Awaited<ReturnType<typeof ask>>) => [status, text, [...headers].filter(([name]) => name !== 'date')];
    for (const answer of answers) expect(shown(answer)).toEqual(shown(answers[0]!));
    expect(answers[0]!.data).toMatchObject({ register: { outcome: 'NO_MATCH', registrationId: null, codeExpiresAt: null } });
    expect((await front.register(farah)).outcome).toBe('CODE_SENT');
    await ask(wrong[0]!);
    expect(shown(await ask(farah))).toEqual(shown(answers[0]!));
    pass(DAY);
    expect((await front.register(farah)).outcome).toBe('CODE_SENT');
    await posted();
    expect((await front.mailbox.all()).map(({ to }) => to.toLowerCase())).toEqual([farah.email, farah.email]);
  });

  test('says that there is an account only where all four are right, and tells its owner', async () => {
    await front.open(farah, FIRST);
    for (const wrong of [{ phone: '07700 900457' }, { dateOfBirth: '1981-05-31' }, { email: neil.email }]) {
      expect((await front.register({ ...farah, ...wrong })).outcome).toBe('NO_MATCH');
    }
    await posted();
    expect(await front.mailbox.about('alreadyRegistered', farah.email)).toEqual([]);
    expect(await front.register(farah)).toMatchObject({ outcome: 'ALREADY_REGISTERED', registrationId: null });
    await front.mailbox.wait('alreadyRegistered', farah.email);
  });

  test('of two people on one e-mail address the first to confirm has the account; the other is told so, and whom to phone', async () => {
    const [frank, joanne] = [tenantNamed('wiltshire', 'bulpitt', 0), tenantNamed('wiltshire', 'bulpitt', 1)];
    const [his, hers] = [await front.register(frank), await front.register(joanne)];
    expect([his.outcome, hers.outcome]).toEqual(['CODE_SENT', 'CODE_SENT']);
    const session = (await front.confirm(his.registrationId!, await front.code(his.registrationId!), FIRST)).session!;
    expect((await viewer(session.accessToken))?.displayName).toBe('Mr Frank Bulpitt');
    expect((await front.confirm(hers.registrationId!, await front.code(hers.registrationId!), SECOND)).outcome).toBe('REFUSED');
    const again = await front.register(joanne);
    expect(again).toMatchObject({ outcome: 'ALREADY_REGISTERED', registrationId: null });
    expect(again.message).toContain('0300 456 0117');
    expect((await front.signIn(frank.email, FIRST)).outcome).toBe('SIGNED_IN');
  });

  test('a tenancy of this week is no match until it is seven days old', async () => {
    const tomasz = tenantNamed('wiltshire', 'tomasz');
    expect(await front.register(tomasz)).toMatchObject({ outcome: 'NO_MATCH', message: expect.stringContaining('7 days') });
    pass(4 * DAY + 13 * HOUR);
    expect([gateway.clock.now.toISOString(), (await front.register(tomasz)).outcome]).toEqual(['2017-02-12T23:00:00.000Z', 'NO_MATCH']);
    pass(HOUR);
    expect((await front.register(tomasz)).outcome).toBe('CODE_SENT');
  });

  test('a code can be tried five times, another one comes once a minute and kills it, and five more come in a day', async () => {
    const id = (await front.register(farah)).registrationId!;
    const first = await front.code(id);
    const answers: SignedIn[] = [];
    for (let n = 0; n < 5; n++) answers.push(await front.confirm(id, 'NotTheCode12', FIRST));
    answers.push(await front.confirm(id, first, FIRST), await front.confirm('nobody-s-registration', first, FIRST));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]!.outcome).toBe('REFUSED');

    const said = await front.resend(id);
    await posted();
    expect([await front.codes(id), said]).toEqual([1, await front.resend('nobody-s-registration')]);
    for (let nth = 2; nth <= 6; nth++) {
      pass(MINUTE);
      await front.resend(id);
      expect(await front.code(id, nth)).not.toBe(first);
      await front.resend(id);
    }
    pass(MINUTE);
    await front.resend(id);
    await posted();
    expect(await front.codes(id)).toBe(6);
    expect((await front.confirm(id, await front.code(id, 5), FIRST)).outcome).toBe('REFUSED');
    expect((await front.confirm(id, await front.code(id, 6), FIRST)).outcome).toBe('SIGNED_IN');
  });

  test('registering again kills the code before it', async () => {
    const [older, newer] = [(await front.register(farah)).registrationId!, (await front.register(farah)).registrationId!];
    expect((await front.confirm(older, await front.code(older), FIRST)).outcome).toBe('REFUSED');
    expect((await front.confirm(newer, await front.code(newer), FIRST)).outcome).toBe('SIGNED_IN');
  });
});

describe.each([
  ['on an evening', '2017-02-08T22:00:00Z', '2017-02-09T04:00:00.000Z', '4.00am on Thursday 9 February'],
  ['an hour before', '2017-02-09T03:00:00Z', '2017-02-09T04:00:00.000Z', '4.00am on Thursday 9 February'],
  ['less than an hour before', '2017-02-09T03:00:01Z', '2017-02-10T04:00:00.000Z', '4.00am on Friday 10 February'],
  ['before the clocks go forward', '2017-03-25T20:00:00Z', '2017-03-26T03:00:00.000Z', '4.00am on Sunday 26 March'],
  ['two hours before, after they went forward', '2017-03-26T01:00:00Z', '2017-03-26T03:00:00.000Z', '4.00am on Sunday 26 March'],
  ['half an hour before, after they went forward', '2017-03-26T02:30:00Z', '2017-03-27T03:00:00.000Z', '4.00am on Monday 27 March'],
  ['before the clocks go back', '2017-10-28T20:00:00Z', '2017-10-29T04:00:00.000Z', '4.00am on Sunday 29 October'],
  ['in the hour that comes twice', '2017-10-29T01:30:00Z', '2017-10-29T04:00:00.000Z', '4.00am on Sunday 29 October'],
])('a code from %s (%s)', (_name, at, dies, said) => {
  beforeEach(() => open({}, at));
  afterEach(close);

  test(`works until ${dies}, and not a moment longer`, async () => {
    const registered = await Promise.all(['farah', 'neil'].map((name) => front.register(tenantNamed('wiltshire', name))));
    const [early, late] = await Promise.all(registered.map(async ({ registrationId }) => ({ id: registrationId!, code: await front.code(registrationId!) })));
    expect(registered.map(({ codeExpiresAt }) => codeExpiresAt)).toEqual([dies, dies]);
    expect((await front.mailbox.all())[0]!.text).toContain(said);
    gateway.clock.now = new Date(Date.parse(dies) - 1);
    expect((await front.confirm(early!.id, early!.code, FIRST)).outcome).toBe('SIGNED_IN');
    gateway.clock.now = new Date(dies);
    expect((await front.confirm(late!.id, late!.code, FIRST)).outcome).toBe('REFUSED');
    await front.resend(late!.id);
    expect((await front.confirm(late!.id, await front.code(late!.id, 2), FIRST)).outcome).toBe('SIGNED_IN');
  });
});

whenAvailable('faketime', () => spawnSync('faketime', ['--version']).status === 0, 'the program, started again and again', () => {
  const kept = mkdtempSync(join(tmpdir(), 'journeys-'));
  let program: Program | undefined;
  afterAll(async () => {
    await program?.end();
    rmSync(kept, { recursive: true, force: true });
  });
  const at = async (time: string): Promise<FrontEnd> => {
    await program?.end();
    program = await startProgram(settingsOf(kept, { TZ: 'UTC' }), ['faketime', time]);
    return frontEnd(program.url);
  };

  test('knows the codes of the evening before, until four in the morning', async () => {
    const evening = await at('2017-02-08 22:00:00');
    const [farah, neil] = await Promise.all(['farah', 'neil'].map(async (name) => {
      const id = (await evening.register(tenantNamed('wiltshire', name))).registrationId!;
      return { id, code: await evening.code(id) };
    }));
    const night = await at('2017-02-09 03:58:00');
    expect((await night.confirm(farah!.id, farah!.code, FIRST)).outcome).toBe('SIGNED_IN');
    const morning = await at('2017-02-09 04:00:01');
    expect((await morning.confirm(neil!.id, neil!.code, FIRST)).outcome).toBe('REFUSED');
    await morning.resend(neil!.id);
    expect((await morning.confirm(neil!.id, await morning.code(neil!.id), SECOND)).outcome).toBe('SIGNED_IN');
    expect((await morning.signIn(tenantNamed('wiltshire', 'farah').email, FIRST)).outcome).toBe('SIGNED_IN');
  }, 60_000);
});
