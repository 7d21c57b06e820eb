import { afterEach, expect, test } from '@jest/globals';
import { sqlServer, type SqlServer } from '../../../adapters/mssql/pool.js';
import { Database } from '../../../fixtures/legacy/database.js';
import { createBackend } from '../../../fixtures/legacy/procedures.js';
import { startTdsServer } from '../../../fixtures/legacy/tds/server.js';
import { rowsFor } from '../../../fixtures/rows/index.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function connect(encryption: 'on' | 'off', settings: string): Promise<{ server: SqlServer; failures: Record<string, unknown>[]; outcomes: string[] }> {
  const tds = await startTdsServer({ backend: createBackend(new Database(rowsFor('wiltshire'))), host: '127.0.0.1', port: 0, encryption });
  const failures: Record<string, unknown>[] = [];
  const outcomes: string[] = [];
  const server = sqlServer({
    url: `Server=localhost,${tds.port};Database=housing;User Id=gateway;Password=gateway;TrustServerCertificate=true;${settings}`,
    onFailure: (_operation, cause) => failures.push(cause), onCall: (operation, outcome) => outcomes.push(`${operation} ${outcome}`),
  });
  closing.push(() => tds.close(), () => server.close());
  return { server, failures, outcomes };
}

const ping = (server: SqlServer) => server.execute('Ping', null, (sets) => sets[0]);

test('answers over TLS, and over plain text where that was asked for', async () => {
  expect(await ping((await connect('on', 'Encrypt=true')).server)).toEqual([{ Alive: 1 }]);
  expect(await ping((await connect('on', '')).server)).toEqual([{ Alive: 1 }]);
  expect(await ping((await connect('off', 'Encrypt=false')).server)).toEqual([{ Alive: 1 }]);
});

test('refuses a server that does not encrypt where encryption was asked for', async () => {
  const { server, failures, outcomes } = await connect('off', 'Encrypt=true');
  await expect(ping(server)).rejects.toMatchObject({ code: 'LEGACY_UNAVAILABLE' });
  expect(failures).toContainEqual(expect.objectContaining({ code: 'ENOTENCRYPTED' }));
  expect(outcomes).toEqual(['Ping unavailable']);
});

test('rows that cannot be read make the call a failed one', async () => {
  const { server, outcomes } = await connect('on', 'Encrypt=true');
  await expect(server.execute('Ping', null, () => { throw new RangeError('secret'); })).rejects.toMatchObject({ code: 'LEGACY_UNAVAILABLE' });
  expect(outcomes).toEqual(['Ping unavailable']);
});

test('an unknown procedure is unavailable, and the log is told its number and no more', async () => {
  const { server, failures } = await connect('on', 'Encrypt=true');
  await expect(server.execute('Nothing', null, () => undefined)).rejects.toMatchObject({ code: 'LEGACY_UNAVAILABLE', system: 'sql' });
  expect(failures).toMatchObject([{ number: 2812 }]);
  expect(Object.keys(failures[0]!)).not.toContain('message');
});
