import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, readConfig } from '../../src/config.js';

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
  const names = ['PORT', 'LANDLORD', 'PUBLIC_URL', 'PORTAL_URL', 'LEGACY_SOAP_URL', 'STORE_URL', 'SMTP_URL', 'MAIL_FROM', 'SIGNING_KEYS_FILE', 'PASSWORD_PEPPER_FILE', 'TRUST_PROXY', 'LOG_LEVEL', 'LEGACY_SETTLE_SECONDS', 'STAFF_OIDC_ISSUER', 'STAFF_OIDC_CLIENT_SECRET_FILE', 'STAFF_OIDC_SCOPE', 'SIM_STAFF_PORT'];
  const faults = faultsOf(Object.fromEntries(names.map((name) => [name, canary])));
  for (const name of names) expect(faults.filter((fault) => fault.startsWith(`${name}: `))).toHaveLength(1);
  expect(faults.join()).not.toContain(canary);
});

test('docs/configuration.md lists every variable that is read, and no other', () => {
  const read = new Set([...readFileSync(join(root, 'src', 'config.ts'), 'utf8').matchAll(/'([A-Z][A-Z]+(?:_[A-Z]+)*)'/g)].map(([, name]) => name!));
  read.delete('GB');
  const listed = new Set([...readFileSync(join(root, 'docs', 'configuration.md'), 'utf8').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name!));
  expect([...listed].sort()).toEqual([...read].sort());
});
