/** What people and attackers type into the operations of identity: what has to work as typed, and what is refused before anything is done. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ConfirmRegistrationDocument, RegisterDocument } from '../../generated/operations.js';
import { KIND } from '../../src/application/identity/records.js';
import { frontEnd, tenantNamed, type FrontEnd } from '../support/front-end.js';
import { startGateway, type Answer, type TestGateway } from '../support/gateway.js';
import { until } from '../support/until.js';

const MARK = 'mark4c81d';
const FIRST = 'seven green umbrellas';
const farah = tenantNamed('wiltshire', 'farah');

let gateway: TestGateway;
let front: FrontEnd;
let token: string;
beforeAll(async () => {
  gateway = await startGateway();
  front = frontEnd(gateway.url);
  token = await gateway.token(0);
});
afterAll(() => gateway.close());

/** Everything that the store holds, and everything that was mailed. */
async function held(): Promise<string> {
  const { store } = gateway.app;
  await until(async () => (await store.list('mail', '', 1)).length === 0);
  const documents = await Promise.all([...Object.values(KIND), 'mail'].map(async (kind) => [kind, await store.list(kind, '', 1_000)]));
  return JSON.stringify([documents, await front.mailbox.all()]);
}

async function verifications(): Promise<string[]> {
  return [...(await gateway.metrics()).matchAll(/^password_verifications_total\{.*$/gm)].map(([line]) => line);
}

const codes = ({ errors }: Answer<unknown>) => errors?.map(({ extensions }) => ({ code: extensions.code, field: extensions.field }));

describe('a password', () => {
  const cases: [string, string, string?][] = [
    ['12 letters', 'umbrellagrey'],
    ['12 Welsh letters, typed composed and decomposed', 'ŵyneŷchllêwŷ'.normalize('NFC'), 'ŵyneŷchllêwŷ'.normalize('NFD')],
    ['12 Cyrillic letters', 'зонтикйёлкаё'.normalize('NFD'), 'зонтикйёлкаё'.normalize('NFC')],
    ['12 Chinese characters', '七把绿色的雨伞在门后面放'],
    ['12 Korean syllables, composed and decomposed', '초록색우산일곱개가문뒤에'.normalize('NFC'), '초록색우산일곱개가문뒤에'.normalize('NFD')],
    ['Arabic, from right to left', 'سبع مظلات خضراء'],
    ['12 characters outside of the first plane', '🌂🚪🌧🏠🔑🌳🐦🌊🎺🧵🪴🚲'],
    ['Vietnamese of two marks a letter', 'những chiếc ô'.normalize('NFD'), 'những chiếc ô'.normalize('NFC')],
    ['spaces at both ends, which count', '  grey umbrella  '],
    ['256 letters of any kind', Array.from({ length: 256 }, (_, n) => String.fromCodePoint(0x4e00 + n * 7)).join('')],
    ['256 characters outside of the first plane', Array.from({ length: 256 }, (_, n) => String.fromCodePoint(0x20000 + n * 7)).join('')],
    ['256 letters that are 768 when decomposed', 'ấẩẫậếềểễ'.normalize('NFC').repeat(32).normalize('NFD')],
  ];

  test('of 12 to 256 characters in any script works as it is typed, however the keyboard composes it', async () => {
    const { identifier, password } = gateway.demoAccounts[1]!;
    let current = password;
    for (const [name, chosen, typed = chosen] of cases) {
      const session = (await front.signIn(identifier, current)).session!;
      const changed = await front.change(session.accessToken, current, chosen);
      expect([name, changed.outcome]).toEqual([name, 'SIGNED_IN']);
      expect([name, (await front.signIn(identifier, typed)).outcome]).toEqual([name, 'SIGNED_IN']);
      current = chosen;
    }
    for (const other of [current.toUpperCase(), `${current} `, current.slice(0, -1), '  grey umbrella  '.trim()]) {
      if (other !== current) expect((await front.signIn(identifier, other)).outcome).toBe('REFUSED');
    }
    expect((await front.signIn(identifier, current)).outcome).toBe('SIGNED_IN');
  });

  const bad: [string, string, RegExp][] = [
    ['11 characters', 'umbrellagre', /at least 12/],
    ['11 characters of two units each', '🌂🚪🌧🏠🔑🌳🐦🌊🎺🧵🪴', /at least 12/],
    ['12 that are 11 when composed', 'umbrellagre\u0301', /at least 12/],
    ['257', 'ab cd!'.repeat(43).slice(0, 257), /at most 256/],
    ['30,000', 'ab cd!'.repeat(5_000), /at most 256/],
    ['none', '', /at least 12/],
    ['a common one', 'password1234', /Many people/],
    ['a common one in capitals, with signs around it', '!!PASSWORD1234!!', /Many people/],
    ['digits that count up', '123456789012', /Many people/],
    ['one character', 'a'.repeat(12), /Many people/],
    ['the landlord', 'Wiltshire Council!', /not made from/],
    ['the landlord in disguise', 'W1lt5h1reC0unc1l', /not made from/],
    ['the portal', 'iHousing2017!!', /not made from/],
    ['a control character', 'seven green\u0007 umbrellas', /can be typed/],
    ['NUL', 'seven green\u0000 umbrellas', /can be typed/],
  ];
  test.each(bad)('that is %s is refused with its reason, and nothing else is done', async (_name, password, reason) => {
    const before = await held();
    const confirmed = await front.ask(ConfirmRegistrationDocument, { input: { registrationId: 'nobody-s', code: 'NotTheCode12', password } });
    expect([codes(confirmed), confirmed.errors![0]!.message]).toEqual([[{ code: 'INVALID_INPUT', field: 'input.password' }], expect.stringMatching(reason)]);
    const changed = await front.ask('mutation ($p: String!) { changePassword(currentPassword: "teapot lantern meadow", newPassword: $p) { outcome } }', { p: password }, token);
    expect([codes(changed), changed.errors![0]!.message]).toEqual([[{ code: 'INVALID_INPUT', field: 'newPassword' }], expect.stringMatching(reason)]);
    if (password.length > 3) expect(confirmed.text + changed.text).not.toContain(JSON.stringify(password).slice(1, -1));
    expect(await held()).toBe(before);
  });

  test('made from the person\'s own name is refused, and uses up neither the code nor a try', async () => {
    const id = (await front.register(farah)).registrationId!;
    const code = await front.code(id);
    const before = await held();
    for (const password of ['Farah Khalidi 1981', 'khalidi.khalidi', 'F4rahN00rKhal1d1']) {
      for (let n = 0; n < 2; n++) {
        const answer = await front.ask(ConfirmRegistrationDocument, { input: { registrationId: id, code, password } });
        expect([codes(answer), answer.errors![0]!.message]).toEqual([[{ code: 'INVALID_INPUT', field: 'input.password' }], expect.stringMatching(/not made from/)]);
      }
    }
    expect(await held()).toBe(before);
    expect((await front.confirm(id, code, FIRST)).outcome).toBe('SIGNED_IN');
  });
});

describe('what cannot be', () => {
  const mutation = {
    register: 'mutation ($input: RegisterInput!) { register(input: $input) { outcome registrationId } }',
    confirm: 'mutation ($input: ConfirmRegistrationInput!) { confirmRegistration(input: $input) { outcome } }',
    resend: 'mutation ($registrationId: ID!) { resendRegistrationCode(registrationId: $registrationId) { message } }',
    signIn: 'mutation ($input: SignInInput!) { signIn(input: $input) { outcome } }',
    reset: 'mutation ($input: PasswordResetInput!) { requestPasswordReset(input: $input) { message } }',
    refresh: 'mutation ($refreshToken: String!) { refreshSession(refreshToken: $refreshToken) { outcome } }',
    change: 'mutation ($currentPassword: String!, $newPassword: String!) { changePassword(currentPassword: $currentPassword, newPassword: $newPassword) { outcome } }',
  } as const;
  const registering = (change: object): [string, object] => [mutation.register, { input: { ...tenantNamed('wiltshire', 'gerald'), ...change } }];
  const long = MARK.padEnd(20_000, 'x');

  test.each<[string, [string, object], string]>([
    ['two addresses', registering({ email: `${MARK}@x.org, b@y.org` }), 'input.email'],
    ['two addresses by a semicolon', registering({ email: `${MARK}@x.org;b@y.org` }), 'input.email'],
    ['an address with a name', registering({ email: `${MARK} <gerald.stourton@example.org>` }), 'input.email'],
    ['an address and a header', registering({ email: `gerald.stourton@example.org\r\nBcc: ${MARK}@y.org` }), 'input.email'],
    ['an address and a line break', registering({ email: `gerald.stourton@example.org\n${MARK}` }), 'input.email'],
    ['an address with NUL', registering({ email: `gerald.stourton@example.org\u0000${MARK}` }), 'input.email'],
    ['no address', registering({ email: MARK }), 'input.email'],
    ['a long address', registering({ email: `${long}@example.org` }), 'input.email'],
    ['a number for an address', registering({ email: 7_314_907 }), 'input.email'],
    ['a list of addresses', registering({ email: [`${MARK}@x.org`, 'b@y.org'] }), 'input.email'],
    ['a phone number with a line break', registering({ phone: `07700 900744\r\n${MARK}` }), 'input.phone'],
    ['a phone number of words', registering({ phone: MARK }), 'input.phone'],
    ['a long phone number', registering({ phone: long }), 'input.phone'],
    ['a number for a phone number', registering({ phone: 7_314_907 }), 'input.phone'],
    ['a reference with NUL', registering({ reference: `000744/01\u0000${MARK}` }), 'input.reference'],
    ['an empty reference', registering({ reference: '  ' }), 'input.reference'],
    ['a long reference', registering({ reference: long }), 'input.reference'],
    ['30 February', registering({ dateOfBirth: '1962-02-30' }), 'input.dateOfBirth'],
    ['29 February of a common year', registering({ dateOfBirth: '1962-02-29' }), 'input.dateOfBirth'],
    ['a birthday tomorrow', registering({ dateOfBirth: '2017-02-09' }), 'input.dateOfBirth'],
    ['a birthday in the year 9999', registering({ dateOfBirth: '9999-12-31' }), 'input.dateOfBirth'],
    ['a day of words', registering({ dateOfBirth: MARK }), 'input.dateOfBirth'],
    ['a day with a time', registering({ dateOfBirth: '1962-06-11T00:00:00Z' }), 'input.dateOfBirth'],
    ['a number for a day', registering({ dateOfBirth: 19_620_611 }), 'input.dateOfBirth'],
    ['nothing for a day', registering({ dateOfBirth: null }), 'input.dateOfBirth'],
    ['a code with NUL', [mutation.confirm, { input: { registrationId: 'a', code: `a\u0000${MARK}`, password: FIRST } }], 'input.code'],
    ['a long code', [mutation.confirm, { input: { registrationId: 'a', code: long, password: FIRST } }], 'input.code'],
    ['a long registration', [mutation.confirm, { input: { registrationId: long, code: 'a', password: FIRST } }], 'input.registrationId'],
    ['a registration with a line break', [mutation.resend, { registrationId: `${MARK}\r\n` }], 'registrationId'],
    ['a registration that is an object', [mutation.resend, { registrationId: { [MARK]: 1 } }], 'registrationId'],
    ['a name with a line break', [mutation.signIn, { input: { identifier: `${MARK}\r\n`, password: FIRST } }], 'input.identifier'],
    ['an empty name', [mutation.signIn, { input: { identifier: ' ', password: FIRST } }], 'input.identifier'],
    ['an empty password', [mutation.signIn, { input: { identifier: MARK, password: '' } }], 'input.password'],
    ['a long password', [mutation.signIn, { input: { identifier: MARK, password: long } }], 'input.password'],
    ['a number for a password', [mutation.signIn, { input: { identifier: MARK, password: 7_314_907 } }], 'input.password'],
    ['a text for yes or no', [mutation.signIn, { input: { identifier: MARK, password: FIRST, sharedComputer: MARK } }], 'input.sharedComputer'],
    ['a long device token', [mutation.signIn, { input: { identifier: MARK, password: FIRST, deviceToken: long } }], 'input.deviceToken'],
    ['a name with NUL', [mutation.reset, { input: { identifier: `margaret.tidcombe@example.org\u0000${MARK}` } }], 'input.identifier'],
    ['30 February with a forgotten password', [mutation.reset, { input: { identifier: 'margaret.tidcombe@example.org', dateOfBirth: '1962-02-30' } }], 'input.dateOfBirth'],
    ['tomorrow with a forgotten password', [mutation.reset, { input: { identifier: 'margaret.tidcombe@example.org', dateOfBirth: '2017-02-09' } }], 'input.dateOfBirth'],
    ['a long refresh token', [mutation.refresh, { refreshToken: long }], 'refreshToken'],
    ['a long current password', [mutation.change, { currentPassword: long, newPassword: FIRST }], 'currentPassword'],
  ])('%s: INVALID_INPUT with the field; nothing is stored, mailed, verified or repeated', async (_name, [query, variables], field) => {
    const before = [await held(), await verifications()];
    const answer = await front.ask(query, variables, query === mutation.change ? token : undefined);
    expect(codes(answer)).toEqual([{ code: 'INVALID_INPUT', field }]);
    expect(answer.errors![0]!.message.length).toBeGreaterThan(10);
    for (const value of [MARK, '7314907', '1962', '9999', '2017-02']) expect(answer.text).not.toContain(value);
    expect([await held(), await verifications()]).toEqual(before);
  });

  test.each(Object.entries(mutation))('1 MB in %s is refused unread', async (_name, query) => {
    const before = [await held(), await verifications()];
    const answer = await front.ask(query, { input: { email: MARK.repeat(120_000) } });
    expect([answer.status, codes(answer)]).toEqual([413, [{ code: 'INVALID_INPUT', field: 'body' }]]);
    expect(answer.text).not.toContain(MARK);
    expect([await held(), await verifications()]).toEqual(before);
  });

  test('the control: with nothing wrong the same details are taken', async () => {
    expect((await front.ask(RegisterDocument, { input: tenantNamed('wiltshire', 'gerald') })).data!.register.outcome).toBe('CODE_SENT');
    const today = { ...tenantNamed('wiltshire', 'gerald'), dateOfBirth: '2017-02-08' };
    expect((await front.ask(RegisterDocument, { input: today })).data!.register.outcome).toBe('NO_MATCH');
  });
});

describe('more than one mutation field', () => {
  const guess = (password: string) => `signIn(input: { identifier: "margaret.tidcombe@example.org", password: "${password}" }) { outcome }`;
  const doubling = (levels: number): string => [
    'mutation { ...F0 }', ...Array.from({ length: levels }, (_, n) => `fragment F${n} on Mutation { ...F${n + 1} ...F${n + 1} }`), `fragment F${levels} on Mutation { a: ${guess('a')} b: ${guess('b')} }`,
  ].join(' ');

  test.each([
    ['by aliases', `mutation { a: ${guess('a')} b: ${guess('b')} }`],
    ['by fifteen aliases', `mutation { ${Array.from({ length: 15 }, (_, n) => `a${n}: ${guess(`${n}`)}`).join(' ')} }`],
    ['without aliases', `mutation { ${guess('a')} ${guess('a')} }`],
    ['of two kinds', `mutation { ${guess('a')} refreshSession(refreshToken: "a") { outcome } }`],
    ['by fragments', `mutation { ...A ...B } fragment A on Mutation { a: ${guess('a')} } fragment B on Mutation { b: ${guess('b')} }`],
    ['by a fragment in a fragment', `mutation { a: ${guess('a')} ...A } fragment A on Mutation { ...B } fragment B on Mutation { b: ${guess('b')} }`],
    ['by inline fragments', `mutation { ... { a: ${guess('a')} } ... on Mutation { ... @include(if: true) { b: ${guess('b')} } } }`],
    ['one of them skipped', `mutation { a: ${guess('a')} ... @skip(if: true) { b: ${guess('b')} } }`],
    ['in one of two operations', `mutation A { a: ${guess('a')} } mutation B { a: ${guess('a')} b: ${guess('b')} }`],
    // Each level doubles what a naive count would walk through: this has to be answered as soon as any other.
    ['by 60 levels of fragments', doubling(60)],
  ])('%s is refused before any hash', async (_name, query) => {
    const before = [await held(), await verifications()];
    const answer = await front.ask(query, {});
    expect([answer.status, answer.data]).toEqual([400, undefined]);
    expect(codes(answer)!.every(({ code }) => code === 'INVALID_INPUT' || code === 'GRAPHQL_VALIDATION_FAILED')).toBe(true);
    expect(answer.errors!.map(({ message }) => message)).toContain('Send one mutation at a time.');
    expect([await held(), await verifications()]).toEqual(before);
  }, 5_000);

  test('in a batch is refused before any hash, and so is a batch of one', async () => {
    const before = [await held(), await verifications()];
    for (const count of [1, 2, 20]) {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(Array.from({ length: count }, () => ({ query: `mutation { ${guess('a')} }` }))),
      });
      expect([response.status, ((await response.json()) as { errors: { extensions: object }[] }).errors.map(({ extensions }) => extensions)]).toEqual([400, [{ code: 'INVALID_INPUT' }]]);
    }
    expect([await held(), await verifications()]).toEqual(before);
  });

  test('one is answered, through a fragment that is spread twice too', async () => {
    for (const query of [`mutation { ${guess('a')} }`, `mutation { ...A ...A } fragment A on Mutation { ${guess('a')} }`]) {
      const before = await verifications();
      expect((await front.ask(query, {})).data).toEqual({ signIn: { outcome: 'REFUSED' } });
      expect(await verifications()).not.toEqual(before);
    }
  });
});
