/** Kills the gateway at random moments of the journeys, starts it again, and checks what must have survived. */
import { Random } from '../../fixtures/rows/random.js';
import { until } from '../support/until.js';
import { checkMail, checkStore, mailWaits, writePast, type MailCounts } from './checks.js';
import { Journeys } from './journeys.js';
import { Findings } from './tenant.js';
import { World, type StoreName } from './world.js';

export interface SoakOptions {
  readonly store: StoreName;
  readonly kills: number;
  readonly seed: number;
  /** Told now and then how far it is. */
  readonly progress?: (text: string) => void;
}

export interface SoakResult extends MailCounts {
  readonly findings: Findings;
  readonly kills: number;
  /** Of the kills, those that came before the gateway was ready. */
  readonly killsWhileStarting: number;
  /** How often redis-server was killed too, with the gateway or under it. */
  readonly redisKills: number;
  readonly setAside: number;
}

/** A life of the gateway, after it is ready. */
const SHORTEST_MS = 30;
const LONGEST_MS = 2_000;
/** Its start takes about as long as this. */
const STARTING_MS = 900;
/** Several times the claim on a mail whose sending was cut short. */
const LAST_MAIL_MS = 150_000;
const VERIFIERS = 4;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => {
  setTimeout(resolve, milliseconds);
});

export async function soak({ store, kills, seed, progress = () => undefined }: SoakOptions): Promise<SoakResult> {
  const random = new Random(seed);
  const findings = new Findings(progress);
  const world = await World.make(store, seed, () => random.next(), findings);
  try {
    return await run(world, findings, { store, kills, seed, progress }, random);
  } finally {
    await world.close();
  }
}

async function run(world: World, findings: Findings, { kills, progress = () => undefined }: SoakOptions, random: Random): Promise<SoakResult> {
  const journeys = new Journeys(world, findings, random);
  const counts = { kills: 0, killsWhileStarting: 0, redisKills: 0 };
  await world.spawn();
  const travelling = journeys.run();
  while (counts.kills < kills) {
    await pause(random.between(SHORTEST_MS, LONGEST_MS));
    if (world.redis && random.chance(0.1)) {
      // Under a gateway that lives on.
      await world.redis.kill();
      await pause(random.between(0, 500));
      await world.redis.start();
      counts.redisKills += 1;
      await pause(random.between(SHORTEST_MS, LONGEST_MS));
    }
    await kill();
    while (counts.kills < kills && random.chance(0.15)) {
      void world.spawn().catch(() => undefined);
      await pause(random.between(0, STARTING_MS));
      counts.killsWhileStarting += 1;
      await kill();
    }
    await world.spawn();
    if (counts.kills % 10 === 0) progress(`${counts.kills} kills, ${findings.journeys} journeys, ${findings.violations.length} violations`);
  }
  progress('No more kills; the journeys come to their ends');
  world.post.waitAtMost(LAST_MAIL_MS);
  await journeys.stop();
  await travelling;
  progress('Everybody is looked at once more');
  const left = [...journeys.tenants];
  await Promise.all(Array.from({ length: VERIFIERS }, async () => {
    for (let tenant = left.pop(); tenant; tenant = left.pop()) await journeys.verify(tenant);
  }));
  progress('Waiting for the last mail');
  await world.withStore((opened) => until(async () => !(await mailWaits(opened)), LAST_MAIL_MS)).catch(() => findings.violated('mail still waits in the store'));
  await world.end('SIGTERM');
  await world.withStore((opened) => checkStore(opened, journeys.tenants, findings));
  return { ...counts, ...checkMail(world.post, journeys.tenants, findings), findings, setAside: journeys.tenants.filter(({ setAside }) => setAside).length };

  /** Kills it, and looks at the store while nobody uses it. */
  async function kill(): Promise<void> {
    await world.end('SIGKILL');
    counts.kills += 1;
    if (world.redis && random.chance(0.2)) {
      await world.redis.kill();
      await world.redis.start();
      counts.redisKills += 1;
    }
    await world.withStore(async (opened) => {
      await checkStore(opened, journeys.tenants, findings);
      for (const { tenant, written } of journeys.awaitingPast.splice(0)) written(await writePast(opened, tenant));
    });
  }
}
