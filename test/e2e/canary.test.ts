/** Nothing that anybody sends, and nothing that is known of anybody, stands in the log, in an error or in a metric. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import Database from 'libsql';
import { AccountDocument, ConfirmEmailDocument, RefreshSessionDocument, TenanciesDocument, UpdateContactDetailsDocument, UpdateHouseholdDocument } from '../../generated/operations.js';
import { frontEnd, tenantNamed, type FrontEnd, type SignedIn } from '../support/front-end.js';
import { secretIn, userIdIn } from '../support/mailbox.js';
import { settingsOf, startProgram, type Program } from '../support/program.js';
import {
  documentFor, fieldsWithArguments, harmless, leavesOf, literal, routeName, routesWithArguments, schemaOf, valueFor, type Leaf, type Route,
} from '../support/schema-walk.js';
import { until } from '../support/until.js';

const MARK = 'zqcanaryw';
/** What the mark looks like inside of base64, wherever it begins, and in hexadecimal. */
const DISGUISES = [MARK, ...[0, 1, 2].map((before) => Buffer.from(`${' '.repeat(before)}${MARK}`).toString('base64url').slice(before ? 4 : 0, -2).toLowerCase()), Buffer.from(MARK).toString('hex')];
const marks = (text: string): string[] => DISGUISES.filter((disguise) => text.toLowerCase().includes(disguise));
let made = 0;
const canary = (): string => `${MARK}${++made}`;

/** The fields, by their way from the root, that give back what was sent by design. There are none. */
const ECHOED: readonly string[] = [];

const folder = mkdtempSync(join(tmpdir(), 'canary-'));
let program: Program;
let front: FrontEnd;
let schema: GraphQLSchema;
let token: string;
let control: string;
const secrets = new Set<string>();

beforeAll(async () => {
  program = await startProgram(settingsOf(folder, { LOG_LEVEL: 'trace', SIM_CONTROL_PORT: '0', TRUST_PROXY: 'true' }));
  front = frontEnd(program.url);
  schema = await schemaOf(program.url);
  control = /^ {2}Faults, ledger +(http:\S+)$/m.exec(program.stdout())![1]!;
  token = (await front.signIn('desmond.ohanlon@example.org', 'copper kettle harbour')).session!.accessToken;
});
afterAll(async () => {
  await program.end();
  rmSync(folder, { recursive: true, force: true });
});

const metrics = async (): Promise<string> => (await fetch(`${program.opsUrl}/metrics`)).text();
const fault = (operation: string, body: object) => fetch(`${control}/faults/${encodeURIComponent(operation)}`, { method: 'PUT', body: JSON.stringify(body) });
const noFaults = () => fetch(`${control}/faults`, { method: 'DELETE' });

/** What came back, headers and all. */
async function answerTo(path: string, init: RequestInit, url = program.url): Promise<string> {
  const response = await fetch(`${url}${path}`, { redirect: 'manual', ...init });
  return JSON.stringify([response.status, [...response.headers], await response.text()]);
}
const JSON_TYPE = { 'content-type': 'application/json' };
const post = (body: unknown, headers: Record<string, string> = {}): Promise<string> =>
  answerTo('/graphql', { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });

/** A few at once: some of these answers take their time on purpose. */
async function all<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  await Promise.all(Array.from({ length: 12 }, async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  }));
}

interface Tried { readonly name: string; readonly body: object; readonly token: string | undefined }

/** A request for each value that can be sent, with a mark in it and nothing else wrong: by variable and written out, signed in and not. */
function requests(route: Route): Tried[] {
  const { args } = route.fields.at(-1)!;
  return args.flatMap((argument) => leavesOf(argument).flatMap((leaf) => {
    const same = (other: Leaf): boolean => other.argument === leaf.argument && other.path.join() === leaf.path.join();
    const shapes = ['String', 'ID'].includes(leaf.type) ? [canary(), `${canary()}@example.org`, `07700 900123 ${canary()}`] : [canary()];
    return shapes.flatMap((shape) => {
      const variables = Object.fromEntries(args.map((each) => [each.name, valueFor(each, (other) => (same(other) ? shape : harmless(schema, other)))]));
      const bodies = [{ query: documentFor(route), variables }, { query: documentFor(route, { [argument.name]: literal(variables[argument.name]) }), variables }];
      const name = `${routeName(route)}(${[leaf.argument, ...leaf.path].join('.')})`;
      return bodies.flatMap((body) => [{ name, body, token }, { name, body, token: undefined }]);
    });
  }));
}

async function sweep(): Promise<number> {
  const tried = routesWithArguments(schema).flatMap(requests);
  await all(tried, async (each) => {
    const answer = await post(each.body, each.token === undefined ? {} : { authorization: `Bearer ${each.token}` });
    // The documents themselves are good: what is refused is the value, or nothing.
    expect([each.name, answer.includes('GRAPHQL_')]).toEqual([each.name, false]);
    const name = each.name.split('(')[0] ?? '';
    if (!ECHOED.includes(name)) expect([each.name, marks(answer)]).toEqual([each.name, []]);
  });
  return tried.length;
}

describe('a mark in every value that the schema takes', () => {
  test('every field with arguments is reached', () => {
    const reached = new Set(routesWithArguments(schema).map(({ fields }) => fields.at(-1)));
    expect(fieldsWithArguments(schema).filter((field) => !reached.has(field)).map(({ name }) => name)).toEqual([]);
    expect(reached.size).toBeGreaterThan(12);
  });

  test('comes back in no answer', async () => {
    expect(await sweep()).toBeGreaterThan(200);
  }, 60_000);

  test.each([
    ['away', { kind: 'reset' }], ['deadlocked', { kind: 'deadlock' }], ['cut short', { kind: 'half' }],
    ['refusing', { kind: 'refuse', code: MARK, message: `it said ${MARK}` }], ['faulting', { kind: 'fault' }],
  ])('comes back in no answer with the legacy system %s', async (_name, kind) => {
    expect((await fault('*', kind)).status).toBe(204);
    try {
      await sweep();
    } finally {
      await noFaults();
    }
  }, 60_000);

  test('comes back in no answer where a registration waits for the database in vain', async () => {
    await fault('FindForRegistration', { kind: 'hang' });
    const { text, errors } = await front.ask('mutation ($input: RegisterInput!) { register(input: $input) { outcome } }',
      { input: { email: `${canary()}@example.org`, phone: '07700 900456', reference: canary(), dateOfBirth: '1981-05-30' } });
    await noFaults();
    expect([marks(text), errors![0]!.extensions.code]).toEqual([[], 'LEGACY_UNAVAILABLE']);
  });
});

describe('a mark where no value belongs', () => {
  const query = '{ landlord { id } }';
  const unknownName = () => `mutation { signIn(input: { identifier: "${canary()}", password: "${canary()}" }) { outcome } }`;

  test.each<[string, () => Promise<string>]>([
    ['JSON that is cut short', () => post(`{"query": "${canary()}`)],
    ['JSON with more behind it', () => post(`{"query": "{ landlord { id } }"} ${canary()}`)],
    ['JSON of another shape', () => post([canary()])],
    ['a batch', () => post([{ query: unknownName() }])],
    ['variables that are none', () => post({ query, variables: canary() })],
    ['variables that nobody asked for', () => post({ query, variables: { [canary()]: canary() } })],
    ['an operation that is not there', () => post({ query, operationName: canary() })],
    ['extensions', () => post({ query, extensions: { [canary()]: canary(), persistedQuery: { version: 1, sha256Hash: canary() } } })],
    ['a query that is no text', () => post({ query: { [canary()]: 1 } })],
    ['GraphQL with a text that does not end', () => post({ query: `mutation { signIn(input: { identifier: "${canary()}` })],
    ['GraphQL with a text where none may stand', () => post({ query: `{ landlord { "${canary()}" } }` })],
    ['GraphQL with a block of text', () => post({ query: `mutation { signOut(everywhere: """${canary()}""") }` })],
    ['GraphQL with a bad escape', () => post({ query: `{ tenancy(reference: "\\q${canary()}") { reference } }` })],
    ['GraphQL with a remark', () => post({ query: `{ landlord { id } } # ${canary()}\n }` })],
    ['a description of a variable\'s default', () => post({ query: `query ($r: Int = "${canary()}") { landlord { id } }` })],
    ['a text for a directive', () => post({ query: `{ landlord { id @include(if: "${canary()}") } }` })],
    ['two mutations', () => post({ query: `mutation { a: ${unknownName().slice(10)} b: signOut }` })],
    ['another type of content', () => post(canary(), { 'content-type': `text/${canary()}` })],
    ['another set of characters', () => post({ query }, { 'content-type': `application/json; charset=${canary()}` })],
    ['a form', () => post(`query=${canary()}`, { 'content-type': 'application/x-www-form-urlencoded' })],
    ['a body that is too large', () => post(MARK.repeat(10_000))],
    ['a query that is too long', () => post({ query: `{ landlord { ${'id '.repeat(1_000)} } tenancy(reference: "${canary()}") { reference } }` })],
    ['a bearer token', () => post({ query: '{ viewer { role } }' }, { authorization: `Bearer ${canary()}` })],
    ['a password for the server', () => post({ query: '{ viewer { role } }' }, { authorization: `Basic ${Buffer.from(`a:${canary()}`).toString('base64')}` })],
    ['other headers', () => post({ query }, {
      'user-agent': canary(), 'x-forwarded-for': canary(), 'x-forwarded-host': canary(), 'x-forwarded-proto': canary(), cookie: `a=${canary()}`, referer: `http://${canary()}/`,
      'x-request-id': canary(), traceparent: canary(), accept: `text/${canary()}`, origin: `http://${canary()}.example`, [canary()]: canary(),
    })],
    ['the origin that asks before', () => answerTo('/graphql', { method: 'OPTIONS', headers: { origin: `https://${canary()}.example`, 'access-control-request-method': 'POST', 'access-control-request-headers': canary() } })],
    ['an address', () => answerTo(`/${canary()}/${canary()}?${canary()}=${canary()}`, {})],
    ['an address that cannot be read', () => answerTo(`/graphql/%ff${canary()}`, {})],
    ['a query in an address', () => answerTo(`/graphql?query=${canary()}&variables=${canary()}`, {})],
    ['an address of a mutation', () => answerTo(`/graphql?${canary()}`, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ query: unknownName() }) })],
    ['another method', () => answerTo(`/graphql?${canary()}`, { method: 'DELETE', headers: JSON_TYPE, body: canary() })],
    ['the question after health', () => answerTo(`/readyz?${canary()}`, {})],
    ['the mailbox\'s address', () => answerTo(`/demo/mailbox?${canary()}`, { headers: { accept: `text/html, ${canary()}` } })],
    ['the metrics\' address', () => answerTo(`/${canary()}`, {}, program.opsUrl)],
    ['what is no HTTP', () => spoken(`POST /${canary()} HTTP/9.9\r\n${canary()}\r\n\r\n`)],
    ['a header that is none', () => spoken(`POST /graphql HTTP/1.1\r\nhost: a\r\n${canary()}\u0001: ${canary()}\r\n\r\n`)],
  ])('%s: not in the answer', async (_name, ask) => {
    expect(marks(await ask())).toEqual([]);
  });

  test('an address that cannot be read gets a coded answer, of the same care as others', async () => {
    const response = await fetch(`${program.url}/graphql/%ff${canary()}`);
    expect([response.status, ((await response.json()) as { errors: { extensions: object }[] }).errors[0]!.extensions, response.headers.get('x-content-type-options'), response.headers.get('cache-control')])
      .toEqual([400, { code: 'INVALID_INPUT', field: 'address' }, 'nosniff', 'no-store']);
  });

  async function spoken(text: string): Promise<string> {
    const { hostname, port } = new URL(program.url);
    const socket = connect(Number(port), hostname);
    let heard = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      heard += chunk;
    });
    socket.end(text);
    await once(socket, 'close');
    expect(heard).toMatch(/^HTTP\/1.1 [45]/);
    return heard;
  }

  test('the alarm about many refused sign-ins does not say from where', async () => {
    const alarms = async () => Number(/^sign_in_alarms_total (\d+)$/m.exec(await metrics())![1]);
    const [from, before] = [canary(), await alarms()];
    await all(Array.from({ length: 50 }, (_, n) => n), async () => {
      await post({ query: unknownName() }, { 'x-forwarded-for': from });
    });
    expect(await alarms()).toBe(before + 1);
  }, 60_000);
});

describe('a whole journey with secrets of its own', () => {
  const farah = tenantNamed('wiltshire', 'farah');
  const [first, second, third] = [`first ${canary()} umbrella`, `second ${canary()} umbrella`, `third ${canary()} umbrella`];
  const keep = (...texts: (string | null | undefined)[]): void => texts.forEach((text) => text && text.length >= 4 && secrets.add(text));
  const keepTokens = ({ session }: SignedIn): NonNullable<SignedIn['session']> => {
    keep(session?.accessToken, session?.accessToken.split('.')[2], session?.refreshToken, session?.refreshToken.split('.')[1], session?.deviceToken);
    return session!;
  };

  /** Everything that a tenant changes, once against a legacy system that refuses it. */
  async function changes(as: string): Promise<void> {
    const [email, phone, postcode] = [`${canary()}@example.org`, '07700 900789', 'ZE3 9JW'];
    const lines = [`${canary()} Row`, canary()];
    const members = [{ title: 'Dr', forenames: canary(), surname: canary(), dateOfBirth: '1931-07-19', relationship: canary() }];
    keep(email, phone, phone.replace(/\D/g, ''), postcode, ...lines, '1931-07-19');
    for (const operation of ['UpdateContactDetails', 'UpdateHousehold']) await fault(operation, { kind: 'refuse', code: '9001', message: canary(), times: 1 });
    const key = (): string => canary();
    const [contact, household] = [
      await front.ask(UpdateContactDetailsDocument, { input: { idempotencyKey: key(), email, phones: [{ type: 'HOME', number: phone }], correspondenceAddress: { lines, postcode } } }, as),
      await front.ask(UpdateHouseholdDocument, { input: { idempotencyKey: key(), tenancyReference: farah.reference, members } }, as),
    ];
    const { reference } = contact.data!.updateContactDetails;
    const code = secretIn(await front.mailbox.wait('newAddress', email));
    keep(reference, code, household.data!.updateHousehold.reference);
    await front.ask(ConfirmEmailDocument, { changeReference: reference, code: canary() }, as);
    expect((await front.ask(ConfirmEmailDocument, { changeReference: reference, code }, as)).errors).toBeUndefined();
    await until(async () => /^deliveries_total\{kind="contact-details",outcome="delivered"\} 1$/m.test(await metrics()));
    await until(async () => /^deliveries_total\{kind="household",outcome="needs_attention"\} 1$/m.test(await metrics()));
  }

  test('goes well', async () => {
    keep(first, second, third, farah.email, farah.phone, farah.phone.replace(/\D/g, ''), farah.dateOfBirth, 'copper kettle harbour', 'desmond.ohanlon@example.org', token);
    await front.register({ ...farah, phone: '07700 900457' });
    const id = (await front.register(farah)).registrationId!;
    await front.resend(id);
    const code = await front.code(id);
    keep(code, code.toLowerCase());
    await front.confirm(id, `${code}x`, first);
    keepTokens(await front.confirm(id, code, first));
    keep(userIdIn(await front.mailbox.wait('welcome', farah.email)));
    expect((await front.register(farah)).outcome).toBe('ALREADY_REGISTERED');
    await front.mailbox.wait('alreadyRegistered', farah.email);
    const { refreshToken, deviceToken } = keepTokens(await front.signIn(farah.email, first, { deviceToken: canary() }));
    keepTokens(await front.signIn(farah.email, first, { deviceToken: deviceToken! }));
    const renewed = keepTokens((await front.ask(RefreshSessionDocument, { refreshToken })).data!.refreshSession);
    const changed = keepTokens(await front.change(renewed.accessToken, first, second));
    // A spent refresh token that comes back is logged, too.
    await front.ask(RefreshSessionDocument, { refreshToken: changed.refreshToken });
    await front.ask(RefreshSessionDocument, { refreshToken: changed.refreshToken });
    await front.forget(farah.email);
    const temporary = secretIn(await front.mailbox.wait('temporaryPassword', farah.email));
    keep(temporary);
    const limited = keepTokens(await front.signIn(farah.email, temporary));
    const own = keepTokens(await front.change(limited.accessToken, temporary, third));
    for (const reader of [own.accessToken, token]) {
      expect((await front.ask(AccountDocument, {}, reader)).errors).toBeUndefined();
      const { tenant } = (await front.ask(TenanciesDocument, {}, reader)).data!.viewer!;
      keep(tenant!.name.full, ...tenant!.name.full.split(' '), tenant!.dateOfBirth, ...tenant!.contact.emails, ...tenant!.contact.phones.map(({ number }) => number));
      for (const { members, property, reference } of tenant!.tenancies) {
        keep(reference, ...property.address.lines, property.address.postcode);
        for (const member of members) keep(member.name.full, ...member.name.full.split(' '), member.dateOfBirth);
      }
    }
    await changes(own.accessToken);
    for (let n = 0; n < 6; n++) await front.signIn(farah.email, `wrong ${canary()}`);
    expect(secrets.size).toBeGreaterThan(40);
  }, 60_000);
});

describe('the store', () => {
  test('a mark comes back in no answer while it fails', async () => {
    const database = new Database(join(folder, 'gateway.db'));
    database.exec('ALTER TABLE document RENAME TO away');
    try {
      expect((await front.ask('mutation ($input: SignInInput!) { signIn(input: $input) { outcome } }', { input: { identifier: canary(), password: canary() } })).errors)
        .toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE', system: 'store' } }]);
      await sweep();
    } finally {
      database.exec('ALTER TABLE away RENAME TO document');
      database.close();
    }
    expect((await front.signIn(tenantNamed('wiltshire', 'farah').email, 'nothing')).outcome).toBe('REFUSED');
  }, 60_000);
});

describe('after all of that', () => {
  test('the log has all that happened, a line of JSON each, and no mark and no secret', () => {
    const lines = program.stderr().trimEnd().split('\n');
    for (const event of ['request', 'legacy_call_failed', 'service_unavailable', 'many_failed_sign_ins', 'refresh_token_reused', 'delivered', 'delivery_needs_attention']) {
      expect(lines.filter((line) => (JSON.parse(line) as { event: string }).event === event).length).toBeGreaterThan(0);
    }
    expect(lines.length).toBeGreaterThan(1_000);
    expect(lines.filter((line) => marks(line).length > 0)).toEqual([]);
    const told = [...secrets].flatMap((secret) => lines.filter((line) => line.toLowerCase().includes(secret.toLowerCase())).slice(0, 2).map((line) => [secret, line]));
    expect(told).toEqual([]);
  });

  test('so have the metrics, and nothing was printed after the start', async () => {
    const text = await metrics();
    expect(text).toMatch(/^sign_in_failures_total [1-9]/m);
    expect([marks(text), [...secrets].filter((secret) => text.toLowerCase().includes(secret.toLowerCase()))]).toEqual([[], []]);
    expect(program.stdout()).toMatch(/\nGateway ready at \S+\n$/);
    expect(marks(program.stdout())).toEqual([]);
  });
});
