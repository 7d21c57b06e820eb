import { GatewayError } from '../../domain/errors.js';
import { everyOf, type Documents, type Write } from './documents.js';

export interface PutOptions {
  readonly dueAt?: number | null;
  readonly expiresAt?: number | null;
}

/** Reads and intended writes of one atomic step. */
export interface Transaction {
  get<T>(kind: string, id: string): Promise<T | null>;
  put(kind: string, id: string, value: unknown, options?: PutOptions): void;
  remove(kind: string, id: string): void;
}

/** Others kept being first. */
export const tooBusy = (): GatewayError => new GatewayError('SERVICE_UNAVAILABLE', 'Too busy just now. Please try again.', { system: 'store' });

/** How often a step is begun again that others were faster than. */
export const MOST_TRIES = 50;

/**
 * Runs a step until it commits on what it read: everything read is checked to be unchanged at the moment of writing. The step
 * may run several times, so it does nothing but read, decide and put. A step that puts nothing commits nothing.
 * @throws SERVICE_UNAVAILABLE when others keep being first.
 */
export async function transact<T>(documents: Documents, step: (transaction: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const versions = new Map<string, { kind: string; id: string; version: number; value: unknown }>();
    const writes = new Map<string, Write>();
    const read = async (kind: string, id: string): Promise<unknown> => {
      const key = `${kind}:${id}`;
      const known = versions.get(key);
      if (known) return known.value;
      const found = await documents.get<unknown>(kind, id);
      versions.set(key, { kind, id, version: found?.version ?? 0, value: found?.value ?? null });
      return found?.value ?? null;
    };
    const write = (kind: string, id: string, rest: Pick<Write, 'value' | 'dueAt' | 'expiresAt'>): void => {
      const known = versions.get(`${kind}:${id}`);
      if (!known) throw new Error(`${kind} was written without being read first`);
      known.value = rest.value ?? null;
      writes.set(`${kind}:${id}`, { kind, id, ifVersion: known.version, ...rest });
    };
    const result = await step({
      get: async <D>(kind: string, id: string) => (await read(kind, id)) as D | null,
      put: (kind, id, value, options = {}) => write(kind, id, { value, ...options }),
      remove: (kind, id) => write(kind, id, { value: null }),
    });
    if (writes.size === 0) return result;
    const checks = [...versions.entries()]
      .filter(([key]) => !writes.has(key))
      .map(([, { kind, id, version }]): Write => ({ kind, id, ifVersion: version }));
    if (await documents.commit([...checks, ...writes.values()])) return result;
  }
  throw tooBusy();
}

/** Removes a document, where there is one. */
export async function removeIfThere(transaction: Transaction, kind: string, id: string): Promise<void> {
  if ((await transaction.get(kind, id)) !== null) transaction.remove(kind, id);
}

/** Removes an account's own documents of a kind. */
export async function removeOfAccount(documents: Documents, kind: string, accountId: string): Promise<void> {
  type Owned = { readonly accountId: string };
  for await (const { id, document } of everyOf<Owned>(documents, kind)) {
    if (document.value.accountId !== accountId) continue;
    // Read again, for it may be somebody else's by now.
    await transact(documents, async (transaction) => {
      if ((await transaction.get<Owned>(kind, id))?.accountId === accountId) transaction.remove(kind, id);
    });
  }
}
