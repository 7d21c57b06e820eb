import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toCandidate, toPerson } from '../../../adapters/mssql/rows.js';
import { judge, phoneNumbersIn, type RegistrationDetails } from '../../../src/domain/registration.js';
import { AMIR, CANDIDATES, FARAH } from './setting.js';

const FORM = { newTenantWaitDays: 7, phoneTypes: ['MOBILE', 'HOME'] } as const;
const TODAY = '2017-02-08';
const RIGHT: RegistrationDetails = { email: 'farah.khalidi@example.org', phone: '07700 900456', reference: '000412/01', dateOfBirth: '1981-05-30' };
const household = CANDIDATES.filter(({ tenancy }) => tenancy.reference === '000412/01');
const verdict = (details: RegistrationDetails, candidates = household) => judge(candidates, details, FORM, TODAY);

describe('phone numbers', () => {
  it.each([
    ['(01225) 555 010 - not after 6pm', ['+441225555010']], ['01225-555010', ['+441225555010']], ['+44 (0)1225 555010', ['+441225555010']],
    ['0044 7700 900744', ['+447700900744']], ['07700900 456', ['+447700900456']], ['mob 07700-900-123 ring after 5', ['+447700900123']],
    ['07700900108 / 01225 555010', ['+447700900108', '+441225555010']], ['01632 960412 ext 3', ['+441632960412']],
    ['ask his niece', []], ['n/a', []], ['', []], ['999', []],
  ])('are read out of %j', (text, numbers) => {
    expect([...phoneNumbersIn(text)].sort()).toEqual([...numbers].sort());
  });
});

describe('a match', () => {
  it('stands however the details are typed', () => {
    const spaced = (text: string) => fc.array(fc.constantFrom('', ' ', '  '), { minLength: text.length + 1, maxLength: text.length + 1 })
      .map((spaces) => spaces.map((space, n) => space + text.charAt(n)).join(''));
    const cased = (text: string) => fc.array(fc.boolean(), { minLength: text.length, maxLength: text.length })
      .map((upper) => [...text].map((letter, n) => (upper[n] ? letter.toUpperCase() : letter)).join(''));
    fc.assert(fc.property(spaced('000412/01'), cased(RIGHT.email), fc.constantFrom('+447700900456', '07700 900 456', '(07700) 900456', '00447700900456'), (reference, email, phone) => {
      expect(verdict({ ...RIGHT, reference, email: ` ${email} `, phone })).toMatchObject({ person: FARAH, mismatches: [] });
    }));
  });

  it('falls with any one detail of the other tenant', () => {
    const other: RegistrationDetails = { email: 'amir.khalidi@example.org', phone: '07700 900124', reference: '000412/01', dateOfBirth: '1979-01-02' };
    expect(verdict(other)).toMatchObject({ person: AMIR, mismatches: [] });
    for (const field of ['email', 'phone', 'dateOfBirth'] as const) {
      expect(verdict({ ...RIGHT, [field]: other[field] })).toMatchObject({ person: FARAH, mismatches: [field] });
    }
  });

  it('never comes of what is not held', () => {
    const blank = { ...FARAH, dateOfBirth: null, contact: { ...FARAH.contact, emails: ['', 'none'], phones: [{ type: 'MOBILE' as const, number: 'n/a' }] } };
    const empty = household.map(({ tenancy }) => ({ tenancy: { ...tenancy, paymentReference: '' }, persons: [blank] }));
    expect(verdict({ ...RIGHT, email: '', phone: 'n/a' }, empty).mismatches).toEqual(expect.arrayContaining(['phone', 'dateOfBirth']));
    expect(verdict({ ...RIGHT, reference: ' ' }, empty)).toEqual({ person: null, email: null, mismatches: ['reference'] });
  });

  it('wants the reference itself, not one that a look-up of twenty characters found', () => {
    expect(verdict({ ...RIGHT, reference: '000412/01/' }).mismatches).toEqual(['reference']);
  });
});

describe('rows of FindForRegistration', () => {
  it('become tenancies with the people of their own household', () => {
    const row = { HouseRef: '0000000412', PersonNo: 2, Title: 'Mrs       ', Forename: 'Farah                   ', Surname: 'Khalidi             ', DateOfBirth: new Date('1981-05-30T00:00:00Z') };
    const phones = [{ PhoneType: 'M', Phone: '07700900 456   ' }, { PhoneType: 'H', Phone: ' ' }];
    const farah = toPerson(row, phones, [{ Email: ' ' }, { Email: 'Farah.Khalidi@example.org  ' }]);
    const candidate = toCandidate({
      TagRef: '000412/01  ', HouseRef: '0000000412', PaymentRef: '9826100000000041201 ', StartDate: new Date('2010-01-04T00:00:00Z'),
      EndDate: new Date('1900-01-01T00:00:00Z'), Terminated: false, Present: true,
    }, [{ house: '0000000412', person: farah }, { house: '0000000999', person: AMIR }]);
    expect(candidate).toEqual({
      tenancy: { reference: '000412/01', paymentReference: '9826100000000041201', startDate: '2010-01-04', endDate: null, terminated: false },
      persons: [farah],
    });
    expect(judge([candidate], RIGHT, FORM, TODAY).mismatches).toEqual([]);
  });
});
