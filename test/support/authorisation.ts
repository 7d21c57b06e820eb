/** The table of who may do what, read, and answers of a gateway held against it. */
import { isDeepStrictEqual } from 'node:util';
import { getNamedType, isObjectType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import type { Answer } from './gateway.js';
import type { Picked } from './schema-walk.js';

export const ROLES = ['nobody', 'tenant', 'another', 'temporary', 'staff', 'admin'] as const;
export type Role = (typeof ROLES)[number];
export type Decisions = Readonly<Record<Role, string>>;

const cellsOf = (line: string): string[] => line.split('|').map((cell) => cell.trim());

/** The lines of a table whose columns are the roles, by their first cell. @throws where it is not such a table, or says something twice. */
export function readLines(text: string, heading: string): Map<string, Decisions> {
  const [head, ...lines] = text.split('\n').filter((line) => line.trim() !== '').map(cellsOf);
  if (!isDeepStrictEqual(head, [heading, ...ROLES])) throw new Error(`the columns are not ${[heading, ...ROLES].join(', ')}`);
  const read = new Map<string, Decisions>();
  for (const [what = '', ...cells] of lines) {
    if (cells.length !== ROLES.length || cells.includes('') || read.has(what)) throw new Error(`the line of ${what} is not one of this table`);
    read.set(what, Object.fromEntries(ROLES.map((role, n) => [role, cells[n]])) as Decisions);
  }
  return read;
}

/** The decisions on each field, by `Type.field`. @throws as `readLines`. */
export function readTable(text: string): Map<string, Decisions> {
  const read = new Map<string, Decisions>();
  for (const [what, decisions] of readLines(text, 'field')) {
    const [type, names = ''] = what.split('.');
    for (const name of names.split(' ')) {
      if (read.has(`${type}.${name}`)) throw new Error(`${type}.${name} has two lines`);
      read.set(`${type}.${name}`, decisions);
    }
  }
  return read;
}

/** Each field of the schema, as the table names it. */
export const fieldsOf = (schema: GraphQLSchema): string[] =>
  Object.values(schema.getTypeMap()).filter((type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'))
    .flatMap((type) => Object.keys(type.getFields()).map((name) => `${type.name}.${name}`));

type Path = readonly (string | number)[];
const begins = (whole: Path, part: Path): boolean => part.every((step, n) => whole[n] === step);

/** New with every answer. */
const NEVER_THE_SAME = new Set(['StatementDownloads.csvUrl', 'StatementDownloads.pdfUrl']);

/** Holds answers against the table, field by field, and remembers what has been tried. */
export class Audit {
  readonly #findings = new Set<string>();
  /** `role Type.field`, for each cell that an answer has shown to be so. */
  readonly shown = new Set<string>();
  /** Fields that somebody got something other than null of. */
  readonly given = new Set<string>();
  /** `Type.field` that is given of some: whether it was, and whether it was held back where an admin gets it. */
  readonly partly = new Map<string, { given: boolean; heldBack: boolean }>();

  constructor(private readonly schema: GraphQLSchema, private readonly table: ReadonlyMap<string, Decisions>) {}

  /**
   * @param fields what was asked for, from the root on.
   * @param like an admin's answer to the same document, which answers to others are held against; null where there is none.
   */
  hold(role: Role, operation: 'query' | 'mutation', fields: readonly Picked[], answer: Answer<unknown>, like: Answer<unknown> | null): void {
    const root = (operation === 'query' ? this.schema.getQueryType() : this.schema.getMutationType()) as GraphQLObjectType;
    if (!answer.data && !answer.errors?.every(({ path }) => path)) {
      this.#findings.add(`${role} ${fields[0]?.field.name}: ${answer.text}`);
      return;
    }
    const errors = new Map((answer.errors ?? []).map((error) => [error.path as Path, error.extensions.code]));
    this.#object(role, root, fields, answer.data ?? null, [], errors, like === null ? undefined : like.data);
    for (const [path, code] of errors) this.#findings.add(`${role} ${path.filter((step) => typeof step === 'string').join('.')}: ${code}, which no cell says`);
  }

  /** What was found not to be as the table says since this was last asked. */
  findings(): string[] {
    const found = [...this.#findings];
    this.#findings.clear();
    return found;
  }

  #object(role: Role, type: GraphQLObjectType, fields: readonly Picked[], node: unknown, at: Path, errors: Map<Path, string>, like: unknown): void {
    for (const { field, inner } of fields) {
      const name = `${type.name}.${field.name}`;
      const cell = this.table.get(name)?.[role] ?? 'no line';
      const path = [...at, field.name];
      const value = (node as Record<string, unknown> | null)?.[field.name] ?? null;
      const other = (like as Record<string, unknown> | null | undefined)?.[field.name];
      const failed = [...errors].filter(([where]) => begins(where, path));
      const here = failed.find(([where]) => where.length === path.length);
      const ended = here ? here[1] : null;
      if (here) errors.delete(here[0]);
      // Null here since something below failed and may not be null.
      const fellBelow = !here && value === null && failed.length > 0;
      // A sibling failed and took its parent with it: of this field nothing is known.
      if (node === null && !here && !fellBelow) continue;
      const wrong = fellBelow ? null : this.#wrong(name, cell, ended, value, other);
      if (wrong !== null) this.#findings.add(`${role} ${name}: ${wrong}, not ${cell}`);
      else this.shown.add(`${role} ${name}`);
      if (value !== null) this.given.add(name);
      if (cell === 'own') continue;
      this.#inside(role, getNamedType(field.type), inner, fellBelow ? null : value, path, errors, other, fellBelow);
    }
  }

  #inside(role: Role, type: unknown, inner: readonly Picked[], value: unknown, path: Path, errors: Map<Path, string>, like: unknown, fell: boolean): void {
    if (!isObjectType(type) || inner.length === 0 || (value === null && !fell)) return;
    if (!Array.isArray(value)) return this.#object(role, type, inner, value, path, errors, like);
    value.forEach((element, n) => this.#object(role, type, inner, element, [...path, n], errors, Array.isArray(like) ? like[n] as unknown : undefined));
  }

  /** What an answer shows in place of what the table says; null where it is just that. @param other an admin's value; undefined where there is none. */
  #wrong(name: string, cell: string, code: string | null, value: unknown, other: unknown): string | null {
    const got = code ?? (value === null ? 'null' : 'value');
    switch (cell) {
      case 'value':
        if (code !== null) return code;
        if (other === undefined || NEVER_THE_SAME.has(name)) return null;
        return sameAs(value, other) ? null : `${got}, and not what an admin gets`;
      case 'partly': {
        const seen = this.partly.get(name) ?? { given: false, heldBack: false };
        this.partly.set(name, { given: seen.given || got === 'value', heldBack: seen.heldBack || (got === 'null' && other !== undefined && other !== null) });
        return code;
      }
      case 'own':
        return got === 'value' ? null : got;
      default:
        return got === cell ? null : got;
    }
  }
}

/** Leaves are equal; of what has fields, it is there and as long. */
function sameAs(value: unknown, other: unknown): boolean {
  if (Array.isArray(value) && Array.isArray(other)) return value.length === other.length && value.every((element, n) => sameAs(element, other[n]));
  if (typeof value === 'object' && value !== null) return typeof other === 'object' && other !== null;
  return value === other;
}
