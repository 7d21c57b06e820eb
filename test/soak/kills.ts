/** Kills gateways at random moments and starts them again, and Redis now and then. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../fixtures/rows/random.js';
import type { RedisServer } from '../support/redis.js';
import type { MortalGateway } from './gateway.js';

export interface KillCounts {
  kills: number;
  /** Of the kills, those that came before the gateway was ready. */
  killsWhileStarting: number;
  /** How often redis-server was killed too, with a gateway or under it. */
  redisKills: number;
}

export interface Killing {
  /** They run; one of several is killed while the others go on, or now and then all at once. */
  readonly gateways: readonly MortalGateway[];
  readonly redis: RedisServer | null;
  /** How often a gateway is to be killed, each counted. */
  readonly kills: number;
  readonly random: Random;
  /** Milliseconds of a life that is much longer than the others, of which there is one in forty; none where it is left out. */
  readonly longLife?: number;
  /** Called while those that were killed are away. */
  readonly whileAway?: () => Promise<void>;
  /** Told after each ten kills or so. */
  readonly progress?: (counts: KillCounts) => void;
}

/** A life of a gateway, after it is ready. */
const SHORTEST_MS = 30;
const LONGEST_MS = 2_000;
/** Its start takes about as long as this. */
const STARTING_MS = 900;
const ONE_IN = 40;
const FIRST_LONG = 5;

/** Leaves all of them running. */
export async function killAtRandom({ gateways, redis, kills, random, longLife, whileAway, progress }: Killing): Promise<KillCounts> {
  const counts: KillCounts = { kills: 0, killsWhileStarting: 0, redisKills: 0 };
  const aLife = (): Promise<void> => pause(random.between(SHORTEST_MS, LONGEST_MS));
  let nextLong = longLife === undefined ? Infinity : FIRST_LONG;
  let told = 0;
  while (counts.kills < kills) {
    await aLife();
    if (redis && random.chance(0.1)) {
      // Under gateways that live on.
      await restart(redis, random.between(0, 500));
      await aLife();
    }
    if (counts.kills >= nextLong) {
      nextLong += ONE_IN;
      await pause(longLife);
    }
    const victims = random.chance(0.15) ? gateways.slice(0, kills - counts.kills) : [random.pick(gateways)];
    await kill(victims);
    while (counts.kills < kills && random.chance(0.15)) {
      const [victim] = victims;
      void victim?.spawn().catch(() => undefined);
      await pause(random.between(0, STARTING_MS));
      counts.killsWhileStarting += 1;
      await kill([victim as MortalGateway]);
    }
    await Promise.all(victims.map((victim) => victim.spawn()));
    if (counts.kills - told < 10) continue;
    told = counts.kills;
    progress?.(counts);
  }
  return counts;

  async function kill(victims: readonly MortalGateway[]): Promise<void> {
    await Promise.all(victims.map((victim) => victim.end('SIGKILL')));
    counts.kills += victims.length;
    if (redis && random.chance(0.2)) await restart(redis, 0);
    await whileAway?.();
  }

  async function restart(server: RedisServer, away: number): Promise<void> {
    await server.kill();
    await pause(away);
    await server.start();
    counts.redisKills += 1;
  }
}
