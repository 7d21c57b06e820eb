/** Kills the gateway at random moments of the journeys, starts it again, and checks what must have survived. */
import { Random } from '../../fixtures/rows/random.js';
import { until } from '../support/until.js';
import { checkMail, checkStore, mailWaits, writePast, type MailCounts } from './checks.js';
import { Journeys } from './journeys.js';
import { killAtRandom, type KillCounts } from './kills.js';
import type { StoreName } from './store.js';
import { JourneyFindings } from './tenant.js';
import { World } from './world.js';

export interface SoakOptions {
  readonly store: StoreName;
  readonly kills: number;
  readonly seed: number;
  /** Told now and then how far it is. */
  readonly progress?: (text: string) => void;
}

export interface SoakResult extends MailCounts, KillCounts {
  readonly findings: JourneyFindings;
  readonly setAside: number;
}

/** Several times the claim on a mail whose sending was cut short. */
const LAST_MAIL_MS = 150_000;
const VERIFIERS = 4;

export async function soak({ store, kills, seed, progress = () => undefined }: SoakOptions): Promise<SoakResult> {
  const random = new Random(seed);
  const findings = new JourneyFindings(progress);
  const world = await World.make(store, seed, () => random.next(), findings);
  try {
    return await run(world, findings, { store, kills, seed, progress }, random);
  } finally {
    await world.close();
  }
}

async function run(world: World, findings: JourneyFindings, { kills, progress = () => undefined }: SoakOptions, random: Random): Promise<SoakResult> {
  const journeys = new Journeys(world, findings, random);
  await world.gateway.spawn();
  const travelling = journeys.run();
  const counts = await killAtRandom({
    gateways: [world.gateway], redis: world.store.redis, kills, random,
    // The store while nobody uses it.
    whileAway: () => world.store.look(async (opened) => {
      await checkStore(opened, journeys.tenants, findings);
      for (const { tenant, written } of journeys.awaitingPast.splice(0)) written(await writePast(opened, tenant));
    }),
    progress: ({ kills: done }) => progress(`${done} kills, ${findings.journeys} journeys, ${findings.violations.length} violations`),
  });
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
  await world.store.look((opened) => until(async () => !(await mailWaits(opened)), LAST_MAIL_MS)).catch(() => findings.violated('mail still waits in the store'));
  await world.gateway.end('SIGTERM');
  await world.store.look((opened) => checkStore(opened, journeys.tenants, findings));
  return { ...counts, ...checkMail(world.post, journeys.tenants, findings), findings, setAside: journeys.tenants.filter(({ setAside }) => setAside).length };
}
