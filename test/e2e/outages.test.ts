/** A back end that is down costs its own fields and no others, and nothing has to be restarted when it is back. */
import { afterEach, beforeAll, afterAll, describe, expect, test } from '@jest/globals';
import type { Fault, FaultBoard } from '../../fixtures/legacy/faults.js';
import { AccountDocument } from '../../generated/operations.js';
import { startGateway, type TestGateway } from '../support/gateway.js';
import { until } from '../support/until.js';

let gateway: TestGateway;
let token: string;
let faults: FaultBoard;
beforeAll(async () => {
  gateway = await startGateway();
  token = await gateway.token(1);
  faults = gateway.legacy!.faults;
});
afterAll(() => gateway.close());
afterEach(() => faults.clear());

const account = () => gateway.send(AccountDocument, {}, token);
const tenancies = async () => (await account()).data!.viewer!.tenant!.tenancies;
const paths = (errors: Awaited<ReturnType<typeof account>>['errors']) => [...new Set((errors ?? []).map(({ path }) => path!.at(-1)))].sort();

const SOAP_FAULTS: Fault[] = [{ kind: 'reset' }, { kind: 'half' }, { kind: 'fault' }, { kind: 'empty' }, { kind: 'refuse' }, { kind: 'deadlock' }];
const SQL_FAULTS: Fault[] = [{ kind: 'reset' }, { kind: 'half' }, { kind: 'deadlock' }];

describe.each(SOAP_FAULTS)('the web service: $kind', (fault) => {
  test('costs the repairs, with a code and a path each; balance and statement still come', async () => {
    faults.set('GetWorksOrdersList', fault);
    const { data, errors } = await account();
    for (const tenancy of data!.viewer!.tenant!.tenancies) {
      // The garage is in no block: nothing had to be asked for its communal repairs.
      expect(tenancy).toMatchObject({ repairs: null, blockRepairs: tenancy.property.block ? null : { totalCount: 0 } });
      expect(tenancy.balance).not.toBeNull();
      expect(tenancy.statement!.transactions.nodes.length).toBeGreaterThan(0);
    }
    expect(paths(errors)).toEqual(['blockRepairs', 'repairs']);
    const code = fault.kind === 'refuse' ? 'LEGACY_REFUSED' : 'LEGACY_UNAVAILABLE';
    expect(new Set(errors!.map(({ extensions }) => `${extensions.code} ${extensions.system}`))).toEqual(new Set([`${code} soap`]));
    faults.clear();
    expect((await tenancies()).every(({ repairs }) => repairs !== null)).toBe(true);
  });
});

describe.each(SQL_FAULTS)('the database: $kind', (fault) => {
  test('on balances costs balance and statement; the repairs still come', async () => {
    faults.set('GetBalances', fault);
    const { data, errors } = await account();
    for (const tenancy of data!.viewer!.tenant!.tenancies) {
      expect(tenancy).toMatchObject({ balance: null, statement: null });
      expect(tenancy.repairs).not.toBeNull();
    }
    expect(paths(errors)).toEqual(['balance', 'statement']);
    expect(errors!.every(({ extensions }) => extensions.code === 'LEGACY_UNAVAILABLE' && extensions.system === 'sql')).toBe(true);
    faults.clear();
    expect((await tenancies()).every(({ balance }) => balance !== null)).toBe(true);
  });
});

test('a deadlock that strikes once is not noticed: the read is tried again', async () => {
  faults.set('GetBalances', { kind: 'deadlock', times: 1 });
  const { errors } = await account();
  expect(errors).toBeUndefined();
});

test('a database that hangs is given up within its deadline, and the connection pool survives it', async () => {
  faults.set('GetBalances', { kind: 'hang' });
  const { errors } = await account();
  expect(paths(errors)).toEqual(['balance', 'statement']);
  faults.clear();
  expect((await account()).errors).toBeUndefined();
}, 20_000);

test('a web service that hangs is given up within its deadline', async () => {
  faults.set('GetWorksOrdersList', { kind: 'hang' });
  const { errors } = await account();
  expect(paths(errors)).toEqual(['blockRepairs', 'repairs']);
}, 20_000);

test('an answer over 2 MB is refused', async () => {
  const { database } = gateway.legacy!;
  const home = '00001170';
  for (let n = 0; n < 1_100; n++) database.addRepairRequest({ property: home, at: '2017-02-08T10:00:00', priority: 'N', problem: 'x'.repeat(2000), callerRef: `big-${n}` });
  const { errors } = await gateway.send(AccountDocument, {}, await gateway.token(0));
  expect(errors).toMatchObject([{ path: ['viewer', 'tenant', 'tenancies', 0, 'repairs'], extensions: { code: 'LEGACY_UNAVAILABLE', system: 'soap' } }]);
});

describe('the whole legacy system away', () => {
  test('the gateway signs in, says what is missing, is not ready, and recovers without a restart', async () => {
    const away = await startGateway();
    const { sqlPort, soapPort } = away.legacy!;
    await away.legacy!.close();
    try {
      const signedIn = await away.token(0);
      const { data, errors } = await away.send(AccountDocument, {}, signedIn);
      expect(data!.viewer).toMatchObject({ displayName: 'Mrs Margaret Tidcombe', tenant: null });
      expect(errors).toMatchObject([{ path: ['viewer', 'tenant'], extensions: { code: 'LEGACY_UNAVAILABLE', system: 'sql' } }]);
      const ready = await fetch(`${away.url}/readyz`);
      expect([ready.status, await ready.json()]).toEqual([503, { status: 'unavailable', parts: { store: 'ok', sql: 'unavailable', soap: 'unavailable' } }]);
      expect((await fetch(`${away.url}/healthz`)).status).toBe(200);

      const { startLegacy } = await import('../../fixtures/legacy/start.js');
      const back = await startLegacy({ landlord: 'wiltshire', today: '2017-02-08', now: () => away.clock.now, host: '127.0.0.1', sqlPort, soapPort });
      try {
        await until(async () => (await fetch(`${away.url}/readyz`)).status === 200);
        expect((await away.send(AccountDocument, {}, signedIn)).errors).toBeUndefined();
      } finally {
        await back.close();
      }
    } finally {
      await away.close();
    }
  });
});
