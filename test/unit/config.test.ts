import { describe, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, readConfig } from '../../src/config/index.js';

const root = process.cwd();
const faultsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
};

test('nothing set is the demo, on loopback', () => {
  const { config, secrets } = readConfig({});
  expect(config).toMatchObject({ host: '127.0.0.1', port: 4000, opsPort: 9464, landlord: 'wiltshire', demo: true, production: false });
  expect(secrets).toMatchObject({ legacySqlUrl: null, legacySoapUrl: null, pepper: null, signingKeys: null });
});

describe('outside the demo', () => {
  test.each([
    [{ LEGACY_SQL_URL: 'Server=x' }, ['LEGACY_SOAP_URL']],
    [{ LEGACY_SOAP_URL: 'http://x' }, ['LEGACY_SQL_URL']],
    [{ NODE_ENV: 'production' }, ['LEGACY_SQL_URL', 'LEGACY_SOAP_URL', 'PUBLIC_URL']],
  ])('%p misses %p, and its keys', (environment, names) => {
    const faults = faultsOf(environment);
    for (const name of [...names, 'PASSWORD_PEPPER_FILE', 'SIGNING_KEYS_FILE']) expect(faults.some((fault) => fault.startsWith(`${name}: must be set`))).toBe(true);
  });
});

describe('staff sign-in', () => {
  const needed = { STAFF_OIDC_ISSUER: 'https://login.example/t/v2.0', STAFF_OIDC_CLIENT_ID: 'gateway', STAFF_OIDC_STAFF_GROUPS: 'a, b', STAFF_OIDC_ADMIN_GROUPS: 'c' };

  test('is off where nothing of it is set', () => {
    expect(readConfig({}).config.staff).toBeNull();
  });

  test('needs four settings and has defaults for the rest', () => {
    expect(readConfig(needed).config.staff).toEqual({
      issuer: 'https://login.example/t/v2.0', clientId: 'gateway', audience: 'gateway', scope: 'openid profile email', groupsClaim: 'groups', staffGroups: ['a', 'b'], adminGroups: ['c'],
    });
  });

  test.each(['STAFF_OIDC_AUDIENCE', 'STAFF_OIDC_SCOPE', 'STAFF_OIDC_GROUPS_CLAIM', ...Object.keys(needed)])('with %s alone, each one that is missing is named', (name) => {
    const faults = faultsOf({ [name]: (needed as Record<string, string>)[name] ?? 'openid' });
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(Object.keys(needed).filter((other) => other !== name));
  });

  test.each([
    ['http://login.example', false], ['ftp://login.example', false], ['https://user:canary@login.example', false], ['https://login.example/?a=b', false],
    ['http://127.0.0.1:9000', true], ['http://localhost:9000/realms/x', true], ['http://[::1]:9000', true], ['http://127.0.0.1.example', false],
  ])('an issuer of %s is good: %s', (issuer, good) => {
    const faults = faultsOf({ ...needed, STAFF_OIDC_ISSUER: issuer });
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(good ? [] : ['STAFF_OIDC_ISSUER']);
    expect(faults.join()).not.toContain('canary');
  });

  test('groups that are only commas, and a scope that asks for no identity, are faults', () => {
    expect(faultsOf({ ...needed, STAFF_OIDC_STAFF_GROUPS: ' , ', STAFF_OIDC_SCOPE: 'profile' }).map((fault) => fault.split(':')[0]).sort()).toEqual(['STAFF_OIDC_SCOPE', 'STAFF_OIDC_STAFF_GROUPS']);
  });
});

test('no fault quotes what was set', () => {
  const canary = 'canary-9921';
  const names = ['PORT', 'LANDLORD', 'PUBLIC_URL', 'PORTAL_URL', 'LEGACY_SOAP_URL', 'STORE_URL', 'SMTP_URL', 'MAIL_FROM', 'SIGNING_KEYS_FILE', 'PASSWORD_PEPPER_FILE', 'TRUST_PROXY', 'LOG_LEVEL', 'LEGACY_SETTLE_SECONDS',
    'PAYMENTS_URL', 'PAYMENTS_API_KEY_FILE', 'PAYMENTS_WEBHOOK_SECRET_FILE', 'RETURN_ORIGINS', 'SIM_PAYMENTS_PORT', 'SIM_PAYMENTS_POST_SECONDS',
    'STAFF_OIDC_ISSUER', 'STAFF_OIDC_CLIENT_SECRET_FILE', 'STAFF_OIDC_SCOPE', 'SIM_STAFF_PORT'];
  const faults = faultsOf(Object.fromEntries(names.map((name) => [name, canary])));
  for (const name of names) expect(faults.filter((fault) => fault.startsWith(`${name}: `))).toHaveLength(1);
  expect(faults.join()).not.toContain(canary);
});

describe('payments', () => {
  const configOf = (environment: Record<string, string>) => readConfig(environment).config;

  test('go to GOV.UK Pay, or by TLS alone to anybody who is not on this machine', () => {
    expect(configOf({}).paymentsUrl).toBe('https://publicapi.payments.service.gov.uk');
    for (const url of ['https://pay.example.org', 'http://localhost:9999', 'http://127.0.0.1:9999', 'http://[::1]:9999']) expect(configOf({ PAYMENTS_URL: url }).paymentsUrl).toBe(url);
    for (const url of ['http://pay.example.org', 'ftp://localhost', 'http://localhost.example.org']) expect(faultsOf({ PAYMENTS_URL: url })).toEqual([expect.stringMatching(/^PAYMENTS_URL: /)]);
  });

  test('return to the portal, or to the origins that are listed', () => {
    expect(configOf({}).returnOrigins).toBeNull();
    expect(configOf({ PORTAL_URL: 'https://portal.example.org/home' }).returnOrigins).toEqual(['https://portal.example.org']);
    expect(configOf({ PORTAL_URL: 'https://portal.example.org', RETURN_ORIGINS: ' https://A.example.org:443/, http://b.example.org:8080,' }).returnOrigins).toEqual(['https://a.example.org', 'http://b.example.org:8080']);
    for (const origins of ['https://a.example.org/path', 'https://user@a.example.org', 'a.example.org', 'https://a.example.org, *', 'javascript:alert(1)', 'https://a.example.org/?x']) {
      expect([origins, faultsOf({ RETURN_ORIGINS: origins })]).toEqual([origins, [expect.stringMatching(/^RETURN_ORIGINS: /)]]);
    }
  });

  test('have their key and their secret from files of one word', () => {
    const folder = mkdtempSync(join(tmpdir(), 'config-'));
    try {
      const file = (text: string): string => {
        writeFileSync(join(folder, 'key'), text);
        return join(folder, 'key');
      };
      expect(readConfig({ PAYMENTS_API_KEY_FILE: file('api_live_x-1\n') }).secrets.paymentsApiKey).toBe('api_live_x-1');
      expect(readConfig({ PAYMENTS_WEBHOOK_SECRET_FILE: file('s3cret') }).secrets.paymentsWebhookSecret).toBe('s3cret');
      for (const text of ['', ' \n', 'two words', 'a\nb', 'caf\u00e9']) expect([text, faultsOf({ PAYMENTS_API_KEY_FILE: file(text) })]).toEqual([text, [expect.stringMatching(/^PAYMENTS_API_KEY_FILE: the file holds/)]]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test('docs/configuration.md lists every variable that is read, and no other', () => {
  const sources = readdirSync(join(root, 'src', 'config')).map((name) => readFileSync(join(root, 'src', 'config', name), 'utf8')).join();
  const read = new Set([...sources.matchAll(/'([A-Z][A-Z]+(?:_[A-Z]+)*)'/g)].map(([, name]) => name!));
  read.delete('GB');
  const listed = new Set([...readFileSync(join(root, 'docs', 'configuration.md'), 'utf8').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name!));
  expect([...listed].sort()).toEqual([...read].sort());
});
