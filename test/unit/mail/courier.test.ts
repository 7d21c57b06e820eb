/** What becomes of each mail, on a real store with a clock set by hand. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { transact } from '../../../src/application/identity/transaction.js';
import { courier } from '../../../src/application/mail/courier.js';
import { queueMail, removeMailTo } from '../../../src/application/mail/outbox.js';
import { deliverDue } from '../../../src/application/mail/worker.js';
import type { Mailer } from '../../../src/application/ports.js';
import { until } from '../../support/until.js';
import { CANARY, changedMail, codeMail, desk, failed, MINUTE, refused, START, toldMailer, unanswered, type Desk } from './support.js';

let open: Desk[] = [];
const deskWith = (mailer: Mailer): Desk => {
  const made = desk(mailer);
  open.push(made);
  return made;
};
afterEach(async () => {
  // On every path, in every test: nothing of a mail is in the log.
  for (const { lines, close } of open) {
    for (const value of Object.values(CANARY)) expect(lines.join('\n')).not.toContain(value);
    await close();
  }
  open = [];
});

describe('the queue', () => {
  test('takes a mail with what it announces, or neither', async () => {
    const at = deskWith(toldMailer());
    await expect(transact(at.store, async (transaction) => {
      await queueMail(transaction, at, codeMail());
      throw new Error('the rest of it failed');
    })).rejects.toThrow('the rest of it failed');
    expect(await at.waiting()).toEqual([]);
  });

  test('loses everything of a person who is erased, by account or by address, and nothing of others', async () => {
    const at = deskWith(toldMailer());
    await at.queue(changedMail('A@x.example', 'one'));
    await at.queue(changedMail('a@X.example', null));
    await at.queue(changedMail('b@x.example', 'two'));
    expect(await removeMailTo(at.store, { accountId: 'one', to: 'a@x.example' })).toBe(2);
    expect(await removeMailTo(at.store, {})).toBe(0);
    expect((await at.waiting()).map(({ record }) => record.mail.to)).toEqual(['b@x.example']);
  });
});

describe('a mail', () => {
  test('is sent once, under its own id, and is then forgotten', async () => {
    const mailer = toldMailer();
    const at = deskWith(mailer);
    await at.queue(codeMail());
    const { id } = (await at.waiting())[0]!;
    await deliverDue(at);
    await deliverDue(at);
    expect(mailer.sent.map(({ to, messageId }) => ({ to, messageId }))).toEqual([{ to: { address: CANARY.address }, messageId: id }]);
    expect(mailer.sent[0]!.text).toContain(CANARY.code);
    expect(await at.waiting()).toEqual([]);
    expect(at.counts).toEqual(['registration-code sent']);
  });

  test('has its try noted before it is sent', async () => {
    let noted: unknown;
    const at = deskWith({ deadlineMs: 30_000, send: async () => {
      noted = (await at.waiting())[0]!.record;
      return { outcome: 'accepted' };
    } });
    await at.queue(codeMail());
    await deliverDue(at);
    expect(noted).toMatchObject({ tries: 1, claim: expect.any(String), dueAt: START + 45_000 });
  });

  test('that fails waits longer each time, from a second to five minutes, until it is sent', async () => {
    const mailer = toldMailer(...Array<typeof failed>(12).fill(failed));
    const at = deskWith(mailer);
    await at.queue(changedMail());
    const waits: number[] = [];
    for (let n = 0; n < 12; n++) {
      await deliverDue(at);
      const { record } = (await at.waiting())[0]!;
      waits.push(Math.round((record.dueAt - at.time.now) / 1000));
      at.time.now = record.dueAt - 1;
      await deliverDue(at);
      expect(mailer.sent).toHaveLength(n + 1);
      at.time.now = record.dueAt;
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
    await deliverDue(at);
    expect(await at.waiting()).toEqual([]);
    expect(at.counts.filter((count) => count === 'password-changed retried')).toHaveLength(12);
    expect(at.counts.at(-1)).toBe('password-changed sent');
    expect(new Set(mailer.sent.map(({ messageId }) => messageId)).size).toBe(1);
  });

  test('that fails may come round at any time up to the wait\'s end', async () => {
    const at = deskWith(toldMailer(failed));
    await at.queue(changedMail());
    await deliverDue({ ...at, random: { ...at.random, token: (bytes) => Buffer.alloc(bytes).toString('base64url') } });
    expect((await at.waiting())[0]!.record.dueAt).toBe(START);
  });

  test('that is refused is given up at once', async () => {
    const mailer = toldMailer(refused);
    const at = deskWith(mailer);
    await at.queue(codeMail());
    await deliverDue(at);
    at.time.now += 60 * MINUTE;
    await deliverDue(at);
    expect(mailer.sent).toHaveLength(1);
    expect(await at.waiting()).toEqual([]);
    expect(at.counts).toEqual(['registration-code given_up']);
    expect(JSON.parse(at.lines.at(-1)!)).toMatchObject({ level: 'error', event: 'mail_given_up', reason: 'refused', response: 550 });
  });

  test('whose code is dead is not sent: it would mislead', async () => {
    const mailer = toldMailer();
    const at = deskWith(mailer);
    await at.queue(codeMail(CANARY.address, new Date(START + MINUTE).toISOString()));
    at.time.now += MINUTE;
    await deliverDue(at);
    expect(mailer.sent).toEqual([]);
    expect(await at.waiting()).toEqual([]);
    expect(JSON.parse(at.lines.at(-1)!)).toMatchObject({ event: 'mail_given_up', reason: 'expired' });
  });

  test('is given up after a day, and not before', async () => {
    const mailer = toldMailer(failed);
    const at = deskWith(mailer);
    await at.queue(changedMail());
    at.time.now += 24 * 60 * MINUTE - 1;
    await deliverDue(at);
    expect(mailer.sent).toHaveLength(1);
    at.time.now += 5 * MINUTE;
    await deliverDue(at);
    expect(mailer.sent).toHaveLength(1);
    expect(at.counts).toEqual(['password-changed retried', 'password-changed given_up']);
  });
});

describe('a mail that nobody can be sure of', () => {
  test.each([
    ['a server that takes it and never answers', unanswered],
    ['a mailer that throws', new TypeError(`about ${CANARY.address}`)],
  ])('%s gets it twice and no more', async (_name, outcome) => {
    const mailer = toldMailer(outcome, outcome);
    const at = deskWith(mailer);
    await at.queue(codeMail());
    for (let n = 0; n < 5; n++) {
      await deliverDue(at);
      at.time.now += 10 * MINUTE;
    }
    expect(mailer.sent).toHaveLength(2);
    expect(at.counts).toEqual(['registration-code retried', 'registration-code given_up']);
  });

  test('a crash between sending and noting costs one duplicate, under the same id, once the claim is over', async () => {
    const crashing = toldMailer('hang');
    const at = deskWith(crashing);
    await at.queue(codeMail());
    const { id } = (await at.waiting())[0]!;
    void courier(at).deliver(id);
    await until(() => crashing.sent.length === 1);
    const mailer = toldMailer();
    at.time.now += 44_999;
    await deliverDue({ ...at, mailer });
    expect(mailer.sent).toHaveLength(0);
    at.time.now += 1;
    await deliverDue({ ...at, mailer });
    await deliverDue({ ...at, mailer });
    expect([...crashing.sent, ...mailer.sent].map(({ messageId }) => messageId)).toEqual([id, id]);
    expect(await at.waiting()).toEqual([]);
    expect(at.lines.join('\n')).toContain('mail_try_cut_short');
  });

  test('a store that is away when the sending is to be noted costs none, however long it is away', async () => {
    const mailer = toldMailer();
    const at = deskWith(mailer);
    let away = false;
    const store = { ...at.store, commit: async (writes: Parameters<typeof at.store.commit>[0]) => {
      if (away) throw new Error('away');
      const done = await at.store.commit(writes);
      away = true;
      return done;
    } };
    const carrier = courier({ ...at, store });
    await at.queue(codeMail());
    await expect(deliverDue({ ...at, store }, carrier)).rejects.toThrow('away');
    at.time.now += 10 * MINUTE;
    await expect(deliverDue({ ...at, store }, carrier)).rejects.toThrow('away');
    away = false;
    await deliverDue({ ...at, store }, carrier);
    expect(mailer.sent).toHaveLength(1);
    expect(await at.waiting()).toEqual([]);
    expect(at.counts).toEqual(['registration-code sent']);
  });

  test('a claim that the store took too long to give is let go', async () => {
    const mailer = toldMailer();
    const at = deskWith(mailer);
    const store = { ...at.store, commit: async (writes: Parameters<typeof at.store.commit>[0]) => {
      at.time.now += 20_000;
      return at.store.commit(writes);
    } };
    await at.queue(codeMail());
    await deliverDue({ ...at, store });
    expect(mailer.sent).toHaveLength(0);
    at.time.now += MINUTE;
    await deliverDue(at);
    expect(mailer.sent).toHaveLength(1);
  });
});

describe('two workers on one store', () => {
  test('send each mail once', async () => {
    const mailer = toldMailer();
    const at = deskWith(mailer);
    for (let n = 0; n < 30; n++) await at.queue(changedMail(`tenant${n}@tenant.example`));
    await Promise.all([deliverDue(at), deliverDue({ ...at, store: at.secondStore() })]);
    expect(mailer.sent.map(({ to }) => to.address).sort()).toEqual(Array.from({ length: 30 }, (_, n) => `tenant${n}@tenant.example`).sort());
    expect(await at.waiting()).toEqual([]);
  });

  test('do not disturb each other, even where one has an old view of the queue', async () => {
    const first = toldMailer('hang');
    const second = toldMailer();
    const at = deskWith(first);
    await at.queue(codeMail());
    const [id] = await at.store.due('mail', START, 1);
    void courier(at).deliver(id!);
    await until(() => first.sent.length === 1);
    await courier({ ...at, mailer: second, store: at.secondStore() }).deliver(id!);
    expect(second.sent).toEqual([]);
  });
});
