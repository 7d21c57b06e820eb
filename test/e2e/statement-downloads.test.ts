/** Statements to keep: for whoever asked and nobody else, for five minutes. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { request } from 'node:http';
import { GUIDE_DAY, startGateway, type TestGateway } from '../support/gateway.js';
import { amountsIn, runsOf } from '../support/statement-files.js';
import { addresses, fetchFile, pdfWanted, queried } from '../support/statements.js';

const MINUTE = 60_000;

describe('over the simulated housing system', () => {
  let gateway: TestGateway;
  let token: string;
  beforeAll(async () => {
    gateway = await startGateway();
    token = await gateway.token();
  });
  afterAll(() => gateway.close());
  afterEach(() => {
    gateway.clock.now = new Date(GUIDE_DAY);
    gateway.legacy!.faults.clear();
  });

  const nowhere = async (): Promise<string> => (await fetch(`${gateway.url}/nowhere`)).text();

  test('the guide\'s statement, as both files, with headers that keep it where it is', async () => {
    const { csvUrl, pdfUrl, expiresAt } = await addresses(gateway, token);
    expect(csvUrl).toMatch(new RegExp(`^${gateway.url}/statements/[\\w-]{43}\\.csv$`));
    expect(pdfUrl).toBe(csvUrl.replace('.csv', '.pdf'));
    expect(Date.parse(expiresAt as unknown as string)).toBe(Date.parse(GUIDE_DAY) + 5 * MINUTE);
    const [csv, pdf] = await Promise.all([fetchFile(csvUrl, token), fetchFile(pdfUrl, token)]);
    expect([csv.status, pdf.status]).toEqual([200, 200]);
    for (const [answer, extension, type] of [[csv, 'csv', 'text/csv; charset=utf-8; header=present'], [pdf, 'pdf', 'application/pdf']] as const) {
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': type, 'content-disposition': `attachment; filename="statement-2017-01-08-to-2017-02-08.${extension}"`,
        'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer',
      });
    }
    expect(Buffer.from(await csv.arrayBuffer()).toString('utf8')).toBe([
      '\uFEFFDate,Type,Reference,Debit,Credit,Balance',
      '2017-02-08,,Closing balance (in arrears),,,26.40',
      '2017-01-30,Credit,Housing Benefit,,74.23,26.40',
      '2017-01-30,Debit,RENT DEBIT,100.63,,100.63',
      '2017-01-26,Credit,Bank transfer,,26.40,0.00',
      '2017-01-23,Credit,Housing Benefit,,74.23,26.40',
      '2017-01-23,Debit,RENT DEBIT,100.63,,100.63',
      '2017-01-08,,Opening balance (clear),,,0.00',
      ',,Total debits and credits,201.26,174.86,', '',
    ].join('\r\n'));
    expect(amountsIn(runsOf(new Uint8Array(await pdf.arrayBuffer())).join(' '))).toEqual(pdfWanted(await queried(gateway, token, 'ONE_MONTH')));
  });

  test('no name, reference or period in the address, and no figure in the store', async () => {
    const { csvUrl } = await addresses(gateway, token);
    const id = /([\w-]{43})\.csv$/.exec(csvUrl)![1]!;
    const { value } = (await gateway.app.store.get<Record<string, unknown>>('download', id))!;
    expect(Object.keys(value).sort()).toEqual(['accountId', 'askedAt', 'expiresAt', 'from', 'tenancyReference']);
    expect(Buffer.from(id, 'base64url')).toHaveLength(32);
  });

  test('another account\'s token finds what it finds at an address that never was: nothing', async () => {
    const other = await gateway.token(1);
    const { csvUrl, pdfUrl } = await addresses(gateway, token);
    const unknown = csvUrl.replace(/[\w-]{43}/, 'A'.repeat(43));
    for (const [url, whose] of [[csvUrl, other], [pdfUrl, other], [unknown, other], [unknown, token]] as const) {
      const answer = await fetchFile(url, whose);
      expect([answer.status, await answer.text()]).toEqual([404, await nowhere()]);
    }
    expect(JSON.parse(await nowhere())).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
    expect((await fetchFile(csvUrl, token)).status).toBe(200);
  });

  test('without a good token a good address and a bad one are the same 401', async () => {
    const { csvUrl } = await addresses(gateway, token);
    const answers = await Promise.all([csvUrl, csvUrl.replace(/[\w-]{43}/, 'A'.repeat(43)), csvUrl.replace(/[\w-]{43}/, 'x')].flatMap((url) =>
      [fetchFile(url), fetchFile(url, 'not.a.token'), fetchFile(url, token.slice(0, -4))]));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(answers.every(({ headers }) => headers.get('www-authenticate') === 'Bearer')).toBe(true);
    const texts = new Set(await Promise.all(answers.map((answer) => answer.text())));
    expect([...texts].map((text) => JSON.parse(text) as unknown)).toEqual([{ errors: [{ message: expect.any(String), extensions: { code: 'UNAUTHENTICATED' } }] }]);
  });

  test('it works to the end of five minutes, and then as if it had never been', async () => {
    const { csvUrl } = await addresses(gateway, token);
    gateway.clock.now = new Date(Date.parse(GUIDE_DAY) + 5 * MINUTE - 1);
    expect((await fetchFile(csvUrl, token)).status).toBe(200);
    gateway.clock.now = new Date(Date.parse(GUIDE_DAY) + 5 * MINUTE);
    const late = await fetchFile(csvUrl, token);
    expect([late.status, await late.text()]).toEqual([404, await nowhere()]);
  });

  test('fetched after midnight it is still the statement that was asked for', async () => {
    gateway.clock.now = new Date('2017-02-08T23:58:00Z');
    const late = await gateway.token();
    const { csvUrl } = await addresses(gateway, late);
    const before = await (await fetchFile(csvUrl, late)).text();
    gateway.clock.now = new Date('2017-02-09T00:01:00Z');
    const after = await fetchFile(csvUrl, late);
    expect(after.headers.get('content-disposition')).toContain('statement-2017-01-08-to-2017-02-08.csv');
    expect(await after.text()).toBe(before);
  });

  test('tricks with the path lead nowhere', async () => {
    const { csvUrl } = await addresses(gateway, token);
    const id = /([\w-]{43})\.csv$/.exec(csvUrl)![1]!;
    const raw = (path: string): Promise<[number, string]> => new Promise((resolve, reject) => {
      request(gateway.url, { path, headers: { authorization: `Bearer ${token}` } }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk)).on('end', () => resolve([answer.statusCode!, text]));
      }).on('error', reject).end();
    });
    expect((await raw(`/statements/${id}.csv`))[0]).toBe(200);
    for (const path of [
      '/statements', '/statements/', `/statements/${id}`, `/statements/${id}.`, `/statements/${id}.CSV`, `/statements/${id}.txt`, `/statements/${id}.csv.pdf`,
      `/statements/${id}.csv/`, `/statements/../statements/${id}.csv`, `/statements/..%2f${id}.csv`, `/statements/%2e%2e%2f%2e%2e%2fetc%2fpasswd`, `/statements/${id}%00.csv`,
      `/statements/${id}.csv%0a`, `/statements/${id}.constructor`, `/statements/${id}.__proto__`, `//statements/${id}.csv`, `/statements/${'x'.repeat(80)}.csv`, '/statements/.csv', '/statements/*',
    ]) {
      expect([path, ...await raw(path)]).toEqual([path, 404, await nowhere()]);
    }
    for (const path of [`/statements/${'x'.repeat(5_000)}.csv`, '/statements/%zz.csv']) {
      expect(await raw(path)).toEqual([400, expect.stringContaining('"INVALID_INPUT"')]);
    }
  });

  test('while the housing system is away it says so: 503 with the code, and works again afterwards', async () => {
    const { csvUrl, pdfUrl } = await addresses(gateway, token);
    gateway.legacy!.faults.set('GetTransactions', { kind: 'reset' });
    for (const url of [csvUrl, pdfUrl]) {
      const answer = await fetchFile(url, token);
      expect([answer.status, await answer.json()]).toMatchObject([503, { errors: [{ extensions: { code: 'LEGACY_UNAVAILABLE' } }] }]);
      expect(answer.headers.get('content-disposition')).toBeNull();
    }
    gateway.legacy!.faults.clear();
    expect((await fetchFile(csvUrl, token)).status).toBe(200);
  });

  test('a front end at another origin may fetch it and read its name', async () => {
    const { csvUrl } = await addresses(gateway, token);
    const origin = 'http://localhost:3000';
    const preflight = await fetch(csvUrl, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' } });
    expect([preflight.headers.get('access-control-allow-origin'), preflight.headers.get('access-control-allow-headers')]).toEqual([origin, expect.stringContaining('authorization')]);
    const answer = await fetch(csvUrl, { headers: { origin, authorization: `Bearer ${token}` } });
    expect([answer.headers.get('access-control-allow-origin'), answer.headers.get('access-control-expose-headers')]).toEqual([origin, 'content-disposition']);
  });

  test('a temporary password\'s session is told to choose a new one first', async () => {
    const session = await gateway.token();
    const { csvUrl } = await addresses(gateway, session);
    const { sid } = JSON.parse(Buffer.from(session.split('.')[1]!, 'base64url').toString()) as { sid: string };
    const held = (await gateway.app.store.get<object>('session', sid))!;
    await gateway.app.store.commit([{ kind: 'session', id: sid, ifVersion: held.version, value: { ...held.value, mustChangePassword: true } }]);
    const answer = await fetchFile(csvUrl, session);
    expect([answer.status, await answer.json()]).toMatchObject([403, { errors: [{ extensions: { code: 'PASSWORD_CHANGE_REQUIRED' } }] }]);
  });

  test('a signed-out session fetches nothing', async () => {
    const session = await gateway.token();
    const { csvUrl } = await addresses(gateway, session);
    await gateway.send('mutation { signOut }', {}, session);
    expect((await fetchFile(csvUrl, session)).status).toBe(401);
    expect((await fetchFile(csvUrl, token)).status).toBe(200);
  });
});
