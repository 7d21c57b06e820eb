import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { windows1252 } from '../../../fixtures/legacy/windows-1252.js';
import { readContact, ukPostcode } from '../../../src/domain/contact-change.js';
import { GatewayError } from '../../../src/domain/errors.js';
import { readHousehold } from '../../../src/domain/household-change.js';
import { canBeHeld, heldLine } from '../../../src/domain/legacy-text.js';
import type { Phone, PhoneType } from '../../../src/domain/person.js';

const types = fc.constantFrom<PhoneType>('HOME', 'MOBILE', 'WORK', 'OTHER');
const digits = (n: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: n, maxLength: n });
/** Ten digits of a number, and the ways in which people write it. */
const national = fc.oneof(digits(3).map((end) => `7700900${end}`), digits(3).map((end) => `1632960${end}`), digits(4).map((end) => `207946${end}`));
const written = (number: string): fc.Arbitrary<string> => fc.constantFrom(
  `0${number}`, `0${number.slice(0, 4)} ${number.slice(4)}`, `+44 ${number}`, `+44 (0)${number}`, `0044${number}`, `(0${number.slice(0, 4)}) ${number.slice(4, 7)}-${number.slice(7)}`, ` 0${number} `,
);
const field = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof GatewayError) return error.field;
    throw error;
  }
};

describe('phones', () => {
  test('however one number is written, and however often: it is printed in one way, once, and reads the same again', () => {
    fc.assert(fc.property(national.chain((number) => fc.tuple(fc.array(written(number), { minLength: 1, maxLength: 6 }), types)), ([texts, type]) => {
      const { phones } = readContact({ phones: texts.map((number): Phone => ({ type, number })) });
      expect(phones).toHaveLength(1);
      expect(phones![0]!.number).toMatch(/^0[\d ]{10,13}$/);
      expect(readContact({ phones }).phones).toEqual(phones);
    }));
  });

  test('whatever is typed: numbers that the column holds, no more than were typed, or the field at fault', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom(...'0123456789+()- x#*;,') }), national.chain(written));
    fc.assert(fc.property(fc.array(fc.record({ type: types, number: text }), { minLength: 1, maxLength: 10 }), (typed) => {
      let phones: readonly Phone[] | null = null;
      const at = field(() => {
        phones = readContact({ phones: typed }).phones;
      });
      if (at !== undefined) return expect(at).toMatch(/^input\.phones\.\d\.number$/);
      expect(phones!.length).toBeLessThanOrEqual(typed.length);
      for (const { number } of phones!) expect([number.length <= 50, windows1252(number), /\d{3}/.test(number)]).toEqual([true, true, true]);
    }));
  });

  test('the first kind of a number that comes twice counts, and an extension makes another', () => {
    const typed: Phone[] = [{ type: 'WORK', number: '01632 960001' }, { type: 'HOME', number: '+441632960001' }, { type: 'WORK', number: '01632 960001 ext 12' }];
    expect(readContact({ phones: typed }).phones).toEqual([{ type: 'WORK', number: '01632 960001' }, { type: 'WORK', number: '01632 960001 x12' }]);
  });
});

describe('an address', () => {
  test('comes out in the column\'s letters and width, or with the field at fault; and reads the same again', () => {
    const line = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ unit: fc.constantFrom(...'abc ÉŵŶ’\t\u0301e'), maxLength: 12 }));
    fc.assert(fc.property(fc.array(line, { maxLength: 5 }), fc.constantFrom('SN12 7AB', ' sn127ab', 'SN1 2', 'x'), (lines, postcode) => {
      const work = () => readContact({ correspondenceAddress: { lines, postcode } }).correspondenceAddress!;
      const at = field(work);
      if (at !== undefined) return expect(at).toMatch(/^input\.correspondenceAddress\.(lines(\.\d)?|postcode)$/);
      const read = work();
      expect(read.postcode).toBe('SN12 7AB');
      expect(read.lines).toHaveLength(lines.length);
      for (const each of read.lines) expect([each.length >= 1 && each.length <= 50, windows1252(each), each.trim()]).toEqual([true, true, each]);
      expect(readContact({ correspondenceAddress: read }).correspondenceAddress).toEqual(read);
    }));
  });

  test.each([
    ['sw1a1aa', 'SW1A 1AA'], ['m1 1ae', 'M1 1AE'], ['B33 8TH', 'B33 8TH'], ['cr2  6xh', 'CR2 6XH'], ['GIR0AA', 'GIR 0AA'], ['BF1 3AA', 'BF1 3AA'],
    ['', null], ['SN12', null], ['SN12 7ABC', null], ['7AB SN12', null], ['SN12_7AB', null], ['ＳＮ１２７ＡＢ', null],
  ])('postcode %p is %p', (typed, expected) => {
    expect(ukPostcode(typed)).toBe(expected);
  });
});

describe('text for the legacy system\'s columns', () => {
  test('is what its code page holds, without control characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      // eslint-disable-next-line no-control-regex -- the code page has them, and no column should
      expect(canBeHeld(text)).toBe(windows1252(text) && !/[\u0000-\u001f\u007f]/.test(text));
    }));
  });

  test('joins accents to their letters before it is judged', () => {
    expect(heldLine('x', 'Zoe\u0308  Siân ', 20)).toBe('Zoë Siân');
    expect(field(() => heldLine('x', 'Dw\u0302r', 20))).toBe('x');
  });
});

test('a household of any names fits the columns, or names the member at fault', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 26 });
  const member = fc.record({ title: fc.option(text), forenames: text, surname: text, dateOfBirth: fc.constantFrom(null, '2016-02-29', '2017-02-29', '2017-02-09', '1899-12-31'), relationship: fc.option(text) });
  fc.assert(fc.property(fc.array(member, { minLength: 1, maxLength: 3 }), (members) => {
    const at = field(() => readHousehold(members, '2017-02-08'));
    if (at !== undefined) return expect(at).toMatch(/^input\.members\.\d\.(title|forenames|surname|dateOfBirth|relationship)$/);
    for (const { title, forenames, surname, dateOfBirth, relationship } of readHousehold(members, '2017-02-08')) {
      expect([title ?? 'x', forenames, surname, relationship ?? 'x'].map((each, n) => each.length >= 1 && each.length <= [10, 24, 20, 20][n]! && windows1252(each))).toEqual([true, true, true, true]);
      expect([null, '2016-02-29']).toContain(dateOfBirth);
    }
  }));
});
