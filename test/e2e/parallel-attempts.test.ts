/** A thousand wrong passwords at once for one account: how many are looked at, and what its owner meets afterwards. */
import { afterEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../adapters/store.js';
import { SignInDocument, type SignInMutation } from '../../generated/operations.js';
import { showAccount } from '../../src/application/identity/administration.js';
import { attemptsOfAccount } from '../../src/application/identity/attempts.js';
import { KIND } from '../../src/application/identity/records.js';
import { HARD_LOCK_FAILURES, SOFT_LOCK_FAILURES, UNKNOWN_DEVICE, lockAfter, type Attempts } from '../../src/domain/account.js';
import { sendTo, startGateway, type Answer } from '../support/gateway.js';
import { settingsOf, startProgram, type Program } from '../support/program.js';
import { whenAvailable } from '../support/programs.js';
import { hasRedisServer, startRedis } from '../support/redis.js';

const IDENTIFIER = 'margaret.tidcombe@example.org';
const PASSWORD = 'teapot lantern meadow';
const REQUESTS = 1_000;
/** As many as are in flight at a time; each has a connection of its own. */
const AT_ONCE = 250;
const MINUTES = 60_000;

let closing: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  closing = [];
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'parallel-'));
  closing.push(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const signIn = (url: string, identifier: string, password: string): Promise<Answer<SignInMutation>> =>
  sendTo<SignInMutation>(url, SignInDocument, { input: { identifier, password } });

/** What came of a sign-in: the outcome, or the error's code. */
const resultOf = ({ data, errors }: Answer<SignInMutation>): string => errors?.[0]?.extensions.code ?? data?.signIn.outcome ?? 'nothing';

/** `password_verifications_total` by kind. */
async function verifications({ opsUrl }: Program): Promise<{ account: number; decoy: number }> {
  const text = await (await fetch(`${opsUrl}/metrics`)).text();
  const count = (kind: string): number => Number(new RegExp(`^password_verifications_total\\{kind="${kind}"\\} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  return { account: count('account'), decoy: count('decoy') };
}

async function verificationsOf(programs: readonly Program[]): Promise<{ account: number; decoy: number }> {
  const all = await Promise.all(programs.map(verifications));
  return { account: all.reduce((sum, { account }) => sum + account, 0), decoy: all.reduce((sum, { decoy }) => sum + decoy, 0) };
}

/** Sends wrong passwords to the programs in turn. @returns how often each result came. */
async function storm(programs: readonly Program[]): Promise<Record<string, number>> {
  const results: Record<string, number> = {};
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let n = next++; n < REQUESTS; n = next++) {
      const result = resultOf(await signIn(programs[n % programs.length]!.url, IDENTIFIER, `a wrong password ${n}`));
      results[result] = (results[result] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return results;
}

/** A thousand at once, over programs that share a store; then the same store, at other times. */
async function attack(data: string, storeUrl: string, count: number): Promise<void> {
  const environment = settingsOf(data, { STORE_URL: storeUrl, LOG_LEVEL: 'silent' });
  const programs: Program[] = [];
  // One after the other, so that the first one makes the accounts.
  for (let n = 0; n < count; n++) {
    const program = await startProgram(environment);
    closing.push(() => program.end());
    programs.push(program);
  }
  const before = await verificationsOf(programs);
  const results = await storm(programs);
  const after = await verificationsOf(programs);

  // Each was refused, or turned away by a queue that takes no more; and none of the latter was looked at.
  expect(Object.keys(results).filter((result) => result !== 'REFUSED' && result !== 'TOO_MANY_REQUESTS')).toEqual([]);
  expect(after.account - before.account).toBe(SOFT_LOCK_FAILURES);
  expect(after.decoy - before.decoy).toBe(results['REFUSED']! - SOFT_LOCK_FAILURES);

  const lockedAt = await oneSoftLock(storeUrl);
  for (const { url } of programs) await refusedAlike(url);
  expect((await verificationsOf(programs)).account).toBe(after.account);
  for (const program of programs) await program.end('SIGTERM');

  const later = await startGateway({ DATA_DIR: data, STORE_URL: storeUrl }, new Date(lockedAt + 15 * MINUTES - 1).toISOString());
  closing.push(() => later.close());
  await refusedAlike(later.url);
  later.clock.now = new Date(lockedAt + 15 * MINUTES);
  expect(resultOf(await signIn(later.url, IDENTIFIER, PASSWORD))).toBe('SIGNED_IN');
}

/** The store holds five failures and the one lock that they make, and staff see it. @returns when it began. */
async function oneSoftLock(storeUrl: string): Promise<number> {
  const store = await openStore(storeUrl, { migrations: 'schema/store', log: { warn: () => undefined, error: () => undefined } });
  try {
    const shown = await showAccount({ store, clock: () => new Date() }, IDENTIFIER);
    expect(shown).toMatchObject({ state: 'LOCKED', failedAttempts: SOFT_LOCK_FAILURES });
    expect(SOFT_LOCK_FAILURES).toBeLessThan(HARD_LOCK_FAILURES);
    const { failures, announced } = (await store.get<Attempts>(KIND.attempts, attemptsOfAccount(shown!.id)))!.value;
    expect([Object.keys(failures), announced]).toEqual([[UNKNOWN_DEVICE], false]);
    const lock = lockAfter(failures[UNKNOWN_DEVICE]!)!;
    expect(lock.until - lock.since).toBe(15 * MINUTES);
    expect(lock.since).toBe(shown!.lockedAt!.getTime());
    return lock.since;
  } finally {
    await store.close();
  }
}

/** The right password, a wrong one and a name that nobody has get one answer, to the byte. */
async function refusedAlike(url: string): Promise<void> {
  const answers = [await signIn(url, IDENTIFIER, PASSWORD), await signIn(url, IDENTIFIER, 'a wrong password'), await signIn(url, 'nobody@example.org', PASSWORD)];
  const bytes = answers.map(({ status, headers, text }) => JSON.stringify([status, [...headers].filter(([name]) => name !== 'date'), text]));
  expect(resultOf(answers[0]!)).toBe('REFUSED');
  expect(new Set(bytes).size).toBe(1);
}

test('one gateway on SQLite looks at five of a thousand, and locks once', async () => {
  const data = folder();
  await attack(data, `file:${data}/gateway.db`, 1);
}, 120_000);

whenAvailable('redis-server', hasRedisServer, 'two gateways on one Redis', () => {
  test('look at five of a thousand together, and lock once', async () => {
    const redis = await startRedis();
    closing.push(() => redis.close());
    await attack(folder(), redis.url, 2);
  }, 120_000);
});
