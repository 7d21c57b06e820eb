import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ScalarType, Value } from '../../../fixtures/legacy/tds/backend.js';
import { Output, Reader } from '../../../fixtures/legacy/tds/bytes.js';
import { formatDay, parseDay } from '../../../fixtures/legacy/tds/calendar.js';
import { COLLATION, readWindows1252, throughWindows1252, writeWindows1252 } from '../../../fixtures/legacy/tds/collation.js';
import { readWireType } from '../../../fixtures/legacy/tds/decode.js';
import { valueWriter } from '../../../fixtures/legacy/tds/encode.js';
import { formatScaled, parseScaled } from '../../../fixtures/legacy/tds/numbers.js';
import { Version, typeFor, writeTypeInfo } from '../../../fixtures/legacy/tds/types.js';

/** A value written as a result's and read as a parameter's, by its own TYPE_INFO; nothing may be left over. */
function there(type: ScalarType, value: Value): Value {
  const out = new Output(4);
  writeTypeInfo(out, type);
  valueWriter(type)(out, value);
  const reader = new Reader(Buffer.from(out.view()));
  const back = readWireType(reader).read(reader);
  expect(reader.left).toBe(0);
  return back;
}

const bytes = (type: ScalarType, value: Value): string => {
  const out = new Output();
  valueWriter(type)(out, value);
  return out.view().toString('hex');
};

const ALL: readonly ScalarType[] = [
  { kind: 'char', length: 5 }, { kind: 'varchar', length: 5 }, { kind: 'varchar', length: 'max' }, { kind: 'nchar', length: 5 }, { kind: 'nvarchar', length: 5 }, { kind: 'nvarchar', length: 'max' },
  { kind: 'tinyint' }, { kind: 'smallint' }, { kind: 'int' }, { kind: 'bigint' }, { kind: 'bit' }, { kind: 'money' }, { kind: 'decimal', precision: 38, scale: 10 }, { kind: 'float' },
  { kind: 'date' }, { kind: 'datetime' }, { kind: 'datetime2', scale: 0 }, { kind: 'datetime2', scale: 7 }, { kind: 'uniqueidentifier' },
];

describe('values', () => {
  it.each(ALL)('of $kind can be NULL', (type) => {
    expect(there(type, null)).toBeNull();
  });

  // Figures worked out by hand from MS-TDS 2.2.5.5.1, so that writer and reader cannot be wrong together.
  it.each<[ScalarType, Value, string]>([
    [{ kind: 'char', length: 4 }, 'a', '0400' + '61202020'],
    [{ kind: 'varchar', length: 4 }, 'â’', '0200' + 'e292'],
    [{ kind: 'nchar', length: 2 }, 'ŵ', '0400' + '75012000'],
    [{ kind: 'varchar', length: 'max' }, 'ab', '0200000000000000' + '02000000' + '6162' + '00000000'],
    [{ kind: 'nvarchar', length: 'max' }, '', '0000000000000000' + '00000000'],
    [{ kind: 'int' }, -2, '04' + 'feffffff'],
    [{ kind: 'smallint' }, 258, '02' + '0201'],
    [{ kind: 'bigint' }, 1n, '08' + '0100000000000000'],
    [{ kind: 'money' }, 26.4, '08' + '00000000' + '40070400'],
    [{ kind: 'money' }, -0.0001, '08' + 'ffffffff' + 'ffffffff'],
    [{ kind: 'decimal', precision: 5, scale: 2 }, -1.5, '05' + '00' + '96000000'],
    [{ kind: 'decimal', precision: 19, scale: 4 }, '1.5', '09' + '01' + '983a000000000000'],
    [{ kind: 'float' }, 1, '08' + '000000000000f03f'],
    [{ kind: 'date' }, '0001-01-01', '03' + '000000'],
    [{ kind: 'date' }, '1900-01-01', '03' + '5b950a'],
    [{ kind: 'date' }, '9999-12-31', '03' + 'dab937'],
    [{ kind: 'datetime' }, '1900-01-02T00:00:01', '08' + '01000000' + '2c010000'],
    [{ kind: 'datetime' }, '1753-01-01', '08' + '462effff' + '00000000'],
    [{ kind: 'datetime2', scale: 0 }, '0001-01-02T00:00:01', '06' + '010000' + '010000'],
    [{ kind: 'datetime2', scale: 7 }, '0001-01-01T00:00:00.0000001', '08' + '0100000000' + '000000'],
    [{ kind: 'uniqueidentifier' }, '00112233-4455-6677-8899-AABBCCDDEEFF', '10' + '33221100' + '5544' + '7766' + '8899aabbccddeeff'],
  ])('of %j: %p is %s', (type, value, hex) => {
    expect(bytes(type, value)).toBe(hex);
  });

  it('of money are exact to the ends of its range, where they are written as text', () => {
    for (const text of ['922337203685477.5807', '-922337203685477.5808', '0.0001', '-26.4000']) expect(there({ kind: 'money' }, text)).toBe(text);
    expect(() => there({ kind: 'money' }, '922337203685477.5808')).toThrow('overflow');
    fc.assert(fc.property(fc.integer({ min: -1e13, max: 1e13 }), (pence) => Number(there({ kind: 'money' }, pence / 100)) === pence / 100));
  });

  it('of decimal are exact with every precision', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 38 }), fc.nat(38), fc.bigInt(-(10n ** 38n), 10n ** 38n), (precision, scale, units) => {
        const held = units % 10n ** BigInt(precision);
        const type: ScalarType = { kind: 'decimal', precision, scale: Math.min(scale, precision) };
        expect(there(type, formatScaled(held, type.scale))).toBe(formatScaled(held, type.scale));
      }),
    );
    expect(() => there({ kind: 'decimal', precision: 5, scale: 2 }, 1000)).toThrow('overflow');
  });

  it('of the integer types are exact, and out of range they are refused', () => {
    fc.assert(fc.property(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), (value) => BigInt(there({ kind: 'bigint' }, value) as bigint) === value));
    fc.assert(fc.property(fc.integer(), (value) => there({ kind: 'int' }, value) === value));
    fc.assert(fc.property(fc.integer({ min: -32_768, max: 32_767 }), (value) => there({ kind: 'smallint' }, value) === value));
    for (const [kind, value] of [['tinyint', 256], ['tinyint', -1], ['smallint', 32_768], ['int', 2 ** 31]] as const) expect(() => there({ kind }, value)).toThrow('overflow');
    expect(() => there({ kind: 'int' }, 'x')).toThrow('Error converting');
  });

  it('of float are exact', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => Object.is(there({ kind: 'float' }, value), value)));
  });

  it('of the date types are every day there is', () => {
    const day = fc.integer({ min: 0, max: 3_652_058 }).map(formatDay);
    fc.assert(fc.property(day, (text) => there({ kind: 'date' }, text) === text && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)));
    for (const text of ['0001-01-01', '1900-01-01', '1900-02-28', '2000-02-29', '2016-02-29', '9999-12-31']) {
      expect(formatDay(parseDay(text))).toBe(text);
      expect(parseDay(text)).toBe(Math.round((Date.parse(`${text}T00:00:00Z`) - Date.parse('0001-01-01T00:00:00Z')) / 86_400_000));
    }
    for (const text of ['1900-02-29', '2017-13-01', '2017-00-10', '2017-04-31', '0000-01-01', '2017-1-1', '20170101', '']) expect(parseDay(text)).toBeNaN();
  });

  it('of datetime round to a three-hundredth of a second, over midnight too', () => {
    const datetime = (text: string): Value => there({ kind: 'datetime' }, text);
    expect(datetime('2017-02-08T09:15:30.001')).toBe('2017-02-08T09:15:30');
    expect(datetime('2017-02-08T09:15:30.002')).toBe('2017-02-08T09:15:30.003');
    expect(datetime('2017-02-08T09:15:30.006')).toBe('2017-02-08T09:15:30.007');
    expect(datetime('2017-12-31T23:59:59.999')).toBe('2018-01-01T00:00:00');
    expect(() => datetime('1752-12-31')).toThrow('overflow');
    expect(there({ kind: 'datetime2', scale: 0 }, '2017-12-31T23:59:59.6')).toBe('2018-01-01T00:00:00');
    expect(() => there({ kind: 'datetime2', scale: 0 }, '9999-12-31T23:59:59.6')).toThrow('overflow');
    expect(there({ kind: 'datetime2', scale: 7 }, '2017-02-08 09:15:30.1234567')).toBe('2017-02-08T09:15:30.1234567');
    for (const text of ['2017-02-08T24:00', '2017-02-08T09:60', '2017-02-08T09', '2017-02-08x09:15', '2017-02-08T09:15:30.12345678']) expect(() => datetime(text)).toThrow('Error converting');
  });

  it('of text are cut at their length, and padded where it is fixed', () => {
    expect(there({ kind: 'varchar', length: 3 }, 'abcd')).toBe('abc');
    expect(there({ kind: 'char', length: 3 }, 'a')).toBe('a  ');
    expect(there({ kind: 'nchar', length: 3 }, 'ŷ')).toBe('ŷ  ');
    expect(there({ kind: 'nvarchar', length: 10 }, '😀漢')).toBe('😀漢');
    expect(there({ kind: 'nvarchar', length: 'max' }, 'ŷ'.repeat(40_000))).toBe('ŷ'.repeat(40_000));
    expect(there({ kind: 'varchar', length: 20 }, '')).toBe('');
  });
});

describe('the collation', () => {
  it('is Latin1_General_CI_AS', () => {
    expect(COLLATION.toString('hex')).toBe('0904d00000');
    const out = new Output();
    writeTypeInfo(out, { kind: 'varchar', length: 20 });
    expect(out.view().toString('hex')).toBe('a7' + '1400' + '0904d00000');
  });

  it('holds what Windows-1252 holds', () => {
    // Not by TextDecoder: Node 20's takes windows-1252 for Latin-1.
    const high = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
    const latin1 = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)).toString('latin1');
    const every = latin1.slice(0, 0x80) + high + latin1.slice(0xa0);
    const buffer = Buffer.alloc(256);
    expect(writeWindows1252(buffer, 0, every, 256)).toBe(256);
    expect([...buffer]).toEqual(Array.from({ length: 256 }, (_, byte) => byte));
    expect(readWindows1252(buffer)).toBe(every);
  });

  it('keeps the Welsh letters that there are, and the base of those that there are not', () => {
    expect(throughWindows1252('âêîôûŷŵ ÂÊÎÔÛŶŴ äëïöüÿ ÁÉÍÓÚÝ')).toBe('âêîôûyw ÂÊÎÔÛYW äëïöüÿ ÁÉÍÓÚÝ');
    expect(throughWindows1252('O’Brien ‘x’ “y” – €5…')).toBe('O’Brien ‘x’ “y” – €5…');
    expect(throughWindows1252('漢😀')).toBe('???');
  });
});

describe('numbers as text', () => {
  it('are rounded half away from zero', () => {
    expect([parseScaled('1.005', 2), parseScaled('-1.005', 2), parseScaled('1.0049', 2), parseScaled('.5', 0), parseScaled('1e3', 2), parseScaled('1.5e-7', 4), parseScaled('12', 0)]).toEqual([101n, -101n, 100n, 1n, 100_000n, 0n, 12n]);
  });

  it('that are none are undefined', () => {
    for (const text of ['', '.', '-', 'x', '1x', '1.2.3', '0x10', 'Infinity', 'NaN', '1e9999']) expect(parseScaled(text, 2)).toBeUndefined();
  });
});

describe('an older client', () => {
  it('gets types that it knows', () => {
    expect(typeFor({ kind: 'date' }, Version.v72)).toEqual({ kind: 'nvarchar', length: 10 });
    expect(typeFor({ kind: 'datetime2', scale: 3 }, Version.v72)).toEqual({ kind: 'nvarchar', length: 27 });
    expect(typeFor({ kind: 'varchar', length: 'max' }, Version.v71)).toEqual({ kind: 'varchar', length: 8000 });
    expect(typeFor({ kind: 'date' }, Version.v73a)).toEqual({ kind: 'date' });
  });
});
