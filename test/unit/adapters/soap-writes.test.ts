/** What is known of a try that went wrong: surely not sent, refused, or nobody knows. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { soapService } from '../../../adapters/soap/client.js';
import { soapWrites, surelyUnsent } from '../../../adapters/soap/writes.js';

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
