import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'libsql';

/**
 * Runs the numbered migrations that the file has not seen, in order, each in a transaction of its own; forward only.
 * @throws where the file was migrated by a newer release, or a migration stands before one that has run: what either would do
 * to the data is not known.
 */
export function migrate(database: Database.Database, folder: string): void {
  database.exec('CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY) STRICT');
  const names = readdirSync(folder).filter((file) => /^\d+_.*\.sql$/.test(file)).sort();
  const done = (database.prepare('SELECT name FROM migration ORDER BY name').all() as { name: string }[]).map(({ name }) => name);
  const strange = done.find((name, index) => names[index] !== name);
  if (strange !== undefined) {
    throw new Error(names.includes(strange) ? `a migration was added before ${strange}, which has run already: give it a higher number`
      : `the store was made by a newer release, which ran ${strange}: start that one, or go back to a copy from before it`);
  }
  for (const name of names.slice(done.length)) {
    const text = readFileSync(join(folder, name), 'utf8');
    database.transaction(() => {
      // Another process may have been first, between the look above and this lock.
      if (database.prepare('SELECT 1 FROM migration WHERE name = ?').get(name)) return;
      database.exec(text);
      database.prepare('INSERT INTO migration (name) VALUES (?)').run(name);
    }).immediate();
  }
}
