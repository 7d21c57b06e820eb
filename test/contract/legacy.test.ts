/**
 * The contract with the legacy system. `npm run contract` runs it against the simulator; with LEGACY_SQL_URL or LEGACY_SOAP_URL
 * set it runs the parts whose address is set against the real thing, and holds its rows against the simulator's.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { sqlLegacy } from '../../adapters/mssql/legacy.js';
import { sqlServer, type SqlServer } from '../../adapters/mssql/pool.js';
import { soapService } from '../../adapters/soap/client.js';
import { soapLegacy } from '../../adapters/soap/legacy.js';
import { startLegacy, type Legacy } from '../../fixtures/legacy/start.js';
import { soapCases, type SoapLegacy } from './legacy-soap.contract.js';
import { sqlCases, type SqlLegacy } from './legacy-sql.contract.js';
import { rawRows, rowCalls } from './legacy-sql.rows.js';

const { LEGACY_SQL_URL, LEGACY_SOAP_URL } = process.env;
const onlyGiven = Boolean(LEGACY_SQL_URL ?? LEGACY_SOAP_URL);
const runs = (url: string | undefined): boolean => !onlyGiven || Boolean(url);

let simulator: Legacy;
const simulatorSql = (encrypt: boolean): string =>
  `Server=localhost,${simulator.sqlPort};Database=housing;User Id=gateway;Password=gateway;Encrypt=${encrypt};TrustServerCertificate=true`;
beforeAll(async () => {
  simulator = await startLegacy({ landlord: 'wiltshire', today: '2017-02-08', now: () => new Date('2017-02-08T10:00:00Z'), host: '127.0.0.1', sqlPort: 0, soapPort: 0 });
});
afterAll(() => simulator.close());

(runs(LEGACY_SQL_URL) ? describe : describe.skip)(`the database (${LEGACY_SQL_URL ? 'LEGACY_SQL_URL' : 'the simulator'})`, () => {
  let server: SqlServer;
  let legacy: SqlLegacy;
  beforeAll(() => {
    server = sqlServer({ url: LEGACY_SQL_URL ?? simulatorSql(true), onFailure: (operation, cause) => failures.push({ operation, ...cause }) });
    legacy = sqlLegacy(server);
  });
  afterAll(() => server.close());
  // What the engine itself said, so that a failing case can be read.
  const failures: Record<string, unknown>[] = [];

  for (const { name, run } of sqlCases) {
    test(name, async () => {
      failures.length = 0;
      await run(legacy).catch((error: unknown) => {
        if (failures.length === 0) throw error;
        throw new Error(`${(error as Error).message}\nThe engine's own failures: ${JSON.stringify(failures)}`, { cause: error });
      });
    }, 30_000);
  }

  describe('gives the same rows as the simulator', () => {
    let here: ReadonlyMap<string, unknown>;
    let there: ReadonlyMap<string, unknown>;
    beforeAll(async () => {
      // Where no other engine is named, encrypted and plain connections are held against each other.
      [here, there] = await Promise.all([rawRows(simulatorSql(false)), rawRows(LEGACY_SQL_URL ?? simulatorSql(true))]);
    }, 60_000);
    for (const { name } of rowCalls) {
      test(name, () => expect(there.get(name)).toEqual(here.get(name)));
    }
    test('and they are rows', () => {
      const empty = [...here].filter(([, sets]) => (sets as unknown[][]).every((rows) => rows.length === 0)).map(([name]) => name);
      expect(empty).toEqual(['GetPersons of none', 'GetPersons of malformed ones', 'FindForRegistration of nothing']);
    });
  });
});

(runs(LEGACY_SOAP_URL) ? describe : describe.skip)(`the web service (${LEGACY_SOAP_URL ? 'LEGACY_SOAP_URL' : 'the simulator'})`, () => {
  let legacy: SoapLegacy;
  beforeAll(() => {
    legacy = soapLegacy(soapService({
      url: LEGACY_SOAP_URL ?? `http://gateway:gateway@127.0.0.1:${simulator.soapPort}/housing`,
      wsdlPath: join(process.cwd(), 'schema', 'legacy', 'housing.wsdl'),
    }));
  });
  for (const { name, run } of soapCases) test(name, () => run(legacy), 30_000);
});
