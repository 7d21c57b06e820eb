/** Two gateways on one real redis-server, which is killed, or stands still, in the middle of what tenants do. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RefreshSessionDocument, SignInDocument, SignOutDocument, type SignedInFragment } from '../../generated/operations.js';
import { sendTo, type Answer } from '../support/gateway.js';
import { settingsOf, spawnProgram, startProgram, type Program } from '../support/program.js';
import { whenAvailable } from '../support/programs.js';
import { freePort, hasRedisServer, redisUrl, startRedis, type RedisServer } from '../support/redis.js';
import { until } from '../support/until.js';

type Session = NonNullable<SignedInFragment['session']>;
type Fields = Record<string, unknown>;

const OWNER = { identifier: 'margaret.tidcombe@example.org', password: 'teapot lantern meadow' };
const VIEWER = '{ viewer { displayName } }';
/** Nobody waits for longer than this: a second for the store, and a slow machine. */
const DEADLINE_MS = 2_000;

/** @throws where there is no answer in time. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`there was no answer within ${DEADLINE_MS} ms`)), DEADLINE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const codeOf = ({ errors }: Answer<unknown>): string | undefined => errors?.[0]?.extensions.code;
const signIn = (url: string) => sendTo<{ signIn: SignedInFragment }>(url, SignInDocument, { input: OWNER });
const refresh = (url: string, refreshToken: string) => sendTo<{ refreshSession: SignedInFragment }>(url, RefreshSessionDocument, { refreshToken });
const viewer = (url: string, token: string) => sendTo<Fields>(url, VIEWER, {}, token);
const signOut = (url: string, token: string) => sendTo<Fields>(url, SignOutDocument, {}, token);

whenAvailable('redis-server', hasRedisServer, 'gateways on one Redis', () => {
  let folder: string;
  let redis: RedisServer;
  const gateways: Program[] = [];
  let a: Program;
  let b: Program;

  const session = async (url: string): Promise<Session> => {
    const { data, text } = await signIn(url);
    if (!data?.signIn.session) throw new Error(`signing in came to ${text}`);
    return data.signIn.session;
  };
  const ready = async ({ url }: Program): Promise<boolean> => (await fetch(`${url}/readyz`)).status === 200;
  const allReady = (): Promise<void> => until(async () => (await Promise.all(gateways.map(ready))).every(Boolean));

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'outage-'));
    redis = await startRedis();
    // One name for both: it is the issuer of their tokens.
    const environment = settingsOf(folder, { STORE_URL: redis.url, PUBLIC_URL: 'http://gateway.example', LOG_LEVEL: 'warn' });
    for (let n = 0; n < 2; n++) gateways.push(await startProgram(environment));
    [a, b] = gateways as [Program, Program];
  }, 60_000);
  afterAll(async () => {
    for (const gateway of gateways.splice(0)) await gateway.end();
    await redis?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => allReady());
  afterEach(() => {
    // Neither what a test did nor what it left behind has ended one of them.
    expect(gateways.map((gateway) => gateway.running())).toEqual([true, true]);
  });

  /** What needs the store says so, in time; what does not goes on. */
  const failsClosed = async (held: Session): Promise<void> => {
    for (const { url } of gateways) {
      const answers = await Promise.all([signIn(url), viewer(url, held.accessToken), refresh(url, held.refreshToken), signOut(url, held.accessToken)].map(inTime<Answer<unknown>>));
      for (const answer of answers) {
        expect(codeOf(answer)).toBe('SERVICE_UNAVAILABLE');
        expect(Object.values(answer.data ?? {}).filter((value) => value !== null)).toEqual([]);
      }
      // Public fields, with a token too: whose it is need not be known.
      for (const token of [undefined, held.accessToken]) {
        const { data, errors } = await inTime(sendTo<{ landlord: { id: string } }>(url, '{ landlord { id } }', {}, token));
        expect([data?.landlord.id, errors]).toEqual(['wiltshire', undefined]);
      }
    }
  };

  const outages: [string, () => Promise<void> | void, () => Promise<void> | void][] = [
    ['killed', () => redis.kill('SIGKILL'), () => redis.start()],
    ['standing still', () => redis.signal('SIGSTOP'), () => redis.signal('SIGCONT')],
  ];
  describe.each(outages)('with the server %s', (_name, stop, goOn) => {
    test('refuse what needs it in time, answer what does not, and work again when it is back', async () => {
      const held = await session(a.url);
      await stop();
      try {
        await failsClosed(held);
      } finally {
        await goOn();
      }
      await allReady();
      for (const { url } of gateways) {
        expect((await viewer(url, held.accessToken)).data).toEqual({ viewer: { displayName: 'Mrs Margaret Tidcombe' } });
      }
      // None of what failed was done after all: the refresh token is not spent, and the session is not ended.
      const renewed = (await refresh(b.url, held.refreshToken)).data!.refreshSession.session!;
      expect(codeOf(await viewer(a.url, renewed.accessToken))).toBeUndefined();
      await session(b.url);
    }, 60_000);

    test('answer in time what was on its way when it stopped', async () => {
      const held = await session(a.url);
      const underWay = [signIn(a.url), signIn(b.url), ...Array.from({ length: 8 }, () => viewer(a.url, held.accessToken))];
      // One has been answered, so the rest is on its way.
      await Promise.race(underWay);
      const answers = Promise.all(underWay.map(inTime<Answer<unknown>>));
      try {
        await stop();
        for (const answer of await answers) expect([undefined, 'SERVICE_UNAVAILABLE']).toContain(codeOf(answer));
        // Nothing is refused that is right: that would tell an owner something untrue.
        for (const answer of (await answers).slice(0, 2)) expect(answer.text).not.toContain('REFUSED');
      } finally {
        await goOn();
      }
      await allReady();
      await session(a.url);
    }, 60_000);
  });

  test('a session that is ended on one is ended on the other at the next request', async () => {
    const held = await session(a.url);
    expect((await viewer(b.url, held.accessToken)).data).toEqual({ viewer: { displayName: 'Mrs Margaret Tidcombe' } });
    expect((await signOut(a.url, held.accessToken)).data).toEqual({ signOut: true });
    expect(codeOf(await viewer(b.url, held.accessToken))).toBe('UNAUTHENTICATED');
    expect(codeOf(await refresh(b.url, held.refreshToken))).toBe('UNAUTHENTICATED');
  });

  test('a refresh token spent on one and used again on the other ends the session on both', async () => {
    const first = await session(a.url);
    const second = (await refresh(a.url, first.refreshToken)).data!.refreshSession.session!;
    expect(codeOf(await viewer(b.url, second.accessToken))).toBeUndefined();
    expect(codeOf(await refresh(b.url, first.refreshToken))).toBe('UNAUTHENTICATED');
    for (const { url } of gateways) {
      for (const { accessToken } of [first, second]) expect(codeOf(await viewer(url, accessToken))).toBe('UNAUTHENTICATED');
      expect(codeOf(await refresh(url, second.refreshToken))).toBe('UNAUTHENTICATED');
    }
  });

  test('a refresh token that both are given at once renews the session on one of them at most', async () => {
    const held = await session(a.url);
    const answers = await Promise.all([a, b].map(({ url }) => refresh(url, held.refreshToken)));
    expect(answers.filter(({ data }) => data?.refreshSession?.session).length).toBeLessThanOrEqual(1);
    expect(answers.filter((answer) => codeOf(answer) === 'UNAUTHENTICATED').length).toBeGreaterThanOrEqual(1);
  });

  test('a demo that finds no Redis does not start, and says which setting to look at', async () => {
    const { ready: started, end } = spawnProgram(settingsOf(mkdtempSync(join(folder, 'away-')), { STORE_URL: redisUrl(await freePort()), LOG_LEVEL: 'silent' }));
    await expect(started).rejects.toThrow(/ended with 1 .*STORE_URL: .*ECONNREFUSED/s);
    await end();
  });
});
