/** Prints the T-SQL script that makes the legacy database on a real SQL Server. See HELP. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadScript } from '../fixtures/legacy/load-script.js';
import { moveRows } from '../fixtures/legacy/move.js';
import { LANDLORDS, isLandlord, rowsFor } from '../fixtures/rows/index.js';
import type { Rows } from '../fixtures/rows/tables.js';

const HELP = `Usage: npm run --silent legacy:sql -- [options] > housing.sql

Prints one T-SQL script that makes the legacy housing database in whichever database it is run in:
the schema gateway, tables, table types, procedures and rows, with GO between the batches. What it
makes it drops first, so it can be run again.

  --unmoved          leave the dates as they are written, around 8 February 2017;
                     otherwise they are moved into this week
  --landlord NAME    whose rows: ${LANDLORDS.join(' or ')} (default: wiltshire)
  --rows FILE        rows made by fixtures:generate, instead of a landlord's own
  --help             print this
`;

class UsageError extends Error {}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever read the script has read enough.
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await main();
} catch (error) {
  console.error(`legacy:sql: ${error instanceof Error ? error.message : String(error)}`);
  if (error instanceof UsageError) console.error('Try --help.');
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

async function main(): Promise<void> {
  const { unmoved, landlord, rows: file, help } = options();
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  if (!isLandlord(landlord)) throw new UsageError(`unknown landlord ${JSON.stringify(landlord)}: ${LANDLORDS.join(' or ')}`);
  const rows = file === undefined ? rowsFor(landlord) : readRows(file);
  const today = new Date().toLocaleDateString('en-CA', { timeZone: 'Europe/London' });
  for (const batch of loadScript(unmoved ? rows : moveRows(rows, today))) {
    if (!process.stdout.write(batch)) await once(process.stdout, 'drain');
  }
}

function options(): { unmoved: boolean; landlord: string; rows?: string; help: boolean } {
  try {
    return parseArgs({
      options: {
        unmoved: { type: 'boolean', default: false }, landlord: { type: 'string', default: 'wiltshire' }, rows: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readRows(file: string): Rows {
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const tables = Object.keys(rowsFor('wiltshire'));
  const missing = tables.filter((name) => !(parsed !== null && typeof parsed === 'object' && Array.isArray(Reflect.get(parsed, name))));
  if (missing.length > 0) throw new Error(`${file} is not a file of rows: it lacks ${missing.join(', ')}`);
  return parsed as Rows;
}
