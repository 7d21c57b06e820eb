/** A store in a few lines, to hold the real ones against: random programs must come out the same. */
import { expect } from '@jest/globals';
import fc from 'fast-check';
import type { Write } from '../../src/application/identity/documents.js';
import type { Store } from '../../src/application/ports.js';

interface Held { readonly value: unknown; readonly dueAt: number | null; readonly expiresAt: number | null; readonly version: number }
/** `now`, `none` and `old`: the version that stands there, none, or one that stood there before. */
interface Step { readonly id: string; readonly base: 'now' | 'none' | 'old'; readonly act: 'put' | 'remove' | 'check'; readonly value: unknown; readonly dueAt: number | null; readonly expiresAt: number | null }
type Action =
  | { readonly type: 'commit'; readonly steps: readonly Step[] }
  | { readonly type: 'sweep'; readonly now: number }
  | { readonly type: 'due'; readonly before: number; readonly limit: number }
  | { readonly type: 'list'; readonly after: string; readonly limit: number };

const id = fc.constantFrom('a', 'b', 'a:b', '{x}', 'é', '🏠');
const instant = fc.integer({ min: 1, max: 20 });
const step: fc.Arbitrary<Step> = fc.record({
  id, base: fc.constantFrom('now', 'now', 'now', 'none', 'old'), act: fc.constantFrom('put', 'put', 'remove', 'check'),
  value: fc.jsonValue({ maxDepth: 2 }).filter((value) => value !== null), dueAt: fc.option(instant), expiresAt: fc.option(instant),
});
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant('commit' as const), steps: fc.uniqueArray(step, { selector: (one) => one.id, minLength: 1, maxLength: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('sweep' as const), now: instant }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('due' as const), before: instant, limit: fc.integer({ min: 0, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('list' as const), after: id, limit: fc.integer({ min: 0, max: 4 }) }) },
);

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

class Model {
  readonly held = new Map<string, Held>();
  /** Versions of documents that were there. */
  readonly past = new Map<string, number>();

  versionFor({ id: of, base }: Step): number {
    if (base === 'none') return 0;
    return (base === 'now' ? this.held.get(of)?.version : this.past.get(of)) ?? 0;
  }

  accepts(writes: readonly Write[]): boolean {
    return writes.every((write) => (this.held.get(write.id)?.version ?? 0) === write.ifVersion);
  }

  forget(of: string): void {
    const held = this.held.get(of);
    if (held) this.past.set(of, held.version);
    this.held.delete(of);
  }

  ids(): string[] {
    return [...this.held.keys()].sort(byBytes);
  }

  due(before: number, limit: number): string[] {
    const at = (of: string): number => this.held.get(of)?.dueAt ?? Infinity;
    return this.ids().filter((of) => at(of) <= before).sort((a, b) => at(a) - at(b) || byBytes(a, b)).slice(0, limit);
  }
}

async function perform(store: Store, kind: string, model: Model, todo: Action): Promise<void> {
  switch (todo.type) {
    case 'commit': {
      const writes = todo.steps.map((one): Write => ({
        kind, id: one.id, ifVersion: model.versionFor(one), dueAt: one.dueAt, expiresAt: one.expiresAt,
        ...(one.act !== 'check' && { value: one.act === 'remove' ? null : one.value }),
      }));
      const accepted = model.accepts(writes);
      expect(await store.commit(writes)).toBe(accepted);
      if (!accepted) return;
      for (const { id: of, value, dueAt = null, expiresAt = null } of writes) {
        if (value === undefined) continue;
        model.forget(of);
        if (value === null) continue;
        const version = (await store.get(kind, of))?.version ?? 0;
        expect(version).not.toBe(model.past.get(of) ?? 0);
        // As JSON carries it: -0 is 0.
        model.held.set(of, { value: JSON.parse(JSON.stringify(value)) as unknown, dueAt, expiresAt, version });
      }
      return;
    }
    case 'sweep': {
      const expired = [...model.held].filter(([, held]) => held.expiresAt !== null && held.expiresAt <= todo.now);
      expect(await store.sweep(todo.now)).toBe(expired.length);
      for (const [of] of expired) model.forget(of);
      return;
    }
    case 'due':
      expect(await store.due(kind, todo.before, todo.limit)).toEqual(model.due(todo.before, todo.limit));
      return;
    case 'list':
      expect((await store.list(kind, todo.after, todo.limit)).map((found) => found.id))
        .toEqual(model.ids().filter((of) => byBytes(of, todo.after) > 0).slice(0, todo.limit));
  }
}

export async function behavesLikeTheModel(store: Store, context: { readonly kind: string }): Promise<void> {
  let run = 0;
  await store.sweep(Number.MAX_SAFE_INTEGER);
  await fc.assert(fc.asyncProperty(fc.array(action, { maxLength: 30 }), async (program) => {
    const kind = `${context.kind}-${run++}`;
    const model = new Model();
    for (const todo of program) await perform(store, kind, model, todo);
    const held = await store.list(kind, '', 100);
    expect(held.map((found) => [found.id, found.document])).toEqual(model.ids().map((of) => [of, { value: model.held.get(of)?.value, version: model.held.get(of)?.version }]));
    // Nothing of this program may be swept in the next one.
    await store.sweep(Number.MAX_SAFE_INTEGER);
  }), { numRuns: 60 });
}
