/** Access tokens of the council's own provider on /graphql: what is wrong with one in any way is refused, and tenants never notice. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exportSPKI, generateKeyPair, importJWK, SignJWT, UnsecuredJWT, type CryptoKey, type JWTPayload } from 'jose';
import { startGateway, type Answer, type TestGateway } from '../support/gateway.js';
import { AUDIENCE, CLIENT, TestProvider } from '../support/staff-provider.js';

const VIEWER = '{ viewer { role displayName userId mustChangePassword tenant { reference } } }';
type Viewer = { viewer: { role: string; displayName: string } | null };

const provider = new TestProvider();
let gateway: TestGateway;

beforeAll(async () => {
  await provider.start();
  gateway = await startGateway(provider.settings());
});
afterAll(async () => {
  await gateway.close();
  await provider.stop();
});

const seconds = (offset: number): number => Math.floor(gateway.clock.now.getTime() / 1000) + offset;
let made = 0;
/** Good claims of somebody in these groups; each token is another one. */
const claims = (groups: unknown, more: JWTPayload = {}): JWTPayload => ({
  iss: provider.issuer, aud: AUDIENCE, sub: 'f3a1', iat: seconds(-10), nbf: seconds(-10), exp: seconds(3600), jti: `${++made}`,
  name: 'Ruth Pemberton', preferred_username: 'ruth@staff.example.org', groups, ...more,
});
const without = (name: string): JWTPayload => Object.fromEntries(Object.entries(claims(['helpers'])).filter(([other]) => other !== name));
const asks = (token: string): Promise<Answer<Viewer>> => gateway.send<Viewer, unknown>(VIEWER, {}, token);
const codes = ({ errors }: Answer<unknown>): string[] => (errors ?? []).map(({ extensions }) => extensions.code);
const forward = (ms: number): void => {
  gateway.clock.now = new Date(gateway.clock.now.getTime() + ms);
};

describe('a good token', () => {
  test.each([
    ['in a staff group', ['helpers'], 'STAFF'], ['in another staff group, among others', ['x', 'helpers-too', 'y'], 'STAFF'], ['in an admin group', ['leaders'], 'STAFF_ADMIN'],
    ['in both', ['helpers', 'leaders'], 'STAFF_ADMIN'], ['with one group, not in a list', 'leaders', 'STAFF_ADMIN'],
  ])('%s', async (_name, groups, role) => {
    const { data, errors } = await asks(await provider.sign(claims(groups)));
    expect(errors).toBeUndefined();
    expect(data!.viewer).toEqual({ role, displayName: 'Ruth Pemberton', userId: null, mustChangePassword: false, tenant: null });
  });

  test.each(['rs', 'ps'])('signed with the key %s', async (key) => {
    expect((await asks(await provider.sign(claims(['helpers']), {}, key))).data!.viewer!.role).toBe('STAFF');
  });

  test('a long name is asked for in the trail as it stands there', async () => {
    const actor = 'ruth.'.repeat(51);
    const token = await provider.sign(claims(['leaders'], { preferred_username: `${actor}\u2028` }));
    const { data, errors } = await gateway.send<{ auditTrail: { nodes: { actor: string }[] } }, unknown>(
      'query ($actor: String) { auditTrail(actor: $actor) { nodes { actor } } }', { actor }, token);
    expect([errors, data!.auditTrail.nodes]).toEqual([undefined, [{ actor }]]);
  });

  test('of Entra ID\'s kind: no type of its own, but what its holder agreed to', async () => {
    expect((await asks(await provider.sign(claims(['helpers'], { scp: 'gateway', ver: '2.0' }), { typ: 'JWT' }))).data!.viewer!.role).toBe('STAFF');
  });

  test('for several audiences, ours among them; without a name the user name greets', async () => {
    const token = await provider.sign(claims(['helpers'], { aud: ['other', AUDIENCE], name: undefined }));
    expect((await asks(token)).data!.viewer!.displayName).toBe('ruth@staff.example.org');
  });

  test('is remembered, but not past its end', async () => {
    const token = await provider.sign(claims(['helpers'], { exp: seconds(60) }));
    expect(codes(await asks(token))).toEqual([]);
    const before = gateway.clock.now;
    try {
      forward(59_000);
      expect(codes(await asks(token))).toEqual([]);
      forward(60_000);
      expect(codes(await asks(token))).toEqual(['UNAUTHENTICATED']);
    } finally {
      gateway.clock.now = before;
    }
  });
});

/** With the right key, but wrong; or with the wrong one. */
const CASES: [string, () => Promise<string> | string][] = [
  ['of another issuer', () => provider.sign(claims(['leaders'], { iss: 'https://login.example/other/v2.0' }))],
  ['of an issuer that begins like ours', () => provider.sign(claims(['leaders'], { iss: `${provider.issuer}/more` }))],
  ['of ours, but with a slash more', () => provider.sign(claims(['leaders'], { iss: `${provider.issuer}/` }))],
  ['for another audience', () => provider.sign(claims(['leaders'], { aud: 'somebody-else' }))],
  ['for the client, as ID tokens are', () => provider.sign(claims(['leaders'], { aud: CLIENT }))],
  ['for nobody', () => provider.sign(without('aud'))],
  ['that has expired', () => provider.sign(claims(['leaders'], { exp: seconds(-1) }))],
  ['that never expires', () => provider.sign(without('exp'))],
  ['that is not valid yet', () => provider.sign(claims(['leaders'], { nbf: seconds(120) }))],
  ['of nobody', () => provider.sign(without('sub'))],
  ['in no group', () => provider.sign(without('groups'))],
  ['in an empty list of groups', () => provider.sign(claims([]))],
  ['in other groups', () => provider.sign(claims(['Helpers', 'helpers ', 'leader', 'helpers, helpers-too']))],
  ['with groups that are no texts', () => provider.sign(claims([{ helpers: true }, ['leaders']]))],
  ['with its group in another claim', () => provider.sign(claims(undefined, { roles: ['leaders'] }))],
  ['whose groups were left out', () => provider.sign({ ...without('groups'), _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint: 'https://graph.example' } } })],
  ['that is an ID token for the same audience', () => provider.sign(claims(['leaders'], { nonce: 'n' }), { typ: 'JWT' })],
  ['with alg: none', () => new UnsecuredJWT(claims(['leaders'])).encode()],
  ['with HS256 over the public key', async () => new SignJWT(claims(['leaders'])).setProtectedHeader({ alg: 'HS256', kid: 'rs', typ: 'at+jwt' })
    .sign(Buffer.from(JSON.stringify(provider.keys.get('rs')!.publicJwk)))],
  ['with HS256 over the public key as PEM', async () => {
    const pem = await exportSPKI(await importJWK(provider.keys.get('rs')!.publicJwk, 'RS256', { extractable: true }) as CryptoKey);
    return new SignJWT(claims(['leaders'])).setProtectedHeader({ alg: 'HS256', kid: 'rs', typ: 'at+jwt' }).sign(Buffer.from(pem));
  }],
  ['signed with another key', async () => new SignJWT(claims(['leaders'])).setProtectedHeader({ alg: 'ES256', kid: 'es', typ: 'at+jwt' }).sign(await otherKey())],
  ['with a key that nobody knows', () => provider.sign(claims(['leaders']), { kid: 'nobody' })],
  ['that brings its own key', async () => new SignJWT(claims(['leaders'])).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', jwk: provider.keys.get('es')!.publicJwk }).sign(await otherKey())],
  ['that names where its key is', () => provider.sign(claims(['leaders']), { kid: 'nobody', jku: `${provider.issuer}/keys` })],
  ['with a demand that nobody understands', async () => `${Buffer.from('{"alg":"ES256","kid":"es","typ":"at+jwt","crit":["x"],"x":1}').toString('base64url')}.${(await provider.sign(claims(['leaders']))).split('.').slice(1).join('.')}`],
  ['with other claims than were signed', async () => {
    const [header, , signature] = (await provider.sign(claims(['other']))).split('.');
    return [header, Buffer.from(JSON.stringify(claims(['leaders']))).toString('base64url'), signature].join('.');
  }],
  ['cut short', async () => (await provider.sign(claims(['leaders']))).slice(0, -4)],
];
const otherKey = async (): Promise<CryptoKey> => (await generateKeyPair('ES256')).privateKey;

describe.each(CASES)('a token %s', (_name, make) => {
  test('is UNAUTHENTICATED for viewer and for protected fields, and public fields ignore it', async () => {
    const token = await make();
    const answer = await asks(token);
    expect([answer.data, codes(answer)]).toEqual([{ viewer: null }, ['UNAUTHENTICATED']]);
    expect(codes(await gateway.send('{ tenancy(reference: "000017/01") { reference } }', {}, token))).toEqual(['UNAUTHENTICATED']);
    expect((await gateway.send<{ landlord: { id: string } }, unknown>('{ landlord { id } }', {}, token)).data!.landlord.id).toBe('wiltshire');
  });
});

test('a key that nobody knows has the keys fetched once, not by every token', async () => {
  const before = provider.asked.filter((path) => path === '/keys').length;
  for (let n = 0; n < 20; n++) await asks(await provider.sign(claims(['leaders']), { kid: `nobody-${n}` }));
  expect(provider.asked.filter((path) => path === '/keys').length - before).toBeLessThanOrEqual(1);
});

test('a tenant\'s token is the gateway\'s own business: the provider is not asked, and its viewer is a tenant', async () => {
  const before = provider.asked.length;
  expect((await asks(await gateway.token())).data!.viewer).toMatchObject({ role: 'TENANT', displayName: 'Mrs Margaret Tidcombe' });
  expect(provider.asked.length).toBe(before);
});

describe('a provider that is away', () => {
  const away = new TestProvider();
  let alone: TestGateway;
  const ask = (token: string): Promise<Answer<Viewer>> => alone.send<Viewer, unknown>('{ viewer { role displayName } landlord { id } }', {}, token);
  const token = (more: JWTPayload = {}): Promise<string> => away.sign(claims(['helpers'], { iss: away.issuer, ...more }));
  const later = (ms: number): void => {
    alone.clock.now = new Date(alone.clock.now.getTime() + ms);
  };

  beforeAll(async () => {
    await away.start();
    const settings = away.settings();
    await away.stop();
    alone = await startGateway(settings);
  });
  afterAll(async () => {
    await alone.close();
    await away.stop();
  });

  test('leaves staff SERVICE_UNAVAILABLE, which is not a bad token, and tenants as they are', async () => {
    const { data, errors } = await ask(await token());
    expect(errors).toMatchObject([{ path: ['viewer'], extensions: { code: 'SERVICE_UNAVAILABLE', system: 'staff-sign-in' } }]);
    expect(data).toMatchObject({ viewer: null, landlord: { id: 'wiltshire' } });
    expect((await ask(await alone.token())).data!.viewer!.role).toBe('TENANT');
    expect((await fetch(`${alone.url}/readyz`)).status).toBe(200);
    const page = await fetch(`${alone.url}/playground/sign-in`, { redirect: 'manual' });
    expect([page.status, (await page.text()).includes('UNAVAILABLE')]).toEqual([503, true]);
  });

  test('is found again without a restart, two seconds later and not by every request', async () => {
    await away.start();
    expect(codes(await ask(await token()))).toEqual(['SERVICE_UNAVAILABLE']);
    expect(away.asked).toEqual([]);
    later(2_000);
    expect((await ask(await token())).data!.viewer!.role).toBe('STAFF');
  });

  test('leaves tokens alone whose keys are known', async () => {
    await away.stop();
    expect((await ask(await token())).data!.viewer!.role).toBe('STAFF');
  });

  test('answers something else than a provider would', async () => {
    const odd = new TestProvider();
    Object.defineProperty(odd, 'issuer', { get: () => away.issuer });
    await odd.start();
    const other = await startGateway(away.settings({ STAFF_OIDC_ISSUER: `${away.issuer}/another` }));
    try {
      const answer = await other.send<Viewer, unknown>('{ viewer { role } }', {}, await away.sign(claims(['helpers'], { iss: `${away.issuer}/another` })));
      expect(codes(answer)).toEqual(['SERVICE_UNAVAILABLE']);
    } finally {
      await other.close();
      await odd.stop();
    }
  });
});

describe('roles instead of groups', () => {
  let other: TestGateway;
  beforeAll(async () => {
    other = await startGateway(provider.settings({ STAFF_OIDC_GROUPS_CLAIM: 'roles', STAFF_OIDC_STAFF_GROUPS: 'Housing.Staff', STAFF_OIDC_ADMIN_GROUPS: 'Housing.Admin' }));
  });
  afterAll(() => other.close());

  test.each([[{ roles: ['Housing.Admin'] }, 'STAFF_ADMIN'], [{ roles: ['Housing.Staff'], _claim_names: { groups: 'src1' } }, 'STAFF'], [{ groups: ['Housing.Admin'] }, undefined]])('%j is %s', async (more, role) => {
    const { data } = await other.send<Viewer, unknown>('{ viewer { role } }', {}, await provider.sign(claims(undefined, more)));
    expect(data!.viewer?.role).toBe(role);
  });
});
