import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../../src/application/ports.js';
import { valueOf, type Document, type Write } from '../../src/application/identity/documents.js';
import { Connection, type RedisStoreOptions } from './connection.js';
import { isRefusal, unavailable } from './errors.js';
import type { Scripted } from './scripts.js';

/** How long a commit whose answer was lost is asked for again, from its beginning. */
const COMMIT_MS = 900;
const PAUSE_MS = 10;
/** How long Redis remembers what became of a commit: well beyond any time for which a sent command can linger in the network. */
const MARK_MS = 60_000;
/** A script stops the whole server while it runs. */
const SWEEP_AT_ONCE = 500;

const PREFIX = '{gateway}:';
const EXPIRY = `${PREFIX}expiry`;

/** A colon ends the kind, so that no kind and id can be taken for another kind and id. */
const nameOf = (kind: string): string => kind.replaceAll('%', '%25').replaceAll(':', '%3A');
const docsOf = (kind: string): string => `${PREFIX}doc:${nameOf(kind)}:`;
const idsOf = (kind: string): string => `${PREFIX}ids:${nameOf(kind)}`;
const dueOf = (kind: string): string => `${PREFIX}due:${nameOf(kind)}`;

const document = <T>(version: string, body: string): Document<T> => ({ value: valueOf<T>(body), version: Number(version) });

/** The arguments of a commit; the same ones every time that it is sent. */
function commitArguments(writes: readonly Write[]): (repeated: boolean) => Parameters<Scripted['commitDocuments']> {
  const keys = [`${PREFIX}commit:${randomBytes(16).toString('base64url')}`, EXPIRY];
  const rest: string[] = [];
  for (const { kind, id, ifVersion, value, dueAt, expiresAt } of writes) {
    keys.push(docsOf(kind) + id, idsOf(kind), dueOf(kind));
    const act = value === undefined ? 'check' : value === null ? 'remove' : 'put';
    // A random version, not the next one: after a removal a new document must not look like the old one.
    const version = act === 'put' ? randomInt(1, 2 ** 48 - 1) : 0;
    const body = act === 'put' ? JSON.stringify(value) : '';
    rest.push(`${ifVersion}`, act, `${version}`, body, `${dueAt ?? ''}`, `${expiresAt ?? ''}`, id, `${nameOf(kind)}:${id}`);
  }
  return (repeated) => [keys.length, ...keys, repeated ? '1' : '0', `${MARK_MS}`, ...rest];
}

/** @throws when the time is over; whatever the work then comes to is nobody's business any more. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('out of time')), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/**
 * The store in one Redis primary, for several gateways. A server that cannot be reached is waited for, and every call fails
 * until then.
 * @throws where the server is reached and is set so that it may lose data.
 */
export async function redisStore(url: string, options: RedisStoreOptions): Promise<Store & { close(): Promise<void> }> {
  const connection = await Connection.open(url, options);
  const guarded = <A extends unknown[], R>(work: (...args: A) => Promise<R>) => async (...args: A): Promise<R> => {
    try {
      return await work(...args);
    } catch (error) {
      throw unavailable(error);
    }
  };

  /**
   * Where the answer is lost, nobody knows whether the commit was done: it may have been, it may be on its way still, and what
   * it wrote may be overwritten by now, so that reading tells nothing. So it is sent again, under a mark that the script leaves
   * with its writes: the server does it once, however often and in whatever order the sendings arrive, and the answer to any of
   * them is the answer to all. False is only ever the server's word. When time runs out the outcome stays unknown, and is thrown.
   */
  async function commit(writes: readonly Write[]): Promise<boolean> {
    const sending = commitArguments(writes);
    const end = performance.now() + COMMIT_MS;
    let redis = connection.use();
    for (let repeated = false; ; repeated = true) {
      try {
        return (await within(end - performance.now(), redis.commitDocuments(...sending(repeated)))) === 1;
      } catch (error) {
        if (isRefusal(error)) throw error;
        // A broken connection refuses commands before it is known to be broken: without a pause this would spin, and never know.
        await pause(PAUSE_MS);
        await connection.usableWithin(end - performance.now());
        redis = connection.use();
      }
    }
  }

  return {
    get: guarded(async <T>(kind: string, id: string): Promise<Document<T> | null> => {
      const [version, body] = await connection.use().hmget(docsOf(kind) + id, 'v', 'b');
      return version && body ? document<T>(version, body) : null;
    }) as Store['get'],
    commit: guarded(commit),
    due: guarded((kind: string, before: number, limit: number) => connection.use().dueDocuments(dueOf(kind), before, limit, docsOf(kind))),
    list: guarded(async <T>(kind: string, after: string, limit: number) => {
      const found = await connection.use().listDocuments(idsOf(kind), after, limit, docsOf(kind));
      return Array.from({ length: found.length / 3 }, (_, index) => {
        const [id, version, body] = found.slice(3 * index) as [string, string, string];
        return { id, document: document<T>(version, body) };
      });
    }) as Store['list'],
    sweep: guarded(async (now: number) => {
      for (let total = 0; ;) {
        const [seen, gone] = await connection.use().sweepDocuments(EXPIRY, now, SWEEP_AT_ONCE, PREFIX);
        total += gone;
        if (seen < SWEEP_AT_ONCE) return total;
      }
    }),
    ping: guarded(async () => {
      await connection.use().ping();
    }),
    close: async () => connection.close(),
  };
}
