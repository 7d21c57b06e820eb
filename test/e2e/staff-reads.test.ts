/** What staff see, and that it is on record before they see it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Database from 'libsql';
import { generateRows } from '../../fixtures/rows/generate.js';
import { FindTenancyDocument, RepairDocument, RequestRepairDocument, SeeAccountDocument, SeeTenantDocument, StatementDownloadsDocument, LockedAccountsDocument } from '../../generated/operations.js';
import { startGateway, type TestGateway } from '../support/gateway.js';
import { deskOf, trailOf, type Desk } from '../support/staff-desk.js';

const folder = mkdtempSync(join(tmpdir(), 'staff-'));
let gateway: TestGateway;
let ruth: Desk;
let gareth: Desk;
beforeAll(async () => {
  gateway = await startGateway({ STORE_URL: `file:${folder}/gateway.db` });
  [ruth, gareth] = await Promise.all([deskOf(gateway, 'ruth'), deskOf(gateway, 'gareth')]);
});
afterAll(async () => {
  await gateway?.close();
  rmSync(folder, { recursive: true, force: true });
});

const find = async (search: string, more: { first?: number; after?: string } = {}) => (await ruth.get(FindTenancyDocument, { search, ...more })).tenancies!;
const references = async (search: string) => (await find(search, { first: 100 })).nodes.map(({ reference }) => reference);

describe('a search', () => {
  test.each([
    ['000017/01'], ['17/01'], ['tidcombe'], ['TIDCOMBE'], ['  Tid combe '], ['14 Larkbarrow'], ['14, larkbarrow close, nether sarsen'], ['ba99 9lb'], ['BA999LB'],
  ])('for %j finds the tenancy by its reference, surname, address or postcode', async (search) => {
    expect(await references(search)).toContain('000017/01');
  });

  test('finds a name with an apostrophe, straight or curly, and one with accents', async () => {
    for (const search of ['O\'Hanlon', 'o\u2019hanlon', 'Llêwelyn']) expect((await references(search)).length).toBeGreaterThan(0);
  });

  test.each(['%', '_', '[', '[a-z]', '\';--', '\' OR 1=1 --', '!', '!%', '%%%', '\\', '"', '; WAITFOR DELAY \'0:0:5\'', '000017%', '<x>', 'ж'])('for %j is taken literally', async (search) => {
    expect(await references(search)).toEqual([]);
  });

  test.each([
    ['nothing', ''], ['spaces', '   '], ['a comma', ' , '], ['101 characters', 'x'.repeat(101)], ['10,000 characters', 'x'.repeat(10_000)], ['NUL', 'a\u0000b'], ['two lines', 'a\nb'],
  ])('for %s is refused, with the field', async (_what, search) => {
    const { errors, data } = await ruth.ask(FindTenancyDocument, { search });
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field: 'search' } }]);
    expect(data).toEqual({ tenancies: null });
  });

  test('is paged, each tenancy once, and counted', async () => {
    const all = await references('0');
    expect(all.length).toBeGreaterThan(10);
    expect(all).toEqual([...all].sort());
    const found: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await find('0', { first: 4, ...(after !== undefined && { after }) });
      expect(page.totalCount).toBe(all.length);
      found.push(...page.nodes.map(({ reference }) => reference));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor!;
    }
    expect(found).toEqual(all);
    expect((await ruth.ask(FindTenancyDocument, { search: '0', after: 'nonsense' })).errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field: 'after' } }]);
    expect((await ruth.ask(FindTenancyDocument, { search: '0', first: 101 })).errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field: 'first' } }]);
  });
});

describe('on record', () => {
  const seen = (entries: readonly { actor: string; action: string; subject: string }[]) => entries.map(({ actor, action, subject }) => `${actor.split('.')[0]}: ${action}: ${subject}`).sort();

  test('three tenancies in one query leave three entries, whatever is asked of each', async () => {
    const wide = 'balance { summary } members { name { full } tenant { contact { emails } } } statement { reconciles } repairs { totalCount } property { address { lines } }';
    const entries = await trailOf(gareth).since(() => ruth.get(`query { a: tenancy(reference: "000017/01") { ${wide} } b: tenancy(reference: "000231/01") { ${wide} } c: tenancy(reference: "000412/01") { ${wide} } again: tenancy(reference: "000017/01") { reference } }`));
    expect(seen(entries)).toEqual(['000017/01', '000231/01', '000412/01'].map((reference) => `ruth: query tenancy: tenancy ${reference}`));
    expect(entries.every(({ role, at, reason }) => role === 'STAFF' && at === gateway.clock.now.toISOString() && reason === null)).toBe(true);
  });

  test('a search leaves one for each tenancy on its page, and what is not found leaves none', async () => {
    const entries = await trailOf(gareth).since(() => find('0', { first: 5 }));
    expect(entries).toHaveLength(5);
    expect(new Set(entries.map(({ action }) => action))).toEqual(new Set(['query tenancies']));
    expect(await trailOf(gareth).since(async () => {
      await find('nobody of that name');
      await ruth.get('{ tenancy(reference: "999999/99") { reference } tenant(reference: "9999999999/9") { reference } repair(reference: "WO000000") { status } }');
    })).toEqual([]);
  });

  test('a page past the end of a list leaves what it counts', async () => {
    const past = (kind: string): string => Buffer.from(JSON.stringify([kind, 'zzz'])).toString('base64url');
    const counted = await trailOf(gareth).since(async () => {
      const { tenancies, accounts } = await ruth.get<Record<'tenancies' | 'accounts', { totalCount: number; nodes: unknown[] }>, unknown>(
        'query ($tenancies: String, $accounts: String) { tenancies(search: "tidcombe", after: $tenancies) { totalCount nodes { reference } } accounts(search: "0000000231/1", after: $accounts) { totalCount nodes { id } } }',
        { tenancies: past('tenancies'), accounts: past('accounts') });
      expect([tenancies, accounts]).toEqual([1, 2].map(() => ({ totalCount: 1, nodes: [] })));
    });
    expect(seen(counted)).toEqual(['ruth: query tenancies, accounts: person 0000000231/1', 'ruth: query tenancies, accounts: tenancy 000017/01']);
  });

  test('a person\'s record is on record as looks at their tenancies', async () => {
    const entries = await trailOf(gareth).since(() => ruth.get(SeeTenantDocument, { reference: '0000000231/1' }));
    expect(seen(entries)).toEqual(['000231/01', '000231/02'].map((reference) => `ruth: query tenant: tenancy ${reference}`));
    // Contact details alone, without a word of tenancies, too.
    expect(seen(await trailOf(gareth).since(() => ruth.get('{ tenant(reference: "0000000231/1") { contact { emails } } }')))).toEqual(seen(entries));
  });

  test('repairs, accounts, and a statement that is fetched later', async () => {
    expect(seen(await trailOf(gareth).since(() => ruth.get('{ repair(reference: "WO561474") { description } }')))).toEqual(['ruth: query repair: repair WO561474']);
    const { data } = await gateway.send(RequestRepairDocument, { input: { idempotencyKey: 'staff-reads-1', tenancyReference: '000017/01', description: 'Coat hook is off' } }, await gateway.token(0));
    const reference = data!.requestRepair.repair!.reference;
    expect(seen(await trailOf(gareth).since(() => ruth.get(RepairDocument, { reference })))).toEqual(['ruth: query repair: tenancy 000017/01']);
    const accounts = await trailOf(gareth).since(() => ruth.get(LockedAccountsDocument, { locked: null, search: 'tidcombe' }));
    expect(seen(accounts)).toEqual(['ruth: query accounts: person 0000000017/1', 'ruth: query accounts: tenancy 000017/01']);
    const { tenancy } = await ruth.get(StatementDownloadsDocument, { reference: '000017/01', period: 'ONE_MONTH' });
    const askedAt = gateway.clock.now;
    const fetched = await trailOf(gareth).since(async () => {
      gateway.clock.now = new Date(askedAt.getTime() + 4 * 60_000);
      const answer = await fetch(tenancy!.statement!.downloads.csvUrl, { headers: { authorization: `Bearer ${ruth.token}` } });
      expect([answer.status, (await answer.text()).includes('Housing Benefit')]).toEqual([200, true]);
      // Not for the other one, though he may see everything: it is hers.
      expect((await fetch(tenancy!.statement!.downloads.csvUrl, { headers: { authorization: `Bearer ${gareth.token}` } })).status).toBe(404);
    });
    expect(seen(fetched)).toEqual(['ruth: statement download: tenancy 000017/01']);
    // When it was looked at, and not when its address was asked for.
    expect(fetched[0]!.at).toBe(gateway.clock.now.toISOString());
    gateway.clock.now = askedAt;
  });

  test('a client\'s own words for its operation and fields are not in it', async () => {
    const entries = await trailOf(gareth).since(() => ruth.get('query MrsTidcombe { canary: tenancy(reference: "000017/01") { margaret: reference } }'));
    expect(JSON.stringify(entries)).not.toMatch(/MrsTidcombe|canary|margaret/);
  });

  test('a tenant\'s own looks are not', async () => {
    const token = await gateway.token(0);
    expect(await trailOf(gareth).since(() => gateway.send(SeeAccountDocument, { reference: '000017/01' }, token))).toEqual([]);
  });

  test('the admin\'s look at the trail is, and the trail is found by tenancy and by actor', async () => {
    await ruth.get('{ tenancy(reference: "000412/01") { reference } }');
    const trail = async (filter: string) => (await gareth.get<{ auditTrail: { totalCount: number; nodes: { actor: string; subject: string }[] } }, unknown>(`{ auditTrail(${filter}) { totalCount nodes { actor subject } } }`)).auditTrail;
    const ofTenancy = await trail('tenancyReference: " 000412/01 "');
    expect(ofTenancy.totalCount).toBeGreaterThan(0);
    expect(new Set(ofTenancy.nodes.map(({ subject }) => subject))).toEqual(new Set(['tenancy 000412/01']));
    const { actor } = ofTenancy.nodes[0]!;
    expect(new Set((await trail(`actor: ${JSON.stringify(actor)}`)).nodes.map((entry) => entry.actor))).toEqual(new Set([actor]));
    expect((await trail(`first: 3, tenancyReference: "000412/01", actor: ${JSON.stringify(actor)}`)).nodes).not.toEqual([]);
    expect(await trail('tenancyReference: "%"')).toEqual({ totalCount: 0, nodes: [] });
    const ofPerson = await trail('personReference: "0000000017/1"');
    expect(ofPerson.totalCount).toBeGreaterThan(0);
    expect(new Set(ofPerson.nodes.map(({ subject }) => subject))).toEqual(new Set(['person 0000000017/1']));
    expect((await gareth.ask('{ auditTrail(personReference: "0000000017/1", tenancyReference: "000017/01") { totalCount } }')).errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field: 'personReference' } }]);
    expect((await trail('first: 10')).nodes.map(({ subject }) => subject)).toContain('audit-trail 000412/01');
  });

  test('what cannot be written down is not shown', async () => {
    const database = new Database(join(folder, 'gateway.db'));
    try {
      // Reading goes on, and so does signing in's own look-up; nothing can be appended.
      database.exec('CREATE TRIGGER full BEFORE INSERT ON document WHEN NEW.kind LIKE \'audit%\' BEGIN SELECT RAISE(ABORT, \'full\'); END');
      const { data, errors, text } = await ruth.ask('{ tenancies(search: "tidcombe") { nodes { reference } } tenancy(reference: "000017/01") { reference balance { summary } } tenant(reference: "0000000017/1") { name { full } } landlord { name } }');
      expect(data).toEqual({ tenancies: null, tenancy: null, tenant: null, landlord: { name: 'Wiltshire Council' } });
      expect(errors!.map(({ extensions }) => extensions)).toEqual([1, 2, 3].map(() => ({ code: 'SERVICE_UNAVAILABLE', system: 'store' })));
      expect(text).not.toMatch(/000017\/01"|26\.40|Margaret/);
    } finally {
      database.exec('DROP TRIGGER full');
      database.close();
    }
    expect(await references('tidcombe')).toEqual(['000017/01']);
  });
});

describe('among 20,000 tenancies', () => {
  let large: TestGateway;
  let desk: Desk;
  beforeAll(async () => {
    const rowsFile = join(folder, 'rows.json');
    writeFileSync(rowsFile, JSON.stringify(generateRows({ tenancies: 20_000, landlord: 'wiltshire', weeks: 13 })));
    large = await startGateway({ SIM_ROWS: rowsFile });
    desk = await deskOf(large, 'ruth');
  }, 120_000);
  afterAll(() => large?.close());

  const callsOf = async (work: () => Promise<unknown>): Promise<Record<string, number>> => {
    const before = await large.legacyCalls();
    await work();
    return Object.fromEntries(Object.entries(await large.legacyCalls()).map(([operation, count]) => [operation, count - (before[operation] ?? 0)] as const).filter(([, count]) => count > 0));
  };

  test('a search is one legacy call', async () => {
    expect(await callsOf(async () => {
      const { tenancies } = await desk.get<{ tenancies: { totalCount: number; nodes: unknown[] } }, unknown>('{ tenancies(search: "road") { totalCount nodes { reference status startDate } } }');
      expect(tenancies.nodes).toHaveLength(20);
      expect(tenancies.totalCount).toBeGreaterThan(100);
    })).toEqual({ SearchTenancies: 1 });
  });

  test('fifty tenancies with balances and twelve transactions each are one legacy call of each kind', async () => {
    expect(await callsOf(async () => {
      const { tenancies } = await desk.get<{ tenancies: { nodes: { statement: { transactions: { nodes: unknown[] } } }[] } }, unknown>(
        `{ tenancies(search: "1", first: 50) { nodes { reference property { address { lines } } members { name { full } tenant { reference } } balance { summary }
          statement(period: THREE_MONTHS) { transactions(first: 12) { nodes { date debit { display } credit { display } } } } repairs { totalCount } blockRepairs { totalCount } } } }`);
      expect(tenancies.nodes).toHaveLength(50);
      expect(tenancies.nodes.filter(({ statement }) => statement.transactions.nodes.length === 12).length).toBeGreaterThan(20);
    })).toEqual({ SearchTenancies: 1, GetProperties: 1, GetMembers: 1, GetPersons: 1, GetBalances: 1, GetTransactions: 1, GetWorksOrdersList: 1 });
  });
});
