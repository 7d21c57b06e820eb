import { join } from 'node:path';
import { openStore, storeExists } from '../adapters/store.js';
import type { Log, Store } from '../src/application/ports.js';
import { packageRoot } from '../src/package-root.js';
import type { Surroundings } from './command-line.js';

/** Works on the store at an address, and closes it. @param name the command line's, with which complaints begin. @throws where nothing was kept there before. */
export async function withStore<T>(
  name: string, url: string, { complain }: Surroundings, work: (store: Store, log: Log) => Promise<T>,
): Promise<T> {
  // A wrong path would otherwise be answered with a new, empty store.
  if (!storeExists(url)) throw new Error(`STORE_URL: there is no store at ${url}`);
  const tell = (_: unknown, message: string): void => complain(`${name}: ${message}\n`);
  const log: Log = { info: () => undefined, warn: tell, error: tell };
  const store = await openStore(url, { migrations: join(packageRoot(), 'schema', 'store'), log });
  try {
    return await work(store, log);
  } finally {
    await store.close();
  }
}
