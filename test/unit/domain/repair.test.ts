import { describe, expect, test } from '@jest/globals';
import { newestFirst, passes, repair, repairStatus, type HeldRepair } from '../../../src/domain/repair.js';

const held = (changes: Partial<HeldRepair> & { code?: string } = {}): HeldRepair => ({
  reference: 'WO1', requestReference: null, propertyReference: '1', description: 'Tap drips', statusDetail: { code: changes.code ?? '300', label: '' },
  registeredDate: '2017-02-01', targetDate: '2017-02-07', completedDate: null, priority: null, ...changes,
});
const TODAY = '2017-02-08';

test.each([
  ['100', 'REGISTERED'], ['200', 'IN_PROGRESS'], ['300', 'IN_PROGRESS'], ['400', 'IN_PROGRESS'], ['500', 'IN_PROGRESS'], ['800', 'IN_PROGRESS'],
  ['600', 'ON_HOLD'], ['700', 'CANCELLED'], ['799', 'CANCELLED'], ['900', 'COMPLETED'], ['950', 'UNKNOWN'], ['', 'UNKNOWN'], ['9OO', 'UNKNOWN'],
])('status %p is %s', (code, status) => {
  expect(repairStatus(code)).toBe(status);
});

describe('overdue', () => {
  test.each([['100', true], ['300', true], ['600', true], ['900', false], ['700', false], ['950', false]])('a repair of status %s after its target: %p', (code, overdue) => {
    expect(repair(held({ code }), 'PROPERTY', TODAY).overdue).toBe(overdue);
  });
  test('not on the target day itself, and never without a target', () => {
    expect(repair(held({ targetDate: TODAY }), 'PROPERTY', TODAY).overdue).toBe(false);
    expect(repair(held({ targetDate: null }), 'PROPERTY', TODAY).overdue).toBe(false);
  });
});

test.each([
  ['2017-02-10', '2017-02-11', false], ['2017-02-10', '2017-02-12', false], ['2017-02-10', '2017-02-13', true],
  ['2017-04-13', '2017-04-17', false], ['2017-04-13', '2017-04-18', true], ['2017-02-07', '2017-02-08', true],
])('with a target of %s a repair is overdue on %s: %p', (targetDate, today, overdue) => {
  expect(repair(held({ targetDate }), 'PROPERTY', today).overdue).toBe(overdue);
});

describe('completedOnOrAfter', () => {
  const at = (code: string, completedDate: string | null) => repair(held({ code, completedDate }), 'PROPERTY', TODAY);
  test('limits completed repairs, the day itself included', () => {
    expect(passes({ completedOnOrAfter: '2017-02-01' }, at('900', '2017-02-01'))).toBe(true);
    expect(passes({ completedOnOrAfter: '2017-02-01' }, at('900', '2017-01-31'))).toBe(false);
    expect(passes({ completedOnOrAfter: '2017-02-01' }, at('900', null))).toBe(false);
  });
  test('never hides an open one', () => {
    for (const code of ['100', '300', '600', '950']) expect(passes({ completedOnOrAfter: '2017-02-01' }, at(code, null))).toBe(true);
  });
  test('statuses choose among all', () => {
    expect(passes({ statuses: ['ON_HOLD'] }, at('600', null))).toBe(true);
    expect(passes({ statuses: ['ON_HOLD'] }, at('300', null))).toBe(false);
    expect(passes({ statuses: [] }, at('300', null))).toBe(false);
  });
});

test('newest first, and by reference within a day', () => {
  const some = [['2017-01-01', 'WO5'], ['2017-02-01', 'WO1'], ['2017-02-01', 'WO9']].map(([registeredDate, reference]) => repair(held({ registeredDate: registeredDate!, reference: reference! }), 'PROPERTY', TODAY));
  expect([...some].sort(newestFirst).map(({ reference }) => reference)).toEqual(['WO9', 'WO1', 'WO5']);
});
