import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Procedure, ScalarType, SqlError } from '../../../fixtures/legacy/tds/backend.js';
import { bindArguments } from '../../../fixtures/legacy/tds/arguments.js';
import { Output, ProtocolError, Reader } from '../../../fixtures/legacy/tds/bytes.js';
import { convert } from '../../../fixtures/legacy/tds/convert.js';
import { agreedVersion, readLogin, unscramble } from '../../../fixtures/legacy/tds/login.js';
import { findProcedure, resolveType, splitName } from '../../../fixtures/legacy/tds/names.js';
import { Encrypt, negotiate, readPrelogin, writePrelogin } from '../../../fixtures/legacy/tds/prelogin.js';
import { readRpc } from '../../../fixtures/legacy/tds/rpc.js';
import { Version } from '../../../fixtures/legacy/tds/types.js';
import { FakeBackend } from './fake-backend.js';
import { loginMessage } from './raw-client.js';

const HEADERS = '16000000' + '12000000' + '0200' + '0000000000000000' + '01000000';
const ucs2 = (text: string): string => Buffer.from(text, 'utf16le').toString('hex');
const counted = (text: string): string => text.length.toString(16).padStart(2, '0') + ucs2(text);
const named = (text: string): string => text.length.toString(16).padStart(2, '0') + '00' + ucs2(text);
const rpc = (hex: string, version: number = Version.v74): ReturnType<typeof readRpc> => readRpc(new Reader(Buffer.from(hex, 'hex')), version);
const call = `${HEADERS}${named('gateway.Echo')}0000`;

describe('an RPC request', () => {
  it('has a procedure by name or by number, and parameters by name or by position', () => {
    expect(rpc(`${call}${counted('@Number')}00` + '260404' + '05000000' + '0002' + 'a71400' + '0904d00000' + 'ffff')).toEqual([
      { procedure: 'gateway.Echo', parameters: [{ name: '@Number', output: false, value: { type: 'int', value: 5 } }, { name: '', output: false, value: undefined }] },
    ]);
    expect(rpc(`${HEADERS}ffff0a000000`)).toEqual([{ procedure: 'sp_executesql', parameters: [] }]);
  });

  it('may hold several calls', () => {
    expect(rpc(`${call}ff${named('gateway.Ping')}0000`).map((one) => one.procedure)).toEqual(['gateway.Echo', 'gateway.Ping']);
    expect(rpc(`${named('gateway.Echo')}000080${named('gateway.Ping')}0000`, Version.v71).map((one) => one.procedure)).toEqual(['gateway.Echo', 'gateway.Ping']);
  });

  it.each<[string, string, unknown]>([
    ['int', '38' + '05000000', 5], ['tinyint', '30' + 'ff', 255], ['smallint', '34' + 'ffff', -1], ['bigint', '7f' + 'ffffffffffffffff', -1], ['bit', '32' + '01', true],
    ['varchar', '27' + 'ff' + '03' + '61e292', 'aâ’'], ['char', '2f' + '05' + '02' + '6120', 'a '], ['varchar', '27' + 'ff' + '00', null],
    ['text', '23' + '10000000' + '0904d00000' + '02000000' + '6162', 'ab'], ['ntext', '63' + '10000000' + '0904d00000' + '04000000' + '61006200', 'ab'], ['ntext', '63' + '10000000' + '0904d00000' + 'ffffffff', null],
    ['money', '3c' + '00000000' + '40070400', '26.4000'], ['smallmoney', '6e04' + '04' + '40070400', '26.4000'], ['real', '3b' + '0000803f', 1], ['smalldatetime', '6f04' + '04' + '0100' + '3c00', '1900-01-02T01:00:00'],
    ['numeric', '6c110a02' + '05' + '01' + '96000000', '1.50'], ['time', '2900' + '03' + '010000', '00:00:01'], ['datetimeoffset', '2b00' + '08' + '010000' + '010000' + '3c00', '0001-01-02T01:00:01'],
    ['nvarchar', 'e7ffff' + '0904d00000' + 'feffffffffffffff' + '02000000' + '6100' + '02000000' + '6200' + '00000000', 'ab'],
    ['varbinary', 'a50800' + '0200' + 'beef', '0xBEEF'],
  ])('carries %s as %s', (type, hex, value) => {
    expect(rpc(`${call}0000${hex}`)[0]?.parameters).toEqual([{ name: '', output: false, value: { type, value } }]);
  });

  const table = `f3` + counted('') + counted('gateway') + counted('Pairs');
  const columns = '0200' + '00000000' + '0000' + '2604' + '00' + '00000000' + '0100' + 'e73c00' + '0904d00000' + '00';
  it('carries a table: its rows, NULL and Unicode in them, and the advice on their order', () => {
    const rows = '01' + '0401000000' + '0200' + ucs2('ŵ') + '01' + '00' + 'ffff';
    expect(rpc(`${call}${counted('@Pairs')}00${table}${columns}` + '10' + '0100' + '010001' + '11' + '0100' + '0100' + `00${rows}00`)[0]?.parameters).toEqual([
      { name: '@Pairs', output: false, value: { typeName: 'gateway.Pairs', columns: ['int', 'nvarchar'], rows: [[1, 'ŵ'], [null, null]] } },
    ]);
    expect(rpc(`${call}${counted('@Pairs')}00${table}${columns}0000`)[0]?.parameters[0]?.value).toEqual({ typeName: 'gateway.Pairs', columns: ['int', 'nvarchar'], rows: [] });
    expect(rpc(`${call}${counted('@Pairs')}00${table}ffff0000`)[0]?.parameters[0]?.value).toEqual({ typeName: 'gateway.Pairs', columns: [], rows: [] });
  });

  it('is refused, and nothing worse, wherever it was cut short or spoilt', () => {
    const whole = Buffer.from(`${call}${counted('@Pairs')}00${table}${columns}00` + '01' + '0401000000' + '0200' + ucs2('ŵ') + '00', 'hex');
    for (let length = 0; length < whole.length; length++) {
      // Between two parameters a message may end; anywhere else it may not.
      try {
        readRpc(new Reader(whole.subarray(0, length)), Version.v74);
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError);
      }
    }
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.uint8Array({ maxLength: 60 }), (at, byte, more) => {
        const spoilt = Buffer.concat([whole, Buffer.from(more)]);
        spoilt[at] = byte;
        try {
          readRpc(new Reader(spoilt), Version.v74);
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('arguments', () => {
  const backend = new FakeBackend();
  const procedure = (name: string): Procedure => backend.procedures.find((one) => one.name === `gateway.${name}`) as Procedure;
  const scalar = (value: string | number | null, name = '', type = 'varchar'): Parameters<typeof bindArguments>[1][number] => ({ name, output: false, value: { type, value } });
  const bind = (name: string, ...passed: Parameters<typeof bindArguments>[1][number][]): unknown => Object.fromEntries(bindArguments(procedure(name), passed, backend.tableTypes));
  const refused = (run: () => unknown): number | undefined => {
    try {
      run();
      return undefined;
    } catch (error) {
      return (error as SqlError).number;
    }
  };

  it('come by position, by name in any case, and by default', () => {
    expect(bind('Echo', scalar('a'), scalar(' 5 ', '@NUMBER'))).toMatchObject({ '@Reference': 'a', '@Number': 5, '@Name': undefined });
    expect(bind('Pairs')).toEqual({ '@Pairs': [], '@More': [], '@From': undefined });
  });

  it('that do not fit are refused by number', () => {
    const rows = (typeName: string, columns: string[], ...values: (string | number | null)[][]): Parameters<typeof bindArguments>[1][number] => ({ name: '', output: false, value: { typeName, columns, rows: values } });
    expect([
      refused(() => bind('Echo')),
      refused(() => bind('Ping', scalar('x'))),
      refused(() => bind('Echo', scalar('x', '@Nope'))),
      refused(() => bind('Echo', scalar('x', '@Reference'), scalar('y', '@reference'))),
      refused(() => bind('Echo', scalar('x', '@Reference'), scalar('y'))),
      refused(() => bind('Echo', { ...scalar('x'), output: true })),
      refused(() => bind('GetPersons', scalar('x'))),
      refused(() => bind('GetPersons', rows('gateway.Nope', ['varchar'], ['a']))),
      refused(() => bind('GetPersons', rows('gateway.Other', ['varchar'], ['a']))),
      refused(() => bind('GetPersons', rows('', ['varchar', 'int'], ['a', 1]))),
      refused(() => bind('Pairs', rows('gateway.Pairs', ['int', 'nvarchar'], [null, 'x']))),
      refused(() => bind('Echo', rows('gateway.Pairs', ['int'], [1]))),
      refused(() => bind('Count', scalar('many'))),
    ]).toEqual([201, 8144, 8145, 8143, 119, 8162, 206, 2715, 206, 500, 515, 206, 8114]);
  });

  it.each<[string, string | number | bigint | boolean, ScalarType, unknown]>([
    ['varchar', 'abcdef', { kind: 'varchar', length: 3 }, 'abc'], ['nvarchar', 'Gŵyr漢', { kind: 'varchar', length: 9 }, 'Gwyr?'], ['int', 5, { kind: 'varchar', length: 9 }, '5'], ['bit', true, { kind: 'varchar', length: 9 }, '1'],
    ['varchar', '', { kind: 'int' }, 0], ['numeric', '1.9', { kind: 'int' }, 1], ['bigint', 2n ** 62n, { kind: 'bigint' }, 2n ** 62n], ['varchar', 'TRUE', { kind: 'bit' }, true], ['int', 0, { kind: 'bit' }, false],
    ['varchar', '£1,234.5', { kind: 'money' }, 1234.5], ['float', 0.1, { kind: 'decimal', precision: 5, scale: 2 }, '0.10'], ['varchar', '1e2', { kind: 'float' }, 100],
    ['varchar', '20170208', { kind: 'date' }, '2017-02-08'], ['datetime', '2017-02-08T09:15:30', { kind: 'date' }, '2017-02-08'], ['nvarchar', '2017-02-08 23:59:59.999', { kind: 'datetime' }, '2017-02-09T00:00:00'],
    ['varchar', '2017-02-08', { kind: 'datetime2', scale: 3 }, '2017-02-08T00:00:00'], ['varchar', '6f9619ff-8b86-d011-b42d-00c04fc964ff', { kind: 'uniqueidentifier' }, '6F9619FF-8B86-D011-B42D-00C04FC964FF'],
  ])('convert: %s %p to %j is %p', (from, value, to, expected) => {
    expect(convert(value, from, to)).toBe(expected);
  });

  it.each<[string, string | number, ScalarType]>([
    ['varchar', '1.5', { kind: 'int' }], ['bigint', 2 ** 31, { kind: 'int' }], ['int', -1, { kind: 'tinyint' }], ['varchar', 'x', { kind: 'money' }], ['varchar', '31/01/2017', { kind: 'date' }], ['int', 5, { kind: 'date' }],
    ['date', '2017-02-08', { kind: 'int' }], ['varchar', '1752-01-01', { kind: 'datetime' }], ['varchar', 'x', { kind: 'uniqueidentifier' }], ['varchar', '1000', { kind: 'decimal', precision: 5, scale: 2 }], ['varbinary', '0xBEEF', { kind: 'varchar', length: 9 }],
  ])('do not convert: %s %p to %j', (from, value, to) => {
    expect(refused(() => convert(value, from, to))).toBe(8114);
  });
});

describe('a login', () => {
  it('has its texts where the offsets say, and the password put right again', () => {
    expect(readLogin(loginMessage({ user: 'gäst', password: 'pâss£’ŵ漢', database: 'housing', packetSize: 8000, version: 0x730b0003 }))).toMatchObject({
      user: 'gäst', password: 'pâss£’ŵ漢', database: 'housing', packetSize: 8000, version: Version.v73, features: [],
    });
    // 'a' is 61 00: its nibbles swapped 16 00, and every bit of A5 flipped.
    expect(unscramble(Buffer.from('b3a5', 'hex'))).toBe('a');
  });

  it('lists the features that are offered', () => {
    const message = loginMessage();
    const extended = Buffer.concat([message, Buffer.alloc(4), Buffer.from('0a01000000' + '01' + 'ff', 'hex')]);
    extended.writeUInt8(0x10, 27);
    extended.writeUInt16LE(message.length, 56);
    extended.writeUInt16LE(4, 58);
    extended.writeUInt32LE(message.length + 4, message.length);
    expect(readLogin(extended).features).toEqual([0x0a]);
    expect(() => readLogin(extended.subarray(0, extended.length - 1))).toThrow(ProtocolError);
  });

  it('agrees on the older of the two versions, and on none before 7.1', () => {
    expect([0x74000004, 0x730b0003, 0x730a0003, 0x72090002, 0x71000001, 0x75000000].map(agreedVersion)).toEqual([Version.v74, Version.v73, Version.v73a, Version.v72, Version.v71, Version.v74]);
    expect(() => agreedVersion(0x70000000)).toThrow(ProtocolError);
  });

  it('that lies about its offsets is refused', () => {
    fc.assert(
      fc.property(fc.nat(93), fc.nat(255), (at, byte) => {
        const message = loginMessage();
        message[at] = byte;
        try {
          readLogin(message);
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('PRELOGIN', () => {
  it('is read, and written so that it reads back', () => {
    expect(readPrelogin(writePrelogin(Encrypt.required, true))).toEqual({ encryption: Encrypt.required, fedAuth: true });
    expect(writePrelogin(Encrypt.on, false).subarray(0, 6).toString('hex')).toBe('00' + '001a' + '0006' + '01');
    for (const hex of ['', '00', '0000ff0006ff', '01000600']) expect(() => readPrelogin(Buffer.from(hex, 'hex'))).toThrow(ProtocolError);
  });

  it('settles what is encrypted', () => {
    const table = (['on', 'off', 'required'] as const).map((mode) => [Encrypt.off, Encrypt.on, Encrypt.notSupported, Encrypt.required].map((client) => Object.values(negotiate(mode, client)).join(' ')));
    expect(table).toEqual([
      ['0 login', '1 all', '2 none', '1 all'],
      ['2 none', '2 none', '2 none', '2 none'],
      ['3 all', '1 all', '3 all', '1 all'],
    ]);
  });
});

describe('names', () => {
  it('are found without case, with brackets, with the database that it is', () => {
    const { procedures } = new FakeBackend();
    const found = (name: string): string | undefined => findProcedure(procedures, name, 'housing')?.name;
    for (const name of ['gateway.Ping', 'GATEWAY.PING', '[gateway].[Ping]', '"gateway"."ping"', 'Housing.gateway.Ping', 'gateway.Ping;1']) expect(found(name)).toBe('gateway.Ping');
    for (const name of ['Ping', 'dbo.Ping', 'other.gateway.Ping', 'server.housing.gateway.Ping', '', '[', '...', 'gateway.', 'housing..Ping']) expect(found(name)).toBeUndefined();
    expect(splitName('[a]]b].[c.d]')).toEqual(['a]b', 'c.d']);
    expect(splitName('housing..Ping')).toEqual(['housing', '', 'Ping']);
  });

  it('of types are theirs', () => {
    const types = new FakeBackend().tableTypes;
    expect(resolveType({ name: 'gateway.referencelist', sizes: [] }, types)).toMatchObject({ kind: 'table' });
    expect(resolveType({ name: 'NVARCHAR', sizes: ['max'] }, types)).toEqual({ kind: 'nvarchar', length: 'max' });
    expect(resolveType({ name: 'numeric', sizes: [19, 4] }, types)).toEqual({ kind: 'decimal', precision: 19, scale: 4 });
    for (const [name, sizes] of [['nope', []], ['char', ['max']], ['varchar', [9000]], ['decimal', [39]], ['decimal', [5, 6]], ['datetime2', [8]]] as const) expect(resolveType({ name, sizes }, types)).toBeUndefined();
  });
});

describe('an output', () => {
  it('grows without losing what it holds', () => {
    const out = new Output(1);
    for (let i = 0; i < 1_000; i++) out.u8(i & 0xff);
    expect([...out.view()]).toEqual(Array.from({ length: 1_000 }, (_, index) => index & 0xff));
  });
});
