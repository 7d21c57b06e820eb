/** What docs/front-ends.md tells in its tables and numbers is what there is; its snippets are run by test/e2e/front-ends.test.ts. */
import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, isEnumType, Kind, parse } from 'graphql';
import { MOST_PER_PAGE } from '../../src/application/paging.js';
import { ERROR_CODES } from '../../src/domain/errors.js';
import { MOST_ALIASES, MOST_BODY_BYTES, MOST_DEPTH, MOST_TOKENS } from '../../src/graphql/limits.js';

const root = process.cwd();
const guide = readFileSync(join(root, 'docs', 'front-ends.md'), 'utf8');
const schema = buildSchema(readFileSync(join(root, 'schema', 'graphql', 'schema.graphql'), 'utf8'));

/** What stands in code marks in one column of the table below a heading of these words; 0 is the first column. */
function column(heading: string, at: number): string[] {
  const table = guide.slice(guide.indexOf(`| ${heading} |`)).split('\n\n')[0]!;
  return table.split('\n').slice(2).flatMap((row) => [...row.split('|')[at + 1]!.matchAll(/`(\w+)`/g)].map(([, name]) => name!));
}

const valuesOf = (name: string): string[] => {
  const type = schema.getType(name);
  if (!isEnumType(type)) throw new Error(`there is no enum ${name}`);
  return type.getValues().map((value) => value.name).sort();
};

test('every document is in its table, and no other', () => {
  const folder = join(root, 'schema', 'graphql', 'operations');
  const names = readdirSync(folder).flatMap((name) => parse(readFileSync(join(folder, name), 'utf8')).definitions)
    .flatMap((definition) => (definition.kind === Kind.OPERATION_DEFINITION ? [definition.name?.value] : []));
  expect(column('screen or action | documents', 1).sort()).toEqual(names.sort());
});

test('every code of an error is in its table, and so it is in the README', () => {
  const others = ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'INTERNAL_SERVER_ERROR'];
  expect(column('code | what the screen does', 0).sort()).toEqual([...ERROR_CODES, ...others].sort());
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  expect([...ERROR_CODES, ...others].filter((code) => !readme.includes(`| \`${code}\``) && !readme.includes(`, \`${code}\` |`))).toEqual([]);
});

test.each([['outcome | what the screen does', 'SignInOutcome'], ['status | what the screen says', 'PaymentStatus']])('the table of %s has every value of %s', (heading, name) => {
  expect(column(heading, 0).sort()).toEqual(valuesOf(name));
});

test('the periods, the outcomes of a repair and of a change, and the positions are those of the schema', () => {
  for (const value of ['StatementPeriod', 'RequestRepairOutcome', 'ChangeOutcome', 'Position'].flatMap(valuesOf)) expect(guide).toContain(value);
});

test('the limits are those of the server', () => {
  const limits = `at most ${MOST_BODY_BYTES / 1024} kB, one field of \`Mutation\`, ${MOST_TOKENS.toLocaleString('en-GB')} tokens, ${MOST_DEPTH} levels and ${MOST_ALIASES} aliases; a page has at most ${MOST_PER_PAGE} rows`;
  expect(guide.replace(/\s+/g, ' ')).toContain(limits);
});

test('nothing is deprecated, as it says; whoever deprecates something changes the sentence', () => {
  expect(readFileSync(join(root, 'schema', 'graphql', 'schema.graphql'), 'utf8').includes('@deprecated')).toBe(!guide.replace(/\s+/g, ' ').includes('nothing is at present'));
});
