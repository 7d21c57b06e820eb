/** Kills gateways while residents ask for repairs and the legacy system fails in every way, and counts what became of each. */
import { Random } from '../../../fixtures/rows/random.js';
import { DELIVERY_KIND } from '../../../src/application/delivery/outbox.js';
import { until } from '../../support/until.js';
import { killAtRandom, type KillCounts } from '../kills.js';
import type { SoakOptions } from '../run.js';
import { RepairFindings } from './asked.js';
import { checkPointers, compare, readStore, type RepairCounts } from './checks.js';
import { Clients } from './clients.js';
import { Faults } from './faults.js';
import { Reading } from './reading.js';
import { RepairWorld } from './world.js';

export interface RepairResult extends RepairCounts, KillCounts {
  readonly findings: RepairFindings;
  /** Faults that were ordered, by kind. */
  readonly faults: ReadonlyMap<string, number>;
  /** Acknowledged repairs that were found by all their references. */
  readonly readable: number;
}

/** Longer than the legacy system's deadline, so that the gateway meets it now and then. */
const LONG_LIFE_MS = 10_000;
/** Many times what a delivery takes that was cut short: its claim, the settle time, and a look-up. */
const LAST_DELIVERY_MS = 300_000;

export async function soakRepairs({ store, kills, seed, progress = () => undefined }: SoakOptions): Promise<RepairResult> {
  const findings = new RepairFindings(progress);
  const world = await RepairWorld.make(store, seed, new Random(seed), findings);
  try {
    return await run(world, findings, { store, kills, seed, progress });
  } finally {
    await world.close();
  }
}

async function run(world: RepairWorld, findings: RepairFindings, { kills, seed, progress = () => undefined }: SoakOptions): Promise<RepairResult> {
  const clients = new Clients(world, findings, new Random(seed + 1));
  const faults = new Faults(world.simulator, new Random(seed + 2));
  await Promise.all(world.gateways.map((gateway) => gateway.spawn()));
  clients.start();
  faults.start();
  const counts = await killAtRandom({
    gateways: world.gateways, redis: world.store.redis, kills, random: new Random(seed + 3), longLife: LONG_LIFE_MS,
    progress: ({ kills: done }) => progress(`${done} kills, ${clients.asked.length} repairs, ${findings.violations.length} violations`),
  });
  progress('No more kills; what is under way is answered');
  await clients.stop();
  await faults.stop();
  progress('No more faults; waiting for the last delivery');
  await world.store.look((opened) => until(async () => (await opened.due(DELIVERY_KIND, Number.MAX_SAFE_INTEGER, 1)).length === 0, LAST_DELIVERY_MS))
    .catch(() => findings.violated('something is still to be delivered'));
  progress('Everything is read once more');
  const left = await world.store.look(readStore);
  checkPointers(left, findings);
  const { counts: became, fates } = compare(clients.asked, await world.simulator.ledger(), left, findings);
  const readable = await new Reading(world, findings).check(fates);
  if (!(await world.replicasFollow())) findings.violated('the Redis servers that follow the primary do not have all of it');
  await Promise.all(world.gateways.map((gateway) => gateway.end('SIGTERM')));
  return { ...counts, ...became, findings, readable, faults: faults.ordered };
}
