/** The guide's own screens, over real sockets: to the penny and in their order. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AccountDocument, RepairsDocument, StatementDocument } from '../../generated/operations.js';
import { startGateway, type TestGateway } from '../support/gateway.js';

const rows = (nodes: readonly { date: string; type: string; reference: string; debit: { display: string } | null; credit: { display: string } | null; balance: { money: { display: string } } }[]) =>
  nodes.map(({ date, type, reference, debit, credit, balance }) => [date, type, reference, debit?.display ?? '', credit?.display ?? '', balance.money.display]);

/** The guide's day, a day later in 2026 and one with summer time: the rows move by whole weeks. */
describe.each([
  ['2017-02-08T10:00:00Z', 0],
  ['2026-11-22T13:00:00Z', 510],
  ['2026-07-01T22:59:00Z', 490],
])('with the clock at %s', (at, weeks) => {
  const day = (original: string): string => new Date(Date.parse(`${original}T00:00:00Z`) + weeks * 7 * 86_400_000).toISOString().slice(0, 10);
  let gateway: TestGateway;
  let token: string;
  beforeAll(async () => {
    gateway = await startGateway({}, at);
    token = await gateway.token();
  });
  afterAll(() => gateway.close());

  test('the statement of the last month is the guide\'s, and the balance 26.40 in arrears', async () => {
    const { data, errors } = await gateway.send(StatementDocument, { reference: '000017/01', period: 'ONE_MONTH', first: 50 }, token);
    expect(errors).toBeUndefined();
    const { balance, statement } = data!.tenancy!;
    expect(balance).toMatchObject({ money: { pence: 2640, display: '£26.40' }, position: 'ARREARS' });
    expect(rows(statement!.transactions.nodes)).toEqual([
      [day('2017-01-30'), 'CREDIT', 'Housing Benefit', '', '£74.23', '£26.40'],
      [day('2017-01-30'), 'DEBIT', 'RENT DEBIT', '£100.63', '', '£100.63'],
      [day('2017-01-26'), 'CREDIT', 'Bank transfer', '', '£26.40', '£0.00'],
      [day('2017-01-23'), 'CREDIT', 'Housing Benefit', '', '£74.23', '£26.40'],
      [day('2017-01-23'), 'DEBIT', 'RENT DEBIT', '£100.63', '', '£100.63'],
    ]);
    expect(statement).toMatchObject({
      reconciles: true,
      openingBalance: { money: { pence: 0 }, position: 'CLEAR' },
      closingBalance: { money: { pence: 2640 }, position: 'ARREARS' },
      totalDebits: { pence: 20126 }, totalCredits: { pence: 17486 },
    });
  });

  test('the repairs are the guide\'s: one of the home, none of a block', async () => {
    const { data } = await gateway.send(RepairsDocument, { reference: '000017/01', first: 20 }, token);
    expect(data!.tenancy!.repairs!.nodes).toMatchObject([{
      reference: 'WO561474', description: 'Gutter leaks at rear of property', registeredDate: day('2017-02-06'),
      status: 'IN_PROGRESS', targetDate: day('2017-02-13'), location: 'PROPERTY', overdue: false,
    }]);
    expect(data!.tenancy!.blockRepairs!.nodes).toEqual([]);
  });

  test('every statement reconciles with the balance, whatever the period', async () => {
    for (const period of ['ONE_MONTH', 'THREE_MONTHS', 'SIX_MONTHS', 'TWELVE_MONTHS'] as const) {
      const { data } = await gateway.send(AccountDocument, { period }, token);
      expect(data!.viewer!.tenant!.tenancies.map(({ statement }) => statement!.reconciles)).toEqual([true]);
    }
  });
});
