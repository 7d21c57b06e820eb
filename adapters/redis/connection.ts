import { EventEmitter, once } from 'node:events';
import { Redis } from 'ioredis';
import { addressOf } from './address.js';
import { isLockedOut, shown } from './errors.js';
import { faultsOf } from './safety.js';
import { SCRIPTS, type Scripted } from './scripts.js';

/** For a connection and for an answer. */
const TIMEOUT_MS = 500;
/** A connection that owes an answer for so long is given up: an address may lead to another server by now. */
const SILENCE_MS = 1_000;
const SLOWEST_RETRY_MS = 1_000;
const UNSAFE_RETRY_MS = 2_000;

export interface RedisStoreOptions {
  /** Told when an outage begins and ends, and of what cannot be checked. */
  readonly warn: (fields: Readonly<Record<string, unknown>>, message: string) => void;
  /** Told when a server that was reached later turns out to be set so that it may lose data: each reason names the setting. */
  readonly onUnsafe: (reasons: readonly string[]) => void;
}

export class UnsafeRedisError extends Error {
  constructor(readonly reasons: readonly string[]) {
    super(`STORE_URL: this Redis server is not safe to keep accounts in:\n${reasons.map((reason) => `  ${reason}`).join('\n')}`);
    this.name = 'UnsafeRedisError';
  }
}

/** One connection that is always being kept up, and is lent out only while it leads to a server that was found safe. */
export class Connection {
  private readonly redis: Redis & Scripted;
  private readonly events = new EventEmitter();
  /** Why there is nothing to lend; null while there is. */
  private trouble: Error | null = new Error('there is no connection yet');
  /** The server's last refusal to let us in. */
  private lockedOut = false;
  private faults: readonly string[] = [];
  private examined: Promise<void> = Promise.resolve();
  /** Counts connections, so that what was found out about one is not believed of the next. */
  private number = 0;
  private started = false;
  private announced = false;

  private constructor(url: string, private readonly options: RedisStoreOptions) {
    this.redis = new Redis({
      ...addressOf(url),
      // Nothing here needs the third version's types, and every server and proxy speaks the second.
      protocol: 2,
      connectTimeout: TIMEOUT_MS, commandTimeout: TIMEOUT_MS, disconnectTimeout: TIMEOUT_MS, maxLoadingRetryTime: TIMEOUT_MS,
      socketTimeout: SILENCE_MS,
      // Fail at once while Redis is away. Whether to send something again is decided in the store, which can tell if that is safe.
      enableOfflineQueue: false, maxRetriesPerRequest: 0, autoResendUnfulfilledCommands: false,
      retryStrategy: (times) => Math.min(25 * 2 ** Math.min(times, 10), SLOWEST_RETRY_MS) + Math.random() * 50,
      // Demoted under us: the address may lead to the new primary.
      reconnectOnError: (error) => error.message.startsWith('READONLY'),
      scripts: SCRIPTS,
      lazyConnect: true,
    }) as Redis & Scripted;
    this.redis.on('ready', () => {
      this.examined = this.examine(++this.number);
    });
    this.redis.on('error', (error) => {
      this.lockedOut = isLockedOut(error);
      this.failed(error);
    });
    this.redis.on('close', () => {
      this.number++;
      this.failed(this.trouble ?? new Error('the connection was lost'));
    });
  }

  /**
   * A server that cannot be reached is waited for: the connection is not usable until then.
   * @throws where the server is reached and is unsafe, or does not let us in.
   */
  static async open(url: string, options: RedisStoreOptions): Promise<Connection> {
    const connection = new Connection(url, options);
    await connection.redis.connect().then(() => connection.examined, () => undefined);
    connection.started = true;
    if (connection.faults.length === 0 && !connection.lockedOut) return connection;
    connection.close();
    throw connection.faults.length > 0 ? new UnsafeRedisError(connection.faults)
      : new Error('STORE_URL: the Redis server refuses this user name or password');
  }

  /** @throws at once while there is no safe connection. */
  use(): Redis & Scripted {
    if (this.trouble) throw this.trouble;
    return this.redis;
  }

  /** Waits for a safe connection. @throws when there is none in time. */
  async usableWithin(milliseconds: number): Promise<void> {
    if (milliseconds <= 0) throw this.trouble ?? new Error('out of time');
    if (!this.trouble) return;
    await once(this.events, 'usable', { signal: AbortSignal.timeout(Math.ceil(milliseconds)) }).catch(() => {
      throw this.trouble ?? new Error('out of time');
    });
  }

  close(): void {
    this.number++;
    this.trouble = new Error('the store is closed');
    this.redis.disconnect();
  }

  private async examine(number: number): Promise<void> {
    try {
      const faults = await faultsOf(this.redis, (settings) => {
        this.options.warn({ event: 'store_unchecked', settings }, 'the Redis server does not show these settings: see docs/adr/0003-one-redis-primary.md for what they must be');
      });
      if (number !== this.number) return;
      this.lockedOut = false;
      if (faults.length > 0) this.unsafe(faults, number);
      else this.usable();
    } catch (error) {
      if (number !== this.number) return;
      this.failed(error);
      this.redis.disconnect(true);
    }
  }

  private usable(): void {
    this.faults = [];
    this.trouble = null;
    if (this.announced) this.options.warn({ event: 'store_back' }, 'the Redis server can be used again');
    this.announced = false;
    this.events.emit('usable');
  }

  private unsafe(faults: readonly string[], number: number): void {
    const known = faults.join() === this.faults.join();
    this.faults = faults;
    this.trouble = new UnsafeRedisError(faults);
    if (!this.started) return;
    if (!known) this.options.onUnsafe(faults);
    // Connecting anew looks again, and finds the new primary where an address has moved.
    setTimeout(() => {
      if (number === this.number) this.redis.disconnect(true);
    }, UNSAFE_RETRY_MS).unref();
  }

  private failed(error: unknown): void {
    this.trouble = shown(error);
    if (this.announced || this.redis.status === 'end') return;
    this.announced = true;
    this.options.warn({ event: 'store_away', reason: this.trouble.message }, 'the Redis server cannot be used');
  }
}
