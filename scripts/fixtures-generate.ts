/** Writes a large invented council as JSON, for benchmarks. See HELP. */
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { generateRows, manyTenancies } from '../fixtures/rows/generate.js';
import { LANDLORDS, isLandlord, rowsFor } from '../fixtures/rows/index.js';
import type { Rows } from '../fixtures/rows/tables.js';

const HELP = `Usage: npm run fixtures:generate -- --tenancies NUMBER [options]

Writes an invented council of the landlord's shape, as JSON: one array a table. The same options give
the same council. The landlord's ordinary tenants are in it, so the demo accounts work with it.

  --tenancies NUMBER   how many there are in all (default: 20000)
  --seed NUMBER        another seed, another council (default: 1)
  --weeks NUMBER       how many weeks back the postings go (default: 52)
  --landlord NAME      ${LANDLORDS.join(' or ')} (default: wiltshire)
  --out FILE           where to (default: ./data/rows-NUMBER.json); - is the standard output
  --help               print this
`;

class UsageError extends Error {}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever read the rows has read enough.
  if (error.code === 'EPIPE') process.exit(0);
});

try {
  await main();
} catch (error) {
  console.error(`fixtures:generate: ${error instanceof Error ? error.message : String(error)}`);
  const usage = error instanceof UsageError || error instanceof RangeError;
  if (usage) console.error('Try --help.');
  process.exitCode = usage ? 2 : 1;
}

async function main(): Promise<void> {
  const given = options();
  if (given.help) {
    process.stdout.write(HELP);
    return;
  }
  const { landlord } = given;
  if (!isLandlord(landlord)) throw new UsageError(`unknown landlord ${JSON.stringify(landlord)}: ${LANDLORDS.join(' or ')}`);
  const tenancies = whole('--tenancies', given.tenancies, 1);
  const rows = generateRows({ tenancies, seed: whole('--seed', given.seed, 0), weeks: whole('--weeks', given.weeks, 1), landlord });
  const file = given.out ?? `./data/rows-${tenancies}.json`;
  await write(rows, file);
  const many = manyTenancies(landlord);
  const ordinary = rowsFor(landlord).tenagree.length;
  console.error(`${file === '-' ? 'Written' : file}: ${rows.tenagree.length} tenancies (${ordinary} of them the ordinary ones), ${rows.rtrans.length} postings, ${rows.rmworder.length} repairs`);
  console.error(`The person with fifty tenancies: ${many.personReference}, ${many.reference} and on, ${many.email}`);
}

function options(): { tenancies: string; seed: string; weeks: string; landlord: string; out?: string; help: boolean } {
  try {
    return parseArgs({
      options: {
        tenancies: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' }, weeks: { type: 'string', default: '52' },
        landlord: { type: 'string', default: 'wiltshire' }, out: { type: 'string' }, help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function whole(flag: string, text: string, least: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < least || number > 0xffff_ffff) throw new UsageError(`${flag} takes a whole number from ${least}, not ${JSON.stringify(text)}`);
  return number;
}

/** Table by table and some rows at a time: as one text, a million postings are more than Node likes to hold. */
async function write(rows: Rows, file: string): Promise<void> {
  if (file !== '-') mkdirSync(dirname(file), { recursive: true });
  const out = file === '-' ? process.stdout : createWriteStream(file);
  const failed = once(out, 'error').then(([error]: unknown[]) => Promise.reject(error instanceof Error ? error : new Error(String(error))));
  const work = (async (): Promise<void> => {
    let separator = '{';
    for (const [table, list] of Object.entries(rows) as [string, readonly object[]][]) {
      await put(`${separator}\n${JSON.stringify(table)}: [`);
      for (let from = 0; from < list.length; from += 5000) {
        await put((from > 0 ? ',\n' : '\n') + list.slice(from, from + 5000).map((row) => JSON.stringify(row)).join(',\n'));
      }
      await put(']');
      separator = ',';
    }
    await put('\n}\n');
    if (out !== process.stdout) {
      out.end();
      await finished(out);
    }
  })();
  await Promise.race([work, failed]);

  async function put(text: string): Promise<void> {
    if (!out.write(text)) await once(out, 'drain');
  }
}
