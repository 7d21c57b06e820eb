/** The chain: nothing is lost, doubled or out of order; what was changed, taken out or cut off is found. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { AUDIT, entryId, ONLY } from '../../../src/application/audit/documents.js';
import { erasedName, type ChainedEntry } from '../../../src/application/audit/entry.js';
import { GATEWAY, noteEvent, ofPerson, operator, TENANT } from '../../../src/application/audit/event.js';
import { forgetSubject, pruneTrail } from '../../../src/application/audit/prune.js';
import { exportTrail, readTrail } from '../../../src/application/audit/read.js';
import { auditTrail } from '../../../src/application/audit/trail.js';
import { verifyTrail } from '../../../src/application/audit/verify.js';
import { transact } from '../../../src/application/identity/transaction.js';
import { looked, NO_FILTER, NOON, random, trailSetting, type TrailSetting } from './support.js';

let at: TrailSetting;
beforeEach(() => {
  at = trailSetting();
});
afterEach(() => at.close());

const faults = async () => (await verifyTrail(at.store, at.kept.head)).faults;
const all = async () => {
  const entries = [];
  for await (const entry of exportTrail(at.store)) entries.push(entry);
  return entries;
};
const DAY_MS = 86_400_000;
const sameJson = (text: string, other: string): boolean => {
  try {
    return JSON.stringify(JSON.parse(text)) === other;
  } catch {
    return false;
  }
};

describe('what is recorded', () => {
  test('stands in the chain, in order, each tied to the one before, and names nobody', async () => {
    await at.look('000017/01', '000231/01', '000017/01');
    expect(await all()).toMatchObject([1, 2, 3].map((sequence) => ({ sequence, actor: 'j.smith', role: 'STAFF', action: 'query tenancy', subjectReference: sequence === 2 ? '000231/01' : '000017/01' })));
    const chain = (await at.store.list<ChainedEntry>(AUDIT.entry, '', 10)).map(({ document }) => document.value);
    expect(chain[0]!.subject).toBe(chain[2]!.subject);
    expect(chain.slice(1).map(({ previous }) => previous)).toEqual(chain.slice(0, 2).map(({ hash }) => hash));
    expect(JSON.stringify(chain)).not.toContain('0000');
    expect(await faults()).toEqual([]);
    expect(at.kept.head).toMatchObject({ sequence: 3, hash: chain[2]!.hash });
  });

  test('by many at once, over two processes, is lost nowhere', async () => {
    const other = at.another();
    await Promise.all(Array.from({ length: 200 }, (_, n) => (n % 2 ? at.trail : other).record([looked(`${n}`)])));
    const entries = await all();
    expect(entries.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
    expect(new Set(entries.map(({ subjectReference }) => subjectReference)).size).toBe(200);
    expect(await faults()).toEqual([]);
  });

  test('is refused where the store cannot be written to', async () => {
    at.tamper('ALTER TABLE document RENAME TO away');
    await expect(at.look('000017/01')).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    at.tamper('ALTER TABLE away RENAME TO document');
    await at.look('000017/01');
    expect(await all()).toHaveLength(1);
  });
});

describe('an event written with its change', () => {
  const note = (transaction: Parameters<Parameters<typeof transact>[1]>[0], action: string) =>
    noteEvent(transaction, { random, clock: () => new Date(at.now) }, TENANT, action, ofPerson('0000000017/1'), 'because');

  test('comes into the chain with it, once, in the order of time', async () => {
    for (const action of ['first', 'second', 'third']) {
      await transact(at.store, (transaction) => note(transaction, action));
      at.now += 1;
    }
    await Promise.all([at.trail.chainPending(), at.another().chainPending(), at.look('000017/01')]);
    const entries = (await all()).filter(({ actor }) => actor === 'tenant');
    expect(entries.map(({ action, reason }) => [action, reason])).toEqual([['first', 'because'], ['second', 'because'], ['third', 'because']]);
    expect(await at.store.list(AUDIT.pending, '', 10)).toEqual([]);
    expect(await faults()).toEqual([]);
  });

  test('does not, where the change did not come about', async () => {
    await expect(transact(at.store, async (transaction) => {
      await note(transaction, 'never');
      throw new Error('no');
    })).rejects.toThrow('no');
    await at.trail.chainPending();
    expect(await all()).toEqual([]);
  });

  test('more than fit into one commit are chained all the same', async () => {
    for (let n = 0; n < 230; n++) await transact(at.store, (transaction) => note(transaction, `event ${n}`));
    await at.trail.chainPending();
    expect(await all()).toHaveLength(230);
    expect(await faults()).toEqual([]);
  });
});

describe('is found', () => {
  beforeEach(async () => {
    await at.look('000017/01', '000231/01');
    await at.trail.record([looked('000412/01', { ...operator('jo'), reason: 'phoned' }), looked('000017/01')]);
    expect(await faults()).toEqual([]);
  });

  test('any one byte of the trail that was changed', async () => {
    const bodies = await Promise.all(Object.values(AUDIT).map(async (kind) => (await at.store.list(kind, '', 100)).map(({ id, document }) => ({ kind, id, body: JSON.stringify(document.value) }))));
    const documents = bodies.flat().filter(({ body }) => body !== '{}');
    await fc.assert(fc.asyncProperty(fc.nat(), fc.nat(), fc.integer({ min: 0x21, max: 0x7e }), async (which, where, byte) => {
      const { kind, id, body } = documents[which % documents.length]!;
      const place = where % body.length;
      const changed = body.slice(0, place) + String.fromCharCode(byte) + body.slice(place + 1);
      // A head that was kept apart says nothing of itself; one in the store is held against it and the chain.
      fc.pre(!sameJson(changed, body));
      at.tamper('UPDATE document SET body = ? WHERE kind = ? AND id = ?', changed, kind, id);
      expect([kind, changed, (await faults()).length > 0]).toEqual([kind, changed, true]);
      at.tamper('UPDATE document SET body = ? WHERE kind = ? AND id = ?', body, kind, id);
    }), { numRuns: 300 });
    expect(await faults()).toEqual([]);
  }, 60_000);

  test('a document that is no JSON any more, by its name', async () => {
    at.tamper('UPDATE document SET body = substr(body, 2) WHERE kind = ? AND id = ?', AUDIT.entry, entryId(2));
    expect(await faults()).toContain(`the document ${AUDIT.entry} ${entryId(2)} cannot be read`);
    at.tamper('UPDATE document SET body = substr(body, 2) WHERE kind = ?', AUDIT.pseudonym);
    expect(await faults()).toContain(`a document of kind ${AUDIT.pseudonym} cannot be read`);
  });

  test('a head that names an entry beyond all numbers', async () => {
    at.tamper('UPDATE document SET body = replace(body, \'"sequence":\', \'"sequence":1e345\') WHERE kind = ?', AUDIT.head);
    expect((await faults()).length).toBeGreaterThan(0);
  });

  test.each([1, 2, 3])('that entry %i was taken out', async (sequence) => {
    at.tamper('DELETE FROM document WHERE kind = ? AND id = ?', AUDIT.entry, entryId(sequence));
    expect(await faults()).toContain(`entry ${sequence} is missing`);
  });

  test('a reason that was taken out of somebody\'s entry who is not erased', async () => {
    at.tamper('DELETE FROM document WHERE kind = ?', AUDIT.reason);
    expect(await faults()).toEqual(['the reason of entry 3 is gone, and whom it was about was not erased']);
  });

  test('that an entry was taken out of every list', async () => {
    at.tamper('DELETE FROM document WHERE kind = ? AND id LIKE ?', AUDIT.ofActor, '%');
    expect(await faults()).toEqual(['4 entries are in no list of their actor']);
  });

  test('that the tail was cut off, by the head that was kept apart', async () => {
    const [second] = (await at.store.list<ChainedEntry>(AUDIT.entry, entryId(1), 1)).map(({ document }) => document.value);
    for (const sequence of [3, 4]) {
      at.tamper('DELETE FROM document WHERE kind = ? AND id = ?', AUDIT.entry, entryId(sequence));
      at.tamper('DELETE FROM document WHERE kind IN (?, ?) AND id LIKE ?', AUDIT.ofActor, AUDIT.ofSubject, `% ${String(10 ** 12 - 1 - sequence)}`);
    }
    const { chain } = at.kept.head!;
    at.tamper('UPDATE document SET body = ? WHERE kind = ?', JSON.stringify({ chain, sequence: 2, hash: second!.hash }), AUDIT.head);
    expect((await verifyTrail(at.store, null)).faults).toEqual([]);
    expect(await faults()).toEqual(['the trail ends at entry 2, but its head was kept at entry 4: its tail was cut off']);
    // Going on does not write over the proof.
    await at.look('000231/01', '000231/01', '000231/01');
    expect(at.logged).toContain('audit_trail_broken');
    expect(at.kept.head?.sequence).toBe(4);
    expect(await faults()).toContain('entry 4 is not the one whose hash was kept apart');
  });

  test('that the whole trail was taken away', async () => {
    at.tamper('DELETE FROM document');
    expect(await faults()).toEqual(['the trail is gone: its head was kept at entry 4']);
    await at.look('000017/01');
    expect(await faults()).toEqual(['the head that was kept apart belongs to another chain: the trail was replaced']);
  });
});

describe('forgetting', () => {
  const prune = (days: number) => pruneTrail({ store: at.store, audit: at.trail, clock: () => new Date(at.now) }, GATEWAY, new Date(NOON + days * DAY_MS));

  test('a beginning that was taken away, with a checkpoint in its place, is no pruning', async () => {
    await at.look('000017/01', '000231/01', '000017/01');
    const [first, second] = (await at.store.list<ChainedEntry>(AUDIT.entry, '', 2)).map(({ document }) => document.value);
    for (const { sequence } of [first!, second!]) {
      at.tamper('DELETE FROM document WHERE kind = ? AND id = ?', AUDIT.entry, entryId(sequence));
      at.tamper('DELETE FROM document WHERE kind IN (?, ?) AND id LIKE ?', AUDIT.ofActor, AUDIT.ofSubject, `% ${String(10 ** 12 - 1 - sequence)}`);
    }
    await at.store.commit([{ kind: AUDIT.checkpoint, id: ONLY, ifVersion: 0, value: { chain: at.kept.head!.chain, sequence: 2, hash: second!.hash, at: second!.at } }]);
    expect(await faults()).toEqual(['the entries up to 2 are gone, and the trail does not say that they were pruned']);
  });

  test('the oldest entries leaves a checkpoint that the rest is tied to', async () => {
    for (let day = 0; day < 5; day++) {
      await at.look('000017/01', ...(day === 0 ? ['000999/01'] : []));
      at.now += DAY_MS;
    }
    expect(await prune(2)).toBe(3);
    expect(await prune(2)).toBe(0);
    const verdict = await verifyTrail(at.store, at.kept.head);
    expect(verdict).toMatchObject({ faults: [], entries: 4, pruned: 3 });
    // Nobody looks at that tenancy in what is left: its name is gone with its entries.
    expect(JSON.stringify(await at.store.list(AUDIT.pseudonym, '', 10))).not.toContain('000999/01');
    expect((await readTrail(at.store, NO_FILTER, { first: 10 }, null))).toMatchObject({ total: 4, before: 0, entries: [{ id: '7', actor: 'gateway', action: 'pruned the trail up to entry 3' }, { id: '6' }, { id: '5' }, { id: '4' }] });
    await at.look('000017/01');
    expect(await faults()).toEqual([]);
    at.tamper('UPDATE document SET body = replace(body, ?, ?) WHERE kind = ?', '"sequence":3', '"sequence":4', AUDIT.checkpoint);
    expect(await faults()).not.toEqual([]);
  });

  test('all of them, and going on', async () => {
    await at.look('000017/01');
    at.now += 2 * DAY_MS;
    expect(await prune(1)).toBe(1);
    expect(await faults()).toEqual([]);
    await at.look('000231/01');
    expect(await verifyTrail(at.store, at.kept.head)).toMatchObject({ faults: [], entries: 2, pruned: 1 });
  });

  test('a person leaves the chain whole, and leads nobody to them', async () => {
    const person = ofPerson('0000000017/1');
    await at.trail.record([looked('', { subject: person, reason: 'Mrs T. phoned' }), looked('000231/01')]);
    const before = (await at.store.list<ChainedEntry>(AUDIT.entry, '', 10)).map(({ document }) => document.value);
    const name = await forgetSubject(at.store, person);
    expect(name).toBe(before[0]!.subject);
    expect(await forgetSubject(at.store, person)).toBeNull();
    // Only where the trail says so is somebody erased, and not taken out by who can write to the store.
    expect(await faults()).toEqual(['a name in the chain leads nowhere, and the trail does not say that anybody was erased']);
    await at.trail.record([looked('', { action: 'erased a person', subject: { kind: 'person', reference: erasedName(name!) } })]);
    expect(await verifyTrail(at.store, at.kept.head)).toMatchObject({ faults: [], entries: 3, erasedReasons: 1 });
    const dump = JSON.stringify(await Promise.all(Object.values(AUDIT).map((kind) => at.store.list(kind, '', 100))));
    expect(dump).not.toMatch(/0000000017|Mrs T/);
    expect((await readTrail(at.store, NO_FILTER, { first: 10 }, null)).entries[2]).toMatchObject({ subject: `erased ${name!.slice(0, 12)}`, reason: null });
    // Who comes back is somebody new to the trail.
    await at.trail.record([looked('', { subject: person })]);
    expect((await at.store.list<ChainedEntry>(AUDIT.entry, entryId(3), 1))[0]!.document.value.subject).not.toBe(name);
    expect(await faults()).toEqual([]);
  });
});

describe('reading', () => {
  test('by tenancy, by actor, by both and by neither, page by page', async () => {
    for (let n = 0; n < 25; n++) await at.trail.record([looked(n % 2 ? '000017/01' : '000231/01', { actor: n % 3 ? 'a' : 'b' })]);
    const wanted = (keep: (n: number) => boolean) => Array.from({ length: 25 }, (_, n) => n).filter(keep).map((n) => String(n + 1)).reverse();
    const filters = [
      [NO_FILTER, () => true], [{ subject: { kind: 'tenancy', reference: '000017/01' }, actor: null }, (n: number) => n % 2 === 1], [{ subject: null, actor: 'b' }, (n: number) => n % 3 === 0],
      [{ subject: { kind: 'tenancy', reference: '000017/01' }, actor: 'b' }, (n: number) => n % 6 === 3], [{ subject: { kind: 'tenancy', reference: '999999/01' }, actor: null }, () => false], [{ subject: null, actor: 'nobody' }, () => false], [{ subject: { kind: 'person', reference: '000017/01' }, actor: null }, () => false],
    ] as const;
    for (const [filter, keep] of filters) {
      const found: string[] = [];
      for (let after: number | null = null; ; ) {
        const page = await readTrail(at.store, filter, { first: 4 }, after);
        expect(page).toMatchObject({ total: wanted(keep).length, before: found.length });
        found.push(...page.entries.map(({ id }) => id));
        if (found.length >= page.total) break;
        after = Number(found.at(-1));
      }
      expect(found).toEqual(wanted(keep));
    }
  });
});

test('the head stands in the store and apart from it', async () => {
  await at.look('000017/01');
  expect((await at.store.get(AUDIT.head, ONLY))?.value).toEqual(at.kept.head);
});

test('a head that cannot be read stops nobody, is told of once, and is not written over', async () => {
  const keep = jest.fn(async () => undefined);
  const trail = auditTrail({
    store: at.store, clock: () => new Date(NOON), random, heads: { last: () => Promise.reject(new Error('cannot be read')), keep },
    log: { info: () => undefined, warn: () => undefined, error: ({ event }) => void at.logged.push(String(event)) },
  });
  await trail.record([looked('000017/01')]);
  await trail.record([looked('000231/01')]);
  expect(at.logged).toEqual(['audit_head_unreadable']);
  expect(keep).not.toHaveBeenCalled();
  expect(await all()).toHaveLength(2);
});
