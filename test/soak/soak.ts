/** The command line of the soak. See HELP. */
import { parseArgs } from 'node:util';
import { hasRedisServer } from '../support/redis.js';
import { soak, type SoakResult } from './run.js';
import type { StoreName } from './store.js';

const HELP = `Usage: npm run soak -- [options]

Kills a gateway with SIGKILL at random moments while tenants register, confirm, sign in, forget and change
their passwords and lock their accounts; starts it again on the same store; and checks that nothing that was
acknowledged is lost or done twice. On Redis, redis-server is killed now and then too. Exits with 1 where
something is violated, 2 where it was asked wrongly.

  --kills N       how many kills on each store (default: 100)
  --store NAME    sqlite, redis or both (default: both; Redis needs redis-server)
  --seed N        of the moments and the journeys (default: 1); how the processes interleave is chance all the same
  --help          print this
`;

const line = (name: string, count: number | string): string => `  ${`${name}`.padEnd(38)} ${count}\n`;

function report(store: StoreName, result: SoakResult): string {
  const { findings } = result;
  return `${store}\n${[
    line('kills', result.kills),
    line('  of them while it was starting', result.killsWhileStarting),
    ...(store === 'redis' ? [line('kills of redis-server', result.redisKills)] : []),
    line('journeys', findings.journeys),
    line('answers', findings.answers),
    line('answers cut off', findings.cutOff),
    line('acknowledged registrations', findings.registrations),
    line('acknowledged confirmations', findings.confirmations),
    line('acknowledged sign-ins', findings.signIns),
    line('acknowledged resets', findings.resets),
    line('acknowledged password changes', findings.passwordChanges),
    line('soft locks', findings.softLocks),
    line('hard locks', findings.hardLocks),
    line('tenants set aside, too much in doubt', result.setAside),
    line('mails', result.mails),
    line('doubled mails', result.doubled),
    line('lost mails', result.lost),
    line('violations', findings.violations.length),
  ].join('')}${findings.violations.map((violation) => `    ${violation}\n`).join('')}`;
}

class UsageError extends Error {}

function options(): { kills: number; stores: StoreName[]; seed: number; help: boolean } {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '100' }, store: { type: 'string', default: 'both' }, seed: { type: 'string', default: '1' }, help: { type: 'boolean', default: false },
    },
  });
  const whole = (name: 'kills' | 'seed'): number => {
    if (!/^\d{1,9}$/.test(values[name])) throw new UsageError(`--${name} takes a whole number`);
    return Number(values[name]);
  };
  const stores = ({ sqlite: ['sqlite'], redis: ['redis'], both: ['sqlite', 'redis'] } as Record<string, StoreName[]>)[values.store];
  if (!stores) throw new UsageError('--store is sqlite, redis or both');
  return { kills: whole('kills'), stores, seed: whole('seed'), help: values.help };
}

async function main(): Promise<void> {
  const { kills, stores, seed, help } = options();
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  if (stores.includes('redis') && !hasRedisServer()) throw new UsageError('redis-server is not installed: take --store sqlite');
  // An end that ends what was started, too.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  for (const store of stores) {
    const result = await soak({ store, kills, seed, progress: (text) => process.stderr.write(`${store}: ${text}\n`) });
    process.stdout.write(report(store, result));
    if (result.findings.violations.length > 0) process.exitCode = 1;
  }
}

main().catch((error: unknown) => {
  const usage = error instanceof UsageError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(`soak: ${error instanceof Error ? (usage ? error.message : error.stack) : String(error)}\n`);
  process.exitCode = usage ? 2 : 1;
});
