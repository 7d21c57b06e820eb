/** Staff sign in through the provider's pages, as a browser does, into a session that the gateway keeps. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JWTPayload } from 'jose';
import { newSigningKey } from '../../adapters/jose/tokens.js';
import { startStaffProvider } from '../../fixtures/staff/provider.js';
import { Visitor, type Visit } from '../../fixtures/staff/visitor.js';
import { startGateway, type TestGateway } from '../support/gateway.js';
import { AUDIENCE, CLIENT, TestProvider } from '../support/staff-provider.js';
import { fromPage, sessionOf, signInStaff, staffNamed, toLoginPage } from '../support/staff.js';

const RUTH = staffNamed('ruth');
const VIEWER = { query: '{ viewer { role displayName } }' };

let gateway: TestGateway;
let visitor: Visitor;
let started: Date;
beforeAll(async () => {
  gateway = await startGateway();
  started = gateway.clock.now;
});
beforeEach(() => {
  visitor = new Visitor();
  gateway.clock.now = started;
});
afterAll(() => gateway.close());

const minutes = (after: number): void => {
  gateway.clock.now = new Date(started.getTime() + after * 60_000);
};
const signIn = (who: Visitor = visitor, user = RUTH): Promise<Visit> => signInStaff(who, gateway.url, user);
const post = (path: string, body: unknown, headers?: Record<string, string>): Promise<Visit> => fromPage(visitor, gateway.url, path, body, headers);
const asks = async (): Promise<{ data?: { viewer: { role: string } | null } | null; errors?: { extensions: { code: string } }[] }> =>
  JSON.parse((await post('/playground/graphql', VIEWER)).text) as never;
const role = async (): Promise<string | undefined> => (await asks()).data?.viewer?.role;
const codes = async (): Promise<string[]> => ((await asks()).errors ?? []).map(({ extensions }) => extensions.code);
const signedIn = async (): Promise<unknown> => (await sessionOf(visitor, gateway.url))['signedIn'];
const cookieOf = (name: string, who = visitor): string | undefined => who.cookies.get(`127.0.0.1 ${name}`)?.value;
/** Up to where the provider would send the browser back to the gateway, without going there. */
const returning = async (who: Visitor = visitor, user = RUTH): Promise<string> =>
  (await who.submit(await toLoginPage(who, gateway.url), user as never, (url) => url.startsWith(`${gateway.url}/playground/callback`))).url;

describe('signing in', () => {
  test.each([['ruth', 'STAFF', 'Ruth Pemberton'], ['gareth', 'STAFF_ADMIN', 'Gareth Llewellyn']])('%s is %s, after a reload as well', async (name, as, displayName) => {
    expect(await sessionOf(visitor, gateway.url)).toEqual({ signedIn: false, available: true, demo: true, landlord: 'Wiltshire Council' });
    expect((await asks()).data).toEqual({ viewer: null });
    const end = await signIn(visitor, staffNamed(name));
    expect(end.url).toBe(`${gateway.url}/playground`);
    for (let n = 0; n < 2; n++) {
      expect(await sessionOf(visitor, gateway.url)).toEqual({ signedIn: true, name: displayName, role: as, idleMinutes: 15, available: true, demo: true, landlord: 'Wiltshire Council' });
      expect((await asks()).data).toEqual({ viewer: { role: as, displayName } });
    }
  });

  test('a wrong password gets another try, and a wrong name the same one', async () => {
    const form = await toLoginPage(visitor, gateway.url);
    expect([form.status, new URL(form.url).origin]).toEqual([200, gateway.staffProvider!.issuer]);
    for (const username of [RUTH.username, 'nobody']) {
      const again = await visitor.submit(form, { username, password: 'wrong' });
      expect([again.status, again.text.includes('role="alert"'), again.text.includes(RUTH.username)]).toEqual([401, true, false]);
    }
    expect(await signedIn()).toBe(false);
    expect((await visitor.submit(form, { username: RUTH.username.toUpperCase(), password: RUTH.password }, (url) => url.endsWith('/playground'))).url).toBe(`${gateway.url}/playground`);
    expect(await signedIn()).toBe(true);
  });

  test('asks by code flow with PKCE, state and nonce, each of them new', async () => {
    const [one, other] = await Promise.all([0, 1].map(async () => new URL((await new Visitor().send(`${gateway.url}/playground/sign-in`)).headers.get('location')!)));
    expect(Object.fromEntries(one!.searchParams)).toMatchObject({
      response_type: 'code', client_id: 'housing-gateway', redirect_uri: `${gateway.url}/playground/callback`, scope: 'openid profile email', code_challenge_method: 'S256',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(one!.searchParams.get(name)).toMatch(/^[\w-]{43}$/);
      expect(one!.searchParams.get(name)).not.toBe(other!.searchParams.get(name));
    }
  });

  test('a cookie is for the playground alone and for no script; nothing of the session stands in an address', async () => {
    const begun = await visitor.send(`${gateway.url}/playground/sign-in`);
    expect(begun.headers.getSetCookie()).toEqual([expect.stringMatching(/^staff_sign_in=[\w-]{43}; Path=\/playground; HttpOnly; SameSite=Lax; Max-Age=600$/)]);
    const back = await visitor.send(await returning());
    expect(back.headers.getSetCookie()).toEqual([
      'staff_sign_in=; Path=/playground; HttpOnly; SameSite=Lax; Max-Age=0', expect.stringMatching(/^staff_session=[\w-]{43}; Path=\/playground; HttpOnly; SameSite=Lax$/),
    ]);
    expect([back.status, back.headers.get('location'), back.headers.get('cache-control')]).toEqual([303, '/playground', 'no-store']);
  });

  test('the store has no id and no token of it, only hashes', async () => {
    await signIn();
    const pages = await Promise.all(['staff-session', 'staff-sign-in'].map((kind) => gateway.app.store.list<object>(kind, '', 100)));
    const text = JSON.stringify(pages);
    expect(text).toContain('Ruth Pemberton');
    expect(text).not.toContain(cookieOf('staff_session'));
    expect(text).not.toMatch(/eyJ/);
  });

  test('another sign-in in the same browser ends the session before it', async () => {
    await signIn();
    const first = cookieOf('staff_session')!;
    // The provider knows them still, and asks for nothing.
    expect((await visitor.go(`${gateway.url}/playground/sign-in`, {}, (url) => url.endsWith('/playground'))).url).toBe(`${gateway.url}/playground`);
    expect(cookieOf('staff_session')).not.toBe(first);
    expect(await role()).toBe('STAFF');
    visitor.cookies.set('127.0.0.1 staff_session', { value: first, path: '/playground' });
    expect(await codes()).toEqual(['UNAUTHENTICATED']);
  });

  test('by the machine\'s name goes to the gateway\'s own address first, where its cookies are', async () => {
    const { headers } = await visitor.send(`${gateway.url.replace('127.0.0.1', 'localhost')}/playground/sign-in`);
    expect([headers.get('location'), headers.getSetCookie()]).toEqual([`${gateway.url}/playground/sign-in`, []]);
  });
});

describe('what comes back from the provider', () => {
  const refused = async (visit: Visit, code: string, status = 400): Promise<void> => {
    expect([visit.status, /<code>(\w+)<\/code>/.exec(visit.text)?.[1], visit.headers.get('content-security-policy')]).toEqual([status, code, expect.stringContaining("default-src 'none'")]);
    expect(visit.text).toContain('href="/playground/sign-in"');
    expect(visit.headers.getSetCookie().filter((line) => line.startsWith('staff_session='))).toEqual([]);
  };

  test('is taken once', async () => {
    const callback = await returning();
    const mark = { ...Object.fromEntries(visitor.cookies) };
    expect((await visitor.send(callback)).status).toBe(303);
    const thief = new Visitor();
    for (const [key, value] of Object.entries(mark)) thief.cookies.set(key, value);
    await refused(await thief.send(callback), 'NOT_BEGUN_HERE');
  });

  test('is taken from the browser that began it, which nobody else can spoil', async () => {
    const callback = await returning();
    await refused(await new Visitor().send(callback), 'NOT_BEGUN_HERE');
    const other = new Visitor();
    await toLoginPage(other, gateway.url);
    await refused(await other.send(callback), 'NOT_BEGUN_HERE');
    expect((await visitor.send(callback)).status).toBe(303);
  });

  test('is taken for ten minutes', async () => {
    const callback = await returning();
    minutes(10);
    await refused(await visitor.send(callback), 'NOT_BEGUN_HERE');
  });

  test.each([
    ['with another state', (url: URL) => url.searchParams.set('state', 'A'.repeat(43)), 'NOT_BEGUN_HERE', 400], ['without one', (url: URL) => url.searchParams.delete('state'), 'NOT_BEGUN_HERE', 400],
    ['with a code that nobody gave', (url: URL) => url.searchParams.set('code', 'A'.repeat(43)), 'NOT_VOUCHED_FOR', 403], ['without a code', (url: URL) => url.searchParams.delete('code'), 'NOT_VOUCHED_FOR', 403],
    ['from another issuer', (url: URL) => url.searchParams.set('iss', 'https://elsewhere.example'), 'NOT_VOUCHED_FOR', 403],
    ['with two states', (url: URL) => url.searchParams.append('state', 'x'), 'NOT_VOUCHED_FOR', 403],
  ])('%s is refused', async (_name, change, code, status) => {
    const callback = new URL(await returning());
    change(callback);
    await refused(await visitor.send(callback.href), code, status);
    expect(await signedIn()).toBe(false);
  });

  test('is a refusal where somebody cancelled there', async () => {
    const asked = new URL((await visitor.send(`${gateway.url}/playground/sign-in`)).headers.get('location')!);
    const { issuer } = gateway.staffProvider!;
    await refused(await visitor.send(`${gateway.url}/playground/callback?${new URLSearchParams({ error: 'access_denied', error_description: 'zqmark', state: asked.searchParams.get('state')!, iss: issuer })}`), 'NOT_VOUCHED_FOR', 403);
  });
});

describe('a session', () => {
  test('idles out after fifteen minutes; asking after it keeps nobody signed in', async () => {
    await signIn();
    minutes(14);
    expect(await signedIn()).toBe(true);
    minutes(15);
    expect([await signedIn(), await codes()]).toEqual([false, ['UNAUTHENTICATED']]);
  });

  test('lives on while somebody works in it, but not past eight hours', async () => {
    await signIn();
    for (let at = 14; at < 8 * 60; at += 14) {
      minutes(at);
      expect(await role()).toBe('STAFF');
    }
    minutes(8 * 60 - 1);
    expect(await role()).toBe('STAFF');
    minutes(8 * 60);
    expect([await signedIn(), await codes()]).toEqual([false, ['UNAUTHENTICATED']]);
  });

  test('costs the store a write a minute at most', async () => {
    await signIn();
    const version = async (): Promise<number> => (await gateway.app.store.list('staff-session', '', 100)).reduce((sum, { document }) => sum + document.version, 0);
    const before = await version();
    minutes(0.9);
    await role();
    expect(await version()).toBe(before);
    minutes(1);
    await role();
    expect(await version()).not.toBe(before);
  });

  test('ends at once with signing out, and the provider is asked to end its own', async () => {
    await signIn();
    const kept = cookieOf('staff_session')!;
    const out = await post('/playground/sign-out', {});
    expect(out.headers.getSetCookie()).toEqual(['staff_session=; Path=/playground; HttpOnly; SameSite=Lax; Max-Age=0']);
    const { redirect } = JSON.parse(out.text) as { redirect: string };
    expect(redirect.startsWith(`${gateway.staffProvider!.issuer}/`)).toBe(true);
    expect([...new URL(redirect).searchParams.keys()].sort()).toEqual(['client_id', 'post_logout_redirect_uri']);
    expect(await signedIn()).toBe(false);
    visitor.cookies.set('127.0.0.1 staff_session', { value: kept, path: '/playground' });
    expect([await signedIn(), await codes()]).toEqual([false, ['UNAUTHENTICATED']]);
    const confirm = await visitor.go(redirect);
    expect((await visitor.submit(confirm, { logout: 'yes' }, (url) => url.startsWith(gateway.url))).url).toBe(`${gateway.url}/playground`);
    // The provider asks again who it is.
    expect((await toLoginPage(visitor, gateway.url)).text).toContain('name="password"');
  });

  test('is not ended by the mutation for tenants, which says so', async () => {
    await signIn();
    const answer = await post('/playground/graphql', { query: 'mutation { signOut }' });
    expect(JSON.parse(answer.text)).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    expect(await role()).toBe('STAFF');
  });

  test('that there is none of can be signed out of too', async () => {
    expect(JSON.parse((await post('/playground/sign-out', {})).text)).toEqual({ redirect: '/playground' });
  });
});

describe('another page', () => {
  test.each([
    ['of another site', 'https://elsewhere.example'], ['of another port', 'http://127.0.0.1:1'], ['of the same address by https', ''], ['without a name', 'null'], ['that does not say where it is', undefined],
  ])('%s cannot use a session', async (_name, origin) => {
    await signIn();
    for (const [path, body] of [['/playground/graphql', VIEWER], ['/playground/sign-out', {}]] as const) {
      const headers: Record<string, string> = { 'content-type': 'application/json', accept: 'application/json' };
      if (origin !== undefined) headers['origin'] = origin || gateway.url.replace('http:', 'https:');
      const answer = await visitor.send(`${gateway.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      expect([answer.status, JSON.parse(answer.text), answer.headers.get('access-control-allow-credentials')]).toEqual([403, { errors: [{ message: expect.any(String), extensions: { code: 'FORBIDDEN', field: 'origin' } }] }, null]);
    }
    expect(await role()).toBe('STAFF');
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])('cannot send %s, which needs no leave', async (type) => {
    await signIn();
    expect((await post('/playground/graphql', VIEWER, { 'content-type': type })).status).toBe(415);
    expect((await post('/playground/sign-out', {}, { 'content-type': type })).status).toBe(415);
    expect((await visitor.send(`${gateway.url}/playground/sign-out`, { method: 'POST', headers: { origin: gateway.url } })).status).toBe(415);
    expect(await role()).toBe('STAFF');
  });

  test('cannot sign anybody out, or ask anything, by GET', async () => {
    await signIn();
    for (const path of ['/playground/sign-out', '/playground/graphql?query=%7Bviewer%7Brole%7D%7D']) expect((await visitor.send(`${gateway.url}${path}`)).status).toBe(404);
    expect(await role()).toBe('STAFF');
  });

  test('gets nothing at /graphql with the cookie, and no leave to send it', async () => {
    await signIn();
    const cookie = `staff_session=${cookieOf('staff_session')}`;
    const headers = { 'content-type': 'application/json', cookie, origin: 'http://localhost:3000' };
    const answer = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(VIEWER) });
    expect(await answer.json()).toEqual({ data: { viewer: null } });
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    const before = await fetch(`${gateway.url}/playground/graphql`, { method: 'OPTIONS', headers: { origin: 'http://localhost:3000', 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' } });
    expect(before.headers.get('access-control-allow-credentials')).toBeNull();
  });

  test('by the machine\'s other name is the gateway\'s own', async () => {
    const answer = await post('/playground/graphql', VIEWER, { origin: gateway.url.replace('127.0.0.1', 'localhost') });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { data: { viewer: null } }]);
  });
});

describe('a token in the playground', () => {
  test('is taken in the demo where it is a tenant\'s, instead of the session', async () => {
    await signIn();
    const answer = await post('/playground/graphql', VIEWER, { authorization: `Bearer ${await gateway.token()}` });
    expect(JSON.parse(answer.text)).toEqual({ data: { viewer: { role: 'TENANT', displayName: 'Mrs Margaret Tidcombe' } } });
    const bad = await post('/playground/graphql', VIEWER, { authorization: 'Bearer nothing' });
    expect(JSON.parse(bad.text)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });
});

describe('with the public address by https', () => {
  let secure: TestGateway;
  beforeAll(async () => {
    secure = await startGateway({ PUBLIC_URL: 'https://gateway.example' });
  });
  afterAll(() => secure.close());

  test('cookies are for https alone, and the public address is the only one whose pages may ask', async () => {
    const begun = await visitor.send(`${secure.url}/playground/sign-in`);
    expect(begun.headers.getSetCookie()).toEqual([expect.stringMatching(/^__Secure-staff_sign_in=[\w-]{43}; Path=\/playground; HttpOnly; SameSite=Lax; Secure; Max-Age=600$/)]);
    const callback = await visitor.submit(await visitor.go(begun.headers.get('location')!), RUTH as never, (url) => url.startsWith('https:'));
    const back = await visitor.send(callback.url.replace('https://gateway.example', secure.url));
    expect(back.headers.getSetCookie()[1]).toMatch(/^__Secure-staff_session=[\w-]{43}; Path=\/playground; HttpOnly; SameSite=Lax; Secure$/);
    const asked = (origin: string): Promise<Visit> => fromPage(visitor, secure.url, '/playground/graphql', VIEWER, { origin });
    expect((await asked(secure.url)).status).toBe(403);
    expect(JSON.parse((await asked('https://gateway.example')).text)).toEqual({ data: { viewer: { role: 'STAFF', displayName: 'Ruth Pemberton' } } });
    // A cookie without its prefix could have been set by anybody on the way.
    const value = cookieOf('__Secure-staff_session')!;
    visitor.cookies.clear();
    visitor.cookies.set('127.0.0.1 staff_session', { value, path: '/playground' });
    expect(JSON.parse((await asked('https://gateway.example')).text)).toEqual({ data: { viewer: null } });
  });
});

describe('at another provider', () => {
  test('somebody in no group is told whom to ask, and gets no session', async () => {
    const users = [{ username: 'visitor', password: 'a good password', name: 'A Visitor', groups: ['library'], about: '' }];
    const own = { url: '' };
    const provider = await startStaffProvider({
      port: 0, now: () => gateway.clock.now, users, clientId: CLIENT, audience: AUDIENCE,
      redirectUris: () => [`${own.url}/playground/callback`], postLogoutRedirectUris: () => [`${own.url}/playground`],
    });
    const other = await startGateway({ STAFF_OIDC_ISSUER: provider.issuer, STAFF_OIDC_CLIENT_ID: CLIENT, STAFF_OIDC_STAFF_GROUPS: 'helpers', STAFF_OIDC_ADMIN_GROUPS: 'leaders' });
    own.url = other.url;
    try {
      expect(other.staffProvider).toBeNull();
      const end = await signInStaff(visitor, other.url, users[0]!);
      expect([end.status, end.text.includes('NO_GROUP'), end.text.includes('Wiltshire Council'), end.text.includes('Visitor')]).toEqual([403, true, true, false]);
      expect(await sessionOf(visitor, other.url)).toMatchObject({ signedIn: false });
    } finally {
      await other.close();
      await provider.close();
    }
  });

  describe('an ID token', () => {
    const provider = new TestProvider();
    let other: TestGateway;
    let begun: URL;
    beforeAll(async () => {
      await provider.start();
      other = await startGateway(provider.settings());
    });
    afterAll(async () => {
      await other.close();
      await provider.stop();
    });
    beforeEach(async () => {
      begun = new URL((await visitor.send(`${other.url}/playground/sign-in`)).headers.get('location')!);
    });

    const seconds = (): number => Math.floor(other.clock.now.getTime() / 1000);
    const claims = (more: JWTPayload = {}): JWTPayload => ({
      iss: provider.issuer, aud: CLIENT, sub: 's', iat: seconds(), exp: seconds() + 3600, nonce: begun.searchParams.get('nonce'), name: 'Ruth', groups: ['helpers'], ...more,
    });
    const finish = async (token: string, status = 200): Promise<Visit> => {
      provider.tokens = async () => ({ status, body: { access_token: 'opaque', token_type: 'Bearer', id_token: token } });
      return visitor.send(`${other.url}/playground/callback?${new URLSearchParams({ code: 'c', state: begun.searchParams.get('state')! })}`);
    };

    test.each([['es'], ['rs']])('that is good, signed with the key %s', async (key) => {
      expect((await finish(await provider.sign(claims(), { typ: 'JWT' }, key))).status).toBe(303);
      expect(await sessionOf(visitor, other.url)).toMatchObject({ signedIn: true, name: 'Ruth', role: 'STAFF' });
    });

    test.each<[string, () => Promise<string>]>([
      ['of another sign-in', () => provider.sign(claims({ nonce: 'another' }))], ['without a nonce', () => provider.sign(claims({ nonce: undefined }))],
      ['of another issuer', () => provider.sign(claims({ iss: 'https://elsewhere.example' }))], ['for another client', () => provider.sign(claims({ aud: AUDIENCE }))],
      ['that has expired', () => provider.sign(claims({ exp: seconds() - 60 }))], ['with a key that nobody knows', () => provider.sign(claims(), { kid: 'nobody' })],
      ['that was changed', async () => (await provider.sign(claims())).split('.').map((part, n) => (n === 1 ? Buffer.from(JSON.stringify(claims({ groups: ['leaders'] }))).toString('base64url') : part)).join('.')],
      ['without a signature', async () => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims())).toString('base64url')}.`],
    ])('%s signs nobody in', async (_name, make) => {
      const end = await finish(await make());
      expect([end.status, end.text.includes('NOT_VOUCHED_FOR')]).toEqual([403, true]);
    });

    test('that leaves groups out signs nobody in, and the page says so', async () => {
      const end = await finish(await provider.sign({ ...claims({ groups: undefined }), _claim_names: { groups: 'src1' } }));
      expect([end.status, end.text.includes('GROUPS_LEFT_OUT')]).toEqual([403, true]);
    });

    test('that does not come, since the provider fails, is no refusal', async () => {
      const end = await finish('', 503);
      expect([end.status, end.text.includes('UNAVAILABLE')]).toEqual([503, true]);
      // It is asked again after two seconds.
      other.clock.now = new Date(other.clock.now.getTime() + 2_000);
    });
  });
});

describe('outside the demo', () => {
  const folder = mkdtempSync(join(tmpdir(), 'staff-'));
  let real: TestGateway;
  const environment = async (more: Record<string, string> = {}): Promise<Record<string, string>> => {
    writeFileSync(join(folder, 'keys.json'), JSON.stringify({ keys: [await newSigningKey()] }));
    writeFileSync(join(folder, 'pepper'), 'p'.repeat(32));
    return {
      LEGACY_SQL_URL: 'mssql://a:b@127.0.0.1:1/housing', LEGACY_SOAP_URL: 'http://127.0.0.1:1/housing', SIGNING_KEYS_FILE: join(folder, 'keys.json'), PASSWORD_PEPPER_FILE: join(folder, 'pepper'),
      SMTP_URL: 'smtp://127.0.0.1:1', PORTAL_URL: 'http://127.0.0.1:3000', ...more,
    };
  };
  beforeAll(async () => {
    real = await startGateway(await environment());
  });
  afterAll(async () => {
    await real.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('without settings nobody can sign in, and the page names what is missing', async () => {
    const page = await visitor.send(`${real.url}/playground/sign-in`);
    expect(page.status).toBe(503);
    for (const name of ['STAFF_OIDC_ISSUER', 'STAFF_OIDC_CLIENT_ID', 'STAFF_OIDC_STAFF_GROUPS', 'STAFF_OIDC_ADMIN_GROUPS']) expect(page.text).toContain(name);
    expect(await sessionOf(visitor, real.url)).toEqual({ signedIn: false, available: false, demo: false, landlord: 'Wiltshire Council' });
    expect(real.staffProvider).toBeNull();
  });

  test('the playground takes no token at all', async () => {
    const answer = await fromPage(visitor, real.url, '/playground/graphql', VIEWER, { authorization: 'Bearer anything' });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([403, { errors: [{ message: expect.any(String), extensions: { code: 'FORBIDDEN', field: 'authorization' } }] }]);
  });
});
