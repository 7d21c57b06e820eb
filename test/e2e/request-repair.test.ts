/** A repair that was acknowledged reaches the legacy system exactly once, whatever fails; and is readable from the first moment. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Fault } from '../../fixtures/legacy/faults.js';
import type { Legacy } from '../../fixtures/legacy/start.js';
import { RepairDocument, RepairsDocument, RequestRepairDocument, type RequestRepairInput } from '../../generated/operations.js';
import { DELIVERY_KIND } from '../../src/application/delivery/outbox.js';
import type { DeliveryRecord } from '../../src/application/delivery/record.js';
import { readRequest } from '../../src/domain/repair-request.js';
import { startGateway, type TestGateway } from '../support/gateway.js';
import { until } from '../support/until.js';

const SETTLE_SECONDS = 60;
const CREATE = 'CreateRepairRequest';
let gateway: TestGateway;
let legacy: Legacy;
let token: string;
let keys = 0;
beforeAll(async () => {
  gateway = await startGateway({ LEGACY_SETTLE_SECONDS: String(SETTLE_SECONDS) });
  legacy = gateway.legacy!;
  token = await gateway.token(0);
});
afterAll(() => gateway.close());
afterEach(() => legacy.faults.clear());

const input = (more: Partial<RequestRepairInput> = {}): RequestRepairInput =>
  ({ idempotencyKey: `key-${String((keys += 1)).padStart(8, '0')}`, tenancyReference: '000017/01', description: `Cupboard ${keys} hangs askew`, ...more });
const ask = (more: Partial<RequestRepairInput> = {}, as = token, at = gateway) => at.send(RequestRepairDocument, { input: input(more) }, as);
const taken = async (more: Partial<RequestRepairInput> = {}, at = gateway, as = token) => {
  const { data, errors } = await ask(more, as, at);
  expect(errors).toBeUndefined();
  return data!.requestRepair;
};
const refusal = async (more: Partial<RequestRepairInput>, as = token) => {
  const { errors } = await ask(more, as);
  return errors?.map(({ extensions }) => [extensions.code, extensions.field]);
};
const repair = async (reference: string, as = token) => (await gateway.send(RepairDocument, { reference }, as)).data?.repair ?? null;
const list = async (more: object = {}, reference = '000017/01', as = token) => (await gateway.send(RepairsDocument, { reference, first: 100, ...more }, as)).data!.tenancy!;
const problems = () => legacy.ledger.entries().map(({ Problem }) => Problem);
const times = (problem: string) => problems().filter((each) => each === problem).length;
const deliveries = async (at = gateway) => (await at.app.store.list<DeliveryRecord>(DELIVERY_KIND, '', 1_000)).map(({ document }) => document.value);
const states = async (at = gateway) => (await deliveries(at)).map(({ state }) => state);
const settled = () => until(async () => (await states()).every((state) => state === 'DELIVERED'), 20_000);

/** Moves the clock on until nothing is under way, as a morning would. */
async function pass(minutes: number, done: () => Promise<boolean>): Promise<void> {
  for (let minute = 0; minute < minutes && !(await done()); minute++) {
    gateway.clock.now = new Date(gateway.clock.now.getTime() + 60_000);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
  }
  expect(await done()).toBe(true);
  token = await gateway.token(0);
}

describe('a request that is taken', () => {
  test('is seen as submitted at once, then under its order\'s reference, and is found by both', async () => {
    legacy.faults.set(CREATE, { kind: 'reset-before', times: 1 });
    const answer = await taken({ contactPhone: '07700900123' });
    expect(answer).toMatchObject({ outcome: 'ACCEPTED', contactBy: '2017-02-10', phoneLines: [], repair: { status: 'SUBMITTED', location: 'PROPERTY', registeredDate: '2017-02-08', overdue: false } });
    const { reference } = answer.repair!;
    expect(reference).toMatch(/^RQ-[A-Z0-9]{8}$/);
    expect(answer.message).toContain(reference);
    expect(await repair(reference)).toEqual(answer.repair);
    const at = await list();
    expect(at.repairs!.nodes[0]).toEqual(answer.repair);
    expect((await list({ statuses: ['SUBMITTED'] })).repairs!.nodes.map((each) => each.reference)).toEqual([reference]);
    expect((await list({ completedOnOrAfter: '2017-02-08' })).repairs!.nodes[0]!.reference).toBe(reference);
    expect((await list({ statuses: ['COMPLETED'] })).repairs!.nodes.every((each) => each.reference !== reference)).toBe(true);
    const first = (await list({ first: 1 })).repairs!;
    expect(first).toMatchObject({ nodes: [{ reference }], totalCount: at.repairs!.totalCount });

    await pass(5, async () => (await states()).every((state) => state === 'DELIVERED'));
    const [entry, ...others] = legacy.ledger.entries().filter(({ Problem }) => Problem === answer.repair!.description);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ PropertyReference: expect.any(String), PriorityCode: 'N', ContactPhone: '07700 900123', SorCode: null });
    const order = entry!['WorksOrderReference'] as string;
    expect(await repair(reference)).toMatchObject({ reference: order, status: 'REGISTERED' });
    expect(await repair(order)).toEqual(await repair(reference));
    const after = (await list()).repairs!;
    expect(after.totalCount).toBe(at.repairs!.totalCount);
    expect(after.nodes.filter((each) => each.description === answer.repair!.description).map((each) => each.reference)).toEqual([order]);
    // A page that was asked for before the order came goes on where it stopped.
    const next = (await list({ first: 100, after: first.pageInfo.endCursor })).repairs!;
    expect(next.nodes).toEqual(after.nodes.slice(1));
  });

  test('is nobody else\'s to see', async () => {
    const { repair: mine } = await taken();
    expect(await repair(mine!.reference, await gateway.token(1))).toBeNull();
    await settled();
    expect(await repair(mine!.reference, await gateway.token(1))).toBeNull();
  });

  test('in the block shows among the block\'s', async () => {
    const as = await gateway.token(1);
    const { outcome, repair: mine } = await taken({ tenancyReference: '000231/01', location: 'COMMUNAL', description: 'Stair light flickers on the top landing' }, gateway, as);
    expect([outcome, mine!.location]).toEqual(['ACCEPTED', 'COMMUNAL']);
    const { repairs, blockRepairs } = await list({}, '000231/01', as);
    expect(blockRepairs!.nodes.some(({ description }) => description === mine!.description)).toBe(true);
    expect(repairs!.nodes.some(({ description }) => description === mine!.description)).toBe(false);
    await settled();
  });

  test('that looks like an open one is taken, and names it', async () => {
    const { outcome, message } = await taken({ description: 'The gutter leaks at rear of property' });
    expect(outcome).toBe('ACCEPTED');
    expect(message).toContain('WO561474');
    legacy.faults.set('GetWorksOrdersList', { kind: 'reset' });
    expect((await taken({ description: 'Gutter leaks at the rear of property' })).outcome).toBe('ACCEPTED');
    await settled();
  });
});

describe('from the guide', () => {
  test('a normal problem is taken with its code and priority; asked for again, the first one is named', async () => {
    const asked = { problemIds: ['toilet-seat-broken'], description: null };
    const first = await taken(asked);
    expect(first).toMatchObject({ outcome: 'ACCEPTED', repair: { status: 'SUBMITTED' } });
    await settled();
    const entry = legacy.ledger.entries().at(-1)!;
    expect(entry).toMatchObject({ SorCode: expect.stringMatching(/^\w{7,8}$/), PriorityCode: 'N', Problem: first.repair!.description });
    expect((await taken({ ...asked, description: 'It has come off its hinge' })).message).toContain(entry['WorksOrderReference']);
    await settled();
  });

  test('every problem is either taken or answered with whom to phone, as its priority says', () => {
    const { repairGuide } = gateway.app.landlord;
    const all = repairGuide.categories.flatMap(({ elements }) => elements).flatMap(({ components }) => components).flatMap((component) => component.problems);
    for (const { id, priority, emergency } of all) {
      expect([id, readRequest(repairGuide, { problemIds: [id] }).phoneUs !== null]).toEqual([id, emergency || ['I', 'E', 'U', 'O'].includes(priority)]);
    }
  });
});

describe('an idempotency key', () => {
  test('of two requests at the same moment: one repair and two equal answers', async () => {
    const same = input();
    const answers = await Promise.all(Array.from({ length: 8 }, () => gateway.send(RequestRepairDocument, { input: same }, token)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]!.data!.requestRepair.outcome).toBe('ACCEPTED');
    await settled();
    expect(times(same.description!)).toBe(1);
    expect((await gateway.send(RequestRepairDocument, { input: same }, token)).text).toBe(answers[0]!.text);
  });

  test('with other content is a conflict, and belongs to its account', async () => {
    const { idempotencyKey } = input();
    await taken({ idempotencyKey });
    expect(await refusal({ idempotencyKey, description: 'Another thing' })).toEqual([['CONFLICT', 'input.idempotencyKey']]);
    expect((await taken({ idempotencyKey, tenancyReference: '000231/01' }, gateway, await gateway.token(1))).outcome).toBe('ACCEPTED');
    await settled();
  });

  test.each(['', 'short', 'x'.repeat(101), 'has a space', 'line\nbreak-1234', 'ключ-12345678'])('%p is refused', async (idempotencyKey) => {
    expect(await refusal({ idempotencyKey })).toEqual([['INVALID_INPUT', 'input.idempotencyKey']]);
  });
});

describe('refused', () => {
  test('another\'s tenancy, none, and nonsense: the same answer', async () => {
    const answers = await Promise.all(['000231/01', '999999/99', '', '%', 'x'.repeat(100), '\u0000'].map((tenancyReference) => ask({ tenancyReference, description: 'Tap drips' })));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]!.errors![0]!.extensions.code).toBe('NOT_FOUND');
    const gas = await Promise.all(['000231/01', '999999/99'].map((tenancyReference) => ask({ tenancyReference, description: 'I smell gas' })));
    expect(new Set(gas.map(({ text }) => text)).size).toBe(1);
  });

  test('nobody, nothing, an unknown problem, a phone that is none, and communal parts of a house', async () => {
    const { errors } = await gateway.send(RequestRepairDocument, { input: input() });
    expect(errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
    expect(await refusal({ description: null })).toEqual([['INVALID_INPUT', 'input.description']]);
    expect(await refusal({ problemIds: ['no-such-problem'] })).toEqual([['INVALID_INPUT', 'input.problemIds']]);
    expect(await refusal({ contactPhone: 'next door' })).toEqual([['INVALID_INPUT', 'input.contactPhone']]);
    expect(await refusal({ location: 'COMMUNAL' })).toEqual([['INVALID_INPUT', 'input.location']]);
    expect(await refusal({ description: 'x'.repeat(10_000) })).toEqual([['INVALID_INPUT', 'input.description']]);
    expect(await refusal({ description: 'x'.repeat(21_000) })).toEqual([['INVALID_INPUT', 'input.description']]);
  });

  test.each([
    ['2017-04-17T02:00:00Z', 'Out-of-hours service'], ['2017-02-08T10:00:00Z', 'Housing office (option 2 for repairs)'],
  ])('a smell of gas at %s: %s first, then the national number, whatever is down', async (at, line) => {
    const before = gateway.clock.now;
    try {
      gateway.clock.now = new Date(at);
      const as = await gateway.token(0);
      legacy.faults.set('*', { kind: 'reset' });
      const answer = await taken({ description: 'I can smell gas in the hall' }, gateway, as);
      expect(answer).toMatchObject({ outcome: 'PHONE_US', repair: null, contactBy: null });
      expect(answer.phoneLines.slice(0, 2)).toMatchObject([{ name: line, openNow: true }, { number: '0800 111 999', openNow: true, emergencies: true }]);
      expect(answer.message).toContain('0800 111 999');
    } finally {
      gateway.clock.now = before;
      token = await gateway.token(0).catch(() => token);
    }
  });
});

describe('whatever is written', () => {
  test.each([
    ['x]]>y', 'x]]>y'], ['<!ENTITY a "b"> &a; <b/>', '<!ENTITY a "b"> &a; <b/>'], ['nul\u0000here', 'nulhere'], ['tab\u000bulator', 'tabulator'], ['pipe \u{1F6BF} drips', 'pipe \u{1F6BF} drips'],
    ['one\r\ntwo\rthree', 'one\ntwo\nthree'], ['half\ud83d', 'half'], ['Ŵyth ŷ œuvre', 'Ŵyth ŷ œuvre'], ['y'.repeat(2_000), 'y'.repeat(2_000)],
    ['<![CDATA[x]]></Problem><PriorityCode>I</PriorityCode><Problem><![CDATA[y]]>', '<![CDATA[x]]></Problem><PriorityCode>I</PriorityCode><Problem><![CDATA[y]]>'],
  ])('%j arrives as text, once', async (description, expected) => {
    await taken({ description });
    await settled();
    const found = legacy.ledger.entries().filter(({ Problem }) => (Problem as string).trim() === expected);
    expect(found).toHaveLength(1);
    expect(found[0]!['PriorityCode']).toBe('N');
  });
});

describe('faults around the commit', () => {
  const FAULTS: Fault[] = [
    { kind: 'reset-after', times: 2 }, { kind: 'reset-before', times: 2 }, { kind: 'commit-late', ms: 900, times: 2 }, { kind: 'empty', times: 2 },
    { kind: 'fault', times: 2 }, { kind: 'half', times: 1 }, { kind: 'slow', ms: 500, times: 2 },
  ];
  test('every acknowledged repair is written exactly once', async () => {
    const words: string[] = [];
    for (const fault of FAULTS) {
      legacy.faults.set(CREATE, fault);
      for (let n = 0; n < 2; n++) words.push((await taken()).repair!.description);
      // All of them have met their fault before the next one is ordered.
      await until(async () => (await deliveries()).every(({ attempts, state }) => attempts > 0 && state !== 'SENDING'), 20_000);
    }
    await pass(6, async () => (await states()).every((state) => state === 'DELIVERED'));
    expect(words.map((each) => [each, times(each)])).toEqual(words.map((each) => [each, 1]));
  }, 60_000);

  test('a call that hangs after it has written', async () => {
    legacy.faults.set(CREATE, { kind: 'hang-after', times: 1 });
    const { repair: mine } = await taken();
    const other = await taken();
    await until(async () => (await states()).includes('UNCLEAR'), 15_000);
    expect(times(other.repair!.description)).toBe(1);
    await pass(5, async () => (await states()).every((state) => state === 'DELIVERED'));
    expect(times(mine!.description)).toBe(1);
  }, 60_000);

  test('a refusal goes to staff, still shows, and holds up nobody', async () => {
    legacy.faults.set(CREATE, { kind: 'refuse', times: 1, code: '9001' });
    const { repair: mine } = await taken();
    await until(async () => (await states()).includes('NEEDS_ATTENTION'));
    expect((await deliveries()).find(({ reference }) => reference === mine!.reference)).toMatchObject({ lastError: 'REFUSED 9001' });
    expect(await repair(mine!.reference)).toMatchObject({ status: 'SUBMITTED', statusDetail: { code: 'SUBMITTED' } });
    const other = await taken();
    await until(() => times(other.repair!.description) === 1);
  });
});

test('a gateway that is stopped with requests in hand delivers them when it is started again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'restart-'));
  try {
    const settings = { STORE_URL: `file:${folder}/gateway.db`, DATA_DIR: folder };
    const first = await startGateway(settings);
    first.legacy!.faults.set(CREATE, { kind: 'reset-after' });
    const as = await first.token(0);
    const asked = [await taken({}, first, as), await taken({}, first, as)];
    await until(async () => (await states(first)).every((state) => state === 'UNCLEAR'));
    const written = first.legacy!.ledger.entries().map(({ Problem }) => Problem);
    expect(written.sort()).toEqual(asked.map((each) => each.repair!.description).sort());
    await first.close();

    // Started an hour later over a legacy system that has lost them: looked up, and sent again, once.
    const second = await startGateway(settings, '2017-02-08T11:00:00Z');
    await until(async () => (await states(second)).every((state) => state === 'DELIVERED'), 15_000);
    expect(second.legacy!.ledger.entries().map(({ Problem }) => Problem).sort()).toEqual(written);
    for (const { repair: mine } of asked) {
      const found = await second.send(RepairDocument, { reference: mine!.reference }, await second.token(0));
      expect(found.data!.repair).toMatchObject({ status: 'REGISTERED', description: mine!.description });
    }
    await second.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
