import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'libsql';

/** Runs the numbered migrations that the file has not seen, in order, each in a transaction of its own; forward only. */
export function migrate(database: Database.Database, folder: string): void {
  database.exec('CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY) STRICT');
  const done = new Set((database.prepare('SELECT name FROM migration').all() as { name: string }[]).map(({ name }) => name));
  for (const name of readdirSync(folder).filter((file) => /^\d+_.*\.sql$/.test(file)).sort()) {
    if (done.has(name)) continue;
    const text = readFileSync(join(folder, name), 'utf8');
    database.transaction(() => {
      // Another process may have been first, between the look above and this lock.
      if (database.prepare('SELECT 1 FROM migration WHERE name = ?').get(name)) return;
      database.exec(text);
      database.prepare('INSERT INTO migration (name) VALUES (?)').run(name);
    }).immediate();
  }
}
