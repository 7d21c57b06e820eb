/** The command line of the soak. See HELP. */
import { parseArgs } from 'node:util';
import { hasRedisServer } from '../support/redis.js';
import { reportIdentity, reportRepairs } from './reports.js';
import { soakRepairs } from './repairs/run.js';
import { soak, type SoakOptions } from './run.js';
import type { StoreName } from './store.js';

const HELP = `Usage: npm run soak -- [options]

Kills gateways with SIGKILL at random moments, starts them again on the same store, and checks that nothing that
was acknowledged is lost or done twice. On Redis, redis-server is killed now and then too.

identity: one gateway, while tenants register, confirm, sign in, forget and change their passwords and lock their
accounts.
repairs: one gateway on SQLite, two on Redis, while tenants ask for repairs and the legacy system, a process of its
own, fails around the moment of its commits; at the end each repair is looked for in its ledger.

Exits with 1 where something is violated, 2 where it was asked wrongly.

  --what NAME     identity, repairs or all (default: all)
  --kills N       how many kills of a gateway on each store (default: 200)
  --store NAME    sqlite, redis or both (default: both; Redis needs redis-server)
  --seed N        of the moments and the journeys (default: 1); how the processes interleave is chance all the same
  --help          print this
`;

class UsageError extends Error {}

const SOAKS = {
  identity: async (options: SoakOptions) => {
    const result = await soak(options);
    return { text: reportIdentity(options.store, result), findings: result.findings };
  },
  repairs: async (options: SoakOptions) => {
    const result = await soakRepairs(options);
    return { text: reportRepairs(options.store, result), findings: result.findings };
  },
} as const;
type Soak = keyof typeof SOAKS;

function options(): { what: Soak[]; kills: number; stores: StoreName[]; seed: number; help: boolean } {
  const { values } = parseArgs({
    options: {
      what: { type: 'string', default: 'all' }, kills: { type: 'string', default: '200' }, store: { type: 'string', default: 'both' },
      seed: { type: 'string', default: '1' }, help: { type: 'boolean', default: false },
    },
  });
  const whole = (name: 'kills' | 'seed'): number => {
    if (!/^\d{1,9}$/.test(values[name])) throw new UsageError(`--${name} takes a whole number`);
    return Number(values[name]);
  };
  const what = ({ identity: ['identity'], repairs: ['repairs'], all: ['identity', 'repairs'] } as Record<string, Soak[]>)[values.what];
  if (!what) throw new UsageError('--what is identity, repairs or all');
  const stores = ({ sqlite: ['sqlite'], redis: ['redis'], both: ['sqlite', 'redis'] } as Record<string, StoreName[]>)[values.store];
  if (!stores) throw new UsageError('--store is sqlite, redis or both');
  return { what, kills: whole('kills'), stores, seed: whole('seed'), help: values.help };
}

async function main(): Promise<void> {
  const { what, kills, stores, seed, help } = options();
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  if (stores.includes('redis') && !hasRedisServer()) throw new UsageError('redis-server is not installed: take --store sqlite');
  // An end that ends what was started, too.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  for (const name of what) {
    for (const store of stores) {
      const { text, findings } = await SOAKS[name]({ store, kills, seed, progress: (told) => process.stderr.write(`${name} on ${store}: ${told}\n`) });
      process.stdout.write(text);
      if (findings.violations.length > 0) process.exitCode = 1;
    }
  }
}

main().catch((error: unknown) => {
  const usage = error instanceof UsageError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(`soak: ${error instanceof Error ? (usage ? error.message : error.stack) : String(error)}\n`);
  process.exitCode = usage ? 2 : 1;
});
