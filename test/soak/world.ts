/** One gateway, in its demo, with its store and its mail server. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsOf } from '../support/program.js';
import type { Findings } from './findings.js';
import { MortalGateway } from './gateway.js';
import { council, type Details } from './people.js';
import { Post } from './post.js';
import { makeStore, type SoakedStore, type StoreName } from './store.js';

const TENANCIES = 2_500;

export class World {
  readonly gateway: MortalGateway;
  readonly ask: MortalGateway['ask'];

  private constructor(
    readonly people: readonly Details[], readonly post: Post, readonly store: SoakedStore, private readonly folder: string, findings: Findings,
  ) {
    const settings = settingsOf(folder, {
      STORE_URL: store.url, SIM_ROWS: join(folder, 'rows.json'), SMTP_URL: post.url, LOG_LEVEL: 'error',
      // One name through all its lives, so that tokens outlive it.
      PUBLIC_URL: 'http://gateway.example',
    });
    this.gateway = new MortalGateway({ settings, findings, storeMayBeAway: store.redis !== null, onGone: () => post.nextLife() });
    this.ask = (...asked) => this.gateway.ask(...asked);
  }

  static async make(storeName: StoreName, seed: number, chance: () => number, findings: Findings): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), 'soak-'));
    const { rows, people } = council(TENANCIES, seed);
    writeFileSync(join(folder, 'rows.json'), JSON.stringify(rows));
    return new World(people, await Post.open(chance), await makeStore(storeName, folder), folder, findings);
  }

  async close(): Promise<void> {
    await this.gateway.end();
    await this.post.close();
    await this.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
