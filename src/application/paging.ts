import { z } from 'zod';
import { invalidInput } from '../domain/errors.js';

export const MOST_PER_PAGE = 100;

export interface PageRequest {
  readonly first: number;
  readonly after?: string | null | undefined;
}

export interface Edge<T> {
  readonly cursor: string;
  readonly node: T;
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

export interface Connection<T> {
  readonly edges: readonly Edge<T>[];
  readonly nodes: readonly T[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
}

const cursorShape = z.tuple([z.string(), z.string()]);

const encode = (kind: string, key: string): string => Buffer.from(JSON.stringify([kind, key])).toString('base64url');

function decode(kind: string, cursor: string): string {
  try {
    const [of, key] = cursorShape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (of === kind && encode(kind, key) === cursor) return key;
  } catch {
    // Falls through: whatever is wrong with it, it is not one of ours.
  }
  throw invalidInput('after', 'This is not a cursor of this list. Use one that the list itself gave.');
}

/** @throws INVALID_INPUT where `first` is not 1 to 100. @returns the key that the page comes after. */
export function checkPage(kind: string, { first, after }: PageRequest): string | null {
  if (!Number.isInteger(first) || first < 1 || first > MOST_PER_PAGE) {
    throw invalidInput('first', `Ask for 1 to ${MOST_PER_PAGE} at a time.`);
  }
  return after === null || after === undefined ? null : decode(kind, after);
}

/** Where a page stands in a list that is not at hand as a whole. */
export interface Placed {
  readonly totalCount: number;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** A page of a list; edges and cursors are made only where a query asks for them. */
class PageOf<T> implements Connection<T> {
  readonly #kind: string;
  readonly #keyOf: (item: T) => string;
  readonly #placed: Placed;

  constructor(kind: string, keyOf: (item: T) => string, readonly nodes: readonly T[], placed: Placed) {
    this.#kind = kind;
    this.#keyOf = keyOf;
    this.#placed = placed;
  }

  get totalCount(): number {
    return this.#placed.totalCount;
  }

  #cursor(item: T | undefined): string | null {
    return item === undefined ? null : encode(this.#kind, this.#keyOf(item));
  }

  get edges(): readonly Edge<T>[] {
    return this.nodes.map((node) => ({ node, cursor: encode(this.#kind, this.#keyOf(node)) }));
  }

  get pageInfo(): PageInfo {
    return {
      hasNextPage: this.#placed.hasNextPage,
      hasPreviousPage: this.#placed.hasPreviousPage,
      startCursor: this.#cursor(this.nodes[0]),
      endCursor: this.#cursor(this.nodes.at(-1)),
    };
  }
}

/** A page that was cut where the list is kept; `checkPage` gave what it comes after. */
export const pageCut = <T>(kind: string, nodes: readonly T[], keyOf: (item: T) => string, placed: Placed): Connection<T> =>
  new PageOf(kind, keyOf, nodes, placed);

/**
 * A page of a list that stands in the order of its keys, descending unless told otherwise. A cursor holds the key and not the position, so that what
 * comes in at the top, or goes out of the list, moves nothing.
 * @throws INVALID_INPUT for a bad `first` or `after`.
 */
export function page<T>(
  kind: string, items: readonly T[], keyOf: (item: T) => string, request: PageRequest, order: 'ascending' | 'descending' = 'descending',
): Connection<T> {
  const after = checkPage(kind, request);
  let start = 0;
  if (after !== null) {
    const found = items.findIndex((item) => (order === 'descending' ? keyOf(item) < after : keyOf(item) > after));
    start = found === -1 ? items.length : found;
  }
  const nodes = items.slice(start, start + request.first);
  return pageCut(kind, nodes, keyOf, { totalCount: items.length, hasNextPage: start + nodes.length < items.length, hasPreviousPage: start > 0 });
}
