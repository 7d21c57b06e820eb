/** The web service's golden answers, as the gateway reads them: what a real service sent must come out the same. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import nock from 'nock';
import { soapService, type Content } from '../../../adapters/soap/client.js';
import { soapLegacy } from '../../../adapters/soap/legacy.js';

const root = process.cwd();
const golden = (exchange: string): string => readFileSync(join(root, 'fixtures', 'soap', exchange, 'response.xml'), 'utf8');
const outcomes: string[] = [];
const failures: Record<string, unknown>[] = [];
const service = soapService({
  url: 'http://user:secret-word@legacy.example/housing', wsdlPath: join(root, 'schema', 'legacy', 'housing.wsdl'),
  onCall: (operation, outcome) => outcomes.push(`${operation} ${outcome}`), onFailure: (_operation, cause) => failures.push(cause),
});
const { repairs } = soapLegacy(service);
const answering = (body: string, status = 200, headers: Record<string, string> = { 'content-type': 'text/xml; charset=utf-8' }) =>
  nock('http://legacy.example').post('/housing').reply(status, body, headers);

beforeAll(() => nock.disableNetConnect());
afterAll(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});
afterEach(() => {
  outcomes.length = 0;
  failures.length = 0;
  nock.cleanAll();
});

const flat = async (exchange: string) => {
  answering(golden(exchange));
  return [...(await repairs.ofProperties(['x'], null)).values()].flat();
};

describe('orders', () => {
  test('of a home and its block, without padding', async () => {
    const held = await flat('GetWorksOrdersList__orders-of-a-home-and-its-block');
    expect(held.length).toBeGreaterThan(1);
    for (const repair of held) {
      for (const value of [repair.reference, repair.description, repair.statusDetail.code, repair.statusDetail.label]) expect(value).toBe(value.trim());
      expect(repair.registeredDate).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(repair.completedDate).not.toBe('1900-01-01');
    }
    expect(outcomes).toEqual(['GetWorksOrdersList ok']);
  });
  test('null, and elements that are empty instead, are both no orders', async () => {
    expect(await flat('GetWorksOrdersList__no-orders-are-null-not-an-empty-list')).toEqual([]);
    expect(await flat('GetWorksOrdersList__empty-elements-instead-of-null')).toEqual([]);
  });
  test('unknown codes keep their code', async () => {
    const held = await flat('GetWorksOrdersList__unknown-status-and-priority-have-blank-descriptions');
    expect(held.some(({ statusDetail }) => statusDetail.label === `Unlisted (${statusDetail.code})`)).toBe(true);
    expect(held.some(({ priority }) => priority?.label === `Unlisted (${priority?.code})`)).toBe(true);
  });
  test('a description in CDATA is text', async () => {
    const [repair] = await flat('GetWorksOrdersList__description-in-cdata');
    expect(repair!.description).toMatch(/[<&]/);
    expect(repair!.description).not.toContain('CDATA');
  });
});

describe('what is no whole and successful answer is an error, never an empty list', () => {
  test.each([
    ['GetWorksOrdersList__result-is-missing', 'LEGACY_UNAVAILABLE'],
    ['GetWorksOrdersList__success-is-missing', 'LEGACY_UNAVAILABLE'],
    ['GetWorksOrdersList__a-stranger-is-refused', 'LEGACY_REFUSED'],
  ])('%s: %s', async (exchange, code) => {
    await expect(flat(exchange)).rejects.toMatchObject({ code, system: 'soap' });
    expect(outcomes).toEqual([`GetWorksOrdersList ${code === 'LEGACY_REFUSED' ? 'refused' : 'unavailable'}`]);
  });

  const ordinary = golden('GetWorksOrdersList__orders-of-a-home-and-its-block');
  const XML = { 'content-type': 'text/xml; charset=utf-8' };
  test.each<[string, string, number, Record<string, string>]>([
    ['an empty 200', '', 200, XML],
    ['HTML', '<html><body>Sorry</body></html>', 200, { 'content-type': 'text/html' }],
    ['half an answer', ordinary.slice(0, ordinary.length / 2), 200, XML],
    ['no lists at all', ordinary.replace(/<WorksOrders>[\s\S]*<\/WorksOrders>/, '').replace(/<RepairRequests[\s\S]*?\/>/, ''), 200, XML],
    ['an order without its reference', ordinary.replace(/<WorksOrderReference>[^<]*</, '<WorksOrderReference>  <'), 200, XML],
    ['an order without its date', ordinary.replace(/<DateRaised>[^<]*</, '<DateRaised>1900-01-01T00:00:00<'), 200, XML],
    ['a date that is none', ordinary.replace(/<DateDue>[^<]*</, '<DateDue>soon<'), 200, XML],
    ['a SOAP fault', golden('Ping__a-fault-of-the-server'), 500, XML],
    ['a redirect', '', 302, { location: 'http://elsewhere.example/housing' }],
    ['503', 'busy', 503, XML],
    ['more than 2 MB', ordinary.replace('</WorksOrders>', `${' '.repeat(2_200_000)}</WorksOrders>`), 200, XML],
  ])('%s', async (_name, body, status, headers) => {
    const elsewhere = nock('http://elsewhere.example').post('/housing').reply(200, ordinary).get('/housing').reply(200, ordinary);
    answering(body, status, headers);
    await expect(repairs.ofProperties(['x'], null)).rejects.toMatchObject({ code: 'LEGACY_UNAVAILABLE' });
    expect(outcomes).toEqual(['GetWorksOrdersList unavailable']);
    expect(elsewhere.pendingMocks()).toHaveLength(2);
  });
});

test.each([['E_17', 'E_17'], ['  2003 ', '2003'], ['Mrs Canary of Flat 3', ''], ['C'.repeat(13), '']])('of a refusal\'s code %p, %p is told', async (code, told) => {
  answering(golden('GetWorksOrdersList__a-stranger-is-refused').replace(/<ErrorCode>[^<]*</, `<ErrorCode>${code}<`));
  await expect(repairs.ofProperties(['x'], null)).rejects.toMatchObject({ code: 'LEGACY_REFUSED' });
  expect(failures).toEqual([{ name: 'Refused', legacyCode: told }]);
});

test('credentials go in the body and stand in no failure that is reported', async () => {
  let sent = '';
  nock('http://legacy.example').post('/housing', (body: string) => {
    sent = body;
    return true;
  }).replyWithError(Object.assign(new Error('connect failed to user:secret-word'), { code: 'ECONNREFUSED' }));
  const error = await repairs.ofProperties(['00001170'], '2017-01-01').catch((caught: unknown) => caught as Error);
  expect(sent).toContain('<Password>secret-word</Password>');
  expect(sent).toContain('2017-01-01T00:00:00<');
  expect(JSON.stringify([failures, (error as Error).message])).not.toMatch(/secret-word|00001170/);
});

test('text that XML gives a meaning is sent as text', async () => {
  let sent = '';
  nock('http://legacy.example').post('/housing', (body: string) => {
    sent = body;
    return true;
  }).reply(200, golden('Ping__alive'));
  await service.call('GetWorksOrderByReference', { WorksOrderReferences: { WorksOrderReference: [']]> <a> & "b"'] } } as Content, () => undefined).catch(() => undefined);
  expect(sent).toContain(']]&gt; &lt;a&gt; &amp; ');
});
