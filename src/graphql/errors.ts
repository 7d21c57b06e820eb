/** The one place where errors become GraphQL: ours keep their code, graphql-js's lose the values they quote, others are masked. */
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, isInputObjectType, print, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { GatewayError, nameOf } from '../domain/errors.js';
import { RULED } from './limits.js';
import type { Log } from '../application/ports.js';

interface CodedExtensions { readonly code: string; readonly field?: string; readonly system?: string }

const formatted = (message: string, extensions: CodedExtensions, from: Partial<GraphQLFormattedError>): GraphQLFormattedError => ({
  message,
  ...(from.locations && { locations: from.locations }),
  ...(from.path && { path: from.path }),
  extensions: { ...extensions },
});

const VALUE_KINDS = new Set(['StringValue', 'IntValue', 'FloatValue', 'BooleanValue', 'NullValue', 'EnumValue', 'ListValue', 'ObjectValue', 'ObjectField']);

/** The path inside a variable at which a value was refused. */
const VARIABLE_PATH = / at "(\w+(?:\.\w+|\[\d+\])*)"; /g;

/** The field of an input that was left out. It stands at the end, behind the value. */
const MISSING_FIELD = /; Field "(\w+)" of required type "[\w![\]]+" was not provided\.$/;

/**
 * That path, from a message which quotes the value before it: a value may look like a path itself, so only one that is made of
 * the variable's name and of input fields of the schema is believed.
 */
function pathInside(name: string, message: string, schema: GraphQLSchema): string {
  const known = new Set(Object.values(schema.getTypeMap()).flatMap((type) => (isInputObjectType(type) ? Object.keys(type.getFields()) : [])));
  const paths = [...message.matchAll(VARIABLE_PATH)].map(([, path]) => path as string);
  const inside = paths.find((path) => {
    const [first, ...rest] = path.split(/\.|\[\d+\]/).filter(Boolean);
    return first === name && rest.every((field) => known.has(field));
  }) ?? name;
  const left = MISSING_FIELD.exec(message)?.[1];
  return left !== undefined && known.has(left) ? `${inside}.${left}` : inside;
}

/** Where graphql-js names the type that it wanted; what it names is believed only where the schema has such a type. */
const WANTED = [/^(\w+) cannot represent /, /^Expected value of type "\[*(\w+)[!\]]*"/, / in "(\w+)" enum\.(?: Did you mean .*)?$/];

function wantedType(message: string, schema: GraphQLSchema): string {
  const name = WANTED.map((pattern) => pattern.exec(message)?.[1]).find((found) => found !== undefined && schema.getType(found));
  return name ? `a valid ${name}` : 'of its type';
}

/** A variable or an argument with a wrong value: which one, and never what was in it. */
function badValue(error: GraphQLError, schema: GraphQLSchema): { field: string; message: string } | null {
  const node = error.nodes?.[0];
  if (node?.kind === 'VariableDefinition') {
    const name = node.variable.name.value;
    const field = pathInside(name, error.message, schema);
    const missing = error.message.includes('was not provided') || error.message.includes('must not be null');
    const wanted = field === name ? `a valid ${print(node.type).replace(/!$/, '')}` : 'of its type';
    return { field, message: missing ? `The variable ${field} is required.` : `The variable ${field} is not ${wanted}.` };
  }
  if (node && VALUE_KINDS.has(node.kind)) {
    const { line, column } = error.locations?.[0] ?? { line: 0, column: 0 };
    return { field: `line ${line}, column ${column}`, message: `The value at line ${line}, column ${column} is not ${wantedType(error.message, schema)}.` };
  }
  return null;
}

const BAD_PERSISTED_QUERY = new Set(['Unsupported persisted query version', 'provided sha does not match query']);

/** Formats every error of an answer, and logs those that somebody has to look at. */
export function errorFormatter(log: Log, schema: GraphQLSchema): (shown: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (shown, error) => {
    const original = unwrapResolverError(error);
    if (original instanceof GatewayError) {
      const { code, field, system, leftOut } = original;
      if (code === 'SERVICE_UNAVAILABLE' && !leftOut) log.error({ event: 'service_unavailable', system, cause: nameOf(original.cause) }, 'a part of the gateway is unavailable');
      return formatted(original.message, { code, ...(field !== undefined && { field }), ...(system !== undefined && { system }) }, shown);
    }
    const code = typeof shown.extensions?.code === 'string' ? shown.extensions.code : 'INTERNAL_SERVER_ERROR';
    // Thrown by graphql-js itself, or reported by one of our rules: anything that a resolver threw has another original.
    if (error instanceof GraphQLError && (original === error || !(original instanceof Error))) {
      if (code === 'GRAPHQL_PARSE_FAILED') {
        const { line, column } = shown.locations?.[0] ?? { line: 1, column: 1 };
        const tooLong = error.message.includes('token limit');
        return formatted(tooLong ? 'The query is too long: at most 1,000 tokens.' : `The query cannot be read at line ${line}, column ${column}.`, { code }, shown);
      }
      const bad = badValue(error, schema);
      if (bad && code !== 'INTERNAL_SERVER_ERROR') return formatted(bad.message, { code: 'INVALID_INPUT', field: bad.field }, shown);
      // The rules' own names for what they want of a document, which quote its names and no values.
      if (code === 'GRAPHQL_VALIDATION_FAILED') return formatted(error.message, { code: RULED.has(error.message) ? 'INVALID_INPUT' : code }, shown);
      // Of a persisted query whose hash is not its own: a client's mistake, to which Apollo gives no code.
      if (BAD_PERSISTED_QUERY.has(error.message)) return formatted(`The persisted query cannot be used: ${error.message}.`, { code: 'INVALID_INPUT' }, shown);
      if (code === 'BAD_USER_INPUT' || code === 'OPERATION_RESOLUTION_FAILURE' || code === 'BAD_REQUEST') {
        return formatted('The request is not one that can be answered. Send a JSON object with `query`, and `variables` and `operationName` where needed.', { code: 'INVALID_INPUT' }, shown);
      }
    }
    log.error({ event: 'unexpected_error', name: nameOf(original), stack: framesOf(original), path: shown.path?.join('.') }, 'an error that nobody foresaw');
    return formatted('Something went wrong here. Please try again in a few minutes.', { code: 'INTERNAL_SERVER_ERROR' }, shown);
  };
}

/** Where an error came from, without its message, which may quote anything. */
function framesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  return (error.stack ?? '').split('\n').filter((frame) => /^\s+at /.test(frame)).slice(0, 8).map((frame) => frame.trim());
}
