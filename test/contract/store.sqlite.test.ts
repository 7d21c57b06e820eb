/** What only SQLite can do to us: the file and its mode, its migrations, its locks. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import Database from 'libsql';
import { sqliteStore } from '../../adapters/sqlite/store.js';
import { storeExists } from '../../adapters/store.js';
import { everyOf } from '../../src/application/identity/documents.js';
import type { Store } from '../../src/application/ports.js';

describe('SQLite as a store', () => {
  let folder: string;
  let url: string;
  const opened: { close(): Promise<void> }[] = [];
  const open = (migrations = 'schema/store', at = url): Store & { close(): Promise<void> } => {
    const store = sqliteStore(at, migrations);
    opened.push(store);
    return store;
  };
  const raw = (): Database.Database => new Database(join(folder, 'data', 'gateway.db'));
  /** Migrations: those of the project, and these. */
  const migrationsWith = (files: Readonly<Record<string, string>>): string => {
    const made = mkdtempSync(join(folder, 'migrations-'));
    cpSync('schema/store', made, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(made, name), text);
    return made;
  };
  const tables = (): string[] => {
    const database = raw();
    const names = (database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all() as { name: string }[]).map(({ name }) => name);
    database.close();
    return names;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gateway-store-'));
    url = `file:${join(folder, 'data', 'gateway.db')}`;
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    rmSync(folder, { recursive: true });
  });

  it('makes its file and folder, readable by their owner alone, whatever the umask', async () => {
    const before = process.umask(0);
    try {
      expect(storeExists(url)).toBe(false);
      await open().commit([{ kind: 'kind', id: 'a', ifVersion: 0, value: 1 }]);
    } finally {
      process.umask(before);
    }
    expect(storeExists(url)).toBe(true);
    const files = readdirSync(join(folder, 'data'));
    expect(files).toEqual(expect.arrayContaining(['gateway.db', 'gateway.db-wal']));
    for (const file of files) expect(statSync(join(folder, 'data', file)).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
  });

  it('takes from others what they could read of a file that was there', async () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'gateway.db'), '', { mode: 0o644 });
    open();
    expect(statSync(join(folder, 'data', 'gateway.db')).mode & 0o777).toBe(0o600);
  });

  it('writes ahead, and waits for the disk at each commit', () => {
    const pragma = jest.spyOn(Database.prototype, 'pragma');
    open();
    // How far a connection waits is its own setting, so the store's own connection is asked.
    const connection = pragma.mock.contexts[0] as Database.Database;
    pragma.mockRestore();
    expect(connection.pragma('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(connection.pragma('synchronous')).toEqual([{ synchronous: 2 }]);
  });

  it('runs its migrations once', async () => {
    const first = open();
    await first.commit([{ kind: 'kind', id: 'a', ifVersion: 0, value: 1 }]);
    for (let time = 0; time < 3; time++) expect((await open().get('kind', 'a'))?.value).toBe(1);
  });

  it('runs new migrations on an old file, in the order of their numbers', async () => {
    await open().commit([{ kind: 'kind', id: 'a', ifVersion: 0, value: 1 }]);
    const store = open(migrationsWith({ '010_b.sql': 'ALTER TABLE extra ADD COLUMN more TEXT;', '002_a.sql': 'CREATE TABLE extra (id TEXT) STRICT;', 'notes.txt': 'not a migration' }));
    expect((await store.get('kind', 'a'))?.value).toBe(1);
    expect(tables()).toEqual(['document', 'extra', 'migration']);
  });

  it('leaves nothing of a migration that fails, and all of those before it', async () => {
    open();
    const migrations = migrationsWith({
      '002_good.sql': 'CREATE TABLE good (id TEXT) STRICT;',
      '003_bad.sql': 'CREATE TABLE half (id TEXT) STRICT; INSERT INTO half VALUES (1); INSERT INTO nowhere VALUES (1);',
    });
    expect(() => sqliteStore(url, migrations)).toThrow(/nowhere/);
    expect(tables()).toEqual(['document', 'good', 'migration']);
    // Put right, it runs.
    writeFileSync(join(migrations, '003_bad.sql'), 'CREATE TABLE whole (id TEXT) STRICT;');
    open(migrations);
    expect(tables()).toEqual(['document', 'good', 'migration', 'whole']);
  });

  it('does not start on a file that a newer release has migrated, nor with a migration that comes too late', () => {
    open(migrationsWith({ '002_new.sql': 'CREATE TABLE newer (id TEXT) STRICT;' }));
    expect(() => sqliteStore(url, 'schema/store')).toThrow('the store was made by a newer release, which ran 002_new.sql');
    expect(() => sqliteStore(url, migrationsWith({ '002_new.sql': '', '001_late.sql': '' }))).toThrow('a migration was added before 002_new.sql');
    expect(tables()).toEqual(['document', 'migration', 'newer']);
  });

  it('says SERVICE_UNAVAILABLE when the file is locked for too long, and works again after', async () => {
    const store = open();
    const other = raw();
    other.exec('BEGIN IMMEDIATE');
    const write = { kind: 'kind', id: 'a', ifVersion: 0, value: 1 };
    await expect(store.commit([write])).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', system: 'store' });
    expect(await store.get('kind', 'a')).toBeNull();
    other.exec('ROLLBACK');
    other.close();
    expect(await store.commit([write])).toBe(true);
  });

  it('writes nothing of a commit that fails in the middle', async () => {
    const store = open();
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    for (const bad of [{ value: circular }, { value: 1, dueAt: 1.5 }]) {
      await expect(store.commit([{ kind: 'kind', id: 'a', ifVersion: 0, value: 1 }, { kind: 'kind', id: 'b', ifVersion: 0, ...bad }])).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    }
    expect(await store.list('kind', '', 10)).toEqual([]);
    expect(await store.commit([{ kind: 'kind', id: 'a', ifVersion: 0, value: 1 }])).toBe(true);
  });

  it('lets others have their turn between the pages of a long list', async () => {
    const store = open();
    await store.commit(Array.from({ length: 250 }, (_, n) => ({ kind: 'kind', id: `${1000 + n}`, ifVersion: 0, value: n })));
    let turns = 0;
    let counting = true;
    const count = (): void => {
      turns += 1;
      if (counting) setImmediate(count);
    };
    setImmediate(count);
    let read = 0;
    for await (const { id } of everyOf(store, 'kind')) if (id) read += 1;
    counting = false;
    expect(read).toBe(250);
    expect(turns).toBeGreaterThanOrEqual(3);
  });
});
