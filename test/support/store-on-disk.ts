/** A store in a temporary folder, which several gateways can have open. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteStore } from '../../adapters/sqlite/store.js';
import type { Store } from '../../src/application/ports.js';

export interface StoreOnDisk {
  /** The database's file. */
  readonly file: string;
  /** Another handle on it, as another process would have. */
  open(): Store;
  /** Closes every handle and removes the folder. */
  close(): Promise<void>;
}

export function storeOnDisk(): StoreOnDisk {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  const file = join(folder, 'gateway.db');
  const opened: (Store & { close(): Promise<void> })[] = [];
  return {
    file,
    open: () => {
      const store = sqliteStore(file, 'schema/store');
      opened.push(store);
      return store;
    },
    close: async () => {
      for (const store of opened) await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
