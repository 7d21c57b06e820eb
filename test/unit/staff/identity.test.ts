/** What a token's claims make of its holder. */
import { describe, expect, test } from '@jest/globals';
import { staffPerson, staffViewer, type StaffPerson } from '../../../src/application/staff/identity.js';

const RULES = { groupsClaim: 'groups', staffGroups: ['helpers'], adminGroups: ['leaders'] };
const BASE = { iss: 'https://login.example', sub: 'f3a1', groups: ['helpers'] };
const person = (more: object): StaffPerson => staffPerson({ ...BASE, ...more }, RULES) as StaffPerson;

describe('the actor, for the audit trail', () => {
  test.each([
    ['the user name', { preferred_username: 'ruth@a.example', email: 'r@b.example' }, 'ruth@a.example'],
    ['else the address', { email: 'r@b.example' }, 'r@b.example'], ['also where it is checked', { email: 'r@b.example', email_verified: true }, 'r@b.example'],
    ['but not one that is not', { email: 'r@b.example', email_verified: false }, 'f3a1'], ['else who it is to the provider', {}, 'f3a1'],
    ['never something that is no text', { preferred_username: { a: 1 }, email: ['x'] }, 'f3a1'], ['never nothing', { preferred_username: ' \u0000 ' }, 'f3a1'],
    ['without signs that a terminal would obey', { preferred_username: 'ruth\u001b[31m\n' }, 'ruth[31m'],
  ])('is %s', (_name, claims, actor) => {
    expect(person(claims).actor).toBe(actor);
  });

  test('is not longer than a line', () => {
    expect(person({ preferred_username: 'x'.repeat(10_000) }).actor).toHaveLength(256);
  });
});

test('a name greets; without one the actor does', () => {
  expect([person({ name: 'Ruth' }).displayName, person({ preferred_username: 'ruth' }).displayName]).toEqual(['Ruth', 'ruth']);
});

test('an account is the same for the same person, and another one for another person or provider', () => {
  const ids = [person({}), person({ name: 'Changed', groups: ['leaders'] }), person({ sub: 'other' }), person({ iss: 'https://login.example/other' })].map(({ accountId }) => accountId);
  expect(ids[0]).toMatch(/^staff:[\w-]{43}$/);
  expect(ids[1]).toBe(ids[0]);
  expect(new Set(ids).size).toBe(3);
});

test('groups are compared whole and exactly, and those of a prototype do not count', () => {
  for (const groups of [[], ['HELPERS'], 'helpers,leaders', null, 1, { 0: 'helpers' }]) expect(staffPerson({ ...BASE, groups }, RULES)).toBe('NO_GROUP');
  expect(staffPerson(BASE, { ...RULES, groupsClaim: 'constructor' })).toBe('NO_GROUP');
});

test('groups that were left out are told from none', () => {
  const none = { iss: BASE.iss, sub: BASE.sub };
  expect(staffPerson({ ...none, _claim_names: { groups: 'src1' } }, RULES)).toBe('GROUPS_LEFT_OUT');
  expect(staffPerson({ ...none, hasgroups: true }, RULES)).toBe('GROUPS_LEFT_OUT');
  expect(staffPerson({ ...none, _claim_names: { other: 'src1' } }, RULES)).toBe('NO_GROUP');
  expect(staffPerson(none, RULES)).toBe('NO_GROUP');
});

test('a staff viewer is nobody\'s tenant', () => {
  expect(staffViewer(person({ name: 'Ruth' }), 's')).toEqual({
    role: 'STAFF', accountId: expect.any(String), sessionId: 's', actor: 'f3a1', displayName: 'Ruth', userId: null, mustChangePassword: false, personReference: null,
  });
});
