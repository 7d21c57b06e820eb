/**
 * The gateway's own store as the use cases see it: small documents of a few kinds, read by kind and id, and written together
 * or not at all. A commit names the version of everything that it rests on, so that a check and its count are one atomic
 * step on every store, and the rules stay in the domain, written once.
 */
export interface Document<T> {
  readonly value: T;
  /** Changes with every write; 0 says that there is no document. */
  readonly version: number;
}

/** A document as a list gives it. */
export interface Listed<T> { readonly id: string; readonly document: Document<T> }

export interface Write {
  readonly kind: string;
  readonly id: string;
  /** The version read; the commit fails where it is another one by now. 0: there must be none. */
  readonly ifVersion: number;
  /** JSON; null removes the document; undefined leaves it (the version is checked all the same). */
  readonly value?: unknown;
  /** Places the document in its kind's queue (see `due`); an instant in milliseconds. */
  readonly dueAt?: number | null;
  /** When a store may forget the document, in milliseconds. Only housekeeping: readers judge expiry by their own clock. */
  readonly expiresAt?: number | null;
}

export interface Documents {
  get<T>(kind: string, id: string): Promise<Document<T> | null>;
  /** @returns false when another writer was first: nothing was written. */
  commit(writes: readonly Write[]): Promise<boolean>;
  /** Ids of a kind whose `dueAt` is at or before the instant, earliest first. */
  due(kind: string, before: number, limit: number): Promise<readonly string[]>;
  /** A page of a kind in the order of ids. */
  list<T>(kind: string, after: string, limit: number): Promise<readonly Listed<T>[]>;
  /** Forgets what expired before the instant. @returns how many. */
  sweep(now: number): Promise<number>;
}

/** The cause where a store holds a document that cannot be read. It quotes nothing of it, as the parser's own error does. */
export class UnreadableDocument extends Error {
  constructor() {
    super('a document in the store cannot be read');
    this.name = 'UnreadableDocument';
  }
}

/** What a store holds of a document, read. @throws UnreadableDocument. */
export function valueOf<T>(body: string): T {
  let value: T | null;
  try {
    value = JSON.parse(body) as T | null;
  } catch {
    throw new UnreadableDocument();
  }
  // Nobody can write null: it removes a document. A file that was changed may hold it.
  if (value === null) throw new UnreadableDocument();
  return value;
}

const PAGE = 100;

/** All documents of a kind in the order of ids, a page at a time; from after an id on, where one is given. */
export async function* everyOf<T>(documents: Documents, kind: string, after = ''): AsyncGenerator<Listed<T>> {
  for (let last: string | undefined = after; last !== undefined; ) {
    const page: readonly Listed<T>[] = await documents.list<T>(kind, last, PAGE);
    yield* page;
    last = page.length < PAGE ? undefined : page.at(-1)?.id;
  }
}

/** How an index names what it leads to from somewhere: where from, a space, and what tells it from the others. */
export const indexedId = (of: string, id: string): string => `${of} ${id}`;

/** What an index of such ids holds of one `of`, in the order of ids. @param from only what comes after `indexedId(of, from)`. */
export async function* everyIndexed<T>(documents: Documents, kind: string, of: string, from = ''): AsyncGenerator<Listed<T>> {
  for await (const listed of everyOf<T>(documents, kind, indexedId(of, from))) {
    if (!listed.id.startsWith(indexedId(of, ''))) return;
    yield listed;
  }
}
