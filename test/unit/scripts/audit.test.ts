import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'libsql';
import { fileHeads } from '../../../adapters/files/audit-head.js';
import { sqliteStore } from '../../../adapters/sqlite/store.js';
import { audit } from '../../../scripts/audit.js';
import { AUDIT, entryId } from '../../../src/application/audit/documents.js';
import { noteEvent, ofPerson, operator } from '../../../src/application/audit/event.js';
import { auditTrail } from '../../../src/application/audit/trail.js';
import { transact } from '../../../src/application/identity/transaction.js';
import { looked, NOON, random } from '../audit/support.js';

describe('audit', () => {
  let folder: string;
  let printed: string;
  let complained: string;
  const run = (...args: string[]): Promise<number> => {
    printed = '';
    complained = '';
    return audit(args, {
      environment: { STORE_URL: `file:${folder}/gateway.db`, DATA_DIR: folder }, clock: () => new Date(NOON),
      print: (text) => {
        printed += text;
      },
      complain: (text) => {
        complained += text;
      },
    });
  };
  const tamper = (sql: string, ...values: string[]): void => {
    const database = new Database(join(folder, 'gateway.db'));
    database.prepare(sql).run(...values);
    database.close();
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gateway-audit-'));
    const store = sqliteStore(`file:${folder}/gateway.db`, 'schema/store');
    const clock = () => new Date(NOON);
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const trail = auditTrail({ store, clock, random, log, heads: fileHeads(join(folder, 'audit-head.json')) });
    await trail.record([looked('000017/01', { at: new Date(NOON - 10 * 86_400_000).toISOString() }), looked('000231/01')]);
    await transact(store, (transaction) => noteEvent(transaction, { random, clock }, operator('jo'), 'unlocked the account', ofPerson('0000000017/1'), 'phoned'));
    await store.close();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('says that a whole trail is whole, what was written with its event included', async () => {
    expect(await run('verify')).toBe(0);
    expect(printed).toMatch(/^The trail is whole: 3 entries\.\nIts head is entry 3, .+\.\nThe head that was kept apart at .+audit-head\.json, entry 2, is part of it\.\n$/);
    expect(await run('verify', '--json')).toBe(0);
    expect(JSON.parse(printed)).toMatchObject({ faults: [], entries: 3, pruned: 0, head: { sequence: 3 }, keptHead: { sequence: 2 } });
  });

  it('says what is wrong with a trail that cannot take what waits for it', async () => {
    tamper('DELETE FROM document WHERE kind = ?', AUDIT.head);
    expect(await run('verify')).toBe(1);
    expect(printed).toContain('NOT WHOLE: the trail is gone: its head was kept at entry 2\n');
    expect(printed).toContain('NOT WHOLE: account events that were not in the trail yet could not be put there\n');
    expect(await run('export')).toBe(1);
    expect(complained).toMatch(/^audit: Too busy/m);
  });

  it('finds an entry that cannot be read any more', async () => {
    for (const body of ['"sequence":2}', 'null']) {
      tamper('UPDATE document SET body = ? WHERE kind = ? AND id = ?', body, AUDIT.entry, entryId(2));
      expect(await run('verify')).toBe(1);
      expect(printed).toContain(`NOT WHOLE: the document ${AUDIT.entry} ${entryId(2)} cannot be read\n`);
      expect(await run('export')).toBe(1);
      expect(complained).toBe('audit: STORE_URL: the store cannot be used (a document in the store cannot be read)\n');
    }
  });

  it('finds a changed byte, a missing entry and a tail cut off', async () => {
    tamper('UPDATE document SET body = replace(body, ?, ?) WHERE kind = ?', 'query tenancy', 'query tenanci', AUDIT.entry);
    expect(await run('verify')).toBe(1);
    expect(printed).toContain('NOT WHOLE: entry 1 was changed\nNOT WHOLE: entry 2 was changed\n');
    tamper('DELETE FROM document WHERE kind = ? AND id = ?', AUDIT.entry, entryId(2));
    expect(await run('verify')).toBe(1);
    expect(printed).toContain('NOT WHOLE: entry 2 is missing\n');
    tamper('DELETE FROM document');
    expect(await run('verify')).toBe(1);
    expect(printed).toBe('NOT WHOLE: the trail is gone: its head was kept at entry 2\n');
    expect(await run('verify', '--no-head')).toBe(0);
  });

  it('exports JSON lines, the oldest first, with what stands beside the chain', async () => {
    expect(await run('export')).toBe(0);
    const lines = printed.trimEnd().split('\n').map((line) => JSON.parse(line) as object);
    expect(lines).toMatchObject([
      { sequence: 1, subjectKind: 'tenancy', subjectReference: '000017/01', reason: null }, { sequence: 2, subjectReference: '000231/01' },
      { sequence: 3, actor: 'operator:jo', action: 'unlocked the account', subjectKind: 'person', reason: 'phoned' },
    ]);
  });

  it('prunes from the oldest end, and what is left is whole', async () => {
    expect(await run('prune', '--days', '5')).toBe(0);
    expect(printed).toBe('Forgot 1 entries older than 5 days.\n');
    expect(await run('verify')).toBe(0);
    expect(printed).toContain('3 entries, after 1 that were pruned');
  });

  it('tells how it is used, and what was asked wrongly', async () => {
    expect(await run()).toBe(0);
    expect(printed).toContain('Usage: npm run --silent audit');
    for (const args of [['mend'], ['verify', 'twice'], ['prune', '--days', '0'], ['verify', '--unknown']]) {
      expect([args, await run(...args)]).toEqual([args, 2]);
      expect(complained).toContain('--help');
    }
    writeFileSync(join(folder, 'audit-head.json'), 'not a head');
    expect(await run('verify')).toBe(1);
    expect(complained).toContain('AUDIT_HEAD_FILE');
  });
});
