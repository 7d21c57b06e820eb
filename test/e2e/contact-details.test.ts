/** Contact details reach the legacy system exactly once and in order; a new e-mail address counts when its code has come back. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Fault } from '../../fixtures/legacy/faults.js';
import type { Legacy } from '../../fixtures/legacy/start.js';
import {
  ConfirmEmailDocument, ContactDetailsDocument, PendingChangesDocument, UpdateContactDetailsDocument, type ContactDetailsInput,
} from '../../generated/operations.js';
import { operator } from '../../src/application/audit/event.js';
import { DELIVERY_KIND } from '../../src/application/delivery/outbox.js';
import type { DeliveryRecord } from '../../src/application/delivery/record.js';
import { eraseAccount, showAccount } from '../../src/application/identity/administration.js';
import { frontEnd, type FrontEnd } from '../support/front-end.js';
import { startGateway, type TestGateway } from '../support/gateway.js';
import { secretIn } from '../support/mailbox.js';
import { until } from '../support/until.js';

const UPDATE = 'UpdateContactDetails';
let gateway: TestGateway;
let front: FrontEnd;
let legacy: Legacy;
let keys = 0;
const tokens = new Map<number, string>();
const as = async (account: number): Promise<string> => {
  const known = tokens.get(account) ?? (await gateway.token(account));
  tokens.set(account, known);
  return known;
};
beforeAll(async () => {
  gateway = await startGateway({ LEGACY_SETTLE_SECONDS: '60' });
  front = frontEnd(gateway.url);
  legacy = gateway.legacy!;
});
afterAll(() => gateway.close());
afterEach(() => legacy.faults.clear());

const newKey = (): string => `key-${String((keys += 1)).padStart(8, '0')}`;
const ask = async (more: Partial<ContactDetailsInput>, account = 0) => gateway.send(UpdateContactDetailsDocument, { input: { idempotencyKey: newKey(), ...more } }, await as(account));
const taken = async (more: Partial<ContactDetailsInput>, account = 0) => {
  const { data, errors } = await ask(more, account);
  expect(errors).toBeUndefined();
  return data!.updateContactDetails;
};
const refusal = async (more: Partial<ContactDetailsInput>, account = 0) => (await ask(more, account)).errors?.map(({ extensions }) => [extensions.code, extensions.field]);
const confirm = async (changeReference: string, code: string, account = 0) => gateway.send(ConfirmEmailDocument, { changeReference, code }, await as(account));
const confirmRefusal = async (...args: Parameters<typeof confirm>) => (await confirm(...args)).errors?.map(({ extensions }) => [extensions.code, extensions.field]);
const details = async (account = 0) => (await gateway.send(ContactDetailsDocument, {}, await as(account))).data!.viewer!.tenant!;
const pending = async (account = 0) => (await gateway.send(PendingChangesDocument, {}, await as(account))).data!.viewer!.tenant!.pendingChanges.map(({ kind, reference }) => [kind, reference]);
const mobile = (number: string) => ({ phones: [{ type: 'MOBILE' as const, number }] });
const deliveries = async () => (await gateway.app.store.list<DeliveryRecord>(DELIVERY_KIND, '', 1_000)).map(({ document }) => document.value);
const settled = async () => (await deliveries()).every(({ state }) => state === 'DELIVERED' || state === 'NEEDS_ATTENTION');
const entries = () => legacy.ledger.entries().filter(({ operation }) => operation === UPDATE);
const numbers = () => entries().flatMap(({ Phones }) => (Phones as { Phone: { Number: string }[] } | null)?.Phone.map(({ Number }) => Number) ?? []);
const posted = () => until(async () => (await gateway.app.store.list('mail', '', 1)).length === 0);
const mailsTo = async (address: string, subject: RegExp) => {
  await posted();
  return (await front.mailbox.all()).filter((mail) => mail.to === address && subject.test(mail.subject));
};
const CODE = /^Confirm your new e-mail address /;
const ASKED = /^A new e-mail address was asked for /;
const IN_USE = /already has an account/;
const codeTo = async (address: string): Promise<string> => secretIn((await mailsTo(address, CODE))[0]!.text);
const move = (milliseconds: number): void => {
  gateway.clock.now = new Date(gateway.clock.now.getTime() + milliseconds);
  tokens.clear();
};

/** Moves the clock on until nothing is under way. */
async function pass(minutes: number, done: () => Promise<boolean> = settled): Promise<void> {
  for (let minute = 0; minute < minutes && !(await done()); minute++) {
    move(60_000);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
  }
  expect(await done()).toBe(true);
}

describe('phones and address', () => {
  test('are pending until the legacy system has them, and held from then on', async () => {
    legacy.faults.set(UPDATE, { kind: 'reset-before', times: 1 });
    const before = await details();
    const { outcome, reference, message } = await taken({
      phones: [{ type: 'MOBILE', number: '+44 7700 900 321' }, { type: 'HOME', number: '(01632) 960321' }, { type: 'OTHER', number: '07700900321' }, { type: 'WORK', number: '+33 1 99 00 12 34' }],
      correspondenceAddress: { lines: ['c/o  Mr Tidcombe', 'Café Row'], postcode: 'sn127ab' },
    });
    expect([outcome, message.includes(reference)]).toEqual(['APPLIED', true]);
    expect(reference).toMatch(/^CHG-[A-Z0-9]{8}$/);
    expect(await pending()).toEqual([['CONTACT_DETAILS', reference]]);
    expect((await details()).contact).toEqual(before.contact);
    await until(async () => (await deliveries()).some(({ state }) => state === 'UNCLEAR'));
    expect(await pending()).toEqual([['CONTACT_DETAILS', reference]]);
    await pass(5);
    expect(await details()).toEqual({
      ...before, pendingChanges: [],
      contact: {
        emails: before.contact.emails,
        phones: [{ type: 'MOBILE', number: '07700 900321' }, { type: 'HOME', number: '01632 960321' }, { type: 'WORK', number: '+33 1 99 00 12 34' }],
        correspondenceAddress: { lines: ['c/o Mr Tidcombe', 'Café Row'], postcode: 'SN12 7AB' },
      },
    });
    expect(entries()).toMatchObject([{ PersonReference: '0000000017/1', Email: null }]);
    await taken(mobile('07700 900111'));
    await until(settled);
    expect((await details()).contact).toMatchObject({ phones: [{ number: '07700 900111' }], correspondenceAddress: { postcode: 'SN12 7AB' } });
  }, 30_000);

  test('of the same request twice at the same moment: once, and two equal answers; with other content a conflict', async () => {
    const input = { idempotencyKey: newKey(), ...mobile('07700 900112') };
    const token = await as(0);
    const answers = await Promise.all(Array.from({ length: 6 }, () => gateway.send(UpdateContactDetailsDocument, { input }, token)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    await until(settled);
    expect(numbers().filter((number) => number === '07700 900112')).toHaveLength(1);
    expect(await refusal({ ...input, ...mobile('07700 900113') })).toEqual([['CONFLICT', 'input.idempotencyKey']]);
    expect((await gateway.send(UpdateContactDetailsDocument, { input }, token)).text).toBe(answers[0]!.text);
  });

  test.each<[string, Partial<ContactDetailsInput>, string]>([
    ['nothing', {}, 'input'],
    ['nulls', { phones: null, email: null }, 'input'],
    ['no phones', { phones: [] }, 'input.phones'],
    ['eleven phones', { phones: Array.from({ length: 11 }, (_, n) => ({ type: 'HOME', number: `01632 9600${10 + n}` })) }, 'input.phones'],
    ['words', { phones: [{ type: 'HOME', number: '01632 960001' }, { type: 'HOME', number: 'next door' }] }, 'input.phones.1.number'],
    ['a number with a remark', mobile('07700 900123 not after 6'), 'input.phones.0.number'],
    ['a range that nobody has', mobile('01999 999999'), 'input.phones.0.number'],
    ['no lines', { correspondenceAddress: { lines: [], postcode: 'SN12 7AB' } }, 'input.correspondenceAddress.lines'],
    ['five lines', { correspondenceAddress: { lines: ['1', '2', '3', '4', '5'], postcode: 'SN12 7AB' } }, 'input.correspondenceAddress.lines'],
    ['an empty line', { correspondenceAddress: { lines: ['1 Row', ' '], postcode: 'SN12 7AB' } }, 'input.correspondenceAddress.lines.1'],
    ['a long line', { correspondenceAddress: { lines: ['x'.repeat(51)], postcode: 'SN12 7AB' } }, 'input.correspondenceAddress.lines.0'],
    ['a letter that cannot be held', { correspondenceAddress: { lines: ['Tŷ Gwyn'], postcode: 'SN12 7AB' } }, 'input.correspondenceAddress.lines.0'],
    ['a control character', { correspondenceAddress: { lines: ['1\tRow'], postcode: 'SN12 7AB' } }, 'input.correspondenceAddress.lines.0'],
    ['no postcode', { correspondenceAddress: { lines: ['1 Row'], postcode: '75001' } }, 'input.correspondenceAddress.postcode'],
    ['no address', { email: 'nobody' }, 'input.email'],
    ['two addresses', { email: 'a@example.org,b@example.org' }, 'input.email'],
    ['a long address', { email: `${'x'.repeat(60)}@${'y'.repeat(50)}.example` }, 'input.email'],
    ['an address that cannot be held', { email: 'łukasz@example.org' }, 'input.email'],
    ['the address that counts', { email: 'Margaret.TIDCOMBE@example.org' }, 'input.email'],
    ['a bad key', { idempotencyKey: 'short', ...mobile('07700 900123') }, 'input.idempotencyKey'],
  ])('%s: refused, with the field', async (_name, more, field) => {
    expect(await refusal(more)).toEqual([['INVALID_INPUT', field]]);
    expect(await pending()).toEqual([]);
  });

  test('of nobody', async () => {
    const { errors } = await gateway.send(UpdateContactDetailsDocument, { input: { idempotencyKey: newKey(), ...mobile('07700 900123') } });
    expect(errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('faults around the commit', () => {
  const FAULTS: Fault[] = [
    { kind: 'reset-after', times: 1 }, { kind: 'reset-before', times: 1 }, { kind: 'commit-late', ms: 900, times: 1 }, { kind: 'empty', times: 1 },
    { kind: 'fault', times: 1 }, { kind: 'half', times: 1 }, { kind: 'slow', ms: 500, times: 1 },
  ];
  test('each acknowledged change is in the ledger exactly once, and in the order of asking', async () => {
    const sent: string[] = [];
    const next = async () => {
      const number = `07700 9002${String(sent.length).padStart(2, '0')}`;
      await taken(mobile(number));
      sent.push(number);
    };
    for (const fault of FAULTS) {
      legacy.faults.set(UPDATE, fault);
      await next();
      await next();
      await pass(8);
    }
    expect(numbers().filter((number) => number.startsWith('07700 9002'))).toEqual(sent);
    expect((await details()).contact.phones.map(({ number }) => number)).toEqual([sent.at(-1)]);
    expect(await pending()).toEqual([]);
  }, 120_000);

  test('a call that hangs after it has written holds up the person\'s next change, and nobody else\'s', async () => {
    legacy.faults.set(UPDATE, { kind: 'hang-after', times: 1 });
    await taken(mobile('07700 900301'));
    await until(async () => (await deliveries()).some(({ state }) => state === 'SENDING'));
    await taken(mobile('07700 900302'));
    await taken(mobile('07700 900303'), 1);
    await until(() => numbers().includes('07700 900303'));
    expect(numbers()).not.toContain('07700 900302');
    expect(await pending()).toHaveLength(2);
    await until(async () => (await deliveries()).some(({ state }) => state === 'UNCLEAR'), 15_000);
    await pass(5);
    expect(numbers().filter((number) => /90030[12]/.test(number))).toEqual(['07700 900301', '07700 900302']);
  }, 60_000);

  test('a refusal goes to staff, stays pending, and holds up nothing', async () => {
    legacy.faults.set(UPDATE, { kind: 'refuse', times: 1, code: '9001' });
    const { reference } = await taken(mobile('07700 900311'), 2);
    await taken(mobile('07700 900312'), 2);
    await until(() => numbers().includes('07700 900312'));
    await until(settled);
    expect(await pending(2)).toEqual([['CONTACT_DETAILS', reference]]);
    expect((await deliveries()).find((each) => each.reference === reference)).toMatchObject({ lastError: 'REFUSED 9001', tenancyReference: '000412/01' });
  });
});

describe('a new e-mail address', () => {
  const OLD = 'margaret.tidcombe@example.org';
  const NEW = 'Peggy@example.org';

  test('counts once its code has come back; the old one is told twice, and opens nothing any more', async () => {
    const { outcome, reference, message } = await taken({ email: NEW, ...mobile('07700 900401') });
    expect([outcome, message]).toEqual(['CONFIRM_BY_EMAIL', expect.stringContaining('Your other details')]);
    await until(async () => (await pending()).length === 1);
    expect(await pending()).toEqual([['EMAIL', reference]]);
    const [asked] = await mailsTo(OLD, ASKED);
    expect(asked!.text).toContain('0300 456 0117');
    expect(asked!.text).not.toMatch(/peggy|tidcombe/i);
    const code = await codeTo(NEW);
    expect((await mailsTo(NEW, CODE))[0]!.text).toContain(`/confirm-email?change=${reference}`);
    expect((await front.signIn(NEW, 'teapot lantern meadow')).outcome).toBe('REFUSED');

    const swapped = code.replace(/\p{L}/gu, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()));
    expect(await confirmRefusal(reference, swapped)).toEqual([['INVALID_INPUT', 'code']]);
    const foreign = await Promise.all([confirm(reference, code, 1), confirm('CHG-AAAAAAAA', code, 1), confirm('\u2028', code, 1), confirm('CHG-AAAAAAAA', code, 0)]);
    expect(foreign.map(({ errors }) => errors![0]!.extensions)).toEqual([
      { code: 'NOT_FOUND', field: 'changeReference' }, { code: 'NOT_FOUND', field: 'changeReference' }, { code: 'INVALID_INPUT', field: 'changeReference' }, { code: 'NOT_FOUND', field: 'changeReference' },
    ]);
    expect(foreign[0]!.text).toBe(foreign[1]!.text);

    const done = await confirm(` ${reference.toLowerCase()} `, ` ${code} `);
    expect(done.data!.confirmEmail).toMatchObject({ outcome: 'APPLIED', reference });
    expect((await confirm(reference, code)).text).toBe(done.text);
    expect(await confirmRefusal(reference, 'wrong')).toEqual([['INVALID_INPUT', 'code']]);
    await until(async () => (await pending()).length === 0);
    expect((await details()).contact.emails).toEqual([NEW]);
    expect(entries().filter(({ Email }) => Email === NEW)).toHaveLength(1);
    expect(await mailsTo(OLD, /no longer opens/)).toHaveLength(1);
    expect((await front.signIn('PEGGY@example.org', 'teapot lantern meadow')).outcome).toBe('SIGNED_IN');
    expect((await front.signIn(OLD, 'teapot lantern meadow')).outcome).toBe('REFUSED');
    await front.forget(NEW);
    expect(secretIn(await front.mailbox.wait('temporaryPassword', NEW))).toMatch(/^\w{16}$/);
    await front.forget(OLD);
    await posted();
    expect(await front.mailbox.about('temporaryPassword', OLD)).toEqual([]);
  }, 30_000);

  test('registers its owner as one who has an account, and the old one nobody', async () => {
    const details = { phone: '07700 900401', reference: '000017/01', dateOfBirth: '1957-03-14' };
    expect((await front.register({ ...details, email: NEW })).outcome).toBe('ALREADY_REGISTERED');
    expect((await front.register({ ...details, email: OLD })).outcome).toBe('NO_MATCH');
    await front.mailbox.wait('alreadyRegistered', NEW);
  });

  test('a code is tried five times, replaced by a newer one, and dies overnight', async () => {
    const first = await taken({ email: 'one@example.org' }, 1);
    const firstCode = await codeTo('one@example.org');
    const second = await taken({ email: 'two@example.org' }, 1);
    const secondCode = await codeTo('two@example.org');
    expect(await pending(1)).toEqual([['EMAIL', second.reference]]);
    const refused = [['INVALID_INPUT', 'code']];
    expect(await confirmRefusal(first.reference, firstCode, 1)).toEqual(refused);
    await Promise.all(Array.from({ length: 5 }, () => confirm(second.reference, 'wrong', 1)));
    expect(await confirmRefusal(second.reference, secondCode, 1)).toEqual(refused);
    expect(await pending(1)).toEqual([]);
    const third = await taken({ email: 'two@example.org' }, 1);
    const thirdCode = await codeTo('two@example.org');
    gateway.clock.now = new Date('2017-02-09T04:00:00Z');
    tokens.clear();
    expect(await confirmRefusal(third.reference, thirdCode, 1)).toEqual(refused);
    expect(await pending(1)).toEqual([]);
  });

  test('that opens another account: the same answer, no code, and that address is told', async () => {
    const [free, used] = [await taken({ email: 'free@example.org' }, 3), await taken({ email: 'Olive.Pewsham@example.com' }, 3)];
    const plain = ({ message, reference, ...rest }: typeof free) => ({ ...rest, message: message.replace(reference, '') });
    expect(plain(used)).toEqual(plain(free));
    expect(await pending(3)).toEqual([['EMAIL', used.reference]]);
    expect(await mailsTo('Olive.Pewsham@example.com', CODE)).toEqual([]);
    expect((await mailsTo('Olive.Pewsham@example.com', IN_USE))[0]!.text).toContain('0300 456 0117');
    expect(await mailsTo('tracey.biss@example.com', ASKED)).toHaveLength(2);
    expect(await confirmRefusal(used.reference, 'anything', 3)).toEqual([['INVALID_INPUT', 'code']]);
  });

  test('that is given to another account meanwhile: a conflict, and nothing moves', async () => {
    const [mine, theirs] = [await taken({ email: 'shared@example.org' }, 4), await taken({ email: 'shared@example.org' }, 5)];
    const codes = (await mailsTo('shared@example.org', CODE)).map(({ text }) => ({ code: secretIn(text), mine: text.includes(mine.reference) }));
    const code = (own: boolean) => codes.find((each) => each.mine === own)!.code;
    expect((await confirm(theirs.reference, code(false), 5)).data!.confirmEmail.outcome).toBe('APPLIED');
    expect(await confirmRefusal(mine.reference, code(true), 4)).toEqual([['CONFLICT', 'changeReference']]);
    expect(await confirmRefusal(mine.reference, code(true), 4)).toEqual([['CONFLICT', 'changeReference']]);
    expect(await pending(4)).toEqual([]);
    expect((await front.signIn('olive.pewsham@example.com', 'marble pocket sparrow')).outcome).toBe('SIGNED_IN');
  });

  test('is mailed six times a day and not a seventh time', async () => {
    for (let n = 0; n < 6; n++) await taken({ email: `many${n}@example.org` }, 2);
    expect(await refusal({ email: 'many6@example.org', ...mobile('07700 900499') }, 2)).toEqual([['TOO_MANY_REQUESTS', undefined]]);
    expect(await mailsTo('many6@example.org', CODE)).toEqual([]);
    // All or nothing: neither was the phone number taken.
    expect(numbers()).not.toContain('07700 900499');
    gateway.clock.now = new Date(gateway.clock.now.getTime() + 24 * 3_600_000);
    tokens.clear();
    expect((await taken({ email: 'many6@example.org' }, 2)).outcome).toBe('CONFIRM_BY_EMAIL');
  });
});

test('erasing a person removes all of it', async () => {
  legacy.faults.set(UPDATE, { kind: 'reset' });
  const person = '0000000412/1';
  await taken({ email: 'canary.one@example.org', phones: [{ type: 'HOME', number: '01632 960987' }] }, 2);
  const { id } = (await showAccount(gateway.app, person))!;
  await eraseAccount(gateway.app, id, { by: operator('somebody'), reason: 'asked in writing' });
  for (const kind of ['delivery', 'delivery-of-person', 'delivery-by-reference', 'email-change', 'email-change-of-person', 'contact-details-line', 'idempotency', 'mail']) {
    const held = JSON.stringify(await gateway.app.store.list(kind, '', 1_000));
    expect([kind, held.includes(id), held.includes('canary.one'), held.includes('960987')]).toEqual([kind, false, false, false]);
  }
}, 30_000);
