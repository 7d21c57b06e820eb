/** The operators' command line over the audit trail: verify it, export it, prune it. See HELP. */
import { userInfo } from 'node:os';
import { readHead } from '../adapters/files/audit-head.js';
import { nodeRandom } from '../adapters/random.js';
import type { Head } from '../src/application/audit/entry.js';
import { operator } from '../src/application/audit/event.js';
import { pruneTrail } from '../src/application/audit/prune.js';
import { exportTrail } from '../src/application/audit/read.js';
import { auditTrail, type AuditTrail } from '../src/application/audit/trail.js';
import { verifyTrail } from '../src/application/audit/verify.js';
import type { Store } from '../src/application/ports.js';
import { readConfig, type Config } from '../src/config/index.js';
import { DAY_MS } from '../src/domain/calendar.js';
import { GatewayError } from '../src/domain/errors.js';
import { answered, isProgram, parsed, PROCESS, UsageError, type Surroundings, type Values } from './command-line.js';
import { withStore } from './with-store.js';

const HELP = `Usage: npm run --silent audit -- COMMAND [options]

  verify   whether the trail is whole: no entry changed or removed, its tail not cut off
  export   the trail as JSON lines, the oldest first, with what each entry is about and why
  prune    forget the oldest entries; gateways do so by themselves, once a day

  --head FILE    verify: the head that was kept apart (default: AUDIT_HEAD_FILE, or audit-head.json in DATA_DIR)
  --no-head      verify: without one; a tail that was cut off is then not seen
  --days N       prune: keep N days (default: AUDIT_RETENTION_DAYS)
  --json         verify: print JSON
  --help         print this

It works on the store that STORE_URL names, as the gateway does (default: file:./data/gateway.db), also while gateways run.
It exits with 0 when all is well, 1 when the trail is not whole or it failed, and 2 when it was asked wrongly.
`;

const OPTIONS = {
  head: { type: 'string' }, 'no-head': { type: 'boolean' }, days: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' },
} as const;

interface Asked { readonly command: 'verify' | 'export' | 'prune'; readonly values: Values }

/** @throws UsageError. */
function read(args: readonly string[]): Asked | 'help' {
  const { values, positionals: [command, ...more] } = parsed(args, OPTIONS);
  if (values['help'] || command === undefined) return 'help';
  if ((command !== 'verify' && command !== 'export' && command !== 'prune') || more.length > 0) throw new UsageError(`there is no command ${JSON.stringify([command, ...more].join(' '))}`);
  if (values['days'] !== undefined && !/^[1-9]\d{0,4}$/.test(String(values['days']))) throw new UsageError('--days is a number from 1 to 99999');
  return { command, values };
}

/** @returns the exit code. */
export const audit = (args: readonly string[], around: Surroundings): Promise<0 | 1 | 2> => answered('audit', around, async () => {
  const asked = read(args);
  if (asked !== 'help') {
    const { config, secrets } = settingsOf(around);
    return withStore('audit', secrets.storeUrl, around, (store, log) =>
      perform(store, auditTrail({ store, clock: around.clock, random: nodeRandom, log }), asked, config.audit, around));
  }
  around.print(HELP);
  return 0;
}, reasonOf);

/** Of a store that cannot be used, why: whoever looks after it has to know whether it is away or damaged. */
const reasonOf = (error: Error): string =>
  (error instanceof GatewayError && error.system === 'store' && error.cause instanceof Error ? `STORE_URL: the store cannot be used (${error.cause.message})` : error.message);

/** The settings that count here; those that only a gateway needs may be missing. */
const settingsOf = ({ environment: { STORE_URL, DATA_DIR, AUDIT_HEAD_FILE, AUDIT_RETENTION_DAYS } }: Surroundings) =>
  readConfig({ STORE_URL, DATA_DIR, AUDIT_HEAD_FILE, AUDIT_RETENTION_DAYS });

async function perform(
  store: Store, trail: AuditTrail, { command, values }: Asked, { headFile, retentionDays }: Config['audit'], around: Surroundings,
): Promise<0 | 1> {
  // What was written with its event belongs to the trail. A trail that is not whole may take none: then it is looked at as it stands.
  const unchained = await trail.chainPending().then(() => null, (error: unknown) => error);
  if (unchained !== null && command !== 'verify') throw unchained;
  switch (command) {
    case 'export':
      for await (const entry of exportTrail(store)) around.print(`${JSON.stringify(entry)}\n`);
      return 0;
    case 'prune': {
      const days = values['days'] === undefined ? retentionDays : Number(values['days']);
      const count = await pruneTrail({ store, audit: trail, clock: around.clock }, operator(userInfo().username), new Date(around.clock().getTime() - days * DAY_MS));
      around.print(`Forgot ${count} entries older than ${days} days.\n`);
      return 0;
    }
    case 'verify': {
      const path = String(values['head'] ?? headFile);
      const kept = values['no-head'] === true ? null : await readHead(path);
      return report(store, kept, values['no-head'] === true ? null : path, values['json'] === true, unchained !== null, around);
    }
  }
}

async function report(store: Store, kept: Head | null, path: string | null, json: boolean, unchained: boolean, { print, complain }: Surroundings): Promise<0 | 1> {
  const found = await verifyTrail(store, kept, (entries) => complain(`audit: ${entries} entries so far\n`));
  const verdict = unchained ? { ...found, faults: [...found.faults, 'account events that were not in the trail yet could not be put there'] } : found;
  const { faults, head, entries, pruned, erasedReasons } = verdict;
  if (json) {
    print(`${JSON.stringify({ ...verdict, keptHead: kept }, null, 2)}\n`);
    return faults.length === 0 ? 0 : 1;
  }
  for (const fault of faults) print(`NOT WHOLE: ${fault}\n`);
  if (faults.length > 0) return 1;
  print(`The trail is whole: ${entries} entries${pruned > 0 ? `, after ${pruned} that were pruned` : ''}${erasedReasons > 0 ? `; the reasons of ${erasedReasons} were erased` : ''}.\n`);
  if (head) print(`Its head is entry ${head.sequence}, ${head.hash}.\n`);
  if (path !== null && kept === null && head) print(`No head was kept apart at ${path}: whether its tail was cut off cannot be told.\n`);
  else if (kept) print(`The head that was kept apart at ${path}, entry ${kept.sequence}, is part of it.\n`);
  return 0;
}

if (isProgram(import.meta.url)) {
  // Whoever reads it has seen enough, such as `head`: not all was said, which is no good end.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(1);
    throw error;
  });
  process.exitCode = await audit(process.argv.slice(2), PROCESS);
}
