import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MessageAssembler, PacketReader, PacketType, PacketWriter, type Message } from '../../../fixtures/legacy/tds/packets.js';

function messages(chunks: readonly Buffer[], limit = 1_000_000): Message[] {
  const reader = new PacketReader();
  const assembler = new MessageAssembler(limit);
  return chunks.flatMap((chunk) => reader.push(chunk)).flatMap((packet) => assembler.add(packet) ?? []);
}

/** Several packets a message, at the size that was agreed. */
function wire(payload: Buffer, size = 512, type: number = PacketType.rpc): Buffer {
  const writer = new PacketWriter(51);
  writer.size = size;
  return writer.message(type, payload);
}

describe('packets', () => {
  const first = Buffer.from(Array.from({ length: 1300 }, (_, index) => index & 0xff));
  const second = Buffer.from('second');
  const both = Buffer.concat([wire(first), wire(second, 512, PacketType.batch)]);

  it('are the same messages wherever the bytes were split', () => {
    for (let at = 0; at <= both.length; at++) {
      const read = messages([both.subarray(0, at), both.subarray(at)]);
      expect(read.map(({ type, body }) => [type, body.equals(type === PacketType.rpc ? first : second)])).toEqual([[3, true], [1, true]]);
    }
    expect(messages([...both].map((byte) => Buffer.from([byte]))).map((message) => message.body.length)).toEqual([1300, 6]);
  });

  it('carry any payload at any size', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5_000 }), fc.integer({ min: 512, max: 4_096 }), (payload, size) => {
        const sent = wire(Buffer.from(payload), size);
        for (let at = 0; at < sent.length; at += sent.readUInt16BE(at + 2)) expect(sent.readUInt16BE(at + 2)).toBeLessThanOrEqual(size);
        expect(messages([sent]).map((message) => [...message.body])).toEqual([[...payload]]);
      }),
      { numRuns: 50 },
    );
  });

  it('are numbered from 1, and only the last ends the message', () => {
    const sent = wire(first);
    const headers: number[][] = [];
    for (let at = 0; at < sent.length; at += sent.readUInt16BE(at + 2)) headers.push([...sent.subarray(at, at + 8)]);
    expect(headers).toEqual([[3, 0, 2, 0, 0, 51, 1, 0], [3, 0, 2, 0, 0, 51, 2, 0], [3, 1, 1, 44, 0, 51, 3, 0]]);
  });

  it.each([
    ['a length below the header', '03010007'.padEnd(16, '0')],
    ['a length beyond what may be agreed', '0301ffff'.padEnd(16, '0')],
    ['a type that there is not', '47'],
  ])('are refused with %s', (_name, hex) => {
    expect(() => messages([Buffer.from(hex, 'hex')])).toThrow(/packet/);
  });

  it('are refused once their message is too long, or changes its type', () => {
    expect(() => messages([wire(first)], 1_000)).toThrow('longer than 1000');
    expect(() => messages([Buffer.from('0100000900000000' + '00' + '0301000900000000' + '00', 'hex')])).toThrow('type 3 inside a message of type 1');
  });
});
