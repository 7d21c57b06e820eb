/** The store of the gateways that are killed, which a soak looks into as well. */
import { join } from 'node:path';
import { openStore } from '../../adapters/store.js';
import type { Store } from '../../src/application/ports.js';
import { packageRoot } from '../../src/package-root.js';
import { startRedis, type RedisServer } from '../support/redis.js';

export type StoreName = 'sqlite' | 'redis';

export interface SoakedStore {
  readonly url: string;
  readonly redis: RedisServer | null;
  /** Looks into the store beside the gateways, or while there is none. */
  look<T>(work: (store: Store) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** @param folder where an SQLite file is kept. */
export async function makeStore(name: StoreName, folder: string): Promise<SoakedStore> {
  const redis = name === 'redis' ? await startRedis() : null;
  const url = redis?.url ?? `file:${folder}/gateway.db`;
  return {
    url, redis,
    look: async (work) => {
      const store = await openStore(url, { migrations: join(packageRoot(), 'schema', 'store'), log: { warn: () => undefined, error: () => undefined } });
      try {
        return await work(store);
      } finally {
        await store.close();
      }
    },
    close: async () => redis?.close(),
  };
}
