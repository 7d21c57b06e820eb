/** However wide a query is, each kind of data costs one legacy call. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateRows } from '../../fixtures/rows/generate.js';
import { startGateway, type TestGateway } from '../support/gateway.js';

const WIDE = `{ viewer { tenant { reference tenancies {
  reference property { address { postcode } block { label } } members { name { full } tenant { reference } } charges { code }
  balance { money { pence } }
  year: statement(period: TWELVE_MONTHS) { reconciles transactions(first: 100) { totalCount nodes { id } } }
  month: statement(period: ONE_MONTH) { transactions { totalCount } }
  repairs { totalCount } done: repairs(completedOnOrAfter: "2016-06-01", statuses: [COMPLETED]) { totalCount }
  blockRepairs { totalCount } payments { status }
} } } }`;

interface WideAnswer { viewer: { tenant: { tenancies: { reference: string; repairs: { totalCount: number }; blockRepairs: { totalCount: number }; year: { transactions: { totalCount: number } } }[] } } }

const ONE_OF_EACH = {
  GetPersons: 1, GetTenanciesOfPersons: 1, GetMembers: 1, GetProperties: 1, GetBalances: 1, GetTransactions: 1, GetWorksOrdersList: 1,
};

describe('one legacy call of each kind', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rows-'));
  let gateway: TestGateway;
  beforeAll(async () => {
    const rowsFile = join(folder, 'rows.json');
    writeFileSync(rowsFile, JSON.stringify(generateRows({ tenancies: 120, landlord: 'wiltshire' })));
    gateway = await startGateway({ SIM_ROWS: rowsFile });
  });
  afterAll(async () => {
    await gateway.close();
    rmSync(folder, { recursive: true });
  });

  const callsOf = async (work: () => Promise<void>): Promise<Record<string, number>> => {
    const before = await gateway.legacyCalls();
    await work();
    return Object.fromEntries(Object.entries(await gateway.legacyCalls())
      .map(([operation, count]) => [operation, count - (before[operation] ?? 0)] as const).filter(([, count]) => count > 0));
  };

  test('for a tenant with a flat and a garage', async () => {
    const token = await gateway.token(1);
    expect(await callsOf(async () => {
      const { data, errors } = await gateway.send<WideAnswer, unknown>(WIDE, {}, token);
      expect(errors).toBeUndefined();
      expect(data!.viewer.tenant.tenancies).toHaveLength(2);
      expect(data!.viewer.tenant.tenancies.some(({ blockRepairs }) => blockRepairs.totalCount > 0)).toBe(true);
    })).toEqual(ONE_OF_EACH);
  });

  test('for a person with fifty tenancies', async () => {
    const token = await gateway.signIn('many.homes@example.org', 'fifty doors one key');
    expect(await callsOf(async () => {
      const { data, errors } = await gateway.send<WideAnswer, unknown>(WIDE, {}, token);
      expect(errors).toBeUndefined();
      const { tenancies } = data!.viewer.tenant;
      expect(tenancies).toHaveLength(50);
      expect(new Set(tenancies.map(({ reference }) => reference)).size).toBe(50);
      expect(tenancies.every(({ year }) => year.transactions.totalCount > 0)).toBe(true);
    })).toEqual(ONE_OF_EACH);
  });

  test('for several tenancies and repairs asked for by their references', async () => {
    const token = await gateway.token(1);
    const query = `{ a: tenancy(reference: "000231/01") { balance { summary } } b: tenancy(reference: "000231/02") { balance { summary } }
      r: repair(reference: "WO561177") { status } s: repair(reference: "WO560484") { status } }`;
    expect(await callsOf(async () => {
      const { data, errors } = await gateway.send<Record<string, unknown>, unknown>(query, {}, token);
      expect(errors).toBeUndefined();
      expect(Object.values(data!)).not.toContain(null);
    })).toEqual({ GetTenanciesOfPersons: 1, GetBalances: 1, GetRepairRequestByReference: 1, GetWorksOrderByReference: 1 });
  });
});
