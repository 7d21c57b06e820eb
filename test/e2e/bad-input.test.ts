/** What should never have been sent: a clear coded error each, no value in it, the process unharmed. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startGateway, type TestGateway } from '../support/gateway.js';

const CANARY = 'canary7f3a9';
let gateway: TestGateway;
let token: string;
beforeAll(async () => {
  gateway = await startGateway();
  token = await gateway.token(1);
});
afterAll(async () => {
  // Still there, and still right.
  expect((await gateway.send<{ landlord: { id: string } }, unknown>('{ landlord { id } }')).data!.landlord.id).toBe('wiltshire');
  await gateway.close();
});

const repairs = (args: string) => `{ viewer { tenant { tenancies { repairs(${args}) { totalCount } } } } }`;
const cursorOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe.each<[string, string, Record<string, unknown>, string, string]>([
  ['too many at a time', repairs('first: 10000'), {}, 'INVALID_INPUT', 'first'],
  ['less than one at a time', repairs('first: -1'), {}, 'INVALID_INPUT', 'first'],
  ['a cursor that is none', repairs(`after: "${CANARY}"`), {}, 'INVALID_INPUT', 'after'],
  ['a cursor of another list', repairs(`after: "${cursorOf(['transactions', '1'])}"`), {}, 'INVALID_INPUT', 'after'],
  ['a forged cursor', repairs(`after: "${cursorOf({ kind: 'repairs', key: CANARY })}"`), {}, 'INVALID_INPUT', 'after'],
  ['an unknown enum value', repairs(`statuses: [${CANARY}]`), {}, 'INVALID_INPUT', 'line 1, column 52'],
  ['an unknown enum value in a variable', `query ($s: [RepairStatus!]) ${repairs('statuses: $s')}`, { s: [CANARY] }, 'INVALID_INPUT', 's[0]'],
  ['30 February', repairs('completedOnOrAfter: "2017-02-30"'), {}, 'INVALID_INPUT', 'line 1, column 61'],
  ['a date that is none, in a variable', `query ($d: LocalDate) ${repairs('completedOnOrAfter: $d')}`, { d: CANARY }, 'INVALID_INPUT', 'd'],
  ['a date that says it is a missing field', `query ($d: LocalDate) ${repairs('completedOnOrAfter: $d')}`, { d: `x; Field "${CANARY}" of required type "String!" was not provided.` }, 'INVALID_INPUT', 'd'],
  ['a number for a text', 'query ($r: String!) { tenancy(reference: $r) { reference } }', { r: { [CANARY]: 1 } }, 'INVALID_INPUT', 'r'],
  ['a variable that is missing', 'query ($r: String!) { tenancy(reference: $r) { reference } }', {}, 'INVALID_INPUT', 'r'],
  ['an input without a field', 'mutation ($i: SignInInput!) { signIn(input: $i) { outcome } }', { i: { identifier: CANARY } }, 'INVALID_INPUT', 'i.password'],
  ['an input without a field, further in', 'mutation ($i: HouseholdInput!) { updateHousehold(input: $i) { reference } }',
    { i: { idempotencyKey: CANARY, tenancyReference: CANARY, members: [{ forenames: `${CANARY}" at "i.idempotencyKey"; Field "surname" of required type "String!" was not provided.` }] } }, 'INVALID_INPUT', 'i.members[0].surname'],
  ['an input with a wrong field', 'mutation ($i: SignInInput!) { signIn(input: $i) { outcome } }', { i: { identifier: 'a', password: [CANARY] } }, 'INVALID_INPUT', 'i.password'],
])('%s', (_name, query, variables, code, field) => {
  test(`is ${code} at ${field}, and its value is not repeated`, async () => {
    const { errors, text } = await gateway.send(query, variables, token);
    expect(errors![0]!.extensions).toEqual({ code, field });
    expect(text).not.toContain(CANARY);
  });
});

test.each([
  ['an unknown field', '{ viewer { shoeSize } }', 'GRAPHQL_VALIDATION_FAILED'],
  ['a query that cannot be parsed', `{ viewer { role "${CANARY}"`, 'GRAPHQL_PARSE_FAILED'],
  ['13 levels', `{ viewer { tenant { tenancies ${'{ members { tenant { tenancies '.repeat(4)} { reference } ${'} } }'.repeat(4)} } } }`, 'INVALID_INPUT'],
  ['16 aliases', `{ ${Array.from({ length: 16 }, (_, n) => `a${n}: landlord { id }`).join(' ')} }`, 'INVALID_INPUT'],
  ['more than 1,000 tokens', `{ landlord { ${'id '.repeat(1_000)} } }`, 'GRAPHQL_PARSE_FAILED'],
  ['two mutations by alias', 'mutation { a: signOut b: signOut }', 'INVALID_INPUT'],
  ['two mutations by fragments', 'mutation { ...A ...B } fragment A on Mutation { signOut } fragment B on Mutation { signOut(everywhere: true) }', 'INVALID_INPUT'],
  ['two mutations by inline fragment', 'mutation { ... { signOut } ... on Mutation { x: signOut } }', 'INVALID_INPUT'],
])('%s is refused before anything runs', async (_name, query, code) => {
  const before = await gateway.legacyCalls();
  const { status, errors, text, data } = await gateway.send(query, {}, token);
  expect([status, data]).toEqual([400, undefined]);
  expect(errors![0]!.extensions.code).toBe(code);
  expect(text).not.toContain(CANARY);
  expect(await gateway.legacyCalls()).toEqual(before);
});

test.each(['0001-01-01', '1899-12-31', '9999-12-31'])('%s, which the housing system cannot hold, is a day to filter by like any other', async (day) => {
  const { data, errors } = await gateway.send<{ viewer: { tenant: { tenancies: { repairs: { totalCount: number } }[] } } }, unknown>(
    `query ($d: LocalDate) ${repairs('completedOnOrAfter: $d')}`, { d: day }, token);
  expect(errors).toBeUndefined();
  expect(data!.viewer.tenant.tenancies[0]!.repairs.totalCount).toBeGreaterThan(0);
});

test.each<[string, unknown]>([
  ['of a version that is none', { persistedQuery: CANARY }], ['with a hash that is none', { persistedQuery: { version: 1, sha256Hash: { [CANARY]: 1 } } }],
  ['with another query\'s hash', { persistedQuery: { version: 1, sha256Hash: CANARY.padEnd(64, '0') } }],
])('a persisted query %s is INVALID_INPUT', async (_name, extensions) => {
  const answer = await fetch(`${gateway.url}/graphql`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: '{ landlord { id } }', extensions }),
  });
  const text = await answer.text();
  expect([answer.status, (JSON.parse(text) as { errors: { extensions: unknown }[] }).errors[0]!.extensions]).toEqual([400, { code: 'INVALID_INPUT' }]);
  expect(text).not.toContain(CANARY);
});

test('the introspection query of a playground is not too deep', async () => {
  const { getIntrospectionQuery } = await import('graphql');
  expect((await gateway.send(getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true, specifiedByUrl: true }))).errors).toBeUndefined();
});

const raw = async (init: RequestInit, path = '/graphql') => {
  const response = await fetch(`${gateway.url}${path}`, init);
  return { status: response.status, body: (await response.json()) as { errors: { message: string; extensions: { code: string } }[] } };
};
const json = { 'content-type': 'application/json' };

test.each<[string, RequestInit, number]>([
  ['a body that is not JSON', { method: 'POST', headers: json, body: `{"query": "${CANARY}` }, 400],
  ['a body of 1 MB', { method: 'POST', headers: json, body: CANARY.padEnd(1_000_000, 'x') }, 413],
  ['an empty body', { method: 'POST', headers: json, body: '' }, 400],
  ['a form', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: CANARY }, 415],
  ['a batch', { method: 'POST', headers: json, body: JSON.stringify([{ query: '{ landlord { id } }' }, { query: '{ landlord { id } }' }]) }, 400],
  ['no query', { method: 'POST', headers: json, body: '{}' }, 400],
  ['a query that is no text', { method: 'POST', headers: json, body: JSON.stringify({ query: [CANARY] }) }, 400],
  ['variables that are none', { method: 'POST', headers: json, body: JSON.stringify({ query: '{ landlord { id } }', variables: CANARY }) }, 400],
  ['an operation that is not in the document', { method: 'POST', headers: json, body: JSON.stringify({ query: 'query A { landlord { id } } query B { landlord { id } }', operationName: CANARY }) }, 400],
  ['GET', { method: 'GET' }, 405],
])('%s: a coded error', async (_name, init, status) => {
  const answer = await raw(init);
  expect(answer.status).toBe(status);
  expect(answer.body.errors[0]!.extensions.code).toBe('INVALID_INPUT');
  expect(JSON.stringify(answer.body)).not.toContain(CANARY);
});

test('an address where nothing is: NOT_FOUND', async () => {
  const answer = await raw({ method: 'GET' }, `/${CANARY}`);
  expect([answer.status, answer.body.errors[0]!.extensions.code]).toEqual([404, 'NOT_FOUND']);
  expect(JSON.stringify(answer.body)).not.toContain(CANARY);
});
