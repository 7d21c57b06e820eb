/** The gateway that is killed and started again, its store, its mail server, and the way to ask it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { openStore } from '../../adapters/store.js';
import type { Store } from '../../src/application/ports.js';
import { packageRoot } from '../../src/package-root.js';
import { sendTo } from '../support/gateway.js';
import { settingsOf, spawnProgram, type Program, type Starting } from '../support/program.js';
import { startRedis, type RedisServer } from '../support/redis.js';
import { council, type Details } from './people.js';
import { Post } from './post.js';
import type { Findings } from './tenant.js';

export type StoreName = 'sqlite' | 'redis';

/** What came back; null where nothing did, or that the store is away: what was asked for may have been done or not. */
export type Reply<T> = { readonly data: T | null | undefined; readonly code: string | undefined } | null;

const TENANCIES = 2_500;
const NO_ANSWER_MS = 30_000;

export class World {
  private starting: Starting | null = null;
  private program: Program | null = null;
  private up: Promise<Program>;
  private isUp: (program: Program) => void = () => undefined;

  private constructor(
    readonly people: readonly Details[], readonly post: Post, readonly redis: RedisServer | null,
    private readonly folder: string, private readonly storeUrl: string, private readonly findings: Findings,
  ) {
    this.up = this.nextUp();
  }

  static async make(storeName: StoreName, seed: number, chance: () => number, findings: Findings): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), 'soak-'));
    const { rows, people } = council(TENANCIES, seed);
    writeFileSync(join(folder, 'rows.json'), JSON.stringify(rows));
    const redis = storeName === 'redis' ? await startRedis() : null;
    return new World(people, await Post.open(chance), redis, folder, redis?.url ?? `file:${folder}/gateway.db`, findings);
  }

  /** Spawns it; `ready` comes when it can be asked, if it is not killed before. */
  spawn(): Promise<Program> {
    const starting = spawnProgram(settingsOf(this.folder, {
      STORE_URL: this.storeUrl, SIM_ROWS: join(this.folder, 'rows.json'), SMTP_URL: this.post.url, LOG_LEVEL: 'error',
      // One name through all its lives, so that tokens outlive it.
      PUBLIC_URL: 'http://gateway.example',
    }));
    this.starting = starting;
    starting.ready.then((program) => {
      // Killed meanwhile: nobody may be sent to it.
      if (this.starting !== starting) return;
      this.program = program;
      this.isUp(program);
    }, () => undefined);
    return starting.ready;
  }

  /** Ends it and waits until it is gone. */
  async end(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const { starting, program } = this;
    this.starting = null;
    this.program = null;
    // Who waits for one that never came up waits on, for the next.
    if (program) this.up = this.nextUp();
    await starting?.end(signal);
    this.post.nextLife();
    for (const line of program?.stderr().split('\n') ?? []) {
      if (line.includes('"unexpected_error"')) this.findings.violated(`an error that nobody foresaw: ${line}`);
    }
  }

  /** Asks it, once it is up. */
  async ask<T, V>(document: TypedDocumentNode<T, V> | string, variables: V, token?: string): Promise<Reply<T>> {
    const { url } = await this.up;
    let timer: NodeJS.Timeout | undefined;
    const silent = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.findings.violated('a request had no answer for half a minute');
        reject(new Error('no answer'));
      }, NO_ANSWER_MS);
    });
    try {
      const { data, errors } = await Promise.race([sendTo<T>(url, document, variables, token), silent]);
      const code = errors?.[0]?.extensions.code;
      if (code !== 'SERVICE_UNAVAILABLE' || !this.redis) {
        this.findings.answers += 1;
        return { data, code };
      }
    } catch {
      // It was killed.
    } finally {
      clearTimeout(timer);
    }
    this.findings.cutOff += 1;
    return null;
  }

  /** Looks into the store beside the gateway, or while there is none. */
  async withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
    const store = await openStore(this.storeUrl, { migrations: join(packageRoot(), 'schema', 'store'), log: { warn: () => undefined, error: () => undefined } });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  async close(): Promise<void> {
    await this.starting?.end();
    await this.post.close();
    await this.redis?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private nextUp(): Promise<Program> {
    return new Promise((resolve) => {
      this.isUp = resolve;
    });
  }
}
