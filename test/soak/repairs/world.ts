/** The simulator, the store and the gateways, each a process of its own; and residents with accounts, who sign in as they must. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { argon2Hasher } from '../../../adapters/argon2/hasher.js';
import { newSigningKey } from '../../../adapters/jose/tokens.js';
import type { Random } from '../../../fixtures/rows/random.js';
import { SignInDocument } from '../../../generated/operations.js';
import { newAccount, putAccount } from '../../../src/application/identity/accounts.js';
import { transact } from '../../../src/application/identity/transaction.js';
import { landlordNamed } from '../../../src/landlords/index.js';
import { settingsOf } from '../../support/program.js';
import { startReplica, type RedisServer } from '../../support/redis.js';
import { startSimulator, type Simulator } from '../../support/simulator.js';
import { MortalGateway, type Reply } from '../gateway.js';
import { council, type Resident } from '../people.js';
import { makeStore, type SoakedStore, type StoreName } from '../store.js';
import type { RepairFindings } from './asked.js';
import { SETTLE_SECONDS } from './faults.js';

const TENANCIES = 600;
const RESIDENTS = 120;
const PASSWORD = 'soak kettle umbrella ladder';
/** Less than an access token lives. */
const TOKEN_MS = 8 * 60_000;
const REDIS_REPLICAS = 2;

export class RepairWorld {
  private readonly tokens = new Map<Resident, { readonly token: Promise<string>; readonly since: number }>();

  private constructor(
    readonly simulator: Simulator, readonly store: SoakedStore, private readonly replicas: readonly RedisServer[],
    readonly gateways: readonly MortalGateway[], readonly residents: readonly Resident[], private readonly folder: string,
    private readonly findings: RepairFindings, private readonly random: Random,
  ) {}

  /** One gateway on SQLite; on Redis two, on a primary that two replicas follow. Nothing of it is asked before it is spawned. */
  static async make(storeName: StoreName, seed: number, random: Random, findings: RepairFindings): Promise<RepairWorld> {
    const folder = mkdtempSync(join(tmpdir(), 'soak-'));
    const file = (name: string, content: string | Uint8Array): string => {
      writeFileSync(join(folder, name), content, { mode: 0o600 });
      return join(folder, name);
    };
    const { rows, residents } = council(TENANCIES, seed);
    const pepper = randomBytes(32);
    const simulator = await startSimulator(file('rows.json', JSON.stringify(rows)));
    const store = await makeStore(storeName, folder);
    const replicas = await Promise.all(Array.from({ length: store.redis ? REDIS_REPLICAS : 0 }, () => startReplica(store.redis as RedisServer)));
    const settings = settingsOf(folder, {
      STORE_URL: store.url, LEGACY_SQL_URL: simulator.sqlUrl, LEGACY_SOAP_URL: simulator.soapUrl, LEGACY_SETTLE_SECONDS: String(SETTLE_SECONDS),
      PASSWORD_PEPPER_FILE: file('pepper', pepper), SIGNING_KEYS_FILE: file('keys.json', JSON.stringify({ keys: [await newSigningKey()] })),
      // One name for all, so that a token of one is good at the other. Nobody is sent mail.
      PUBLIC_URL: 'http://gateway.example', PORTAL_URL: 'http://portal.example', SMTP_URL: 'smtp://127.0.0.1:9', LOG_LEVEL: 'warn',
    });
    const gateways = Array.from({ length: store.redis ? 2 : 1 }, () => new MortalGateway({
      settings, findings, storeMayBeAway: store.redis !== null, onGone: (log) => findings.readLog(log),
    }));
    const some = residents.slice(0, RESIDENTS);
    await makeAccounts(store, some, pepper);
    return new RepairWorld(simulator, store, replicas, gateways, some, folder, findings, random);
  }

  anyGateway(): MortalGateway {
    return this.random.pick(this.gateways);
  }

  /** The same moment at both; where there is one, at that one twice. */
  twoGateways(): readonly [MortalGateway, MortalGateway] {
    const first = this.anyGateway();
    return [first, this.gateways.find((other) => other !== first) ?? first];
  }

  /** Asks as a resident. A session that was acknowledged has to last. */
  async ask<T, V>(resident: Resident, gateway: MortalGateway, document: TypedDocumentNode<T, V> | string, variables: V): Promise<Reply<T>> {
    const token = await this.tokenOf(resident);
    const reply = await gateway.ask(document, variables, token);
    if (reply?.code === 'UNAUTHENTICATED') {
      this.findings.violated('a session was forgotten', resident);
      this.tokens.delete(resident);
    }
    return reply;
  }

  /** Whether everything that the primary took has reached the Redis servers that follow it; true where there are none. */
  async replicasFollow(): Promise<boolean> {
    if (!this.store.redis) return true;
    const admin = await this.store.redis.admin();
    await admin.set('soak', 'the end');
    const following = await admin.wait(this.replicas.length, 10_000);
    admin.disconnect();
    return following === this.replicas.length;
  }

  async close(): Promise<void> {
    await Promise.all(this.gateways.map((gateway) => gateway.end()));
    await Promise.all(this.replicas.map((replica) => replica.close()));
    await this.store.close();
    await this.simulator.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private tokenOf(resident: Resident): Promise<string> {
    const known = this.tokens.get(resident);
    if (known && performance.now() - known.since < TOKEN_MS) return known.token;
    const token = this.signIn(resident);
    this.tokens.set(resident, { token, since: performance.now() });
    return token;
  }

  private async signIn(resident: Resident): Promise<string> {
    for (;;) {
      const reply = await this.anyGateway().ask(SignInDocument, { input: { identifier: resident.email, password: PASSWORD } });
      const token = reply?.data?.signIn.session?.accessToken;
      if (token !== undefined) return token;
      if (reply) this.findings.violated(`signing in came to ${reply.data?.signIn.outcome ?? reply.code}`, resident);
    }
  }
}

/** Outside the demo there are none, and registering is another soak's matter: written into the store before anything runs. */
async function makeAccounts(store: SoakedStore, residents: readonly Resident[], pepper: Uint8Array): Promise<void> {
  const hasher = await argon2Hasher({ pepper });
  const passwordHash = await hasher.hash(PASSWORD);
  const deps = {
    hasher, clock: () => new Date(), landlord: landlordNamed('wiltshire'),
    random: { token: (bytes: number) => randomBytes(bytes).toString('base64url'), uuid: () => randomUUID() },
  };
  await store.look(async (opened) => {
    for (const { personReference, email } of residents) {
      const account = newAccount(deps, { personReference, email, displayName: 'A Resident', passwordHash, dateOfBirth: null });
      if (!(await transact(opened, (transaction) => putAccount(transaction, account)))) throw new Error('two residents have one address');
    }
  });
}
