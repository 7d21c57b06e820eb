/** What only Redis can do to us: be set wrongly, go away, be killed, and lose the answer to a commit. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { redisStore } from '../../adapters/redis/store.js';
import { openStore } from '../../adapters/store.js';
import type { Store } from '../../src/application/ports.js';
import { whenAvailable } from '../support/programs.js';
import { freePort, hasRedisServer, redisUrl, SAFE, startRedis, startWire, type RedisServer } from '../support/redis.js';
import { until } from '../support/until.js';

type Closing = { close(): Promise<void> };

whenAvailable('redis-server', hasRedisServer, 'Redis as a store', () => {
  let closing: Closing[] = [];
  let warnings: string[] = [];
  let unsafe: string[] = [];
  const keep = <T extends Closing>(opened: T): T => {
    closing.push(opened);
    return opened;
  };
  const open = async (url: string): Promise<Store> => keep(await redisStore(url, {
    warn: (fields, message) => warnings.push(`${message} ${JSON.stringify(fields)}`),
    onUnsafe: (reasons) => unsafe.push(...reasons),
  }));
  const start = async (settings?: Readonly<Record<string, string>>): Promise<RedisServer> => keep(await startRedis(settings));
  const seconds = async (work: () => Promise<unknown>): Promise<number> => {
    const began = performance.now();
    await work();
    return (performance.now() - began) / 1_000;
  };
  const works = (store: Store) => (): Promise<boolean> => store.ping().then(() => true, () => false);
  /** Each call says SERVICE_UNAVAILABLE, within a second. */
  const failsClosed = async (store: Store): Promise<void> => {
    const calls = [
      () => store.ping(), () => store.get('kind', 'a'), () => store.list('kind', '', 1), () => store.due('kind', 1, 1), () => store.sweep(0),
      () => store.commit([{ kind: 'kind', id: 'never', ifVersion: 0, value: 1 }]),
    ];
    for (const call of calls) {
      const taken = await seconds(() => expect(call()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', system: 'store' }));
      expect(taken).toBeLessThan(1);
    }
  };

  beforeEach(() => {
    closing = [];
    warnings = [];
    unsafe = [];
  });
  afterEach(async () => {
    for (const opened of closing.reverse()) await opened.close();
  });

  it.each([
    ['appendonly', { ...SAFE, appendonly: 'no' }],
    ['appendfsync', { ...SAFE, appendfsync: 'everysec' }],
    ['no-appendfsync-on-rewrite', { ...SAFE, 'no-appendfsync-on-rewrite': 'yes' }],
    ['maxmemory-policy', { ...SAFE, 'maxmemory-policy': 'allkeys-lru' }],
    ['role', { ...SAFE, replicaof: '127.0.0.1 1' }],
  ])('is refused at the start where %s is wrong, and the setting is named', async (setting, settings) => {
    const server = await start(settings);
    await expect(open(server.url)).rejects.toThrow(new RegExp(`^STORE_URL: .*not safe[^]*\\n {2}${setting} is "`));
  });

  it('is refused with every fault at once', async () => {
    const server = await start({ appendonly: 'no', appendfsync: 'everysec', 'maxmemory-policy': 'volatile-ttl' });
    await expect(open(server.url)).rejects.toMatchObject({ reasons: [expect.stringMatching(/^appendonly/), expect.stringMatching(/^appendfsync/), expect.stringMatching(/^maxmemory-policy/)] });
  });

  it('is refused at the start where the password is wrong or missing, without telling it', async () => {
    const server = await start();
    for (const url of [`redis://default:wrong-one@127.0.0.1:${server.port}`, `redis://127.0.0.1:${server.port}`]) {
      const error = await open(url).then(() => null, (reason: Error) => reason);
      expect(error?.message).toBe('STORE_URL: the Redis server refuses this user name or password');
    }
    expect(warnings.join()).not.toContain('wrong-one');
  });

  it('is judged by INFO where CONFIG is forbidden, and what stays unknown is warned of', async () => {
    const server = await start();
    const admin = await server.admin();
    await admin.acl('SETUSER', 'gateway', 'on', '>secret', '~{gateway}*', '+@all', '-@admin', '-config', '+info');
    const url = `redis://gateway:secret@127.0.0.1:${server.port}`;
    const store = await open(url);
    await store.ping();
    expect(warnings).toEqual([expect.stringContaining('{"event":"store_unchecked","settings":["appendfsync","no-appendfsync-on-rewrite"]}')]);
    await admin.config('SET', 'maxmemory-policy', 'allkeys-random');
    await expect(open(url)).rejects.toThrow('maxmemory-policy is "allkeys-random"');
    // The same user does all that the store does, with no key outside its own.
    expect(await store.commit([{ kind: 'k', id: 'a', ifVersion: 0, value: 1, dueAt: 1, expiresAt: 1 }])).toBe(true);
    expect(await store.due('k', 1, 1)).toEqual(['a']);
    expect(await store.list('k', '', 1)).toHaveLength(1);
    expect(await store.sweep(1)).toBe(1);
  });

  it('is waited for where it is away at the start', async () => {
    const port = await freePort();
    const store = await open(redisUrl(port));
    await failsClosed(store);
    expect(warnings).toEqual([expect.stringContaining('ECONNREFUSED')]);
  });

  it('fails closed within a second when it is stopped in mid-flow, and works again when it is back', async () => {
    const server = await start();
    const store = await open(server.url);
    expect(await store.commit([{ kind: 'kind', id: 'a', ifVersion: 0, value: 1 }])).toBe(true);
    await server.kill('SIGTERM');
    await failsClosed(store);
    await server.start();
    expect(await seconds(() => until(works(store)))).toBeLessThan(2);
    expect((await store.get('kind', 'a'))?.value).toBe(1);
    expect(await store.get('kind', 'never')).toBeNull();
    expect(warnings).toEqual([expect.stringContaining('store_away'), expect.stringContaining('store_back')]);
  });

  it('fails closed within a second when it hangs, and works again when it goes on', async () => {
    const server = await start();
    const store = await open(server.url);
    server.signal('SIGSTOP');
    try {
      await failsClosed(store);
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await failsClosed(store);
    } finally {
      server.signal('SIGCONT');
    }
    expect(await seconds(() => until(works(store)))).toBeLessThan(3);
  });

  it('is given up when it comes back unsafe, says why once, and is taken again when it is put right', async () => {
    const server = await start();
    const store = await open(server.url);
    await server.kill();
    await server.start({ ...SAFE, appendfsync: 'no' });
    await until(() => unsafe.length > 0);
    await failsClosed(store);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(unsafe).toEqual([expect.stringContaining('set "appendfsync always"')]);
    await (await server.admin()).config('SET', 'appendfsync', 'always');
    await until(works(store));
  });

  it('fails closed when it becomes a replica, and its data cannot be written', async () => {
    const server = await start();
    const store = await open(server.url);
    const admin = await server.admin();
    await admin.replicaof('127.0.0.1', 1);
    await expect(store.commit([{ kind: 'kind', id: 'a', ifVersion: 0, value: 1 }])).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    await until(() => unsafe.length > 0);
    expect(unsafe).toEqual([expect.stringContaining('role is "slave"')]);
    await failsClosed(store);
    await admin.replicaof('NO', 'ONE');
    await until(works(store));
  });

  it('refuses to write when its memory is full, and then has written nothing', async () => {
    const server = await start();
    const store = await open(server.url);
    await (await server.admin()).config('SET', 'maxmemory', '1mb');
    const writes = ['a', 'b'].map((id) => ({ kind: 'kind', id, ifVersion: 0, value: 'x'.repeat(300_000) }));
    await expect(store.commit(writes)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(await store.list('kind', '', 10)).toEqual([]);
  });

  it('keeps every acknowledged commit when it is killed', async () => {
    const server = await start();
    const store = await open(server.url);
    const acknowledged: string[] = [];
    let killed = 0;
    let attempts = 0;
    const write = async (writer: number): Promise<void> => {
      while (killed < 5) {
        const id = `${writer}-${attempts++}`;
        // Both or neither, also in the file that the next start reads.
        const done = await store.commit([{ kind: 'a', id, ifVersion: 0, value: id }, { kind: 'b', id, ifVersion: 0, value: id, dueAt: 1 }]).catch(() => null);
        if (done) acknowledged.push(id);
        else await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    const writers = Array.from({ length: 20 }, (_, writer) => write(writer));
    for (; killed < 5; killed++) {
      const before = acknowledged.length;
      await until(() => acknowledged.length > before + 50);
      await server.kill();
      await server.start();
    }
    await Promise.all(writers);
    await until(works(store));
    const all = async (kind: string): Promise<string[]> => (await store.list(kind, '', 1_000_000)).map(({ id }) => id);
    const held = await all('a');
    expect(acknowledged.length).toBeGreaterThan(250);
    expect(acknowledged.filter((id) => !held.includes(id))).toEqual([]);
    expect(await all('b')).toEqual(held);
  });

  it('never misreports a commit whose connection is killed', async () => {
    const server = await start();
    const [store, witness] = [await open(server.url), await open(server.url)];
    const admin = await server.admin();
    let going = true;
    let kills = 0;
    let acknowledged = 0;
    const killer = (async () => {
      while (going) {
        await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
        kills++;
        await new Promise((resolve) => setTimeout(resolve, 60 + Math.random() * 60));
      }
    })();
    const expected = new Map<string, boolean | null>();
    const began = performance.now();
    await Promise.all(Array.from({ length: 10 }, async (_, writer) => {
      for (let round = 0; performance.now() - began < 3_000; round++) {
        const id = `${writer}-${round}`;
        const done = await store.commit([{ kind: 'kind', id, ifVersion: 0, value: id }]).catch(() => null);
        // Nobody else writes these, so nobody can have been first.
        expect(done).not.toBe(false);
        expected.set(id, done);
        if (done) acknowledged++;
        else await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }));
    going = false;
    await killer;
    await until(works(witness));
    expect(kills).toBeGreaterThan(10);
    for (const [id, done] of expected) {
      if (done) expect((await witness.get('kind', id))?.value).toBe(id);
    }
    expect(acknowledged).toBeGreaterThan(100);
  });

  it('says that a commit was done when the answer to it was lost', async () => {
    const server = await start();
    const wire = keep(await startWire(server.port));
    const [store, other] = [await open(wire.url), await open(server.url)];
    wire.loseNextAnswer();
    expect(await store.commit([{ kind: 'kind', id: 'a', ifVersion: 0, value: 1 }])).toBe(true);
    expect((await other.get('kind', 'a'))?.value).toBe(1);

    // Also when it was overwritten in the meantime, or when it left nothing to look at.
    const version = (await other.get('kind', 'a'))?.version ?? 0;
    wire.loseNextAnswer(async () => {
      const current = (await other.get('kind', 'a'))?.version ?? 0;
      expect(current).not.toBe(version);
      expect(await other.commit([{ kind: 'kind', id: 'a', ifVersion: current, value: 'theirs' }])).toBe(true);
    });
    expect(await store.commit([{ kind: 'kind', id: 'a', ifVersion: version, value: 'ours' }])).toBe(true);
    expect((await other.get('kind', 'a'))?.value).toBe('theirs');

    wire.loseNextAnswer();
    expect(await store.commit([{ kind: 'kind', id: 'a', ifVersion: (await other.get('kind', 'a'))?.version ?? 0, value: null }])).toBe(true);
    expect(await other.get('kind', 'a')).toBeNull();
  });

  it('says that another was first when that answer was lost', async () => {
    const server = await start();
    const wire = keep(await startWire(server.port));
    const [store, other] = [await open(wire.url), await open(server.url)];
    await other.commit([{ kind: 'kind', id: 'a', ifVersion: 0, value: 'theirs' }]);
    wire.loseNextAnswer();
    expect(await store.commit([{ kind: 'kind', id: 'a', ifVersion: 0, value: 'ours' }])).toBe(false);
    expect((await other.get('kind', 'a'))?.value).toBe('theirs');
  });

  it('does a commit once, when its first sending arrives after the second', async () => {
    const server = await start();
    const wire = keep(await startWire(server.port));
    const [store, other] = [await open(wire.url), await open(server.url)];
    let held = wire.holdNextCommit();
    expect(await store.commit([{ kind: 'session', id: 'a', ifVersion: 0, value: 1 }])).toBe(true);
    await other.commit([{ kind: 'session', id: 'a', ifVersion: (await other.get('session', 'a'))?.version ?? 0, value: null }]);
    await (await held)();
    // Signed out, and not brought back to life.
    expect(await other.get('session', 'a')).toBeNull();

    // Nor is a commit done later that was said not to be.
    await other.commit([{ kind: 'session', id: 'b', ifVersion: 0, value: 'theirs' }]);
    held = wire.holdNextCommit();
    expect(await store.commit([{ kind: 'session', id: 'b', ifVersion: 0, value: 'ours' }])).toBe(false);
    await other.commit([{ kind: 'session', id: 'b', ifVersion: (await other.get('session', 'b'))?.version ?? 0, value: null }]);
    await (await held)();
    expect(await other.get('session', 'b')).toBeNull();
  });

  it('passes over index entries whose document somebody deleted, and clears them away', async () => {
    const server = await start();
    const store = await open(server.url);
    const admin = await server.admin();
    for (const id of ['a', 'b', 'c', 'd']) await store.commit([{ kind: 'kind', id, ifVersion: 0, value: 1, dueAt: 1, expiresAt: 9 }]);
    await admin.del('{gateway}:doc:kind:a', '{gateway}:doc:kind:c');
    expect((await store.list('kind', '', 2)).map(({ id }) => id)).toEqual(['b', 'd']);
    expect(await store.due('kind', 1, 2)).toEqual(['b', 'd']);
    expect(await admin.zcard('{gateway}:ids:kind')).toBe(2);
    expect(await admin.zcard('{gateway}:due:kind')).toBe(2);
    expect(await store.sweep(9)).toBe(2);
    await until(async () => (await admin.keys('*')).every((key) => key.startsWith('{gateway}:commit:')));
    for (const key of await admin.keys('*')) expect(await admin.pttl(key)).toBeGreaterThan(0);
  });

  it('works again after somebody flushed its scripts', async () => {
    const server = await start();
    const store = await open(server.url);
    await store.commit([{ kind: 'kind', id: 'a', ifVersion: 0, value: 1 }]);
    await (await server.admin()).script('FLUSH');
    expect(await store.commit([{ kind: 'kind', id: 'b', ifVersion: 0, value: 1 }])).toBe(true);
  });

  it('is chosen by the address, and its causes carry nothing of what was stored', async () => {
    const server = await start();
    const logged: unknown[] = [];
    const log = { warn: (...line: unknown[]) => logged.push(line), error: (...line: unknown[]) => logged.push(line) } as never;
    const store = keep(await openStore(server.url, { migrations: 'schema/store', log }));
    await (await server.admin()).set('{gateway}:doc:kind:canary-id', 'not a hash');
    const error = await store.commit([{ kind: 'kind', id: 'canary-id', ifVersion: 0, value: 'canary-value' }]).then(() => null, (reason: Error) => reason);
    expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    const shown = JSON.stringify(error, Object.getOwnPropertyNames(error)) + String(error?.cause) + JSON.stringify(error?.cause, ['message', 'stack', 'command', 'args']);
    expect(shown).not.toContain('canary');
    expect(logged).toEqual([]);
  });
});
