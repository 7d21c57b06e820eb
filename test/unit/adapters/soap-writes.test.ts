/** What is known of a try that went wrong: surely not sent, refused, or nobody knows. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { soapService } from '../../../adapters/soap/client.js';
import { soapWrites, surelyUnsent } from '../../../adapters/soap/writes.js';
import type { LegacyWrite, LegacyWrites } from '../../../src/application/ports.js';
import { startSmall, type Running } from '../soap/service-under-test.js';

const error = (more: object): Error => Object.assign(new Error('x'), more);
const refusedHere = { code: 'ECONNREFUSED', syscall: 'connect' };

test.each<[string, unknown, boolean]>([
  ['connection refused', error(refusedHere), true],
  ['the same inside', error({ code: 'ECONNREFUSED', cause: error(refusedHere) }), true],
  ['no such name', error({ code: 'ENOTFOUND', syscall: 'getaddrinfo' }), true],
  ['no answer about the name', error({ code: 'EAI_AGAIN', syscall: 'getaddrinfo' }), true],
  ['refused by every address', error({ code: 'ECONNREFUSED', errors: [error(refusedHere), error(refusedHere)] }), true],
  ['refused by one address, and a time-out at another', error({ code: 'ECONNREFUSED', errors: [error(refusedHere), error({ code: 'ETIMEDOUT', syscall: 'connect' })] }), false],
  ['a code without its call', error({ code: 'ECONNREFUSED' }), false],
  ['a code from outside over another cause', error({ ...refusedHere, cause: error({ code: 'ECONNRESET' }) }), false],
  ['reset', error({ code: 'ECONNRESET', syscall: 'read' }), false],
  ['timed out', error({ code: 'ETIMEDOUT', syscall: 'connect' }), false],
  ['aborted', error({ name: 'CanceledError', code: 'ERR_CANCELED' }), false],
  ['half an answer', new TypeError('half'), false],
  ['nothing at all', undefined, false],
])('%s: surely not sent is %p', (_name, cause, expected) => {
  expect(surelyUnsent(cause)).toBe(expected);
});

const repair = { propertyReference: '1', text: 'Tap drips', sorCode: null, priority: 'N', contactPhone: null };
const over = (port: number, host = '127.0.0.1') => soapWrites(soapService({ url: `http://gateway:secret@${host}:${port}/housing`, wsdlPath: 'schema/legacy/housing.wsdl' })).send({ kind: 'repair', repair }, 'caller');

/** Does something to each connection that sends anything. */
async function listening(then: (socket: Socket) => void): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => then(socket));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: async () => {
    server.close();
    await once(server, 'close');
  } };
}

describe('what is written there', () => {
  const CONTACT: Extract<LegacyWrite, { kind: 'contact-details' }> = { kind: 'contact-details', personReference: '000017/1', contact: { phones: null, correspondenceAddress: null, email: null } };
  const MEMBER = { title: null, forenames: 'Zoë', surname: 'Pond', dateOfBirth: null, relationship: null };
  let legacy: Running;
  let writes: LegacyWrites;
  beforeAll(async () => {
    legacy = await startSmall();
    writes = soapWrites(soapService({ url: legacy.url.replace('//', '//gateway:gateway@'), wsdlPath: 'schema/legacy/housing.wsdl' }));
  });
  afterAll(() => legacy.close());

  test.each<[string, LegacyWrite, object]>([
    ['phones alone', { ...CONTACT, contact: { ...CONTACT.contact, phones: [{ type: 'MOBILE', number: '07700 900018' }, { type: 'OTHER', number: '+33 1 99 00 12 34' }] } },
      { Phones: { Phone: [{ Type: 'M', Number: '07700 900018' }, { Type: 'X', Number: '+33 1 99 00 12 34' }] }, CorrespondenceAddress: null, Email: null }],
    ['an address alone', { ...CONTACT, contact: { ...CONTACT.contact, correspondenceAddress: { lines: ['c/o Café & Co', '<2> Row'], postcode: 'ZZ1 1ZZ' } } },
      { Phones: null, CorrespondenceAddress: { Line1: 'c/o Café & Co', Line2: '<2> Row', Line3: '', Line4: '', PostCode: 'ZZ1 1ZZ' }, Email: null }],
    ['an e-mail address alone', { ...CONTACT, contact: { ...CONTACT.contact, email: 'new@example.org' } }, { Phones: null, CorrespondenceAddress: null, Email: 'new@example.org' }],
    ['a household', { kind: 'household', tenancyReference: '000017/01', members: [MEMBER, { ...MEMBER, title: 'Dr', dateOfBirth: '2012-02-29', relationship: 'Son' }] },
      { Members: { Member: [{ Title: '', Forename: 'Zoë', Surname: 'Pond', DateOfBirth: '1900-01-01T00:00:00', Relationship: '' },
        { Title: 'Dr', Forename: 'Zoë', Surname: 'Pond', DateOfBirth: '2012-02-29T00:00:00', Relationship: 'Son' }] } }],
  ])('%s; and it is found by our reference', async (name, write, expected) => {
    const sent = await writes.send(write, `caller ${name}`);
    expect(legacy.ledger.entries().at(-1)).toMatchObject(expected);
    const taken = { requestReference: expect.stringMatching(/^CH\d{6}$/), orderReference: null };
    expect(sent).toEqual({ outcome: 'taken', taken });
    expect(await writes.findByCallerReference(`caller ${name}`)).toEqual([(sent as { taken: object }).taken]);
    expect(await writes.findByCallerReference('another')).toEqual([]);
  });

  test('sent twice, it is found twice', async () => {
    for (let n = 0; n < 2; n++) await writes.send({ ...CONTACT, contact: { ...CONTACT.contact, email: 'twice@example.org' } }, 'twice');
    expect(await writes.findByCallerReference('twice')).toHaveLength(2);
  });

  test('an unknown person and an unknown tenancy are refused, with the code', async () => {
    expect(await writes.send({ ...CONTACT, personReference: '999999/1', contact: { ...CONTACT.contact, email: 'a@example.org' } }, 'x')).toMatchObject({ outcome: 'refused', legacyCode: expect.stringMatching(/^\d{4}$/) });
    expect(await writes.send({ kind: 'household', tenancyReference: '999999/99', members: [MEMBER] }, 'x')).toMatchObject({ outcome: 'refused', legacyCode: expect.stringMatching(/^\d{4}$/) });
  });
});

describe('on real sockets', () => {
  test('nobody listens, and nobody of that name: not sent', async () => {
    const { port, close } = await listening(() => undefined);
    await close();
    expect(await over(port)).toEqual({ outcome: 'unsent', cause: 'ECONNREFUSED' });
    expect(await over(port, 'localhost')).toEqual({ outcome: 'unsent', cause: 'ECONNREFUSED' });
    expect(await over(port, 'no-such-host.invalid')).toMatchObject({ outcome: 'unsent' });
  });

  test.each<[string, (socket: Socket) => void]>([
    ['reset', (socket) => socket.resetAndDestroy()],
    ['closed', (socket) => socket.destroy()],
    ['an error page', (socket) => socket.end('HTTP/1.1 503 Away\r\ncontent-length: 0\r\nconnection: close\r\n\r\n')],
    ['not found', (socket) => socket.end('HTTP/1.1 404 None\r\ncontent-length: 0\r\nconnection: close\r\n\r\n')],
    ['nonsense', (socket) => socket.end('hello')],
    ['a redirect', (socket) => socket.end('HTTP/1.1 302 Gone\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n')],
  ])('%s: nobody knows', async (_name, then) => {
    const { port, close } = await listening(then);
    const outcome = await over(port);
    expect(outcome).toMatchObject({ outcome: 'unknown' });
    expect(JSON.stringify(outcome)).not.toMatch(/secret|Tap/);
    await close();
  });
});
