import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { redisStore } from '../../adapters/redis/store.js';
import { sqliteStore } from '../../adapters/sqlite/store.js';
import type { Store } from '../../src/application/ports.js';
import { whenAvailable } from '../support/programs.js';
import { hasRedisServer, startRedis, type RedisServer } from '../support/redis.js';
import { storeCases } from './store.contract.js';

interface Opened { readonly store: Store; readonly second: Store; close(): Promise<void> }

function meetsTheContract(open: () => Promise<Opened>): void {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  it.each(storeCases.map((one) => [one.name, one] as const))('%s', async (_, one) => {
    const kind = `kind-${randomUUID()}`;
    await one.run(opened.store, { kind, other: `${kind}-other`, second: opened.second });
  });
}

describe('the store in SQLite', () => {
  meetsTheContract(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gateway-store-'));
    const open = (): ReturnType<typeof sqliteStore> => sqliteStore(`file:${join(folder, 'gateway.db')}`, 'schema/store');
    const [store, second] = [open(), open()];
    return {
      store, second,
      close: async () => {
        await store.close();
        await second.close();
        rmSync(folder, { recursive: true });
      },
    };
  });
});

whenAvailable('redis-server', hasRedisServer, 'the store in Redis', () => {
  meetsTheContract(async () => {
    const server: RedisServer = await startRedis();
    const never = (what: unknown): never => {
      throw new Error(`unexpected: ${JSON.stringify(what)}`);
    };
    const open = (): ReturnType<typeof redisStore> => redisStore(server.url, { warn: never, onUnsafe: never });
    const [store, second] = [await open(), await open()];
    return {
      store, second,
      close: async () => {
        await store.close();
        await second.close();
        await server.close();
      },
    };
  });
});
