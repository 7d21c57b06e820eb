import type { Redis } from 'ioredis';
import { isRefusal } from './errors.js';

interface Rule {
  /** As redis.conf calls it. */
  readonly setting: string;
  readonly wanted: string;
  readonly otherwise: string;
  /** The same in INFO, for managed services, which keep CONFIG to themselves. */
  readonly told?: (info: ReadonlyMap<string, string>) => string | undefined;
}

/** What the server must be set to, for an acknowledged write to be there after it is killed, and to stay. */
const RULES: readonly Rule[] = [
  {
    setting: 'appendonly', wanted: 'yes', otherwise: 'a restart would forget accounts, lockouts and sessions',
    told: (info) => ({ 0: 'no', 1: 'yes' })[info.get('aof_enabled') ?? ''],
  },
  { setting: 'appendfsync', wanted: 'always', otherwise: 'a crash would undo what was acknowledged' },
  { setting: 'no-appendfsync-on-rewrite', wanted: 'no', otherwise: 'a crash during a rewrite would undo what was acknowledged' },
  {
    setting: 'maxmemory-policy', wanted: 'noeviction', otherwise: 'a full memory would silently drop lockouts and sessions',
    told: (info) => info.get('maxmemory_policy'),
  },
];

/**
 * Why this server must not be used, each reason naming the setting to change; none for a safe one.
 * @param unchecked told which settings the server does not let us see
 */
export async function faultsOf(redis: Redis, unchecked: (settings: readonly string[]) => void): Promise<readonly string[]> {
  const info = parseInfo(await redis.info());
  const held = await Promise.all(RULES.map(async ({ setting, told }) => (await configured(redis, setting)) ?? told?.(info)));
  const unseen = RULES.filter((_, index) => held[index] === undefined);
  if (unseen.length > 0) unchecked(unseen.map(({ setting }) => setting));
  const faults = RULES.flatMap(({ setting, wanted, otherwise }, index) => {
    const value = held[index];
    return value === undefined || value === wanted ? [] : [`${setting} is "${value}": set "${setting} ${wanted}", since ${otherwise}`];
  });
  const role = info.get('role');
  if (role !== undefined && role !== 'master') faults.push(`role is "${role}": STORE_URL must lead to the primary, since a replica takes no writes`);
  return faults;
}

async function configured(redis: Redis, setting: string): Promise<string | undefined> {
  try {
    const [, value] = (await redis.config('GET', setting)) as readonly string[];
    return value;
  } catch (error) {
    // Not allowed, or not known: INFO may tell. Silence is another matter: the server has gone.
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

const parseInfo = (text: string): ReadonlyMap<string, string> =>
  new Map(text.split('\r\n').filter((line) => line.includes(':')).map((line) => {
    const at = line.indexOf(':');
    return [line.slice(0, at), line.slice(at + 1)];
  }));
