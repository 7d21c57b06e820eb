import { randomInt } from 'node:crypto';
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'libsql';
import { GatewayError } from '../../src/domain/errors.js';
import type { Store } from '../../src/application/ports.js';
import { valueOf, type Document, type Write } from '../../src/application/identity/documents.js';
import { migrate } from './migrate.js';

const BUSY_MS = 2_000;

interface Found { readonly id: string; readonly version: number; readonly body: string }

/** `file:./data/gateway.db`, `file:///var/lib/gateway.db` or a plain path. */
export function pathOf(url: string): string {
  if (url.startsWith('file://')) return fileURLToPath(url);
  return url.startsWith('file:') ? url.slice('file:'.length) : url;
}

const document = <T>(found: Found): Document<T> => ({ value: valueOf<T>(found.body), version: found.version });

/**
 * The store in an SQLite file, for one gateway process (or a few on one machine).
 * @throws where the file cannot be opened or migrated.
 */
export function sqliteStore(url: string, migrations: string): Store & { close(): Promise<void> } {
  const path = pathOf(url);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // Made by us, so that nobody else on the machine can read it, whatever the umask says.
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  const database = new Database(path, { timeout: BUSY_MS } as Database.Options);
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma(`busy_timeout = ${BUSY_MS}`);
    // What is removed is overwritten, and not only forgotten: somebody who is erased must not be read in the file's unused parts.
    database.pragma('secure_delete = ON');
    migrate(database, migrations);
  } catch (error) {
    database.close();
    throw error;
  }

  const one = database.prepare('SELECT id, version, body FROM document WHERE kind = ? AND id = ?');
  const versionOf = database.prepare('SELECT version FROM document WHERE kind = ? AND id = ?');
  const put = database.prepare(`INSERT INTO document (kind, id, version, body, due_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (kind, id) DO UPDATE SET version = excluded.version, body = excluded.body, due_at = excluded.due_at, expires_at = excluded.expires_at`);
  const remove = database.prepare('DELETE FROM document WHERE kind = ? AND id = ?');
  const due = database.prepare('SELECT id FROM document WHERE kind = ? AND due_at <= ? ORDER BY due_at, id LIMIT ?');
  const page = database.prepare('SELECT id, version, body FROM document WHERE kind = ? AND id > ? ORDER BY id LIMIT ?');
  const expired = database.prepare('DELETE FROM document WHERE expires_at <= ?');

  const current = (kind: string, id: string): number => (versionOf.get(kind, id) as { version: number } | undefined)?.version ?? 0;
  const commit = database.transaction((writes: readonly Write[]): boolean => {
    if (writes.some((write) => current(write.kind, write.id) !== write.ifVersion)) return false;
    for (const { kind, id, value, dueAt, expiresAt } of writes) {
      if (value === null) remove.run(kind, id);
      // A random version, not the next one: after a removal a new document must not look like the old one.
      else if (value !== undefined) put.run(kind, id, randomInt(1, 2 ** 48 - 1), JSON.stringify(value), dueAt ?? null, expiresAt ?? null);
    }
    return true;
  });

  const guarded = <A extends unknown[], R>(work: (...args: A) => R) => async (...args: A): Promise<R> => {
    try {
      return work(...args);
    } catch (cause) {
      throw new GatewayError('SERVICE_UNAVAILABLE', 'This cannot be done just now. Please try again in a few minutes.', { system: 'store', cause });
    }
  };

  const listed = guarded((kind: string, after: string, limit: number) =>
    (page.all(kind, after, limit) as Found[]).map((found) => ({ id: found.id, document: document(found) }))) as Store['list'];

  return {
    get: guarded(<T>(kind: string, id: string): Document<T> | null => {
      const found = one.get(kind, id) as Found | undefined;
      return found ? document<T>(found) : null;
    }) as Store['get'],
    commit: guarded((writes: readonly Write[]) => commit.immediate(writes) as boolean),
    due: guarded((kind: string, before: number, limit: number) => (due.all(kind, before, limit) as { id: string }[]).map(({ id }) => id)),
    list: async <T>(kind: string, after: string, limit: number) => {
      // Whoever reads a long list asks for it page by page, and every read holds up the whole process: others have their turn in between.
      await new Promise((turn) => setImmediate(turn));
      return listed<T>(kind, after, limit);
    },
    sweep: guarded((now: number) => expired.run(now).changes),
    ping: guarded(() => {
      database.prepare('SELECT 1').get();
    }),
    close: async () => {
      try {
        // The log beside the file holds what stood there before it was removed; while others have it open it would stay.
        database.pragma('wal_checkpoint(TRUNCATE)');
      } catch {
        // Somebody else is at it just now: it goes with a later one.
      }
      database.close();
    },
  };
}
