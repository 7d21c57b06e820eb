import { existsSync } from 'node:fs';
import type { Log, Store } from '../src/application/ports.js';
import { redisStore } from './redis/store.js';
import { pathOf, sqliteStore } from './sqlite/store.js';

const REDIS = /^rediss?:/;

export interface StoreOptions {
  /** The folder of the SQLite migrations. */
  readonly migrations: string;
  readonly log: Pick<Log, 'warn' | 'error'>;
}

/** Opens the store that an address names: `file:` is SQLite, `redis:` and `rediss:` (with TLS) are Redis. */
export async function openStore(url: string, { migrations, log }: StoreOptions): Promise<Store & { close(): Promise<void> }> {
  if (!REDIS.test(url)) return sqliteStore(url, migrations);
  return redisStore(url, {
    warn: (fields, message) => log.warn(fields, message),
    onUnsafe: (reasons) => log.error({ event: 'store_unsafe', reasons }, 'the Redis server may lose data as it is set, so nothing is kept in it'),
  });
}

/** Whether something was kept at an address before; a server is not asked. */
export const storeExists = (url: string): boolean => REDIS.test(url) || existsSync(pathOf(url));
