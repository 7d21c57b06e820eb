/** A token that is not good is UNAUTHENTICATED on what is protected, and ignored by what is public; never a crash, never data. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { decodeJwt, exportJWK, generateKeyPair, importJWK, SignJWT, UnsecuredJWT, type JWK, type JWTPayload } from 'jose';
import { RefreshSessionDocument, SignInDocument, SignOutDocument } from '../../generated/operations.js';
import { startGateway, type TestGateway } from '../support/gateway.js';

const VIEWER = '{ viewer { displayName } }';
const TENANCY = '{ tenancy(reference: "000017/01") { reference } }';
const PUBLIC = '{ landlord { id } }';

let gateway: TestGateway;
let good: string;
let claims: JWTPayload;
let ownKey: JWK;

beforeAll(async () => {
  gateway = await startGateway({ DATA_DIR: join(process.cwd(), 'dist', `tokens-${process.pid}`) });
  good = await gateway.token();
  claims = decodeJwt(good);
  const file = join(process.cwd(), 'dist', `tokens-${process.pid}`, 'signing-keys.json');
  ownKey = (JSON.parse(readFileSync(file, 'utf8')) as { keys: JWK[] }).keys[0] as JWK;
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
afterAll(() => gateway.close());

/** The good token's claims and header with changes, signed with our own key or another. */
async function forged(changes: { claims?: JWTPayload; without?: string; header?: Record<string, unknown>; otherKey?: boolean }): Promise<string> {
  const payload: JWTPayload = { ...claims, ...changes.claims };
  if (changes.without) delete payload[changes.without];
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const key = changes.otherKey ? await exportJWK(privateKey) : ownKey;
  return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: ownKey.kid as string, ...changes.header }).sign(await importJWK(key, 'ES256'));
}

const seconds = (offset: number): number => Math.floor(gateway.clock.now.getTime() / 1000) + offset;

const CASES: [string, () => Promise<string> | string][] = [
  ['expired', () => forged({ claims: { iat: seconds(-700), exp: seconds(-1) } })],
  ['signed with another key', () => forged({ otherKey: true })],
  ['alg: none', () => new UnsecuredJWT(claims).encode()],
  ['without exp', () => forged({ without: 'exp' })],
  ['without iat', () => forged({ without: 'iat' })],
  ['without jti', () => forged({ without: 'jti' })],
  ['without sub', () => forged({ without: 'sub' })],
  ['without a session', () => forged({ without: 'sid' })],
  ['of another issuer', () => forged({ claims: { iss: 'https://elsewhere.example' } })],
  ['for another audience', () => forged({ claims: { aud: 'somebody-else' } })],
  ['of another type', () => forged({ header: { typ: 'JWT' } })],
  ['with a key that nobody has', () => forged({ header: { kid: 'none' } })],
  ['of another account\'s session', () => forged({ claims: { sub: 'somebody-else' } })],
  ['of a session that never was', () => forged({ claims: { sid: '00000000-0000-4000-8000-000000000000' } })],
  ['issued in the future', () => forged({ claims: { iat: seconds(3600), exp: seconds(4000) } })],
  ['HS256 over the public key', async () => new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: ownKey.kid as string }).sign(Buffer.from(JSON.stringify(ownKey.x)))],
  ['not a token', () => 'not.a.token'],
  ['cut short', () => good.slice(0, -4)],
];

test('the control: a forged token with nothing changed is good', async () => {
  const { data, errors } = await gateway.send<{ viewer: unknown }, unknown>(VIEWER, {}, await forged({}));
  expect(errors).toBeUndefined();
  expect(data!.viewer).toEqual({ displayName: 'Mrs Margaret Tidcombe' });
});

describe.each(CASES)('a token %s', (_name, make) => {
  test('is UNAUTHENTICATED for viewer and for protected fields, and public fields ignore it', async () => {
    const token = await make();
    for (const [query, field] of [[VIEWER, 'viewer'], [TENANCY, 'tenancy']] as const) {
      const { data, errors } = await gateway.send<Record<string, unknown>, unknown>(query, {}, token);
      expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' }, path: [field] }]);
      expect(data?.[field] ?? null).toBeNull();
    }
    expect((await gateway.send<{ landlord: { id: string } }, unknown>(PUBLIC, {}, token)).data!.landlord.id).toBe('wiltshire');
  });
});

test('no token: viewer is null without an error, protected fields are UNAUTHENTICATED', async () => {
  const { data, errors } = await gateway.send<{ viewer: unknown }, unknown>(VIEWER);
  expect([data!.viewer, errors]).toEqual([null, undefined]);
  expect((await gateway.send(TENANCY)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
});

test('a header that is no bearer token at all is a bad token', async () => {
  for (const authorization of ['Basic Zm9vOmJhcg==', 'Bearer', 'Bearer a b', `Bearer ${good}\u00e9`]) {
    const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization }, body: JSON.stringify({ query: VIEWER }) });
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  }
});

describe('sessions', () => {
  const signIn = async () => {
    const { identifier, password } = gateway.demoAccounts[0]!;
    return (await gateway.send(SignInDocument, { input: { identifier, password } })).data!.signIn.session!;
  };

  test('a wrong password and an unknown name get the same answer', async () => {
    const { identifier } = gateway.demoAccounts[0]!;
    const [wrong, unknown] = await Promise.all([{ identifier, password: 'a wrong one' }, { identifier: 'nobody@example.org', password: 'a wrong one' }]
      .map((input) => gateway.send(SignInDocument, { input })));
    expect(wrong!.text).toBe(unknown!.text);
    expect(wrong!.data!.signIn).toMatchObject({ outcome: 'REFUSED', session: null });
    expect(wrong!.data!.signIn.message).toContain('0300 456 0117');
  });

  test('case and spaces of the identifier do not count', async () => {
    const { identifier, password } = gateway.demoAccounts[0]!;
    const { data } = await gateway.send(SignInDocument, { input: { identifier: `  ${identifier.toUpperCase()} `, password } });
    expect(data!.signIn.outcome).toBe('SIGNED_IN');
  });

  test('signing out works at once', async () => {
    const session = await signIn();
    expect((await gateway.send(SignOutDocument, {}, session.accessToken)).data!.signOut).toBe(true);
    expect((await gateway.send(VIEWER, {}, session.accessToken)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect((await gateway.send(RefreshSessionDocument, { refreshToken: session.refreshToken })).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  test('a refresh token works once; used again it ends the session', async () => {
    const first = await signIn();
    const second = (await gateway.send(RefreshSessionDocument, { refreshToken: first.refreshToken })).data!.refreshSession.session!;
    expect((await gateway.send(VIEWER, {}, second.accessToken)).errors).toBeUndefined();
    expect((await gateway.send(RefreshSessionDocument, { refreshToken: first.refreshToken })).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    for (const token of [first.accessToken, second.accessToken]) {
      expect((await gateway.send(VIEWER, {}, token)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    }
    expect((await gateway.send(RefreshSessionDocument, { refreshToken: second.refreshToken })).errors).toBeDefined();
  });

  test('a session idle for 15 minutes has ended; one in use lives on, but not past 8 hours', async () => {
    const started = gateway.clock.now;
    const at = (minutes: number): void => {
      gateway.clock.now = new Date(started.getTime() + minutes * 60_000);
    };
    try {
      const idle = await signIn();
      at(15);
      expect((await gateway.send(RefreshSessionDocument, { refreshToken: idle.refreshToken })).errors).toBeDefined();
      at(0);
      let session = await signIn();
      for (let minutes = 9; minutes < 8 * 60; minutes += 9) {
        at(minutes);
        const { data, errors } = await gateway.send(RefreshSessionDocument, { refreshToken: session.refreshToken });
        expect(errors).toBeUndefined();
        session = data!.refreshSession.session!;
      }
      at(8 * 60);
      expect((await gateway.send(RefreshSessionDocument, { refreshToken: session.refreshToken })).errors).toBeDefined();
    } finally {
      gateway.clock.now = started;
    }
  });
});
