/** Who lives in a home goes for checking, exactly once, and for one's own current tenancy alone. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Fault } from '../../fixtures/legacy/faults.js';
import type { Legacy } from '../../fixtures/legacy/start.js';
import { PendingChangesDocument, UpdateHouseholdDocument, type HouseholdInput } from '../../generated/operations.js';
import { DELIVERY_KIND } from '../../src/application/delivery/outbox.js';
import type { DeliveryRecord } from '../../src/application/delivery/record.js';
import { startGateway, type TestGateway } from '../support/gateway.js';
import { until } from '../support/until.js';

const UPDATE = 'UpdateHousehold';
let gateway: TestGateway;
let legacy: Legacy;
let token: string;
let keys = 0;
beforeAll(async () => {
  gateway = await startGateway({ LEGACY_SETTLE_SECONDS: '60' });
  legacy = gateway.legacy!;
  token = await gateway.token(2);
});
afterAll(() => gateway.close());
afterEach(() => legacy.faults.clear());

const child = (forenames: string) => ({ title: 'Miss', forenames, surname: 'Khalidi', dateOfBirth: '2012-02-29', relationship: 'Daughter' });
const input = (more: Partial<HouseholdInput> = {}): HouseholdInput =>
  ({ idempotencyKey: `key-${String((keys += 1)).padStart(8, '0')}`, tenancyReference: '000412/01', members: [child('Noor')], ...more });
const ask = (more: Partial<HouseholdInput> = {}) => gateway.send(UpdateHouseholdDocument, { input: input(more) }, token);
const taken = async (more: Partial<HouseholdInput> = {}) => {
  const { data, errors } = await ask(more);
  expect(errors).toBeUndefined();
  return data!.updateHousehold;
};
const refusal = async (more: Partial<HouseholdInput>) => (await ask(more)).errors?.map(({ extensions }) => [extensions.code, extensions.field]);
const pending = async () => (await gateway.send(PendingChangesDocument, {}, token)).data!.viewer!.tenant!.pendingChanges.map(({ kind, reference }) => [kind, reference]);
const members = async () => (await gateway.send('{ viewer { tenant { tenancies { members { name { full } } } } } }', {}, token)).text;
const settled = async () => (await gateway.app.store.list<DeliveryRecord>(DELIVERY_KIND, '', 1_000)).every(({ document: { value } }) => value.state === 'DELIVERED');
const sent = () => legacy.ledger.entries().filter(({ operation }) => operation === UPDATE);
const forenames = () => sent().map(({ Members }) => (Members as { Member: { Forename: string }[] }).Member.map(({ Forename }) => Forename).join());

async function pass(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes && !(await settled()); minute++) {
    gateway.clock.now = new Date(gateway.clock.now.getTime() + 60_000);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
  }
  expect(await settled()).toBe(true);
  token = await gateway.token(2);
}

test('is pending until the legacy system has it for checking; the household stays as it is', async () => {
  const before = await members();
  legacy.faults.set(UPDATE, { kind: 'reset-before', times: 1 });
  const { outcome, reference, message } = await taken({ members: [child('  Noor   Ann '), { forenames: 'Zoë', surname: 'O’Dowd' }] });
  expect([outcome, message.includes(reference)]).toEqual(['SENT_FOR_CHECKING', true]);
  expect(await pending()).toEqual([['HOUSEHOLD', reference]]);
  await pass(5);
  expect(await pending()).toEqual([]);
  expect(await members()).toBe(before);
  expect(sent()).toMatchObject([{ TenancyReference: '000412/01', Members: { Member: [
    { Title: 'Miss', Forename: 'Noor Ann', Surname: 'Khalidi', DateOfBirth: '2012-02-29T00:00:00', Relationship: 'Daughter' },
    { Title: '', Forename: 'Zoë', Surname: 'O’Dowd', DateOfBirth: '1900-01-01T00:00:00', Relationship: '' },
  ] } }]);
}, 30_000);

test('the same key and content: once; another\'s content: a conflict', async () => {
  const same = input({ members: [child('Once')] });
  const answers = await Promise.all(Array.from({ length: 5 }, () => gateway.send(UpdateHouseholdDocument, { input: same }, token)));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  await until(settled);
  expect(forenames().filter((each) => each === 'Once')).toHaveLength(1);
  expect(await refusal({ ...same, members: [child('Twice')] })).toEqual([['CONFLICT', 'input.idempotencyKey']]);
});

describe('refused', () => {
  test('another\'s tenancy, none, and nonsense: the same answer', async () => {
    const answers = await Promise.all(['000231/01', '999999/99', '', '%', 'x'.repeat(100), '\u0000'].map((tenancyReference) => ask({ tenancyReference })));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]!.errors![0]!.extensions).toEqual({ code: 'NOT_FOUND', field: 'input.tenancyReference' });
    const { errors } = await gateway.send(UpdateHouseholdDocument, { input: input() });
    expect(errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
  });

  test.each<[string, HouseholdInput['members'], string]>([
    ['nobody', [], 'input.members'],
    ['21 people', Array.from({ length: 21 }, () => child('Noor')), 'input.members'],
    ['no forename', [child(' ')], 'input.members.0.forenames'],
    ['a long forename', [child('x'.repeat(25))], 'input.members.0.forenames'],
    ['a long surname', [child('Noor'), { ...child('Ali'), surname: 'x'.repeat(21) }], 'input.members.1.surname'],
    ['a long title', [{ ...child('Ali'), title: 'x'.repeat(11) }], 'input.members.0.title'],
    ['a long relationship', [{ ...child('Ali'), relationship: 'x'.repeat(21) }], 'input.members.0.relationship'],
    ['letters that cannot be held', [child('Łucja')], 'input.members.0.forenames'],
    ['a line break', [{ ...child('Ali'), relationship: 'Son\nand heir' }], 'input.members.0.relationship'],
    ['a birth to come', [{ ...child('Ali'), dateOfBirth: '2017-02-10' }], 'input.members.0.dateOfBirth'],
    ['a birth that is the empty date', [{ ...child('Ali'), dateOfBirth: '1900-01-01' }], 'input.members.0.dateOfBirth'],
  ])('%s', async (_name, given, field) => {
    expect(await refusal({ members: given })).toEqual([['INVALID_INPUT', field]]);
    expect(await pending()).toEqual([]);
  });

  test('a day that is none', async () => {
    expect((await refusal({ members: [{ ...child('Ali'), dateOfBirth: '2013-02-29' }] }))![0]![0]).toBe('INVALID_INPUT');
  });
});

test('whatever fails around the commit, each acknowledged one is written exactly once', async () => {
  const FAULTS: Fault[] = [
    { kind: 'reset-after', times: 1 }, { kind: 'reset-before', times: 1 }, { kind: 'commit-late', ms: 900, times: 1 }, { kind: 'empty', times: 1 },
    { kind: 'fault', times: 1 }, { kind: 'half', times: 1 }, { kind: 'slow', ms: 500, times: 1 },
  ];
  for (const [n, fault] of FAULTS.entries()) {
    legacy.faults.set(UPDATE, fault);
    await taken({ members: [child(`Fault ${n}`)] });
    await until(async () => (await gateway.app.store.list<DeliveryRecord>(DELIVERY_KIND, '', 1_000)).every(({ document: { value } }) => value.attempts > 0 && value.state !== 'SENDING'), 15_000);
  }
  await pass(6);
  expect(forenames().filter((each) => each.startsWith('Fault')).sort()).toEqual(FAULTS.map((_, n) => `Fault ${n}`));
}, 60_000);
