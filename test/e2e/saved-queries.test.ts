/** The playground's saved queries, each run with its example as staff run it. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse } from 'graphql';
import { Visitor } from '../../fixtures/staff/visitor.js';
import { packageRoot } from '../../src/package-root.js';
import { queryTexts } from '../../src/playground/query-texts.js';
import { exampleOf, savedQueries, type SavedQuery } from '../../src/playground/saved-queries.js';
import { startGateway, type TestGateway } from '../support/gateway.js';
import { fromPage, signInStaff, staffNamed } from '../support/staff.js';

const folder = join(packageRoot(), 'schema', 'graphql', 'operations');
const texts = queryTexts(readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')), savedQueries.map(({ operation }) => operation));

let gateway: TestGateway;
const staff = new Visitor();
beforeAll(async () => {
  gateway = await startGateway();
  await signInStaff(staff, gateway.url, staffNamed('gareth'));
});
afterAll(() => gateway?.close());

async function run({ operation }: SavedQuery, variables: unknown): Promise<{ data: Record<string, unknown>; errors?: unknown }> {
  const { text } = await fromPage(staff, gateway.url, '/playground/graphql', { query: texts[operation], variables, operationName: operation });
  return JSON.parse(text) as Awaited<ReturnType<typeof run>>;
}

const named = (operation: string): SavedQuery => savedQueries.find((saved) => saved.operation === operation)!;

test.each(savedQueries.filter(({ changes }) => !changes).map((saved) => [saved.title, saved] as const))('%s', async (_title, saved) => {
  const { data, errors } = await run(saved, JSON.parse(exampleOf(saved, true)));
  expect(errors).toBeUndefined();
  expect(Object.values(data)).not.toContain(null);
});

test.each(savedQueries)('$operation takes all that its example gives', ({ operation, variables }) => {
  const [definition] = parse(texts[operation]!).definitions;
  const taken = definition?.kind === Kind.OPERATION_DEFINITION ? definition.variableDefinitions?.map(({ variable }) => variable.name.value) : [];
  expect(taken).toEqual(expect.arrayContaining(Object.keys(variables)));
});

test('the examples find somebody', async () => {
  expect(JSON.stringify(await run(named('FindTenancy'), named('FindTenancy').variables))).toContain('Margaret');
  expect(JSON.stringify(await run(named('SeeAccount'), named('SeeAccount').variables))).toContain('26.40');
  expect(JSON.stringify(await run(named('SeeRepairs'), named('SeeRepairs').variables))).toContain('WO561474');
});

test('Unlock an account: the id comes from Locked accounts', async () => {
  const { identifier } = gateway.demoAccounts[0]!;
  for (let n = 0; n < 5; n++) await gateway.send('mutation ($input: SignInInput!) { signIn(input: $input) { outcome } }', { input: { identifier, password: 'quite another one' } });
  const locked = async (): Promise<{ id: string }[]> => ((await run(named('LockedAccounts'), named('LockedAccounts').variables)).data['accounts'] as { nodes: { id: string }[] }).nodes;
  const [account] = await locked();
  const { errors } = await run(named('UnlockAccount'), { ...named('UnlockAccount').variables, accountId: account!.id });
  expect(errors).toBeUndefined();
  expect(await locked()).toEqual([]);
});

test('Issue a login: the person and the address come from the tenancy', async () => {
  const [person] = (JSON.parse(readFileSync(join(packageRoot(), 'fixtures', 'demo-accounts.json'), 'utf8')) as { wiltshire: { canRegister: { email: string; reference: string }[] } }).wiltshire.canRegister;
  const found = await run(named('SeeAccount'), { ...named('SeeAccount').variables, reference: person!.reference });
  const { members } = found.data['tenancy'] as { members: { tenant: { reference: string; contact: { emails: string[] } } | null }[] };
  const { reference: personReference, contact } = members.find(({ tenant }) => tenant?.contact.emails.some((email) => email.toLowerCase() === person!.email))!.tenant!;
  const { errors, data } = await run(named('IssueLogin'), { input: { ...(named('IssueLogin').variables['input'] as object), personReference, email: contact.emails[0] } });
  expect(errors).toBeUndefined();
  expect((data['issueLogin'] as { email: string }).email.toLowerCase()).toBe(person!.email);
});
