const lines = new WeakMap<object, Map<string, Promise<unknown>>>();

/**
 * Runs work for one key of a store in this process after the work that came before it. Whoever tries the same account a
 * thousand times at once stands in line here, and not in each other's way at the store, which still has the last word:
 * other processes have lines of their own.
 */
export async function oneAtATime<T>(store: object, key: string, work: () => Promise<T>): Promise<T> {
  const keys = lines.get(store) ?? new Map<string, Promise<unknown>>();
  lines.set(store, keys);
  const mine = (keys.get(key) ?? Promise.resolve()).then(work);
  const settled = mine.catch(() => undefined);
  keys.set(key, settled);
  try {
    return await mine;
  } finally {
    if (keys.get(key) === settled) keys.delete(key);
  }
}
