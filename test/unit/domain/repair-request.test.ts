import { describe, expect, test } from '@jest/globals';
import { fromLondon, workingDaysAfter } from '../../../src/domain/calendar.js';
import type { RepairGuide, RepairProblem } from '../../../src/domain/guide.js';
import { CONTACT_WITHIN, linesToPhone, phoneUsMessage, readRequest, verySimilar } from '../../../src/domain/repair-request.js';
import { landlordNamed } from '../../../src/landlords/index.js';

const problem = (id: string, title: string, priority: string, emergency = false): RepairProblem => ({ id, title, advice: null, emergency, sorCode: `10${id.toUpperCase()}`, priority });
const guide: RepairGuide = {
  version: '2', renamed: new Map([['old-drip', 'drip']]),
  categories: [{ id: 'c', title: 'Plumbing', advice: null, elements: [{ id: 'e', title: 'Taps', advice: null, components: [{
    id: 'k', title: 'Kitchen tap', advice: null, problems: [
      problem('drip', 'Drips', 'N'), problem('loose', 'Loose', 'K'), problem('block', 'Blocked', 'U'), problem('burst', 'Burst', 'E'), problem('now', 'Gas leak', 'I'),
      problem('night', 'At night', 'O'), problem('mark', 'Marked', 'N', true), problem('cold', 'No heating', 'N'),
    ],
  }] }] }],
};
const read = (problemIds: string[], description: string | null = null, contactPhone: string | null = null) => readRequest(guide, { problemIds, description, contactPhone });
const field = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return [(error as { code: string }).code, (error as { field: string }).field];
  }
};

describe('taken online or not', () => {
  test.each<[string[], string | null, boolean]>([
    [['drip'], null, false], [['loose'], null, false], [['drip'], 'It drips all night', false], [[], 'The tap drips', false],
    [['block'], null, true], [['burst'], null, true], [['now'], null, true], [['night'], null, true], [['mark'], null, true],
    [['drip', 'burst'], null, true], [['drip'], 'and I smell gas', true], [[], 'sparks from the socket', true],
    [['cold'], null, false], [['cold'], 'we have a baby', true],
  ])('%p with %p: phone us is %p', (ids, description, phone) => {
    expect(read(ids, description).phoneUs !== null).toBe(phone);
  });

  test('urgent is not an emergency, and gas and fire are told apart', () => {
    expect(read(['block']).phoneUs).toEqual({ gas: false, fire: false, emergency: false });
    expect(read(['now']).phoneUs).toEqual({ gas: true, fire: false, emergency: true });
    expect(read([], 'smoke from the socket').phoneUs).toEqual({ gas: false, fire: true, emergency: true });
    expect(phoneUsMessage(read([], 'smoke').phoneUs!)).toContain('999');
    expect(phoneUsMessage(read(['now']).phoneUs!)).toContain('0800 111 999');
  });
});

describe('what is sent', () => {
  test('problems with their way, then the words; code and priority of the first problem', () => {
    expect(read(['old-drip', 'drip', 'loose'], ' At night ')).toMatchObject({
      text: 'Plumbing: Taps: Kitchen tap: Drips\nPlumbing: Taps: Kitchen tap: Loose\nAt night', sorCode: '10DRIP', priority: 'N', description: 'At night',
    });
    expect(read([], 'Only words')).toMatchObject({ text: 'Only words', sorCode: null, priority: 'N' });
  });

  test('nothing that XML cannot carry, and line breaks of one kind', () => {
    expect(read([], 'a\u0000b\u000bc\r\nd\re\ud800f\udc00g\u{1F6BF}\uffff]]> <!ENTITY &amp;').text).toBe('abc\nd\nefg\u{1F6BF}]]> <!ENTITY &amp;');
    expect(read([], `${'x'.repeat(2_000)}\u0000\n`).text).toHaveLength(2_000);
  });

  test.each([[[], null], [[], ' \u0000\r\n '], [[], ''], [[], '\u200b\u2060 \ufeff\u0085\u00a0']] as const)('nothing in it: %p %p', (ids, words) => {
    expect(field(() => read([...ids], words))).toEqual(['INVALID_INPUT', 'input.description']);
  });

  test('limits', () => {
    expect(field(() => read(['nonesuch']))).toEqual(['INVALID_INPUT', 'input.problemIds']);
    expect(field(() => read([], 'x'.repeat(2_001)))).toEqual(['INVALID_INPUT', 'input.description']);
    expect(() => read([], 'x'.repeat(2_001))).toThrow('at most 2,000 characters');
    expect(() => read(['drip'], 'x'.repeat(2_000))).toThrow('at most 1,965 characters beside the chosen problems');
    expect(read(['drip'], 'x'.repeat(1_965)).text).toHaveLength(2_000);
    expect(read([], `gas leak ${'x'.repeat(3_000)}`).phoneUs).not.toBeNull();
  });

  test.each<[string | null, unknown]>([
    [null, null], [' ', null], ['07700900123', '07700 900123'], ['(01225) 555 010', '01225 555010'], ['+44 7700 900123', '07700 900123'], ['+33 1 23 45 67 89', '+33 1 23 45 67 89'],
    ['12', ['INVALID_INPUT', 'input.contactPhone']], ['my neighbour', ['INVALID_INPUT', 'input.contactPhone']], ['07700 900123 or 07700 900124', ['INVALID_INPUT', 'input.contactPhone']],
  ])('phone %p', (typed, expected) => {
    expect(field(() => read([], 'Tap drips', typed).contactPhone)).toEqual(expected);
  });
});

describe('whom to phone', () => {
  const wiltshire = landlordNamed('wiltshire');
  const gas = { gas: true, fire: false, emergency: true };
  const names = (naive: string, why = gas) => linesToPhone(wiltshire, why, fromLondon(naive)).map(({ name }) => name);
  test('at three on a bank holiday the out-of-hours service, at ten on a working day the office; for gas the national number next', () => {
    expect(names('2017-04-17T03:00:00')).toEqual(['Out-of-hours service', 'National gas emergency service', 'Housing office (option 2 for repairs)']);
    expect(names('2017-04-17T10:00:00')[0]).toBe('Out-of-hours service');
    expect(names('2017-04-18T10:00:00')).toEqual(['Housing office (option 2 for repairs)', 'National gas emergency service', 'Out-of-hours service']);
    expect(names('2017-04-18T10:00:00', { ...gas, gas: false })).toEqual(['Housing office (option 2 for repairs)', 'Out-of-hours service']);
    // Where nobody knows the landlord's hours, the one that is surely answered comes first.
    expect(linesToPhone(landlordNamed('believe'), gas, fromLondon('2017-04-18T10:00:00')).map(({ name }) => name)).toEqual(['National gas emergency service', 'Customer Service Team']);
  });
});

test.each([
  ['2017-02-08', '2017-02-10'], ['2017-02-10', '2017-02-14'], ['2017-02-11', '2017-02-14'],
  ['2017-04-13', '2017-04-19'], ['2016-12-23', '2016-12-29'],
])('somebody who asks on %s hears by %s', (today, contactBy) => {
  expect(workingDaysAfter(today, CONTACT_WITHIN)).toBe(contactBy);
});

test.each<[string, string, boolean]>([
  ['Gutter leaks at rear of property', 'The gutter leaks at rear of property', true],
  ['Gutter leaks at rear of property', 'gutter leaks, rear of the property!', false],
  ['Tap drips', 'tap drips', true], ['Tap drips', 'Tap drips at night', false], ['', '', false], ['🔥', '🔥', false],
])('%p and %p alike: %p', (a, b, alike) => {
  expect(verySimilar(a, b)).toBe(alike);
});
