/** What staff change: accounts and deliveries, each with a reason, each on record. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Legacy } from '../../fixtures/legacy/start.js';
import {
  CloseAccountDocument, IssueLoginDocument, LockedAccountsDocument, RepairDocument, RequestRepairDocument, ResolveDeliveryDocument, RetryDeliveryDocument, SignInDocument,
  UnlockAccountDocument, UpdateContactDetailsDocument, WaitingDeliveriesDocument,
} from '../../generated/operations.js';
import { frontEnd, tenantNamed, type FrontEnd } from '../support/front-end.js';
import { startGateway, type TestGateway } from '../support/gateway.js';
import { secretIn, userIdIn } from '../support/mailbox.js';
import { deskOf, trailOf, type Desk } from '../support/staff-desk.js';
import { until } from '../support/until.js';

const CREATE = 'CreateRepairRequest';
let gateway: TestGateway;
let legacy: Legacy;
let front: FrontEnd;
let ruth: Desk;
let gareth: Desk;
let keys = 0;
beforeAll(async () => {
  gateway = await startGateway({ LEGACY_SETTLE_SECONDS: '1' });
  legacy = gateway.legacy!;
  front = frontEnd(gateway.url);
  [ruth, gareth] = await Promise.all([deskOf(gateway, 'ruth'), deskOf(gateway, 'gareth')]);
});
afterAll(() => gateway?.close());
afterEach(() => legacy.faults.clear());

const codes = async (asked: Promise<{ readonly errors: readonly { extensions: object }[] | undefined }>) => (await asked).errors?.map(({ extensions }) => extensions);
const accounts = async (variables: { search?: string; locked?: boolean | null }) => (await ruth.get(LockedAccountsDocument, { locked: null, ...variables })).accounts!.nodes;
const account = async (search: string) => (await accounts({ search }))[0]!;

describe('accounts', () => {
  test('one that is locked is found, unlocked with a reason, and its owner signs in', async () => {
    const { identifier, password } = gateway.demoAccounts[3]!;
    for (let n = 0; n < 5; n++) await front.signIn(identifier, `wrong password ${n}`);
    expect((await front.signIn(identifier, password)).outcome).toBe('REFUSED');
    const [locked, ...others] = await accounts({ locked: true });
    expect(others).toEqual([]);
    expect(locked).toMatchObject({ state: 'LOCKED', email: identifier, failedAttempts: 5, lockedAt: gateway.clock.now.toISOString(), tenant: { name: { full: 'Ms Tracey Biss' } } });
    expect(await codes(ruth.ask(UnlockAccountDocument, { accountId: locked!.id, reason: '  ' }))).toMatchObject([{ code: 'INVALID_INPUT', field: 'reason' }]);
    expect(await codes(ruth.ask(UnlockAccountDocument, { accountId: 'no-such-account', reason: 'phoned' }))).toMatchObject([{ code: 'NOT_FOUND' }]);
    const entries = await trailOf(gareth).since(() => ruth.get(UnlockAccountDocument, { accountId: locked!.id, reason: 'phoned, and knew her last payment' }));
    expect(entries).toMatchObject([{ action: 'unlocked the account', reason: 'phoned, and knew her last payment', role: 'STAFF', subject: `person ${locked!.tenant!.reference}` }]);
    expect(entries[0]!.actor).toMatch(/^ruth\./);
    expect((await front.signIn(identifier, password)).outcome).toBe('SIGNED_IN');
    expect(await accounts({ locked: true })).toEqual([]);
  });

  test('a registration that did not match shows which details, and no value', async () => {
    const farah = tenantNamed('wiltshire', 'farah');
    await front.register({ ...farah, phone: '07700 900999', dateOfBirth: '1980-01-01' });
    expect(await account('farah.khalidi')).toMatchObject({ state: 'PENDING', lastMismatch: 'phone, dateOfBirth' });
    expect(JSON.stringify(await accounts({}))).not.toMatch(/900999|1980-01-01/);
  });

  test('every account event of a tenant is on record', async () => {
    const { identifier, password } = gateway.demoAccounts[4]!;
    const entries = await trailOf(gareth).since(async () => {
      const { session } = await front.signIn(identifier, password);
      await front.change(session!.accessToken, password, 'marble pocket sparrow two');
      await front.forget(identifier);
      for (let n = 0; n < 5; n++) await front.signIn(identifier, `wrong password ${n}`);
      await until(async () => (await front.mailbox.all()).some(({ subject }) => subject.startsWith('Your temporary password')));
    });
    expect([...entries].reverse().map(({ actor, action, role }) => [actor, action, role])).toEqual([
      ['tenant', 'signed in', 'TENANT'], ['tenant', 'changed the password', 'TENANT'], ['tenant', 'was sent a temporary password', 'TENANT'], ['tenant', 'was locked out for a while', 'TENANT'],
    ]);
    expect(new Set(entries.map(({ subject }) => subject))).toEqual(new Set(['person 0000000977/1']));
  });

  test('a login is issued to an address that is held, and its owner chooses a password', async () => {
    const farah = tenantNamed('wiltshire', 'farah');
    const person = '0000000412/2';
    const refused = (input: { personReference?: string; email?: string; reason?: string }) => codes(ruth.ask(IssueLoginDocument, { input: { personReference: person, email: farah.email, reason: 'letter of 6 February', ...input } }));
    expect(await refused({ email: 'somebody.else@example.org' })).toMatchObject([{ code: 'INVALID_INPUT', field: 'input.email' }]);
    expect(await refused({ personReference: '9999999999/1' })).toMatchObject([{ code: 'INVALID_INPUT', field: 'input.personReference' }]);
    expect(await refused({ personReference: '%' })).toMatchObject([{ code: 'INVALID_INPUT', field: 'input.personReference' }]);
    expect(await refused({ reason: '' })).toMatchObject([{ code: 'INVALID_INPUT', field: 'input.reason' }]);
    const entries = await trailOf(gareth).since(async () => {
      const { issueLogin } = await ruth.get(IssueLoginDocument, { input: { personReference: person, email: farah.email.toUpperCase(), reason: 'letter of 6 February' } });
      expect(issueLogin).toMatchObject({ state: 'ACTIVE', userId: expect.stringMatching(/^[a-z0-9]{8}$/), lastMismatch: null });
      expect(issueLogin.email.toLowerCase()).toBe(farah.email.toLowerCase());
    });
    expect(entries).toEqual(expect.arrayContaining([expect.objectContaining({ action: 'issued a login', reason: 'letter of 6 February', subject: `person ${person}` })]));
    await until(async () => (await front.mailbox.all()).some(({ subject }) => subject.startsWith('Your login for')));
    const mail = (await front.mailbox.all()).find(({ subject }) => subject.startsWith('Your login for'))!;
    expect(mail.to.toLowerCase()).toBe(farah.email.toLowerCase());
    const [userId, temporary] = [userIdIn(mail.text), secretIn(mail.text)];
    const entered = await front.signIn(userId, temporary);
    expect(entered.outcome).toBe('MUST_CHANGE_PASSWORD');
    expect((await front.change(entered.session!.accessToken, temporary, 'ribbon harvest kettle')).outcome).toBe('SIGNED_IN');
    expect((await front.signIn(farah.email, 'ribbon harvest kettle')).outcome).toBe('SIGNED_IN');
    expect(await refused({})).toMatchObject([{ code: 'CONFLICT', field: 'input.personReference' }]);
  });

  test('one that is closed signs nobody in, and its owner registers anew', async () => {
    const { id } = await account('farah.khalidi');
    expect((await ruth.get(CloseAccountDocument, { accountId: id, reason: 'asked for it' })).closeAccount).toBe(true);
    expect(await account('farah.khalidi')).toMatchObject({ id, state: 'CLOSED' });
    const { data } = await gateway.send(SignInDocument, { input: { identifier: 'farah.khalidi@example.org', password: 'ribbon harvest kettle' } });
    expect(data!.signIn.outcome).toBe('REFUSED');
    expect((await front.register(tenantNamed('wiltshire', 'farah'))).outcome).toBe('CODE_SENT');
  });

  test('are listed page by page, and counted', async () => {
    const all = await accounts({});
    const { accounts: first } = await ruth.get(LockedAccountsDocument, { locked: null, first: 2 });
    expect([first!.totalCount, first!.nodes.map(({ id }) => id)]).toEqual([all.length, all.slice(0, 2).map(({ id }) => id)]);
    const { accounts: next } = await ruth.get(LockedAccountsDocument, { locked: null, first: 100, after: first!.pageInfo.endCursor });
    expect(next!.nodes.map(({ id }) => id)).toEqual(all.slice(2).map(({ id }) => id));
  });
});

describe('deliveries', () => {
  const ask = async (description: string) => {
    const { data } = await gateway.send(RequestRepairDocument, { input: { idempotencyKey: `staff-key-${keys += 1}`, tenancyReference: '000017/01', description } }, await gateway.token(0));
    return data!.requestRepair.repair!.reference;
  };
  const waiting = async (needsAttention: boolean | null = true) => (await ruth.get(WaitingDeliveriesDocument, { needsAttention })).deliveries!;
  const refusedOne = async (description: string) => {
    const before = new Set((await waiting()).nodes.map(({ id }) => id));
    legacy.faults.set(CREATE, { kind: 'refuse', code: '3001', times: 1 });
    const reference = await ask(description);
    await until(async () => (await waiting()).nodes.some(({ id }) => !before.has(id)));
    return { reference, delivery: (await waiting()).nodes.find(({ id }) => !before.has(id))! };
  };
  const times = (text: string): number => legacy.ledger.entries().filter(({ Problem }) => Problem === text).length;

  test('one that was refused is shown with its code and nothing of what is in it, and arrives once when it is tried again', async () => {
    const { reference, delivery } = await refusedOne('Shelf is loose in the hall');
    expect(delivery).toMatchObject({ kind: 'repair', tenancyReference: '000017/01', state: 'NEEDS_ATTENTION', attempts: 1, lastError: 'REFUSED 3001', legacyReference: null });
    expect(JSON.stringify(delivery)).not.toContain('Shelf');
    expect((await waiting(false)).nodes.map(({ id }) => id)).not.toContain(delivery.id);
    const entries = await trailOf(gareth).since(() => ruth.get(RetryDeliveryDocument, { id: delivery.id, reason: 'the property is there now' }));
    expect(entries).toMatchObject([{ action: 'had a delivery tried again', subject: 'tenancy 000017/01', reason: 'the property is there now' }]);
    await until(() => times('Shelf is loose in the hall') === 1);
    await until(async () => (await waiting(false)).nodes.some(({ id, state }) => id === delivery.id && state === 'DELIVERED'));
    expect(await codes(ruth.ask(RetryDeliveryDocument, { id: delivery.id, reason: 'again' }))).toMatchObject([{ code: 'CONFLICT', field: 'id' }]);
    const { repair } = (await gateway.send(RepairDocument, { reference }, await gateway.token(0))).data!;
    expect(repair).toMatchObject({ status: 'REGISTERED', reference: expect.stringMatching(/^WO/) });
    expect(times('Shelf is loose in the hall')).toBe(1);
  });

  test('one that has arrived after all is found, and not sent again', async () => {
    const { delivery } = await refusedOne('Skirting board is off');
    // Staff had it entered, with our reference in it.
    legacy.database.addRepairRequest({ at: '2017-02-08T10:00:00', callerRef: delivery.id, property: '00001170', problem: 'Entered by hand', priority: 'N' });
    await ruth.get(RetryDeliveryDocument, { id: delivery.id, reason: 'looks as if it were there' });
    await until(async () => (await waiting(false)).nodes.some(({ id, state }) => id === delivery.id && state === 'DELIVERED'));
    expect(times('Skirting board is off')).toBe(0);
  });

  test('one that was entered by hand is resolved under its reference, and the tenant\'s own leads to it', async () => {
    const { reference, delivery } = await refusedOne('Door chain is missing');
    const { order } = legacy.database.addRepairRequest({ at: '2017-02-08T10:00:00', callerRef: 'phone', property: '00001170', problem: 'Door chain is missing', priority: 'N' });
    const elsewhere = legacy.database.addRepairRequest({ at: '2017-02-08T10:00:00', callerRef: 'phone', property: legacy.database.tenanciesByRef.get('000231/01')!.prop_ref, problem: 'x', priority: 'N' }).order;
    for (const legacyReference of [elsewhere.wo_ref, 'WO999999']) {
      expect(await codes(ruth.ask(ResolveDeliveryDocument, { id: delivery.id, legacyReference, reason: 'entered' }))).toMatchObject([{ code: 'INVALID_INPUT', field: 'legacyReference' }]);
    }
    const { resolveDelivery } = await ruth.get(ResolveDeliveryDocument, { id: delivery.id, legacyReference: ` ${order.wo_ref.toLowerCase()} `, reason: 'entered by hand' });
    expect(resolveDelivery).toMatchObject({ state: 'RESOLVED', legacyReference: order.wo_ref.trim() });
    const { repair } = (await gateway.send(RepairDocument, { reference }, await gateway.token(0))).data!;
    expect(repair).toMatchObject({ reference: order.wo_ref.trim(), status: 'REGISTERED' });
  });

  test('one that needs nothing any more is resolved without a reference', async () => {
    const { reference, delivery } = await refusedOne('Paint is scratched');
    await ruth.get(ResolveDeliveryDocument, { id: delivery.id, reason: 'the tenant has withdrawn it' });
    const { repair } = (await gateway.send(RepairDocument, { reference }, await gateway.token(0))).data!;
    expect(repair).toMatchObject({ statusDetail: { label: 'Dealt with by our staff' } });
    expect((await waiting()).nodes).toEqual([]);
  });

  test('an older change of phone numbers is not sent over a newer one', async () => {
    const token = await gateway.token(0);
    const change = (number: string) => gateway.send(UpdateContactDetailsDocument, { input: { idempotencyKey: `staff-key-${keys += 1}`, phones: [{ type: 'MOBILE', number }] } }, token);
    legacy.faults.set('UpdateContactDetails', { kind: 'refuse', times: 1 });
    await change('07700 900111');
    await until(async () => (await waiting()).totalCount === 1);
    await change('07700 900222');
    await until(() => legacy.ledger.entries().some(({ operation }) => operation === 'UpdateContactDetails'));
    const [old] = (await waiting()).nodes;
    expect(old).toMatchObject({ kind: 'contact-details' });
    expect(await codes(ruth.ask(RetryDeliveryDocument, { id: old!.id, reason: 'again' }))).toMatchObject([{ code: 'CONFLICT' }]);
    await ruth.get(ResolveDeliveryDocument, { id: old!.id, legacyReference: 'CHG-77', reason: 'overtaken' });
    expect((await waiting()).totalCount).toBe(0);
  });

  test('are listed the newest first, page by page, and counted; of an unknown one nothing is known', async () => {
    const all = (await ruth.get(WaitingDeliveriesDocument, { needsAttention: null, first: 100 })).deliveries!;
    expect(all.totalCount).toBe(all.nodes.length);
    const one = (await ruth.get(WaitingDeliveriesDocument, { needsAttention: null, first: 1 })).deliveries!;
    expect(one.nodes).toEqual(all.nodes.slice(0, 1));
    expect((await ruth.get(WaitingDeliveriesDocument, { needsAttention: null, first: 100, after: one.pageInfo.endCursor })).deliveries!.nodes).toEqual(all.nodes.slice(1));
    const unknown = { id: 'no-such-delivery', reason: 'x' };
    for (const asked of [ruth.ask(RetryDeliveryDocument, unknown), ruth.ask(ResolveDeliveryDocument, unknown)]) {
      expect(await codes(asked)).toMatchObject([{ code: 'NOT_FOUND', field: 'id' }]);
    }
  });
});

test('a landlord whose tenants register themselves issues no login', async () => {
  const believe = await startGateway({ LANDLORD: 'believe' });
  try {
    const desk = await deskOf(believe, 'gareth');
    expect(await codes(desk.ask(IssueLoginDocument, { input: { personReference: '0000000001/1', email: 'a@example.org', reason: 'x' } }))).toMatchObject([{ code: 'FORBIDDEN' }]);
  } finally {
    await believe.close();
  }
});
