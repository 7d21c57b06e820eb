/** Walks the schema that a gateway serves, so that what is added to it is tried as well, without anybody's remembering it. */
import {
  buildClientSchema, getIntrospectionQuery, getNamedType, isEnumType, isInputObjectType, isListType, isNonNullType, isObjectType,
  isLeafType, isRequiredArgument, type GraphQLArgument, type GraphQLField, type GraphQLInputType, type GraphQLSchema, type IntrospectionQuery,
} from 'graphql';
import { sendTo } from './gateway.js';

export async function schemaOf(url: string): Promise<GraphQLSchema> {
  const { data } = await sendTo<IntrospectionQuery>(url, getIntrospectionQuery(), {});
  if (!data) throw new Error('the schema cannot be read');
  return buildClientSchema(data);
}

type Field = GraphQLField<unknown, unknown>;

/** A way from the root to a field: all on it that lies above the last one takes no argument that has to be given. */
export interface Route {
  readonly operation: 'query' | 'mutation';
  readonly fields: readonly Field[];
}

export const routeName = ({ fields }: Route): string => fields.map(({ name }) => name).join('.');

export function rootRoutes(schema: GraphQLSchema): Route[] {
  const of = (operation: Route['operation'], type = operation === 'query' ? schema.getQueryType() : schema.getMutationType()): Route[] =>
    Object.values(type?.getFields() ?? {}).map((field) => ({ operation, fields: [field] }));
  return [...of('query'), ...of('mutation')];
}

/** The shortest route to each field of the schema that takes arguments; a root field's is itself. */
export function routesWithArguments(schema: GraphQLSchema): Route[] {
  const found: Route[] = [];
  const seen = new Set<Field>();
  let level = rootRoutes(schema);
  while (level.length > 0) {
    const next: Route[] = [];
    for (const route of level) {
      const field = route.fields.at(-1) as Field;
      if (seen.has(field)) continue;
      seen.add(field);
      if (field.args.length > 0) found.push(route);
      const type = getNamedType(field.type);
      const open = field.args.every((argument) => !isRequiredArgument(argument));
      if (open && isObjectType(type)) next.push(...Object.values(type.getFields()).map((inner) => ({ ...route, fields: [...route.fields, inner] })));
    }
    level = next;
  }
  return found;
}

/** All fields with arguments, whether a route leads to them or not: what `routesWithArguments` has to cover. */
export function fieldsWithArguments(schema: GraphQLSchema): Field[] {
  return Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith('__'))
    .flatMap((type) => (isObjectType(type) ? Object.values(type.getFields()).filter(({ args }) => args.length > 0) : []));
}

/** One value that somebody gives: an argument, or a field inside of one. */
export interface Leaf {
  readonly argument: string;
  /** Inside of the argument; empty where it is the argument itself. */
  readonly path: readonly string[];
  readonly type: string;
}

/** What is given to an argument; lists have one element. */
export function leavesOf(argument: GraphQLArgument): Leaf[] {
  const inside = (type: GraphQLInputType, path: readonly string[]): Leaf[] => {
    const named = getNamedType(type);
    return isInputObjectType(named)
      ? Object.values(named.getFields()).flatMap((field) => inside(field.type, [...path, field.name]))
      : [{ argument: argument.name, path, type: named.name }];
  };
  return inside(argument.type, []);
}

/** A value for an argument, of the right shape, with a leaf's value from `give`. */
export function valueFor(argument: GraphQLArgument, give: (leaf: Leaf) => unknown): unknown {
  const make = (type: GraphQLInputType, path: readonly string[]): unknown => {
    if (isNonNullType(type)) return make(type.ofType, path);
    if (isListType(type)) return [make(type.ofType, path)];
    if (isInputObjectType(type)) return Object.fromEntries(Object.values(type.getFields()).map((field) => [field.name, make(field.type, [...path, field.name])]));
    return give({ argument: argument.name, path, type: type.name });
  };
  return make(argument.type, []);
}

/** Something harmless of each type. @throws for a scalar that nobody has thought of. */
export function harmless(schema: GraphQLSchema, { type }: Leaf): unknown {
  const named = schema.getType(type);
  if (isEnumType(named)) return named.getValues()[0]?.name;
  const samples: Readonly<Record<string, unknown>> = { String: 'harmless', ID: 'harmless', Int: 1, Boolean: false, Float: 1, LocalDate: '2001-02-03', DateTimeISO: '2001-02-03T04:05:06Z' };
  if (!(type in samples)) throw new Error(`there is no sample of ${type}: add one`);
  return samples[type];
}

const selection = (field: Field): string => (isLeafType(getNamedType(field.type)) ? '' : ' { __typename }');

/** A value as it is written in a document; text in capitals alone is taken for an enum's. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null) return `{ ${Object.entries(value).map(([name, inner]) => `${name}: ${literal(inner)}`).join(', ')} }`;
  return typeof value === 'string' && /^[A-Z_]+$/.test(value) ? value : JSON.stringify(value);
}

/**
 * A document that asks for a route's last field, its arguments in variables that are called after them.
 * @param written arguments that are written into it instead.
 */
export function documentFor({ operation, fields }: Route, written: Readonly<Record<string, string>> = {}): string {
  const last = fields.at(-1) as Field;
  const declared = last.args.filter(({ name }) => !(name in written)).map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const given = last.args.map(({ name }) => `${name}: ${written[name] ?? `$${name}`}`).join(', ');
  const innermost = `${last.name}${given && `(${given})`}${selection(last)}`;
  return `${operation}${declared && ` (${declared})`} { ${fields.slice(0, -1).reduceRight((inner, { name }) => `${name} { ${inner} }`, innermost)} }`;
}

/** Fields that are asked for together, each with what is asked for inside of it: a field's own `__typename` where that is nothing. */
export interface Picked {
  readonly field: Field;
  readonly inner: readonly Picked[];
}

const written = ({ field, inner }: Picked): string =>
  (inner.length > 0 ? `${field.name} { ${inner.map(written).join(' ')} }` : `${field.name}${selection(field)}`);

/** A document for a root field with these arguments in variables that are called after them. @throws where one that has to be given is not. */
export function documentOf(operation: Route['operation'], { field, inner }: Picked, variables: Readonly<Record<string, unknown>>): string {
  const missing = field.args.filter((argument) => isRequiredArgument(argument) && !(argument.name in variables));
  if (missing.length > 0) throw new Error(`${field.name} needs ${missing.map(({ name }) => name).join(', ')}`);
  const given = field.args.filter(({ name }) => name in variables);
  const declared = given.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const called = { ...field, name: `${field.name}${given.length > 0 ? `(${given.map(({ name }) => `${name}: $${name}`).join(', ')})` : ''}` };
  return `${operation}${declared && ` (${declared})`} { ${written({ field: called, inner })} }`;
}

/** For each type below a root field, all of its fields at the end of the shortest way there. */
export function everythingBelow(root: Field): Picked[] {
  const found: Picked[] = [];
  const seen = new Set<string>();
  let level: { readonly field: Field; readonly wrap: (inner: readonly Picked[]) => Picked }[] = [{ field: root, wrap: (inner) => ({ field: root, inner }) }];
  while (level.length > 0) {
    const next: typeof level = [];
    for (const { field, wrap } of level) {
      const type = getNamedType(field.type);
      if (!isObjectType(type) || seen.has(type.name)) continue;
      seen.add(type.name);
      const fields = Object.values(type.getFields());
      found.push(wrap(fields.map((inner) => ({ field: inner, inner: [] }))));
      next.push(...fields.map((inner) => ({ field: inner, wrap: (deeper: readonly Picked[]) => wrap([{ field: inner, inner: deeper }]) })));
    }
    level = next;
  }
  return found;
}

/** A root field with all that it gives, types inside of each other to this depth. */
export function picked(field: Field, depth: number): Picked {
  const type = getNamedType(field.type);
  const fields = depth > 0 && isObjectType(type) ? Object.values(type.getFields()) : [];
  return { field, inner: fields.map((inner) => picked(inner, depth - 1)) };
}
