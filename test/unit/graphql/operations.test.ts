/** The documents that front ends send: there is one for all that the schema can do, and the server takes every one of them. */
import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema, Kind, parse, print, specifiedRules, TypeInfo, validate, visit, visitWithTypeInfo, isObjectType,
  type DocumentNode, type OperationDefinitionNode,
} from 'graphql';
import { limits, MOST_BODY_BYTES, MOST_TOKENS } from '../../../src/graphql/limits.js';
import * as generated from '../../../generated/operations.js';

const folder = join(process.cwd(), 'schema', 'graphql', 'operations');
const schema = buildSchema(readFileSync(join(process.cwd(), 'schema', 'graphql', 'schema.graphql'), 'utf8'));
const files = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
const definitions = files.flatMap(({ text }) => parse(text).definitions);
const operations = definitions.filter((definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION);
const names = operations.map(({ name }) => name?.value ?? '');
/** As they are sent: an operation with the fragments that it needs. */
const sent = names.map((name) => ({ name, document: (generated as unknown as Record<string, DocumentNode | undefined>)[`${name}Document`] }));

const twice = (all: readonly string[]): string[] => all.filter((one, at) => all.indexOf(one) !== at);

/** What caching clients make of a document before they send it. */
const withTypenames = (document: DocumentNode): DocumentNode => visit(document, {
  SelectionSet: (set, _key, parent) => (!Array.isArray(parent) && (parent as { kind?: Kind } | undefined)?.kind === Kind.OPERATION_DEFINITION
    ? undefined : { ...set, selections: [...set.selections, { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }] }),
});

/** Fields as `Type.field`, and arguments as `Type.field(argument)`, that some document uses. */
function used(): Set<string> {
  const found = new Set<string>();
  const info = new TypeInfo(schema);
  visit({ kind: Kind.DOCUMENT, definitions }, visitWithTypeInfo(info, {
    Field(node) {
      const field = `${info.getParentType()?.name}.${node.name.value}`;
      found.add(field);
      for (const argument of node.arguments ?? []) found.add(`${field}(${argument.name.value})`);
    },
  }));
  return found;
}

test('every query, every mutation and every argument of the schema is used by a document', () => {
  const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) => Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name}.${field}`));
  const args = Object.values(schema.getTypeMap()).filter(isObjectType).filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => Object.values(type.getFields()).flatMap((field) => field.args.map((argument) => `${type.name}.${field.name}(${argument.name})`)));
  const known = used();
  expect([...roots, ...args].filter((one) => !known.has(one))).toEqual([]);
});

test('every operation and every fragment has a name of its own', () => {
  expect(names).not.toContain('');
  expect(twice(definitions.map((definition) => `${definition.kind} ${'name' in definition ? definition.name?.value : ''}`))).toEqual([]);
});

test.each(files)('$name says what it is for', ({ text }) => {
  expect(text).toMatch(/^# [A-Z].*[.:]/);
});

describe.each(sent)('$name', ({ name, document }) => {
  test('is among the typed documents, alone with its fragments', () => {
    expect(document?.definitions.flatMap((definition) => (definition.kind === Kind.OPERATION_DEFINITION ? [definition.name?.value] : []))).toEqual([name]);
  });

  test.each([['as it is', (plain: DocumentNode) => plain], ['with the type names that caching clients add', withTypenames]])('is within the server\'s limits %s', (_how, made) => {
    const text = print(made(document!));
    expect(validate(schema, parse(text, { maxTokens: MOST_TOKENS }), [...specifiedRules, ...limits]).map(({ message }) => message)).toEqual([]);
    // Half of what a request may have, so that variables have room too.
    expect(Buffer.byteLength(JSON.stringify({ query: text }))).toBeLessThan(MOST_BODY_BYTES / 2);
  });
});
