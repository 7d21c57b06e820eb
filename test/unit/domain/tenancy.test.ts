import { describe, expect, test } from '@jest/globals';
import { byStatusThenStart, statusOn, within, type HeldTenancy } from '../../../src/domain/tenancy.js';

const held = (changes: Partial<HeldTenancy>): HeldTenancy => ({
  reference: '1', startDate: '2010-01-01', endDate: null, terminated: false, tenure: { code: 'SEC', label: 'Secure' }, charges: [], propertyReference: '1', blockReference: null, ...changes,
});
const TODAY = '2017-02-08';

test.each<[string, Partial<HeldTenancy>, string]>([
  ['running', {}, 'CURRENT'],
  ['begun today', { startDate: TODAY }, 'CURRENT'],
  ['beginning tomorrow', { startDate: '2017-02-09' }, 'FUTURE'],
  ['on its last day', { endDate: TODAY }, 'CURRENT'],
  ['ended yesterday', { endDate: '2017-02-07' }, 'ENDED'],
  ['with notice given', { endDate: '2017-03-31' }, 'CURRENT'],
  ['terminated without a date', { terminated: true }, 'ENDED'],
])('a tenancy %s', (_name, changes, status) => {
  expect(statusOn(held(changes), TODAY)).toBe(status);
});

describe('the tenancy\'s time', () => {
  test.each([['2009-12-31', false], ['2010-01-01', true], ['2016-06-30', true], ['2016-07-01', false]])('a thing of %s belongs to it: %p', (day, expected) => {
    expect(within(held({ endDate: '2016-06-30' }), day)).toBe(expected);
  });
});

test('current ones first, then future, then ended; the youngest of each first', () => {
  const all = [['a', 'ENDED', '2016-01-01'], ['b', 'CURRENT', '2001-01-01'], ['c', 'FUTURE', '2018-01-01'], ['d', 'CURRENT', '2011-01-01'], ['e', 'CURRENT', '2011-01-01']] as const;
  const sorted = all.map(([reference, status, startDate]) => ({ ...held({ reference, startDate }), status })).sort(byStatusThenStart);
  expect(sorted.map(({ reference }) => reference).join('')).toBe('debca');
});
