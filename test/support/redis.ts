/** A real redis-server of a test's own, and a wire to it that loses answers. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { until } from './until.js';

/** With signs that an address must carry percent-encoded. */
const PASSWORD = 'p@ss:word/%41';

/** Set so that it loses nothing. */
export const SAFE = { appendonly: 'yes', appendfsync: 'always', 'maxmemory-policy': 'noeviction' };

export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** A plain client, as an operator would use one. */
  admin(): Promise<Redis>;
  /** Freezes the process, or lets it go on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** Ends the process, at once or in order; its files stay. */
  kill(signal?: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Starts it again on the same port and files. */
  start(settings?: Readonly<Record<string, string>>): Promise<void>;
  /** Ends it and removes its files. */
  close(): Promise<void>;
}

export const hasRedisServer = (): boolean => spawnSync('redis-server', ['--version']).status === 0;

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export const redisUrl = (port: number): string => `redis://default:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/0`;

/** Starts a redis-server on a free port in a folder of its own. */
export async function startRedis(settings: Readonly<Record<string, string>> = SAFE): Promise<RedisServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'gateway-redis-'));
  let child: ChildProcess | null = null;
  const admins = new Set<Redis>();

  const admin = async (): Promise<Redis> => {
    const redis = new Redis({ host: '127.0.0.1', port, password: PASSWORD, protocol: 2, lazyConnect: true, retryStrategy: () => null });
    redis.on('error', () => undefined);
    redis.on('end', () => admins.delete(redis));
    admins.add(redis);
    await redis.connect();
    return redis;
  };
  const answers = async (): Promise<boolean> => admin().then((redis) => redis.disconnect(), () => null).then((found) => found !== null);
  const kill = async (signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  const start = async (changed: Readonly<Record<string, string>> = settings): Promise<void> => {
    const flags = Object.entries(changed).flatMap(([name, value]) => [`--${name}`, value]);
    child = spawn('redis-server', ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--requirepass', PASSWORD, ...flags], { stdio: 'ignore' });
    await until(answers);
  };

  await start();
  return {
    port, url: redisUrl(port), admin, kill, start,
    signal: (signal) => {
      child?.kill(signal);
    },
    close: async () => {
      for (const redis of admins) redis.disconnect();
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts a redis-server that follows another one, and follows it again when that one comes back. */
export async function startReplica(primary: RedisServer): Promise<RedisServer> {
  const replica = await startRedis();
  const admin = await replica.admin();
  await admin.config('SET', 'masterauth', PASSWORD);
  await admin.replicaof('127.0.0.1', primary.port);
  admin.disconnect();
  return replica;
}

export interface Wire {
  readonly url: string;
  /**
   * The next commit reaches the server, but its answer does not come back: the connection breaks instead, once `meanwhile` is over.
   */
  loseNextAnswer(meanwhile?: () => Promise<void>): void;
  /**
   * The next commit is held on its way while its connection breaks. @returns what delivers it after all, and waits until it was read.
   */
  holdNextCommit(): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** Stands between a store and its server. */
export async function startWire(port: number): Promise<Wire> {
  const sockets = new Set<Socket>();
  let losing: (() => Promise<void>) | null = null;
  let held: ((deliver: () => Promise<void>) => void) | null = null;
  const isCommit = (bytes: Buffer): boolean => bytes.includes('{gateway}:commit:');

  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    let lose: (() => Promise<void>) | null = null;
    let detached = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    client.on('data', (bytes) => {
      if (held && isCommit(bytes)) {
        const hand = held;
        held = null;
        detached = true;
        client.destroy();
        hand(async () => {
          const answered = once(upstream, 'data');
          upstream.write(bytes);
          await answered;
          upstream.destroy();
        });
        return;
      }
      if (losing && isCommit(bytes)) {
        lose = losing;
        losing = null;
      }
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (detached) return;
      if (lose) void lose().then(() => client.destroy());
      else client.write(bytes);
    });
    client.on('close', () => {
      if (!detached) upstream.destroy();
    });
    upstream.on('close', () => client.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: redisUrl((server.address() as AddressInfo).port),
    loseNextAnswer: (meanwhile = async () => undefined) => {
      losing = meanwhile;
    },
    holdNextCommit: () => new Promise((resolve) => {
      held = resolve;
    }),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
