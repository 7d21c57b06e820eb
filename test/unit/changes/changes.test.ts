/** What tenants change of their own, below the sockets: who may, what is pending, and what an erased person leaves. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { operator } from '../../../src/application/audit/event.js';
import { confirmEmail } from '../../../src/application/changes/confirm-email.js';
import type { ChangeDeps } from '../../../src/application/changes/own.js';
import { pendingChanges } from '../../../src/application/changes/pending-changes.js';
import { updateContactDetails } from '../../../src/application/changes/update-contact-details.js';
import { updateHousehold } from '../../../src/application/changes/update-household.js';
import { DELIVERY_KIND, putDelivery } from '../../../src/application/delivery/outbox.js';
import type { DeliveryRecord, DeliveryState } from '../../../src/application/delivery/record.js';
import { Access } from '../../../src/application/housing/access.js';
import { closeAccount, eraseAccount } from '../../../src/application/identity/administration.js';
import { requestPasswordReset } from '../../../src/application/identity/password-reset.js';
import { KIND, type AccountRecord } from '../../../src/application/identity/records.js';
import { transact } from '../../../src/application/identity/transaction.js';
import type { Legacy, PersonReference } from '../../../src/application/ports.js';
import { TENANT_ACTOR, type Viewer } from '../../../src/application/viewer.js';
import type { HeldTenancy } from '../../../src/domain/tenancy.js';
import { AMIR, MARGARET, setting, type Setting } from '../identity/setting.js';

const tenancy = (reference: string, startDate: string, endDate: string | null): HeldTenancy => ({
  reference, startDate, endDate, terminated: false, tenure: { code: 'SEC', label: 'Secure' }, charges: [], propertyReference: '00001170', blockReference: null,
});
const MARGARETS = [tenancy('000016/01', '2001-01-01', '2010-01-03'), tenancy('000017/01', '2010-01-04', null), tenancy('000018/01', '2017-03-01', null)];
const people = new Map<PersonReference, readonly HeldTenancy[]>([[MARGARET.reference, MARGARETS], [AMIR.reference, [tenancy('000412/01', '2012-10-29', null)]]]);

let at: Setting;
let deps: ChangeDeps;
let margaret: AccountRecord;
let keys = 0;
beforeEach(async () => {
  at = await setting();
  const tenancies = { ofPersons: async (references: readonly PersonReference[]) => new Map(references.map((each) => [each, people.get(each) ?? []])) };
  deps = { ...at.deps, legacy: { tenancies } as unknown as Legacy };
  margaret = await at.account(MARGARET);
});
afterEach(() => at.close());

const viewer = (account: AccountRecord, more: Partial<Viewer> = {}): Viewer => ({
  role: 'TENANT', actor: TENANT_ACTOR, accountId: account.id, sessionId: 's', displayName: account.displayName, userId: null, mustChangePassword: false, personReference: account.personReference, ...more,
});
const accessOf = (account = margaret, more: Partial<Viewer> = {}) => new Access(deps, viewer(account, more));
const STAFF: Partial<Viewer> = { role: 'STAFF', personReference: null };
const key = () => `key-${String((keys += 1)).padStart(8, '0')}`;
const update = (more: object, access = accessOf()) => updateContactDetails(deps, access, { idempotencyKey: key(), ...more });
const household = (tenancyReference: string | null, access = accessOf()) =>
  updateHousehold(deps, access, { idempotencyKey: key(), tenancyReference, members: [{ forenames: 'Ann', surname: 'Tidcombe' }] });
const PHONES = { phones: [{ type: 'HOME' as const, number: '01632 960001' }] };
const codeTo = async (address: string) => (await at.mails()).flatMap((mail) => (mail.template === 'email-change-code' && mail.to === address ? [mail.code] : [])).at(-1)!;
const pending = async (access = accessOf(), person = MARGARET) => (await pendingChanges(access, [person.reference])).get(person.reference)?.map(({ kind }) => kind);
const deliveries = async () => (await at.deps.store.list<DeliveryRecord>(DELIVERY_KIND, '', 100)).map(({ id, document }) => ({ id, ...document.value }));
const become = (id: string, state: DeliveryState) => transact(at.deps.store, async (transaction) => {
  const held = (await transaction.get<DeliveryRecord>(DELIVERY_KIND, id))!;
  await putDelivery(transaction, id, { ...held, state, dueAt: null }, at.deps.clock().getTime());
});

describe('who may', () => {
  test('staff change nothing here, and nobody does in a temporary password\'s session', async () => {
    const staff = accessOf(margaret, STAFF);
    for (const work of [() => update(PHONES, staff), () => household('000017/01', staff), () => confirmEmail(deps, staff, { changeReference: 'x', code: 'y' })]) {
      await expect(work()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    const limited = accessOf(margaret, { mustChangePassword: true });
    await expect(update(PHONES, limited)).rejects.toMatchObject({ code: 'PASSWORD_CHANGE_REQUIRED' });
    expect(await deliveries()).toEqual([]);
  });

  test('an account that was closed or erased meanwhile changes nothing more', async () => {
    const access = accessOf();
    await closeAccount(at.deps, margaret.id, { by: operator('somebody'), reason: 'asked' });
    for (const work of [() => update(PHONES, access), () => update({ email: 'new@example.org' }, access), () => household('000017/01', access)]) {
      await expect(work()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    }
    expect(await at.mails()).toEqual([]);
  });

  test('a household of a tenancy that is one\'s own and current', async () => {
    const refusals = await Promise.all(['000412/01', '999999/99', null].map((reference) => household(reference).catch((error: unknown) => error)));
    expect(refusals[0]).toMatchObject({ code: 'NOT_FOUND', field: 'input.tenancyReference' });
    for (const refusal of refusals) expect(String(refusal)).toBe(String(refusals[0]));
    for (const reference of ['000016/01', '000018/01']) await expect(household(reference)).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'input.tenancyReference' });
    expect((await household('000017/01')).outcome).toBe('SENT_FOR_CHECKING');
  });
});

describe('pending', () => {
  test('the newest first, until it is delivered or dealt with; with staff it still is', async () => {
    await update(PHONES);
    at.pass(1);
    await household('000017/01');
    at.pass(1);
    await update({ email: 'new@example.org' });
    expect(await pending()).toEqual(['EMAIL', 'HOUSEHOLD', 'CONTACT_DETAILS']);
    const [phones, home] = await deliveries();
    await become(phones!.id, 'NEEDS_ATTENTION');
    expect(await pending()).toEqual(['EMAIL', 'HOUSEHOLD', 'CONTACT_DETAILS']);
    await become(phones!.id, 'RESOLVED');
    await become(home!.id, 'DELIVERED');
    expect(await pending()).toEqual(['EMAIL']);
    at.set('2017-02-09T04:00:00Z');
    expect(await pending()).toEqual([]);
  });

  test('for oneself and for staff, and for nobody else', async () => {
    await update(PHONES);
    const amir = await at.account(AMIR);
    expect(await pending(accessOf(amir))).toBeUndefined();
    expect(await pending(accessOf(amir, STAFF))).toEqual(['CONTACT_DETAILS']);
    expect((await pendingChanges(accessOf(amir, STAFF), [AMIR.reference, MARGARET.reference])).size).toBe(2);
  });

  test('an address that waits for its code does so no longer once the account is closed', async () => {
    await update({ email: 'new@example.org' });
    await closeAccount(at.deps, margaret.id, { by: operator('somebody'), reason: 'asked' });
    expect(await pending(accessOf(await at.account(MARGARET)))).toEqual([]);
  });

  test('belongs to the tenancy that is current', async () => {
    await update(PHONES);
    expect(await deliveries()).toMatchObject([{ tenancyReference: '000017/01', personReference: MARGARET.reference }]);
  });
});

describe('a new address', () => {
  test('of many codes tried at once five are looked at, and a right one is used once', async () => {
    const { reference } = await update({ email: 'new@example.org' });
    const code = await codeTo('new@example.org');
    const tried = await Promise.all(Array.from({ length: 12 }, () => confirmEmail(deps, accessOf(), { changeReference: reference, code: 'wrong' }).catch((error: { code: string; field: string }) => `${error.code} ${error.field}`)));
    expect(new Set(tried)).toEqual(new Set(['INVALID_INPUT code']));
    await expect(confirmEmail(deps, accessOf(), { changeReference: reference, code })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'code' });

    const second = await update({ email: 'new@example.org' });
    const right = await codeTo('new@example.org');
    const answers = await Promise.all(Array.from({ length: 5 }, () => confirmEmail(deps, accessOf(), { changeReference: second.reference, code: right })));
    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
    expect((await deliveries()).filter(({ kind }) => kind === 'contact-details')).toMatchObject([{ reference: second.reference, contact: { phones: null, email: 'new@example.org' } }]);
    expect((await at.mails()).filter(({ template }) => template === 'email-changed')).toMatchObject([{ to: margaret.email }]);
  });

  test('ends a temporary password that waits in the old mailbox, and no session', async () => {
    await requestPasswordReset(at.deps, { identifier: margaret.email });
    const { reference } = await update({ email: 'new@example.org' });
    await confirmEmail(deps, accessOf(), { changeReference: reference, code: await codeTo('new@example.org') });
    expect((await at.deps.store.get<AccountRecord>(KIND.account, margaret.id))!.value).toMatchObject({ email: 'new@example.org', temporary: null, passwordHash: margaret.passwordHash });
  });

  test('a code of one change opens no other one', async () => {
    const amir = await at.account(AMIR);
    const [hers, his] = [await update({ email: 'her@example.org' }), await update({ email: 'his@example.org' }, accessOf(amir))];
    const [code, other] = [await codeTo('her@example.org'), await codeTo('his@example.org')];
    await expect(confirmEmail(deps, accessOf(), { changeReference: hers.reference, code: other })).rejects.toMatchObject({ field: 'code' });
    await expect(confirmEmail(deps, accessOf(), { changeReference: his.reference, code: other })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await confirmEmail(deps, accessOf(), { changeReference: hers.reference, code })).outcome).toBe('APPLIED');
  });

  test('that has an account and one that has none cost the same commits, of the same kinds', async () => {
    await at.account(AMIR);
    const cost = async (email: string) => {
      const before = { count: at.commits.count, documents: at.commits.documents.length };
      await update({ email });
      return { count: at.commits.count - before.count, documents: at.commits.documents.slice(before.documents) };
    };
    await cost('first@example.org');
    expect(await cost('amir.khalidi@example.org')).toEqual(await cost('nobody@example.org'));
  });

  test('keeps no code but sealed, once its mail is gone', async () => {
    await update({ email: 'new@example.org' });
    const code = await codeTo('new@example.org');
    for (const kind of ['email-change', 'email-change-of-person', 'idempotency']) expect(JSON.stringify(await at.deps.store.list(kind, '', 10))).not.toContain(code);
  });
});

test('an erased person leaves nothing of all this, and others keep theirs', async () => {
  const amir = await at.account(AMIR);
  await update({ ...PHONES, email: 'new@example.org' });
  await household('000017/01');
  await update({ phones: [{ type: 'HOME', number: '01632 960777' }], email: 'his@example.org' }, accessOf(amir));
  await eraseAccount(at.deps, margaret.id, { by: operator('somebody'), reason: 'asked' });
  const kinds = ['delivery', 'delivery-of-person', 'delivery-by-reference', 'contact-details-line', 'email-change', 'email-change-of-person', 'idempotency', 'mail'];
  const left = JSON.stringify(await Promise.all(kinds.map((kind) => at.deps.store.list(kind, '', 100))));
  expect(left).not.toMatch(new RegExp(`${margaret.id}|960001|new@example|Tidcombe|${MARGARET.reference}`));
  expect(left).toContain('his@example.org');
  expect(await pending(accessOf(amir), AMIR)).toHaveLength(2);
});
