/** The schema explains itself: everything in it says in a sentence what it is, and what is deprecated says what to use instead. */
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { buildSchema, isEnumType, isInputObjectType, isObjectType, isSpecifiedScalarType, type GraphQLSchema } from 'graphql';

interface Described {
  readonly at: string;
  readonly name: string;
  readonly description: string | null | undefined;
  readonly deprecationReason: string | null | undefined;
}

type Part = { readonly name: string; readonly description?: string | null | undefined; readonly deprecationReason?: string | null | undefined };
const described = (at: string, { name, description, deprecationReason }: Part): Described => ({ at, name, description, deprecationReason });

/** Every type, field, argument, input field and enum value that is the schema's own. */
function everything(schema: GraphQLSchema): Described[] {
  return Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type)).flatMap((type) => [
    described(type.name, type),
    ...(isEnumType(type) ? type.getValues().map((value) => described(`${type.name}.${value.name}`, value)) : []),
    ...(isInputObjectType(type) ? Object.values(type.getFields()).map((field) => described(`${type.name}.${field.name}`, field)) : []),
    ...(isObjectType(type) ? Object.values(type.getFields()).flatMap((field) => [
      described(`${type.name}.${field.name}`, field),
      ...field.args.map((argument) => described(`${type.name}.${field.name}(${argument.name})`, argument)),
    ]) : []),
  ]);
}

const LITTLE = new Set(['a', 'an', 'the', 'its', 'their', 'of', 'is', 'it', 'this', 'that', 'what', 'how']);
/** The words of a name or a text that carry its meaning. */
const wordsOf = (text: string): string[] =>
  (text.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/_/g, ' ').toLowerCase().match(/[\p{L}\d]+/gu) ?? []).filter((word) => !LITTLE.has(word));

const MOST_LENGTH = 400;

/** What is wrong with a description; null where nothing is. */
function faultOf({ name, description }: Described): string | null {
  if (!description) return 'has none';
  const words = wordsOf(description);
  if (words.every((word) => wordsOf(name).includes(word))) return 'says its name and no more';
  if (description.length < 12 || description.split(/\s+/).length < 3) return 'is too short';
  if (description.length > MOST_LENGTH) return 'is too long';
  if (!/^[A-Z`\d]/.test(description) || !/[^.]\.$/.test(description)) return 'is not a sentence with a full stop';
  return /\s{2}|\.\S*[A-Z][a-z]+ /.test(description.replace(/`[^`]*`/g, '`')) ? 'has sentences that run together' : null;
}

const faults = (schema: GraphQLSchema): string[] =>
  everything(schema).flatMap((each) => {
    const fault = faultOf(each);
    return fault === null ? [] : [`${each.at} ${fault}`];
  });

/** Deprecated parts whose reason names nothing that is there to be used instead. */
function lost(schema: GraphQLSchema): string[] {
  const all = everything(schema);
  const known = new Set(all.filter(({ deprecationReason }) => !deprecationReason).flatMap(({ at, name }) => [at, name]));
  return all.filter(({ deprecationReason }) => deprecationReason)
    .filter(({ deprecationReason }) => ![...(deprecationReason ?? '').matchAll(/`([^`]+)`/g)].some(([, name]) => known.has(name!)))
    .map(({ at }) => at);
}

describe('schema/graphql/schema.graphql', () => {
  const schema = buildSchema(readFileSync('schema/graphql/schema.graphql', 'utf8'));

  test('says of everything in it what it is', () => {
    expect(everything(schema).length).toBeGreaterThan(400);
    expect(faults(schema)).toEqual([]);
  });

  test('says of what is deprecated what to use instead', () => {
    expect(lost(schema)).toEqual([]);
  });

  test('names in its descriptions only what is there', () => {
    const all = everything(schema);
    const known = new Set(all.flatMap(({ at, name }) => [at, name]));
    // Names of fields as a front end reads them, such as `landlord.passwordReset.dateOfBirthRequired`. What is one word may be a sample.
    const named = all.flatMap(({ at, description }) => [...(description ?? '').matchAll(/`([a-z]+(?:(?:\.|[A-Z])[a-zA-Z]+)+)`/g)].map(([, name]) => [at, name!] as const));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter(([, name]) => !name.split('.').every((part) => known.has(part)))).toEqual([]);
  });
});

describe('a schema', () => {
  const made = (field: string): GraphQLSchema => buildSchema(`"""What can be asked for."""\ntype Query {\n${field}\n}`);

  test.each([
    ['without a description', 'rentAccount: Int', 'has none'],
    ['that repeats a name', '"""The rent account."""\nrentAccount: Int', 'says its name and no more'],
    ['that says next to nothing', '"""Pence."""\nrentAccount: Int', 'is too short'],
    ['without a full stop', '"""What is owed on it, in pence"""\nrentAccount: Int', 'is not a sentence with a full stop'],
    ['without a space between sentences', '"""What is owed on it.Whole pence only."""\nrentAccount: Int', 'has sentences that run together'],
  ])('%s is found out', (_name, field, fault) => {
    expect(faults(made(field))).toEqual([`Query.rentAccount ${fault}`]);
  });

  test('whose argument has none is found out', () => {
    expect(faults(made('"""What is owed on it, in pence."""\nrentAccount(of: Int): Int'))).toEqual(['Query.rentAccount(of) has none']);
  });

  test('that deprecates without saying what to use is found out, and so is one that names what is not there', () => {
    const deprecated = (reason: string): string[] => lost(made(`"""Old."""\nold: Int @deprecated(reason: "${reason}")\n"""New."""\nnewer: Int`));
    expect([deprecated('Out of use.'), deprecated('Use `newest`.'), deprecated('Use `old`.'), deprecated('Use `newer`.')]).toEqual([['Query.old'], ['Query.old'], ['Query.old'], []]);
  });
});
