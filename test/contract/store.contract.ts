/** What every store has to do, as named cases: the suite runs them against SQLite and Redis, and would against a third one. */
import { expect } from '@jest/globals';
import type { Write } from '../../src/application/identity/documents.js';
import { transact } from '../../src/application/identity/transaction.js';
import type { Store } from '../../src/application/ports.js';
import { behavesLikeTheModel } from './store.model.js';

export interface StoreContext {
  /** Kinds that no other case uses. */
  readonly kind: string;
  readonly other: string;
  /** A second store on the same data, as another gateway would open it. */
  readonly second: Store;
}

export interface StoreCase {
  readonly name: string;
  run(store: Store, context: StoreContext): Promise<void>;
}

const put = (kind: string, id: string, value: unknown, ifVersion = 0, rest: Partial<Write> = {}): Write => ({ kind, id, ifVersion, value, ...rest });

async function versionOf(store: Store, kind: string, id: string): Promise<number> {
  return (await store.get(kind, id))?.version ?? 0;
}

const ids = async (store: Store, kind: string, after = '', limit = 100): Promise<string[]> => (await store.list(kind, after, limit)).map(({ id }) => id);

/** Ids as nobody would choose them; in the order of their UTF-8, which is not that of JavaScript's strings. */
const ODD_IDS = ['!', '"', '%3A', '*', 'A', 'a', 'a b', 'a:b', 'a:b:c', 'o\'brien@x.org', 'z', '{', '{gateway}', '}', 'é', 'ﬀ', '🏠'];

export const storeCases: readonly StoreCase[] = [
  {
    name: 'holds nothing that was not put',
    run: async (store, { kind }) => {
      expect(await store.get(kind, 'a')).toBeNull();
      expect(await store.list(kind, '', 10)).toEqual([]);
      expect(await store.due(kind, Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
      await store.ping();
    },
  },
  {
    name: 'creates a document once',
    run: async (store, { kind }) => {
      expect(await store.commit([put(kind, 'a', { first: true })])).toBe(true);
      expect(await store.commit([put(kind, 'a', { first: false })])).toBe(false);
      expect((await store.get(kind, 'a'))?.value).toEqual({ first: true });
    },
  },
  {
    name: 'refuses the update that would be lost',
    run: async (store, { kind }) => {
      await store.commit([put(kind, 'a', 1)]);
      const version = await versionOf(store, kind, 'a');
      expect(await store.commit([put(kind, 'a', 2, version)])).toBe(true);
      expect(await store.commit([put(kind, 'a', 3, version)])).toBe(false);
      expect((await store.get(kind, 'a'))?.value).toBe(2);
    },
  },
  {
    name: 'writes all of a commit or nothing',
    run: async (store, { kind, other }) => {
      await store.commit([put(kind, 'held', 1, 0, { dueAt: 5, expiresAt: 5 })]);
      const stale = 1 + await versionOf(store, kind, 'held');
      for (const at of [0, 1, 2]) {
        const writes = [put(kind, 'x', 1, 0, { dueAt: 1 }), put(other, 'y', 1, 0, { expiresAt: 1 })];
        writes.splice(at, 0, put(kind, 'held', 2, stale, { dueAt: null }));
        expect(await store.commit(writes)).toBe(false);
      }
      expect(await ids(store, kind)).toEqual(['held']);
      expect(await ids(store, other)).toEqual([]);
      expect(await store.due(kind, 10, 10)).toEqual(['held']);
      expect((await store.get(kind, 'held'))?.value).toBe(1);
    },
  },
  {
    name: 'checks a version without writing',
    run: async (store, { kind }) => {
      await store.commit([put(kind, 'read', 1, 0, { dueAt: 7 })]);
      const version = await versionOf(store, kind, 'read');
      expect(await store.commit([{ kind, id: 'read', ifVersion: version }, { kind, id: 'absent', ifVersion: 0 }, put(kind, 'a', 1)])).toBe(true);
      expect(await versionOf(store, kind, 'read')).toBe(version);
      expect(await store.due(kind, 7, 10)).toEqual(['read']);
      expect(await store.commit([{ kind, id: 'read', ifVersion: 0 }, put(kind, 'b', 1)])).toBe(false);
      expect(await store.commit([{ kind, id: 'absent', ifVersion: version }, put(kind, 'b', 1)])).toBe(false);
      expect(await ids(store, kind)).toEqual(['a', 'read']);
    },
  },
  {
    name: 'commits nothing at all',
    run: async (store) => {
      expect(await store.commit([])).toBe(true);
    },
  },
  {
    name: 'never takes a new document for the one that was removed',
    run: async (store, { kind }) => {
      const seen = new Set<number>([0]);
      for (let round = 0; round < 20; round++) {
        expect(await store.commit([put(kind, 'a', round)])).toBe(true);
        const version = await versionOf(store, kind, 'a');
        expect(seen.has(version)).toBe(false);
        for (const old of seen) expect(await store.commit([put(kind, 'a', 'old', old)])).toBe(false);
        seen.add(version);
        expect(await store.commit([put(kind, 'a', null, version)])).toBe(true);
        expect(await store.get(kind, 'a')).toBeNull();
      }
    },
  },
  {
    name: 'removes a document from everywhere',
    run: async (store, { kind }) => {
      await store.commit([put(kind, 'a', 1, 0, { dueAt: 1, expiresAt: 1 })]);
      await store.commit([put(kind, 'a', null, await versionOf(store, kind, 'a'))]);
      expect(await ids(store, kind)).toEqual([]);
      expect(await store.due(kind, 10, 10)).toEqual([]);
      expect(await store.commit([put(kind, 'a', 2)])).toBe(true);
      await store.sweep(10);
      expect((await store.get(kind, 'a'))?.value).toBe(2);
    },
  },
  {
    name: 'removes what is not there, when that was known',
    run: async (store, { kind }) => {
      expect(await store.commit([put(kind, 'a', null)])).toBe(true);
      expect(await store.get(kind, 'a')).toBeNull();
    },
  },
  {
    name: 'tells what is due, earliest first',
    run: async (store, { kind, other }) => {
      const at: Record<string, number> = { c: 10, a: 30, b: 20, z: 20, now: 40, later: 41 };
      await store.commit(Object.entries(at).map(([id, dueAt]) => put(kind, id, 1, 0, { dueAt })));
      await store.commit([put(kind, 'never', 1), put(other, 'elsewhere', 1, 0, { dueAt: 1 })]);
      expect(await store.due(kind, 40, 10)).toEqual(['c', 'b', 'z', 'a', 'now']);
      expect(await store.due(kind, 40, 2)).toEqual(['c', 'b']);
      expect(await store.due(kind, 9, 10)).toEqual([]);
      expect(await store.due(kind, 40, 0)).toEqual([]);
    },
  },
  {
    name: 'takes a document out of the queue, or to another place in it',
    run: async (store, { kind }) => {
      await store.commit(['a', 'b', 'c', 'd'].map((id) => put(kind, id, 1, 0, { dueAt: 1 })));
      await store.commit([
        put(kind, 'a', 2, await versionOf(store, kind, 'a'), { dueAt: null }),
        put(kind, 'b', 2, await versionOf(store, kind, 'b')),
        put(kind, 'c', null, await versionOf(store, kind, 'c')),
        put(kind, 'd', 2, await versionOf(store, kind, 'd'), { dueAt: 5 }),
      ]);
      expect(await store.due(kind, 4, 10)).toEqual([]);
      expect(await store.due(kind, 5, 10)).toEqual(['d']);
    },
  },
  {
    name: 'lists page by page, in the order of the ids\' bytes',
    run: async (store, { kind, other }) => {
      for (const id of [...ODD_IDS].reverse()) await store.commit([put(kind, id, `of ${id}`)]);
      await store.commit([put(other, 'b', 1)]);
      const paged: string[] = [];
      for (let after = ''; ;) {
        const page = await store.list<string>(kind, after, 5);
        expect(page.map(({ document }) => document.value)).toEqual(page.map(({ id }) => `of ${id}`));
        paged.push(...page.map(({ id }) => id));
        if (page.length < 5) break;
        after = page.at(-1)?.id ?? '';
      }
      expect(paged).toEqual(ODD_IDS);
      expect(await ids(store, kind, 'a', 2)).toEqual(['a b', 'a:b']);
      // What lies after an id that is gone, or never was.
      expect(await ids(store, kind, 'b', 1)).toEqual(['o\'brien@x.org']);
      const [first] = await store.list(kind, '', 1);
      expect(first?.document.version).toBe(await versionOf(store, kind, ODD_IDS[0] ?? ''));
    },
  },
  {
    name: 'finds documents under odd ids, and keeps kind and id apart',
    run: async (store, { kind }) => {
      for (const id of ODD_IDS) expect(await store.commit([put(kind, id, id, 0, { dueAt: 1 })])).toBe(true);
      for (const id of ODD_IDS) expect((await store.get(kind, id))?.value).toBe(id);
      expect([...await store.due(kind, 1, 100)].sort()).toEqual([...ODD_IDS].sort());
      expect(await store.commit([put(`${kind}:x`, 'y', 1), put(kind, 'x:y', 2), put(`${kind}%3Ax`, 'y', 3)])).toBe(true);
      expect((await store.get(`${kind}:x`, 'y'))?.value).toBe(1);
      expect((await store.get(`${kind}%3Ax`, 'y'))?.value).toBe(3);
      expect(await ids(store, `${kind}:x`)).toEqual(['y']);
    },
  },
  {
    name: 'forgets what expired, at its instant and not before',
    run: async (store, { kind, other }) => {
      await store.sweep(0);
      await store.commit([
        put(kind, 'a', 1, 0, { expiresAt: 1_000, dueAt: 1 }), put(other, 'b', 1, 0, { expiresAt: 1_001 }), put(kind, 'kept', 1),
        put(kind, 'null', 1, 0, { expiresAt: null }),
      ]);
      expect(await store.sweep(999)).toBe(0);
      expect(await ids(store, kind)).toEqual(['a', 'kept', 'null']);
      expect(await store.sweep(1_000)).toBe(1);
      expect(await store.get(kind, 'a')).toBeNull();
      expect(await store.due(kind, 10, 10)).toEqual([]);
      expect(await ids(store, kind)).toEqual(['kept', 'null']);
      expect(await ids(store, other)).toEqual(['b']);
      expect(await store.sweep(1_001)).toBe(1);
      expect(await store.sweep(Number.MAX_SAFE_INTEGER)).toBe(0);
      expect(await store.commit([put(kind, 'a', 2)])).toBe(true);
    },
  },
  {
    name: 'leaves the judgement of expiry to the reader\'s clock, however far it is from the server\'s',
    run: async (store, { kind }) => {
      const in2017 = Date.UTC(2017, 1, 8);
      await store.commit([put(kind, 'a', 'long past', 0, { expiresAt: in2017 })]);
      await store.sweep(in2017 - 1);
      expect((await store.get(kind, 'a'))?.value).toBe('long past');
      await store.sweep(in2017);
      expect(await store.get(kind, 'a')).toBeNull();
    },
  },
  {
    name: 'lets a write change when a document expires, or that it does',
    run: async (store, { kind }) => {
      await store.commit([put(kind, 'a', 1, 0, { expiresAt: 10 }), put(kind, 'b', 1, 0, { expiresAt: 10 })]);
      await store.commit([put(kind, 'a', 2, await versionOf(store, kind, 'a'), { expiresAt: 20 }), put(kind, 'b', 2, await versionOf(store, kind, 'b'))]);
      await store.sweep(19);
      expect(await ids(store, kind)).toEqual(['a', 'b']);
      await store.sweep(20);
      expect(await ids(store, kind)).toEqual(['b']);
    },
  },
  {
    name: 'forgets thousands in one go',
    run: async (store, { kind }) => {
      for (let page = 0; page < 12; page++) {
        await store.commit(Array.from({ length: 100 }, (_, index) => put(kind, `${page}-${index}`, 1, 0, { expiresAt: 3 })));
      }
      expect(await store.sweep(3)).toBe(1_200);
      expect(await ids(store, kind)).toEqual([]);
    },
  },
  {
    name: 'gives back what was put, whatever JSON it is',
    run: async (store, { kind }) => {
      const values: unknown[] = [
        0, -0.1, 1e21, Number.MAX_SAFE_INTEGER, 2 ** 53 + 2, 1.7976931348623157e308, 0.1 + 0.2, '', 'é 🏠 \u0000 \ud800 \u2028', false, [], {},
        [null, [null]], { nested: { a: null, 'key with \n': [1, 'two'] } }, { __proto__: null, constructor: 'x' }, 'x'.repeat(100_000), '\ufeffmark',
        { deep: Array.from({ length: 5_000 }, (_, index) => ({ index, name: `Llŷr ${index}` })) },
      ];
      expect(await store.commit(values.map((value, index) => put(kind, `${index}`.padStart(2, '0'), value)))).toBe(true);
      const expected = values.map((value) => JSON.parse(JSON.stringify(value)) as unknown);
      expect((await store.list(kind, '', 100)).map(({ document }) => document.value)).toEqual(expected);
      for (const [index, value] of expected.entries()) expect((await store.get(kind, `${index}`.padStart(2, '0')))?.value).toEqual(value);
    },
  },
  {
    name: 'counts to 200 with 200 counting at once',
    run: async (store, { kind, second }) => {
      await Promise.all(Array.from({ length: 200 }, (_, index) => persistently(() => transact(index % 2 === 0 ? store : second, async (transaction) => {
        const count = await transaction.get<number>(kind, 'count') ?? 0;
        transaction.put(kind, 'count', count + 1);
      }))));
      expect((await store.get(kind, 'count'))?.value).toBe(200);
    },
  },
  {
    name: 'lets exactly one of many create a document',
    run: async (store, { kind, second }) => {
      const won = await Promise.all(Array.from({ length: 50 }, (_, index) => (index % 2 ? store : second).commit([put(kind, 'a', index), put(kind, `own-${index}`, 1)])));
      expect(won.filter(Boolean)).toHaveLength(1);
      expect((await store.get(kind, 'a'))?.value).toBe(won.indexOf(true));
      expect(await ids(store, kind)).toEqual(['a', `own-${won.indexOf(true)}`]);
    },
  },
  {
    name: 'shows what another store wrote, at once',
    run: async (store, { kind, second }) => {
      for (let round = 0; round < 20; round++) {
        const [writer, reader] = round % 2 ? [store, second] : [second, store];
        await writer.commit([put(kind, 'a', round, await versionOf(reader, kind, 'a'), { dueAt: round })]);
        expect((await reader.get(kind, 'a'))?.value).toBe(round);
        expect(await reader.due(kind, round, 1)).toEqual(['a']);
      }
    },
  },
  {
    name: 'behaves like a plain model in memory, whatever is committed',
    run: behavesLikeTheModel,
  },
];

/** Under such a crowd a step may lose all its tries; a caller is told, and tries again. */
async function persistently(step: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await step();
    } catch (error) {
      if ((error as { code?: string }).code !== 'SERVICE_UNAVAILABLE' || !/busy/.test((error as Error).message)) throw error;
    }
  }
}
