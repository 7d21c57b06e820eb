/**
 * Every field of the schema, as every role: authorisation.table.ts says what each gets, and here each gets it, from a running
 * gateway. The fields are those of the schema that it serves, so that a new one fails until somebody has decided.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GraphQLField, GraphQLSchema } from 'graphql';
import { newSigningKey } from '../../adapters/jose/tokens.js';
import { Audit, fieldsOf, readLines, readTable, ROLES, type Role } from '../support/authorisation.js';
import { startGateway, type Answer } from '../support/gateway.js';
import { tenantNamed } from '../support/front-end.js';
import { paymentInput } from '../support/payer.js';
import { OWNER, startWorld, type World } from '../support/roles.js';
import { documentOf, everythingBelow, harmless, picked, rootRoutes, schemaOf, valueFor, type Picked } from '../support/schema-walk.js';
import { addresses } from '../support/statements.js';
import { until } from '../support/until.js';
import { ADDRESSES, TABLE } from './authorisation.table.js';

const table = readTable(TABLE);
let world: World;
let schema: GraphQLSchema;
let audit: Audit;
beforeAll(async () => {
  world = await startWorld();
  schema = await schemaOf(world.gateway.url);
  audit = new Audit(schema, table);
}, 60_000);
afterAll(() => world.gateway.close());

type Variables = Readonly<Record<string, unknown>>;
const cell = (name: string, role: Role): string | undefined => table.get(name)?.[role];
const fieldNamed = (operation: 'query' | 'mutation', name: string): GraphQLField<unknown, unknown> =>
  rootRoutes(schema).find((route) => route.operation === operation && route.fields[0]?.name === name)!.fields[0]!;
const ask = (operation: 'query' | 'mutation', fields: Picked, variables: Variables, token?: string): Promise<Answer<unknown>> =>
  world.gateway.send(documentOf(operation, fields, variables), variables, token);

/** What is asked of each root field, in this order: of a record, the tenant's own. */
const QUESTIONS: Readonly<Record<string, Variables>> = {
  // Before all the others add to it.
  auditTrail: {},
  landlord: {}, repairGuide: {}, viewer: {}, accounts: {}, deliveries: {}, tenancies: { search: 'Quarry Rise' },
  tenancy: { reference: OWNER.tenancy }, repair: { reference: OWNER.repair }, tenant: { reference: OWNER.person },
};
/** Those whose answer is somebody's own, and so another one for everybody. */
const OF_ONESELF = new Set(['viewer']);

/** The same, of records that there are none of. */
function ofNothing(variables: Variables): Variables {
  const unknown = { [OWNER.tenancy]: '999999/99', [OWNER.repair]: 'WO999999', [world.change.reference]: `${world.change.reference.slice(0, -4)}0000` };
  return JSON.parse(Object.entries(unknown).reduce((text, [from, to]) => text.replaceAll(JSON.stringify(from), JSON.stringify(to)), JSON.stringify(variables))) as Variables;
}

/** Whatever would show a stranger whose record it is. */
const traces = (): string[] => [OWNER.name, OWNER.person, OWNER.tenancy, OWNER.repair, OWNER.newEmail, 'amir.khalidi', world.ownerAccount, world.delivery, world.change.reference, world.payment.reference];
const tracesIn = (text: string): string[] => traces().filter((trace) => text.includes(trace));

test('the table has a line for each field of the schema, and for nothing else', () => {
  const fields = fieldsOf(schema);
  expect({ undecided: fields.filter((name) => !table.has(name)), gone: [...table.keys()].filter((name) => !fields.includes(name)) }).toEqual({ undecided: [], gone: [] });
});

test('a line that is missing is found, and so is one for a field that is gone or that is said twice', () => {
  expect(() => readTable(`${TABLE}Tenancy.reference | - | - | - | - | - | -`)).toThrow('Tenancy.reference has two lines');
  expect(() => readTable(TABLE.replace('| admin', '| boss'))).toThrow('the columns are not');
  expect(() => readTable(`${TABLE}Tenancy.colour | value | value`)).toThrow('the line of Tenancy.colour');
});

test('a cell that says something else than the gateway does is found', async () => {
  const fields = picked(fieldNamed('query', 'tenancy'), 2);
  const admin = await ask('query', fields, QUESTIONS['tenancy']!, world.tokens.admin);
  const found = async (name: string, role: Role, claim: string): Promise<string[]> => {
    const altered = new Audit(schema, new Map([...table, [name, { ...table.get(name)!, [role]: claim }]]));
    altered.hold(role, 'query', [fields], await ask('query', fields, QUESTIONS['tenancy']!, world.tokens[role]), admin);
    return altered.findings();
  };
  expect(await found('Query.tenancy', 'nobody', 'null')).toEqual(['nobody Query.tenancy: UNAUTHENTICATED, not null']);
  expect(await found('Query.tenancy', 'tenant', 'null')).toEqual(['tenant Query.tenancy: value, not null']);
  expect(await found('Query.tenancy', 'another', 'value')).toEqual(['another Query.tenancy: null, and not what an admin gets, not value']);
  expect(await found('Tenancy.balance', 'tenant', '-')).toEqual(['tenant Tenancy.balance: value, not -']);
  expect(await found('TenancyMember.dateOfBirth', 'tenant', 'value')).toEqual(['tenant TenancyMember.dateOfBirth: null, and not what an admin gets, not value']);
  expect(await found('Query.tenancy', 'staff', 'FORBIDDEN')).toEqual(['staff Query.tenancy: value, not FORBIDDEN']);
});

describe('queries', () => {
  test('every field of every type, by every way from a root field, is as the table says', async () => {
    expect(Object.keys(QUESTIONS).sort()).toEqual(Object.keys(schema.getQueryType()!.getFields()).sort());
    for (const [name, variables] of Object.entries(QUESTIONS)) {
      for (const fields of everythingBelow(fieldNamed('query', name))) {
        const admin = await ask('query', fields, variables, world.tokens.admin);
        for (const role of ROLES) {
          const answer = role === 'admin' ? admin : await ask('query', fields, variables, world.tokens[role]);
          audit.hold(role, 'query', [fields], answer, OF_ONESELF.has(name) ? null : admin);
          if (role === 'another' || role === 'nobody') expect([name, role, tracesIn(answer.text)]).toEqual([name, role, []]);
        }
      }
    }
    expect(audit.findings()).toEqual([]);
  }, 120_000);

  test('a tenant is refused what is for staff, field by field: each by itself', async () => {
    const roots = rootRoutes(schema).filter(({ operation, fields: [field] }) => operation === 'query' && cell(`Query.${field!.name}`, 'tenant') === 'FORBIDDEN');
    let tried = 0;
    for (const { fields: [field] } of roots) {
      const variables = QUESTIONS[field!.name]!;
      const innermost = ({ field: at, inner }: Picked): Picked[] => (inner.length === 0 ? [{ field: at, inner }] : inner.flatMap((below) => innermost(below).map((one) => ({ field: at, inner: [one] }))));
      for (const alone of everythingBelow(field!).flatMap(innermost)) {
        for (const role of ['tenant', 'another'] as const) {
          const { data, errors } = await ask('query', alone, variables, world.tokens[role]);
          expect([data, errors?.map(({ path, extensions: { code } }) => [path, code])]).toEqual([{ [field!.name]: null }, [[[field!.name], 'FORBIDDEN']]]);
          tried += 1;
        }
      }
    }
    expect(tried).toBeGreaterThan(500);
  }, 120_000);

  test('what is not one\'s own is answered, byte for byte, as what does not exist', async () => {
    const hidden = Object.keys(QUESTIONS).filter((name) => cell(`Query.${name}`, 'another') === 'null');
    expect(hidden.length).toBeGreaterThan(0);
    for (const name of hidden) {
      for (const fields of everythingBelow(fieldNamed('query', name))) {
        const [theirs, nothing] = await Promise.all([QUESTIONS[name]!, ofNothing(QUESTIONS[name]!)].map((variables) => ask('query', fields, variables, world.tokens.another)));
        expect(theirs!.text).toBe(nothing!.text);
      }
    }
  });
});

/** How each line of the second table is asked for. */
async function reach(address: string): Promise<(token: string | undefined) => Promise<Response>> {
  const { gateway: { url }, gateway, payment } = world;
  const at = (where: string, init: RequestInit = {}) => (token: string | undefined): Promise<Response> =>
    fetch(where, { redirect: 'manual', ...init, headers: { ...init.headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) } });
  const [, method, path, ownPage] = /^(\w+) (.*?)( from its own page)?$/.exec(address)!;
  const json = { method: 'POST', headers: { 'content-type': 'application/json', ...(ownPage && { origin: url }) }, body: JSON.stringify({ query: '{ viewer { role } }' }) };
  switch (path) {
    case '/statements/<asked for by the tenant>.csv':
    case '/statements/<asked for by the tenant>.pdf':
      return at((await addresses(gateway, world.tokens.tenant!, 'ONE_MONTH', OWNER.tenancy))[path.endsWith('csv') ? 'csvUrl' : 'pdfUrl']);
    case '/statements/<asked for by staff>.csv':
      return at((await addresses(gateway, world.tokens.staff!, 'ONE_MONTH', OWNER.tenancy)).csvUrl);
    case '/payments/<the tenant\'s>/return':
      return at(payment.returnUrl);
    default:
      return at(`${url}${path!.replace('<unknown>', 'A'.repeat(43))}`, method === 'POST' ? json : {});
  }
}

describe('addresses outside GraphQL', () => {
  test.each([...readLines(ADDRESSES, 'address')])('%s', async (address, decisions) => {
    const get = await reach(address);
    const statuses: [Role, string][] = [];
    for (const role of ROLES) statuses.push([role, String((await get(world.tokens[role])).status)]);
    expect(Object.fromEntries(statuses)).toEqual(decisions);
  });

  test('the playground knows nobody by a token of the staff provider\'s, and a tenant\'s there is a tenant\'s', async () => {
    const get = await reach('POST /playground/graphql from its own page');
    const viewers = await Promise.all(ROLES.map(async (role) => ((await (await get(world.tokens[role])).json()) as { data: { viewer: { role: string } | null } }).data.viewer?.role ?? null));
    expect(viewers).toEqual([null, 'TENANT', 'TENANT', 'TENANT', null, null]);
    const session = await reach('GET /playground/session');
    for (const role of ROLES) expect(await (await session(world.tokens[role])).json()).toMatchObject({ signedIn: false });
  });

  test('outside the demo there is no mailbox, and the playground takes no token', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'authorisation-'));
    writeFileSync(join(folder, 'keys.json'), JSON.stringify({ keys: [await newSigningKey()] }));
    writeFileSync(join(folder, 'pepper'), 'p'.repeat(32));
    const { legacy } = world.gateway;
    const real = await startGateway({
      LEGACY_SQL_URL: `mssql://gateway:gateway@localhost:${legacy!.sqlPort}/housing?encrypt=true&trustServerCertificate=true`, LEGACY_SOAP_URL: `http://127.0.0.1:${legacy!.soapPort}/housing`,
      SIGNING_KEYS_FILE: join(folder, 'keys.json'), PASSWORD_PEPPER_FILE: join(folder, 'pepper'), SMTP_URL: 'smtp://127.0.0.1:1', PORTAL_URL: 'http://127.0.0.1:3000',
    });
    try {
      expect((await fetch(`${real.url}/demo/mailbox`)).status).toBe(404);
      const asked = await fetch(`${real.url}/playground/graphql`, {
        method: 'POST', headers: { 'content-type': 'application/json', origin: real.url, authorization: `Bearer ${world.tokens.tenant}` }, body: JSON.stringify({ query: '{ viewer { role } }' }),
      });
      expect([asked.status, await asked.json()]).toMatchObject([403, { errors: [{ extensions: { code: 'FORBIDDEN' } }] }]);
    } finally {
      await real.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** What is asked for, and the token where it is another one than the role's. */
type Asked = Variables & { readonly token?: string };

/** Tried in this order, each by every role; the last ones end sessions and accounts. */
const ACTIONS: Readonly<Record<string, (role: Role) => Promise<Asked> | Asked>> = {
  signIn: () => ({ input: { identifier: 'sian.llewelyn@example.com', password: 'gravel ribbon october' } }),
  refreshSession: async () => ({ refreshToken: (await world.front.signIn('sian.llewelyn@example.com', 'gravel ribbon october')).session!.refreshToken }),
  requestPasswordReset: () => ({ input: { identifier: 'nobody@example.org' } }),
  // Matched once, for a code; more would be too many.
  register: (role) => ({ input: { ...tenantNamed('wiltshire', 'farah'), ...(role !== 'admin' && { reference: '999999/99' }) } }),
  resendRegistrationCode: () => ({ registrationId: 'none' }),
  confirmRegistration: () => ({ input: { registrationId: 'none', code: 'none', password: 'willow gate umbrella' } }),
  updateContactDetails: () => ({ input: { idempotencyKey: world.key(), phones: [{ type: 'MOBILE', number: '07700 900321' }] } }),
  updateHousehold: () => ({ input: { idempotencyKey: world.key(), tenancyReference: OWNER.tenancy, members: [{ forenames: 'Noor', surname: 'Penhale' }] } }),
  requestRepair: () => ({ input: { idempotencyKey: world.key(), tenancyReference: OWNER.tenancy, description: 'The shed door sticks' } }),
  startPayment: () => ({ input: paymentInput({ tenancyReference: OWNER.tenancy }) }),
  confirmEmail: () => ({ changeReference: world.change.reference, code: world.change.code }),
  unlockAccount: () => ({ accountId: world.ownerAccount, reason: 'They phoned' }),
  issueLogin: (role) => ({
    input: { ...(role === 'admin' ? { personReference: '0000001108/1', email: 'neil.foxham@example.org' } : { personReference: '0000000744/1', email: 'gerald.stourton@example.org' }), reason: 'A letter came' },
  }),
  retryDelivery: async () => (await world.holdUpDelivery(), { id: world.delivery, reason: 'They phoned' }),
  resolveDelivery: async () => (await world.holdUpDelivery(), { id: world.delivery, reason: 'They phoned' }),
  closeAccount: async (role) => ({
    accountId: role === 'staff' ? await world.accountOf('olive') : role === 'admin' ? await world.accountOf('tracey') : world.ownerAccount, reason: 'They moved',
  }),
  signOut: async (role) => (role === 'tenant' ? { token: await world.gateway.signIn(OWNER.newEmail, 'orchard window thursday') } : {}),
  changePassword: async (role) => ({
    newPassword: `willow gate umbrella ${role}`,
    ...(role === 'tenant' ? { currentPassword: 'willow gate umbrella temporary', token: await world.gateway.signIn(OWNER.newEmail, 'willow gate umbrella temporary') }
      : role === 'another' ? { currentPassword: 'copper kettle harbour', token: await world.gateway.signIn('desmond.ohanlon@example.org', 'copper kettle harbour') }
        : { currentPassword: world.temporaryPassword }),
  }),
};
/** Those who change nothing come first. */
const IN_TURN: readonly Role[] = ['nobody', 'another', 'temporary', 'staff', 'admin', 'tenant'];

describe('mutations', () => {
  test('each is tried', () => {
    expect(Object.keys(ACTIONS).sort()).toEqual(Object.keys(schema.getMutationType()!.getFields()).sort());
  });

  test('who asks is looked at before what they ask for: input of any kind gets the same refusal', async () => {
    for (const [name, field] of Object.entries(schema.getMutationType()!.getFields())) {
      const anything = Object.fromEntries(field.args.map((argument) => [argument.name, valueFor(argument, (leaf) => harmless(schema, leaf))]));
      for (const role of IN_TURN) {
        const decision = cell(`Mutation.${name}`, role)!;
        if (!['UNAUTHENTICATED', 'FORBIDDEN', 'PASSWORD_CHANGE_REQUIRED'].includes(decision)) continue;
        const { errors } = await ask('mutation', picked(field, 1), anything, world.tokens[role]);
        expect([name, role, errors?.map(({ extensions: { code } }) => code)]).toEqual([name, role, [decision]]);
      }
    }
  });

  test.each(Object.keys(ACTIONS))('%s, by every role, is as the table says, and one that is refused changes nothing', async (name) => {
    const fields = picked(fieldNamed('mutation', name), 2);
    for (const role of IN_TURN) {
      const { token = world.tokens[role], ...variables } = await ACTIONS[name]!(role);
      const pages = world.gateway.paymentStandIn!.payments.length;
      world.written();
      const answer = await ask('mutation', fields, variables, token);
      audit.hold(role, 'mutation', [fields], answer, null);
      const wrote = world.written();
      const decision = cell(`Mutation.${name}`, role)!;
      if (decision === 'own') expect([role, wrote.length > 0, wrote.flatMap(tracesIn)]).toEqual([role, true, []]);
      if (decision === 'value' || decision === 'own') continue;
      expect([role, wrote, world.gateway.paymentStandIn!.payments.length]).toEqual([role, [], pages]);
      expect(tracesIn(answer.text)).toEqual([]);
      if (decision !== 'NOT_FOUND') continue;
      expect(ofNothing(variables)).not.toEqual(variables);
      expect((await ask('mutation', fields, ofNothing(variables), token)).text).toBe(answer.text);
    }
    expect(audit.findings()).toEqual([]);
  }, 60_000);
});

test('what reached the housing system is what somebody was allowed to send, and nothing else', async () => {
  const entries = () => world.gateway.legacy!.ledger.entries();
  const count = (wanted: string): number => entries().filter(({ operation }) => operation === wanted).length;
  // A repair of the tenant's before and one now; phones of two tenants and one's new address; one household.
  const wanted = { CreateRepairRequest: 2, UpdateContactDetails: 3, UpdateHousehold: 1 };
  await until(() => entries().length >= 6);
  expect(Object.fromEntries(Object.keys(wanted).map((operation) => [operation, count(operation)]))).toEqual(wanted);
  expect(entries()).toHaveLength(6);
});

describe('a token that is not good', () => {
  test('is no token for public fields, and UNAUTHENTICATED for all others, the viewer among them', async () => {
    for (const { operation, fields: [field] } of rootRoutes(schema)) {
      const type = operation === 'query' ? 'Query' : 'Mutation';
      const variables: Variables = operation === 'query' ? QUESTIONS[field!.name]! : await ACTIONS[field!.name]!('nobody');
      const { errors } = await ask(operation, picked(field!, 1), variables, 'eyJhbGciOiJFUzI1NiJ9.e30.AAAA');
      const wanted = cell(`${type}.${field!.name}`, 'nobody') === 'value' ? [] : ['UNAUTHENTICATED'];
      expect([field!.name, (errors ?? []).map(({ extensions: { code } }) => code)]).toEqual([field!.name, wanted]);
    }
  });
});

/** Of which this landlord has none: no address is known. */
const NONE_HELD = new Set(['Link.kind', 'Link.title', 'Link.url']);

test('every cell of the table was tried: what is given was given, and what no way leads to was never reached', () => {
  const tried = [...table].filter(([name]) => !NONE_HELD.has(name));
  const untried = tried.flatMap(([name, decisions]) => ROLES.filter((role) => decisions[role] !== '-' && !audit.shown.has(`${role} ${name}`)).map((role) => `${role} ${name}`));
  expect(untried).toEqual([]);
  expect([...audit.partly].filter(([, { given, heldBack }]) => !given || !heldBack)).toEqual([]);
  expect(tried.map(([name]) => name).filter((name) => !audit.given.has(name))).toEqual([]);
});
