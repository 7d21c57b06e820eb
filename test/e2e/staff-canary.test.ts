/** Nothing of a sign-in stands in the log, on standard output, or in a page that says no. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, staffToken } from '../../scripts/staff-token.js';
import { Visitor } from '../../fixtures/staff/visitor.js';
import { sendTo } from '../support/gateway.js';
import { settingsOf, startProgram, type Program } from '../support/program.js';
import { TestProvider } from '../support/staff-provider.js';
import { fromPage, sessionOf, signInStaff, staffNamed, toLoginPage } from '../support/staff.js';

const MARK = 'zqcanaryw';
const folder = mkdtempSync(join(tmpdir(), 'staff-canary-'));
const provider = new TestProvider();
const secrets = new Set<string>();
let demo: Program;
let council: Program;

beforeAll(async () => {
  await provider.start();
  demo = await startProgram(settingsOf(folder, { LOG_LEVEL: 'trace' }));
  council = await startProgram(settingsOf(join(folder, 'council'), { LOG_LEVEL: 'trace', ...provider.settings() }));
});
afterAll(async () => {
  await Promise.all([demo.end(), council.end(), provider.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

const keep = (...texts: (string | null | undefined)[]): void => texts.forEach((text) => text && text.length > 3 && secrets.add(text));
const keepAddress = (address: string): void => [...new URL(address).searchParams].forEach(([name, value]) => ['code', 'state', 'nonce', 'code_challenge'].includes(name) && keep(value));
const claims = (more: object): object => ({ iss: provider.issuer, aud: 'gateway-api', sub: `${MARK}-sub`, exp: Math.floor(Date.now() / 1000) + 600, preferred_username: `${MARK}@example.org`, name: `${MARK} name`, ...more });

test('a sign-in and everything that can go wrong with it', async () => {
  for (const name of ['ruth', 'gareth']) {
    const { username, password, name: full } = staffNamed(name);
    keep(username, password, full, ...full.split(' '));
    const visitor = new Visitor();
    keepAddress((await visitor.send(`${demo.url}/playground/sign-in`)).headers.get('location')!);
    const back = await visitor.submit(await toLoginPage(visitor, demo.url), { username, password }, (url) => url.startsWith(`${demo.url}/playground/callback`));
    keepAddress(back.url);
    await new Visitor().send(back.url);
    await visitor.send(back.url);
    await visitor.send(back.url);
    await signInStaff(visitor, demo.url, { username, password }).catch(() => undefined);
    expect(await sessionOf(visitor, demo.url)).toMatchObject({ signedIn: true });
    keep(...[...visitor.cookies.values()].map(({ value }) => value));
    await fromPage(visitor, demo.url, '/playground/graphql', { query: '{ viewer { displayName } }' });
    const out = JSON.parse((await fromPage(visitor, demo.url, '/playground/sign-out')).text) as { redirect: string };
    await visitor.go(out.redirect);
    const token = await staffToken(demo.url, staffNamed(name));
    keep(token, token.split('.')[2]);
    expect((await sendTo<{ viewer: object }>(demo.url, '{ viewer { displayName } }', {}, token)).data).toEqual({ viewer: { displayName: full } });
  }
  for (const path of [`/playground/callback?state=${MARK}&code=${MARK}`, `/playground/callback?error=${MARK}&error_description=${MARK}`, `/playground/session?${MARK}`, `/playground/sign-in?${MARK}`]) {
    const visit = await new Visitor().send(`${demo.url}${path}`, { headers: { cookie: `staff_session=${MARK}; staff_sign_in=${MARK}`, origin: `http://${MARK}.example` } });
    expect(JSON.stringify([visit.text, [...visit.headers]])).not.toContain(MARK);
  }
}, 60_000);

test('forged tokens, and answers of a provider that quote what they were sent', async () => {
  const query = '{ viewer { displayName } }';
  for (const token of [
    await provider.sign(claims({ groups: [`${MARK}-group`] }) as never), await provider.sign(claims({ _claim_names: { groups: `${MARK}-src` } }) as never),
    await provider.sign(claims({ groups: ['leaders'], aud: `${MARK}-aud` }) as never), await provider.sign(claims({ groups: ['leaders'] }) as never, { kid: `${MARK}-kid` }),
    await provider.sign(claims({ groups: ['leaders'] }) as never, { typ: `${MARK}-typ` }), `${(await provider.sign(claims({ groups: ['leaders'] }) as never)).slice(0, -8)}${MARK}`,
  ]) {
    keep(token, token.split('.')[2]);
    const answer = await sendTo(council.url, query, {}, token);
    expect([answer.errors?.map(({ extensions }) => extensions.code), answer.text.includes(MARK)]).toEqual([['UNAUTHENTICATED'], false]);
  }
  for (const body of [{ error: 'invalid_grant', error_description: `${MARK} description` }, { error: MARK }, { access_token: MARK, token_type: 'Bearer', id_token: `${MARK}.${MARK}.${MARK}` }, { [MARK]: MARK }]) {
    provider.tokens = async () => ({ status: 'access_token' in body ? 200 : 400, body });
    const visitor = new Visitor();
    const begun = new URL((await visitor.send(`${council.url}/playground/sign-in`)).headers.get('location')!);
    const end = await visitor.send(`${council.url}/playground/callback?${new URLSearchParams({ code: `${MARK}-code`, state: begun.searchParams.get('state')! })}`);
    expect([end.status, end.text.includes(MARK)]).toEqual([403, false]);
  }
  const visitor = new Visitor();
  const begun = new URL((await visitor.send(`${council.url}/playground/sign-in`)).headers.get('location')!);
  await visitor.send(`${council.url}/playground/callback?${new URLSearchParams({ error: MARK, error_description: MARK, state: begun.searchParams.get('state')! })}`);
  expect((await sendTo(council.url, query, {}, await provider.sign(claims({ groups: ['leaders'] }) as never))).errors).toBeUndefined();
});

test('the command prints a token, and says what it needs', async () => {
  const said: string[] = [];
  const tell = (text: string): void => void said.push(text);
  expect([await run(['--help'], tell, tell), await run(['--user', 'nobody'], tell, tell), await run(['--nothing'], tell, tell), await run(['--gateway', 'http://127.0.0.1:1'], tell, tell), await run(['--gateway', council.url], tell, tell)])
    .toEqual([0, 2, 2, 1, 1]);
  expect(said.slice(3).join('')).toContain('start the demo');
  said.length = 0;
  expect([await run(['--gateway', demo.url, '--user', 'gareth'], tell, tell), said.length]).toEqual([0, 1]);
  expect(said[0]).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+\n$/);
});

test('after all of that the logs hold what happened and nothing of whom or with what, and nothing else was printed', () => {
  const lines = [demo, council].flatMap((program) => program.stderr().trimEnd().split('\n'));
  const events = lines.map((line) => (JSON.parse(line) as { event: string }).event);
  for (const event of ['staff_signed_in', 'staff_sign_in_refused', 'staff_sign_in_answer', 'staff_token_refused', 'staff_groups_left_out']) expect(events).toContain(event);
  expect(lines.filter((line) => line.toLowerCase().includes(MARK))).toEqual([]);
  expect(secrets.size).toBeGreaterThan(30);
  expect([...secrets].flatMap((secret) => lines.filter((line) => line.includes(secret)).map((line) => [secret, line]))).toEqual([]);
  expect(lines.find((line) => line.includes('staff_groups_left_out'))).toContain('app roles');
  for (const { stdout } of [demo, council]) expect(stdout()).toMatch(/\nGateway ready at \S+\n$/);
  expect(demo.stdout()).toContain(`  Playground      ${demo.url}/playground`);
  expect(demo.stdout()).toContain(staffNamed('gareth').password);
  expect(council.stdout()).not.toContain(staffNamed('gareth').username);
});
