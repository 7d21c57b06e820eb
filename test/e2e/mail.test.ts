/** Mail through a real SMTP server, from the queue to the letter; and the demo's mailbox over HTTP. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Fastify from 'fastify';
import type { SMTPServerOptions } from 'smtp-server';
import { memoryMailer } from '../../adapters/smtp/memory.js';
import { smtpMailer, type SmtpOptions } from '../../adapters/smtp/mailer.js';
import { selfSignedCertificate } from '../../fixtures/legacy/tds/certificate.js';
import { deliverDue } from '../../src/application/mail/worker.js';
import type { Mailer } from '../../src/application/ports.js';
import { readConfig } from '../../src/config/index.js';
import { sqliteStore } from '../../adapters/sqlite/store.js';
import { transact } from '../../src/application/identity/transaction.js';
import { queueMail } from '../../src/application/mail/outbox.js';
import { serveMailbox } from '../../src/mailbox.js';
import { mailerCases, outgoing, type MailerUnderTest } from '../contract/mailer.contract.js';
import { CANARY, changedMail, codeMail, desk, START, type Desk } from '../unit/mail/support.js';
import { startGateway } from '../support/gateway.js';
import { until } from '../support/until.js';
import { openPostOffice, reply, type PostOffice } from '../unit/mail/post-office.js';

const clock = (): Date => new Date(START);
const FROM = { name: 'Wiltshire Council', address: 'hsgmail@wiltshire.gov.uk' };
const SHORT = { connectMs: 2_000, greetingMs: 2_000, socketMs: 300, totalMs: 3_000 };

const mailerAt = (port: number, options: Partial<SmtpOptions> = {}): Mailer => smtpMailer({ url: `smtp://127.0.0.1:${port}`, from: FROM, clock, ...options });
const plain = (letter: PostOffice['letters'][number]) => ({
  to: letter.to, subject: letter.subject,
  text: letter.parts.find(({ type }) => type.startsWith('text/plain'))!.body, html: letter.parts.find(({ type }) => type.startsWith('text/html'))!.body,
});

let office: PostOffice;
const others: PostOffice[] = [];
const another: typeof openPostOffice = async (...options) => {
  const opened = await openPostOffice(...options);
  others.push(opened);
  return opened;
};
beforeEach(async () => {
  office = await openPostOffice();
});
afterEach(async () => {
  await office.close();
  for (const opened of others.splice(0)) await opened.close();
});

describe.each<[string, () => MailerUnderTest]>([
  ['SMTP', () => ({ mailer: mailerAt(office.port), arrived: () => office.letters.map(plain) })],
  ['the demo mailbox', () => {
    const mailer = memoryMailer(clock);
    return { mailer, arrived: () => mailer.mails().map(({ to, ...rest }) => ({ to: [to], ...rest })).reverse() };
  }],
])('%s', (_name, make) => {
  test.each(mailerCases.map((one) => [one.name, one] as const))('%s', async (_case, { run }) => run(make()));
});

describe('a letter', () => {
  test('has the landlord\'s name, one recipient, its id, its date and both parts, and asks for no answer', async () => {
    await mailerAt(office.port).send(outgoing('tenant@x.example'));
    const [letter] = office.letters as [PostOffice['letters'][number]];
    expect({ from: letter.from, to: letter.to }).toEqual({ from: FROM.address, to: ['tenant@x.example'] });
    expect(letter.headers).toMatchObject({
      from: 'Wiltshire Council <hsgmail@wiltshire.gov.uk>', to: 'tenant@x.example', subject: 'Your code for iHousing',
      'message-id': '<0f8fad5b-d9cb-469f-a165-70867728950e@wiltshire.gov.uk>', date: 'Wed, 08 Feb 2017 10:00:00 +0000', 'auto-submitted': 'auto-generated',
    });
    expect(letter.headers['content-type']).toMatch(/^multipart\/alternative;/);
    expect(letter.parts.map(({ type }) => type.split(';')[0])).toEqual(['text/plain', 'text/html']);
    expect(Object.keys(letter.headers).sort()).toEqual(['auto-submitted', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to']);
  });

  test('is accepted as the server said, and failures are told by codes alone', async () => {
    office.onRecipient.push(reply(451, '4.7.1 tenant@x.example is greylisted'), reply(550, '5.1.1 tenant@x.example is unknown here'));
    office.onData.push(reply(452, 'full'), reply(554, '5.7.1 no'));
    const mailer = mailerAt(office.port);
    const outcomes = [];
    for (let n = 0; n < 5; n++) outcomes.push(await mailer.send(outgoing('tenant@x.example')));
    expect(outcomes).toEqual([
      { outcome: 'failed', cause: { code: 'EENVELOPE', command: 'RCPT TO', response: 451, enhanced: '4.7.1' } },
      { outcome: 'refused', cause: { code: 'EENVELOPE', command: 'RCPT TO', response: 550, enhanced: '5.1.1' } },
      { outcome: 'failed', cause: { code: 'EMESSAGE', command: 'DATA', response: 452 } },
      { outcome: 'refused', cause: { code: 'EMESSAGE', command: 'DATA', response: 554, enhanced: '5.7.1' } },
      { outcome: 'accepted' },
    ]);
    expect(office.letters).toHaveLength(1);
  });
});

describe('TLS', () => {
  test('is required away from this machine: a server without it gets no mail', async () => {
    const outcome = await mailerAt(0, { url: `smtp://127.0.0.1:${office.port}?tls=required` }).send(outgoing('tenant@x.example'));
    expect(outcome).toMatchObject({ outcome: 'failed' });
    expect(office.letters).toEqual([]);
  });

  const login = { authOptional: false, onAuth: ((auth, _session, done) => {
    if (auth.username === 'gateway' && auth.password === 'p@ss/word') done(null, { user: 'gateway' });
    else done(new Error('no'));
  }) satisfies SMTPServerOptions['onAuth'] };
  const { key, cert } = selfSignedCertificate('localhost', new Date());

  test.each([
    ['smtp://gateway:p%40ss%2Fword@localhost:PORT?tls=required', { key, cert, disabledCommands: [], ...login }],
    ['smtps://gateway:p%40ss%2Fword@localhost:PORT', { key, cert, secure: true, disabledCommands: [], ...login }],
  ])('carries mail and login: %s', async (url, options) => {
    const secure = await another(0, options);
    const at = url.replace('PORT', String(secure.port));
    expect(await mailerAt(0, { url: at, ca: cert }).send(outgoing('tenant@x.example'))).toEqual({ outcome: 'accepted' });
    expect(secure.letters).toHaveLength(1);
    // Worth nothing where the certificate does not hold: nobody vouches for it, or it is another host's.
    expect(await mailerAt(0, { url: at }).send(outgoing('tenant@x.example'))).toEqual({ outcome: 'failed', cause: { code: 'ESOCKET', command: 'CONN' } });
    const other = selfSignedCertificate('mail.example', new Date());
    const elsewhere = await another(0, { ...options, ...other });
    expect(await mailerAt(0, { url: url.replace('PORT', String(elsewhere.port)), ca: other.cert }).send(outgoing('tenant@x.example'))).toMatchObject({ outcome: 'failed' });
    expect([secure.letters.length, elsewhere.letters.length]).toEqual([1, 0]);
  });

  test('a login that fails is a fault of the settings, not of the mail', async () => {
    const strict = await another(0, { authOptional: false, allowInsecureAuth: true, onAuth: (_auth, _session, done) => done(new Error('no')) });
    expect(await mailerAt(0, { url: `smtp://user:${CANARY.password}@127.0.0.1:${strict.port}` }).send(outgoing('tenant@x.example'))).toMatchObject({ outcome: 'failed', cause: { code: 'EAUTH', response: 535 } });
    expect(await mailerAt(strict.port).send(outgoing('tenant@x.example'))).toMatchObject({ outcome: 'failed', cause: { response: 530 } });
  });
});

describe('from the queue', () => {
  let at: Desk;
  const deskAt = (port: number, options: Partial<SmtpOptions> = {}): Desk => (at = desk(mailerAt(port, options)));
  afterEach(async () => {
    for (const value of Object.values(CANARY)) expect(at.lines.join('\n')).not.toContain(value);
    await at.close();
  });
  const rounds = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n++) {
      await deliverDue(at);
      at.time.now += 10 * 60_000;
    }
  };

  test('a mail outlives a server that is down, and arrives once when it is back', async () => {
    const { port } = office;
    await office.close();
    deskAt(port);
    await at.queue(codeMail());
    await rounds(3);
    expect(await at.waiting()).toHaveLength(1);
    office = await openPostOffice(port);
    await rounds(3);
    expect(office.letters.map(({ to }) => to)).toEqual([[CANARY.address]]);
    expect(plain(office.letters[0]!).text).toContain(CANARY.code);
    expect(at.counts).toEqual([...Array<string>(3).fill('registration-code retried'), 'registration-code sent']);
  });

  test('a 4xx is tried again, a 5xx for the recipient is not', async () => {
    deskAt(office.port);
    office.onRecipient.push(reply(450, `${CANARY.address} is busy`));
    await at.queue(codeMail());
    await rounds(3);
    expect(at.counts).toEqual(['registration-code retried', 'registration-code sent']);
    office.onRecipient.push(reply(550, `${CANARY.address} is unknown`));
    await at.queue(codeMail(CANARY.address, '2017-02-10T04:00:00Z'));
    await rounds(3);
    expect(at.counts.slice(2)).toEqual(['registration-code given_up']);
    expect(office.letters).toHaveLength(1);
  });

  test('a server that takes a mail and never answers gets it twice at most, under one id', async () => {
    deskAt(office.port, { deadlines: SHORT });
    office.onData.push('mute', 'mute', 'mute');
    await at.queue(codeMail());
    await rounds(5);
    expect(office.letters).toHaveLength(2);
    expect(new Set(office.letters.map(({ headers }) => headers['message-id'])).size).toBe(1);
  });

  test.each([
    ['says nothing at all', () => undefined],
    ['hangs up at once', (socket: Socket) => socket.destroy()],
    ['drips a greeting that never ends', (socket: Socket) => {
      const drip = setInterval(() => socket.write('220-wait\r\n'), 50);
      socket.on('close', () => clearInterval(drip));
    }],
  ])('a server that %s is left at the deadline, and the mail arrives once at the next one', async (_name, treat) => {
    const sockets = new Set<Socket>();
    const bad: Server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      treat(socket);
    });
    await new Promise<void>((resolve) => bad.listen(0, '127.0.0.1', resolve));
    const { port } = bad.address() as AddressInfo;
    deskAt(port, { deadlines: { connectMs: 300, greetingMs: 300, socketMs: 300, totalMs: 1_000 } });
    await at.queue(codeMail());
    const began = performance.now();
    await rounds(1);
    expect(performance.now() - began).toBeLessThan(2_500);
    expect(at.counts).toEqual(['registration-code retried']);
    sockets.forEach((socket) => socket.destroy());
    await new Promise((resolve) => bad.close(resolve));
    const back = await another(port);
    await rounds(3);
    expect(back.letters).toHaveLength(1);
  });

  test('a server that answers a little now and then is left when the time is over, and can finish nothing later', async () => {
    // Between us and the server: it lets our words through, and gives the server's back one byte each tenth of a second.
    const slow = createServer((socket) => {
      const server = connect(office.port, '127.0.0.1');
      const held: number[] = [];
      server.on('data', (chunk) => held.push(...chunk));
      const drip = setInterval(() => held.length > 0 && socket.write(Buffer.from([held.shift()!])), 100);
      socket.pipe(server);
      for (const end of [socket, server]) end.on('error', () => undefined);
      socket.on('close', () => {
        clearInterval(drip);
        server.destroy();
      });
    });
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    deskAt((slow.address() as AddressInfo).port, { deadlines: { connectMs: 9_000, greetingMs: 9_000, socketMs: 9_000, totalMs: 1_000 } });
    await at.queue(codeMail());
    const began = performance.now();
    await rounds(1);
    expect(performance.now() - began).toBeLessThan(2_500);
    expect(at.counts).toEqual(['registration-code retried']);
    await new Promise((resolve) => slow.close(resolve));
    expect(office.letters).toEqual([]);
  });

  test('an address that is not one is given up, and the server hears nothing of it', async () => {
    deskAt(office.port);
    for (const to of ['a@x.org, b@y.org', 'a@x.org\r\nRCPT TO:<b@y.org>', 'a\0@x.org']) await at.queue(changedMail(to));
    await rounds(2);
    expect(office.connections()).toBe(0);
    expect(at.counts).toEqual(Array(3).fill('password-changed given_up'));
  });

  test('two workers on one store send each mail once', async () => {
    deskAt(office.port);
    for (let n = 0; n < 12; n++) await at.queue(changedMail(`tenant${n}@tenant.example`));
    await Promise.all([deliverDue(at), deliverDue({ ...at, store: at.secondStore() })]);
    expect(office.letters.flatMap(({ to }) => to).sort()).toEqual(Array.from({ length: 12 }, (_, n) => `tenant${n}@tenant.example`).sort());
  });
});

describe('the demo mailbox', () => {
  const mailbox = async () => {
    const mailer = memoryMailer(clock);
    const server = Fastify();
    serveMailbox(server, mailer.mails);
    return { mailer, get: (accept: string) => server.inject({ url: '/demo/mailbox', headers: { accept } }) };
  };

  test('gives JSON, newest first, and keeps the last 200', async () => {
    const { mailer, get } = await mailbox();
    expect((await get('*/*')).json()).toEqual([]);
    for (let n = 0; n < 201; n++) await mailer.send(outgoing(`tenant${n}@x.example`));
    const mails = (await get('application/json')).json<{ to: string }[]>();
    expect(mails).toHaveLength(200);
    expect(mails[0]).toEqual({ to: 'tenant200@x.example', subject: outgoing('').subject, text: outgoing('').text, html: outgoing('').html, sentAt: '2017-02-08T10:00:00.000Z' });
    expect(mails.at(-1)!.to).toBe('tenant1@x.example');
  });

  test('gives a browser a page in which nothing can run', async () => {
    const { mailer, get } = await mailbox();
    await mailer.send(outgoing('tenant@x.example', { subject: '<b>Hello</b>', text: '<script>alert(1)</script>' }));
    const { headers, body } = await get('text/html,application/xhtml+xml,*/*;q=0.8');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'unsafe-inline'/);
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(body).not.toMatch(/<script|<b>/);
  });
});

describe('a gateway', () => {
  /** Puts a mail into a running gateway's store from beside it, as another gateway on the same store would. */
  async function queueBeside(storeUrl: string): Promise<void> {
    const store = sqliteStore(storeUrl, 'schema/store');
    let made = 0;
    await transact(store, (transaction) => queueMail(transaction, { clock, random: { token: () => '', uuid: () => `beside-${made++}` } }, codeMail()));
    await store.close();
  }

  test('of the demo sends to its mailbox, with links to itself where there is no front end', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mail-'));
    const gateway = await startGateway({ STORE_URL: `file:${folder}/gateway.db` });
    const mails = async () => (await (await fetch(`${gateway.url}/demo/mailbox`)).json()) as { to: string; text: string }[];
    expect(await mails()).toEqual([]);
    await queueBeside(`file:${folder}/gateway.db`);
    await until(async () => (await mails()).length === 1);
    const [mail] = await mails();
    expect(mail!.to).toBe(CANARY.address);
    expect(mail!.text).toContain(`${gateway.url}/confirm?registration=${CANARY.registration}\n`);
    expect(await gateway.metrics()).toContain('mails_total{template="registration-code",outcome="sent"} 1');
    await gateway.close();
    rmSync(folder, { recursive: true });
  });

  test('with a mail server sends to that, and has no mailbox', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mail-'));
    const gateway = await startGateway({ STORE_URL: `file:${folder}/gateway.db`, LANDLORD: 'believe', SMTP_URL: `smtp://127.0.0.1:${office.port}`, PORTAL_URL: 'https://portal.example' });
    expect((await fetch(`${gateway.url}/demo/mailbox`)).status).toBe(404);
    await queueBeside(`file:${folder}/gateway.db`);
    await until(() => office.letters.length === 1);
    expect(office.letters[0]!.headers['from']).toBe('believe <no-reply@believe.example>');
    expect(plain(office.letters[0]!).text).toContain(`https://portal.example/confirm?registration=${CANARY.registration}\n`);
    await gateway.close();
    rmSync(folder, { recursive: true });
  });

  test('that is not the demo asks for what mail needs, all at once', async () => {
    const missing = (landlord: string): string => {
      try {
        readConfig({ NODE_ENV: 'production', LANDLORD: landlord });
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(missing('wiltshire')).toMatch(/SMTP_URL: must be set.*PORTAL_URL: must be set/s);
    expect(missing('wiltshire')).not.toContain('MAIL_FROM');
    expect(missing('believe')).toContain('MAIL_FROM: must be set');
    await expect(startGateway({ SMTP_URL: `smtp://user:${CANARY.password}@mail.example?tls=none` })).rejects.toThrow(/^The configuration has a fault:\n {2}SMTP_URL: a password is not sent without TLS$/);
  });
});
