import { afterEach, describe, expect, test } from '@jest/globals';
import { MAIL_KIND } from '../../../src/application/mail/outbox.js';
import { tellingOf, type QueueWorker } from '../../../src/application/queue.js';
import { startMailWorker } from '../../../src/application/mail/worker.js';
import type { Mailer, MailOutcome, OutgoingMail } from '../../../src/application/ports.js';
import { transact } from '../../../src/application/identity/transaction.js';
import { queueMail } from '../../../src/application/mail/outbox.js';
import { until } from '../../support/until.js';
import { changedMail, desk, failed, toldMailer, type Desk } from './support.js';

let at: Desk;
let worker: QueueWorker | null = null;
afterEach(async () => {
  await worker?.stop();
  worker = null;
  await at.close();
});

/** Answers each mail when the test says so. */
function heldMailer(deadlineMs = 30_000): Mailer & { readonly held: { mail: OutgoingMail; answer: (outcome: MailOutcome) => void }[] } {
  const held: { mail: OutgoingMail; answer: (outcome: MailOutcome) => void }[] = [];
  return { held, deadlineMs, send: (mail) => new Promise((answer) => held.push({ mail, answer })) };
}

describe('the worker', () => {
  test('sends what waits from before, and what is queued later as soon as it is told', async () => {
    const mailer = toldMailer();
    at = desk(mailer);
    await at.queue(changedMail('first@tenant.example'));
    worker = startMailWorker(at);
    await until(() => mailer.sent.length === 1);
    const store = tellingOf({ [MAIL_KIND]: () => worker!.wake() }, at.store);
    await transact(store, (transaction) => queueMail(transaction, at, changedMail('second@tenant.example')));
    await until(() => mailer.sent.length === 2, 900);
  });

  test('comes back for a mail that failed, when its time has come by the clock that it was given', async () => {
    const mailer = toldMailer(failed);
    at = desk(mailer);
    await at.queue(changedMail());
    worker = startMailWorker(at);
    await until(() => at.counts.includes('password-changed retried'));
    worker.wake();
    expect(mailer.sent).toHaveLength(1);
    at.time.now += 1_000;
    await until(() => at.counts.includes('password-changed sent'));
    expect(mailer.sent).toHaveLength(2);
  });

  test('sends others while one hangs, four at once, and all of a long queue', async () => {
    const mailer = heldMailer();
    at = desk(mailer);
    for (let n = 0; n < 10; n++) await at.queue(changedMail(`t${n}@tenant.example`));
    worker = startMailWorker(at);
    await until(() => mailer.held.length === 4);
    for (let n = 1; n < 10; n++) {
      mailer.held[n]!.answer({ outcome: 'accepted' });
      const expected = Math.min(10, 4 + n);
      await until(() => mailer.held.length === expected, 900);
      expect(mailer.held).toHaveLength(expected);
    }
    mailer.held[0]!.answer({ outcome: 'accepted' });
    await until(async () => (await at.waiting()).length === 0);
  });

  test('stops after what is on its way, noted; and starts nothing more', async () => {
    const mailer = heldMailer();
    at = desk(mailer);
    await at.queue(changedMail());
    worker = startMailWorker(at);
    await until(() => mailer.held.length === 1);
    let stopped = false;
    const stopping = worker.stop().then(() => {
      stopped = true;
    });
    await at.queue(changedMail('late@tenant.example'));
    worker.wake();
    await new Promise((resolve) => setImmediate(resolve));
    expect(stopped).toBe(false);
    mailer.held[0]!.answer({ outcome: 'accepted' });
    await stopping;
    expect(mailer.held).toHaveLength(1);
    expect((await at.waiting()).map(({ record }) => record.mail.to)).toEqual(['late@tenant.example']);
  });

  test('waits for one that hangs no longer than a mail may take', async () => {
    const mailer = heldMailer(50);
    at = desk(mailer);
    await at.queue(changedMail());
    worker = startMailWorker(at);
    await until(() => mailer.held.length === 1);
    await worker.stop();
    expect(await at.waiting()).toHaveLength(1);
  });

  test('waits for a store that is away, and says so once', async () => {
    const mailer = toldMailer();
    at = desk(mailer);
    await at.queue(changedMail());
    let asked = 0;
    const due: typeof at.store.due = async (...query) => {
      asked += 1;
      if (asked <= 3) throw new Error('away');
      return at.store.due(...query);
    };
    worker = startMailWorker({ ...at, store: { ...at.store, due } });
    const woken = worker;
    await until(() => {
      woken.wake();
      return mailer.sent.length === 1;
    });
    expect(at.lines.filter((line) => line.includes('mail_store_away'))).toHaveLength(1);
  });
});
