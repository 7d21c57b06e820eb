/**
 * The playground in a browser, as staff use it: signing in at the council's provider, a saved query, a reload, signing out, being
 * forgotten. SCREENSHOT=docs/playground.png keeps a picture of it.
 */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromiumIsThere, launchChromium, watched, type Watched } from '../support/browser.js';
import { startGateway, type TestGateway } from '../support/gateway.js';
import { answer, editorIsThere, kept, openSaved, run, signInAsStaff, write } from '../support/playground.js';
import { whenAvailable } from '../support/programs.js';
import { until } from '../support/until.js';
import { staffNamed } from '../support/staff.js';

const officer = staffNamed('ruth');
const leader = staffNamed('gareth');
/** Who is found, and what is asked for to find them. */
const ROW = 'Margaret';
const ASKED = 'Tidcombe';
const SIGNED_OUT = 'You are signed out.';

whenAvailable('chromium', chromiumIsThere, 'the playground in a browser', () => {
  let gateway: TestGateway;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let seen: Watched;
  beforeAll(async () => {
    [gateway, browser] = await Promise.all([startGateway(), launchChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await gateway?.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    seen = await watched(context);
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(`${gateway.url}/playground`);
  });
  afterEach(() => context.close());

  const sessionCookies = async (): Promise<{ name: string; value: string; httpOnly: boolean; sameSite: string }[]> =>
    (await context.cookies(`${gateway.url}/playground`)).filter(({ name }) => name === 'staff_session');

  /** Asks the playground's API with a cookie, as its page would. */
  const ask = async (cookie: string): Promise<string> => (await fetch(`${gateway.url}/playground/graphql`, {
    method: 'POST', headers: { 'content-type': 'application/json', origin: gateway.url, cookie }, body: JSON.stringify({ query: '{ tenancies(search: "Tidcombe") { totalCount } }' }),
  })).text();

  test('sign in, find a tenancy, reload, find it again, sign out', async () => {
    await signInAsStaff(page, leader);
    await openSaved(page, 'Find a tenancy');
    await run(page, ROW);
    if (process.env['SCREENSHOT'] !== undefined) await page.screenshot({ path: process.env['SCREENSHOT'] });

    await page.reload();
    await page.getByText(leader.name).waitFor();
    await editorIsThere(page);
    expect(await answer(page).textContent()).not.toContain(ROW);
    await openSaved(page, 'Find a tenancy');
    await run(page, ROW);

    const held = await sessionCookies();
    expect(held).toMatchObject([{ httpOnly: true, sameSite: 'Lax' }]);
    const cookie = `${held[0]!.name}=${held[0]!.value}`;
    expect(await ask(cookie)).toContain('totalCount');
    expect(page.url()).toBe(`${gateway.url}/playground`);
    expect(await kept(page)).not.toContain(held[0]!.value);
    expect(await kept(page)).not.toContain(ASKED);

    await page.getByRole('button', { name: 'Sign out' }).click();
    // The provider asks whether its own session ends, too.
    await page.waitForURL((url) => url.origin !== gateway.url);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText(SIGNED_OUT).waitFor();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    expect(await sessionCookies()).toEqual([]);
    expect(await ask(cookie)).toContain('UNAUTHENTICATED');
    expect(await page.locator('body').textContent()).not.toContain(ROW);
    expect(await kept(page)).toBe('[{},{}]');

    expect(seen.troubles).toEqual([]);
    const provider = [...seen.origins].filter((origin) => origin !== gateway.url);
    expect(provider).toHaveLength(1);
    expect(provider[0]).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const told = seen.requests.filter(({ url, method, headers, body }) => `${method === 'GET' ? url : ''}${JSON.stringify(headers)}${url.startsWith(gateway.url) ? '' : body}`.includes(ASKED));
    expect(told).toEqual([]);
    expect(seen.requests.filter(({ headers }) => 'authorization' in headers)).toEqual([]);
  });

  test('nobody at the page: it warns, signs out, says why, and keeps nothing', async () => {
    await page.clock.install();
    await signInAsStaff(page, officer);
    await openSaved(page, 'Find a tenancy');
    await run(page, ROW);
    const held = await sessionCookies();

    await page.clock.runFor('14:10');
    await page.getByText('in less than a minute you will be signed out').waitFor();
    await page.keyboard.press('Shift');
    await page.getByText('in less than a minute you will be signed out').waitFor({ state: 'detached' });
    await page.clock.runFor('14:00');
    await page.getByText(officer.name).waitFor();

    await page.clock.runFor('01:30');
    await page.waitForURL((url) => url.origin !== gateway.url);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You were signed out because nobody had used this page').waitFor();
    expect(await sessionCookies()).toEqual([]);
    expect(await ask(`${held[0]!.name}=${held[0]!.value}`)).toContain('UNAUTHENTICATED');
    expect(await kept(page)).toBe('[{},{}]');
  });

  test('a session that has ended: the page says so, takes the answers away, and keeps the query', async () => {
    await signInAsStaff(page, officer);
    await openSaved(page, 'Find a tenancy');
    await run(page, ROW);
    await context.clearCookies();
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await page.getByText('Your session has ended.').waitFor();
    expect(await page.locator('body').textContent()).not.toContain(ROW);

    await signInAsStaff(page, officer);
    await run(page, ROW);
  });

  test('signing out in one tab clears the other', async () => {
    await signInAsStaff(page, officer);
    const other = await context.newPage();
    await other.goto(`${gateway.url}/playground`);
    await editorIsThere(other);
    await other.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You signed out in another tab').waitFor();
    expect(await page.locator('.monaco-editor').count()).toBe(0);
  });

  test('the documentation explains the schema, and an officer is not shown what is for administrators', async () => {
    await signInAsStaff(page, officer);
    expect(await page.getByRole('button', { name: 'Audit trail' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.getByRole('region', { name: 'Documentation Explorer' }).getByText('Query', { exact: true }).click();
    await page.getByRole('region', { name: 'Documentation Explorer' }).getByText('tenancies', { exact: true }).waitFor();
    expect(seen.troubles).toEqual([]);
  });

  test('the history keeps a query, and what it was asked with nowhere', async () => {
    await signInAsStaff(page, officer);
    await openSaved(page, 'Find a tenancy');
    await run(page, ROW);
    await page.getByRole('button', { name: 'Show History' }).click();
    await page.getByRole('region', { name: 'History' }).getByText('FindTenancy').click();
    // Back in the editor, without its variables.
    await page.locator('.graphiql-editor-tools ~ section, .graphiql-editor-tool').getByText(ASKED).waitFor({ state: 'detached' });
    expect(await kept(page)).toContain('FindTenancy');
    expect(await kept(page)).not.toContain(ASKED);
  });

  test('a tenant\'s own token works in the demo, and is kept nowhere', async () => {
    await signInAsStaff(page, officer);
    const token = await gateway.token();
    await page.getByRole('button', { name: 'Headers' }).click();
    await write(page, 'request-headers.json', JSON.stringify({ Authorization: `Bearer ${token}`, 'X-Other': 'left-out' }));
    await write(page, 'operation.graphql', '{ viewer { role displayName } }');
    await run(page, 'TENANT');
    const sent = seen.requests.filter(({ headers }) => headers['authorization'] === `Bearer ${token}`);
    expect(sent.map(({ url }) => url)).toEqual([`${gateway.url}/playground/graphql`]);
    expect(JSON.stringify(sent)).not.toContain('left-out');
    // What the editor writes, it writes with a delay: when the query is there, so would the token be.
    await until(async () => (await kept(page)).includes('displayName'));
    expect(await kept(page)).not.toContain(token);

    await write(page, 'request-headers.json', '{"Authorization": "Bearer stale"}');
    await run(page, 'UNAUTHENTICATED');
    await page.getByText(officer.name).waitFor();
    await write(page, 'request-headers.json', '');
    await run(page, 'STAFF');
  });

  test('a query in the address is not taken up', async () => {
    await page.goto(`${gateway.url}/playground?query=${encodeURIComponent('{ planted }')}&variables=%7B%22planted%22%3A1%7D#query=planted`);
    await signInAsStaff(page, officer);
    expect(await page.locator('.graphiql-editors').textContent()).not.toContain('planted');
    expect(await kept(page)).not.toContain('planted');
  });
});
