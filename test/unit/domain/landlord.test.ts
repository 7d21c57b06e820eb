import { describe, expect, it } from '@jest/globals';
import { defineGuide } from '../../../src/domain/guide-check.js';
import { defineLandlord, LandlordFaultsError, type LandlordInput } from '../../../src/domain/landlord.js';

/** A third landlord, as its one file would hold it. */
const third: LandlordInput = {
  id: 'mendip-homes',
  name: 'Mendip Homes',
  portalName: 'MyMendip',
  email: 'tenants@mendip-homes.example',
  timeZone: 'Europe/London',
  phoneLines: [
    {
      name: 'Office', number: '01225 896 000', hours: 'Weekdays and Saturday mornings', emergencies: false,
      opening: {
        kind: 'weekly', closedOnBankHolidays: true,
        stretches: [{ weekdays: [1, 2, 3, 4, 5], opens: '09:00', closes: '17:30' }, { weekdays: [6], opens: '09:00', closes: '12:00' }],
      },
    },
    { name: 'Repairs', number: '0800 555 700', opening: { kind: 'always' }, emergencies: true },
  ],
  usefulNumbers: [{ organisation: 'Wessex Water', number: '0845 600 4600', purpose: 'Supply' }],
  links: [{ kind: 'PRIVACY', title: 'Privacy', url: 'https://mendip-homes.example/privacy' }],
  registration: { referenceLabel: 'Account number', phoneLabel: 'Mobile', phoneTypes: ['MOBILE'], identifierLabel: 'E-mail', newTenantWaitDays: 3 },
  passwordReset: { identifierLabel: 'E-mail', dateOfBirthRequired: true },
  signsInWithUserId: false,
  staffMayIssueLogin: false,
  help: [{ id: 'cannot-sign-in', title: 'Signing in', paragraphs: ['Phone (01225) 896000, or +44 (0)800 555-700 at night.'] }],
  repairGuide: defineGuide({
    version: '1', renamed: new Map(),
    categories: [{ id: 'outside', title: 'Outside', elements: [{ id: 'shed', title: 'Shed', components: [
      { id: 'shed-roof', title: 'Roof', problems: [{ id: 'shed-roof-leaks', title: 'Leaks', sorCode: '50SHEDRF', priority: 'N' }] },
    ] }] }],
  }),
  paymentLimitPence: 100_000,
};

function faultsOf(input: unknown): readonly string[] {
  try {
    defineLandlord(input as LandlordInput);
  } catch (error) {
    if (error instanceof LandlordFaultsError) return error.faults;
    throw error;
  }
  return [];
}

describe('defineLandlord', () => {
  it('takes a landlord without faults', () => {
    expect(defineLandlord(third)).toEqual(third);
  });

  it('tells all faults at once, each with its path', () => {
    const [office, repairs] = third.phoneLines;
    const wrong = {
      ...third,
      id: 'Mendip Homes',
      name: undefined,
      email: 'nobody',
      timeZone: 'Europe/Paris',
      phoneLines: [
        { name: 'Office', number: '', opening: { kind: 'weekly', stretches: [{ weekdays: [1, 8], opens: '17:00', closes: '08:30' }, { weekdays: [], opens: '9', closes: '25:00' }], closedOnBankHolidays: true }, emergencies: false },
        { ...repairs, emergencies: false, opening: { kind: 'sometimes' } },
        { ...office, number: undefined },
        { ...repairs, name: 'Nights', emergencies: false, opening: { kind: 'otherwise', whenClosed: 'Nobody' } },
      ],
      links: [{ kind: 'PRIVACY', title: 'Privacy', url: 'http://mendip-homes.example' }, { kind: 'BLOG', title: 'Blog', url: 'nowhere' }],
      registration: { ...third.registration, newTenantWaitDays: -1 },
      passwordReset: { identifierLabel: ' ' },
      help: [
        ...third.help,
        { id: 'cannot-sign-in', title: 'Again', paragraphs: ['Phone 0300 456 0117.'] },
        { id: 'empty', title: 'Empty', paragraphs: [] },
      ],
      paymentLimitPence: 10.5,
      colour: 'blue',
    };
    const paths = faultsOf(wrong).map((fault) => fault.slice(0, fault.indexOf(': ')));
    expect([...new Set(paths)].sort()).toEqual([
      '(all of it)', 'email', 'help[0].paragraphs[0]', 'help[1].id', 'help[1].paragraphs[0]', 'help[2].paragraphs', 'id',
      'links[0].url', 'links[1].kind', 'links[1].url', 'name', 'passwordReset.dateOfBirthRequired', 'passwordReset.identifierLabel',
      'paymentLimitPence', 'phoneLines', 'phoneLines[0].number', 'phoneLines[0].opening.stretches[0].weekdays[1]',
      'phoneLines[0].opening.stretches[1].closes', 'phoneLines[0].opening.stretches[1].opens',
      'phoneLines[0].opening.stretches[1].weekdays', 'phoneLines[1].opening.kind', 'phoneLines[2].name', 'phoneLines[2].number',
      'phoneLines[3].opening.whenClosed', 'registration.newTenantWaitDays', 'timeZone',
    ]);
  });

  it.each([
    ['a line that closes before it opens', { opens: '17:00', closes: '08:30' }],
    ['a line that closes as it opens', { opens: '17:00', closes: '17:00' }],
  ])('refuses %s', (_, hours) => {
    const opening = { kind: 'weekly', stretches: [{ weekdays: [1], ...hours }], closedOnBankHolidays: true };
    expect(faultsOf({ ...third, phoneLines: [{ ...third.phoneLines[1], opening }] })).toContain(
      'phoneLines[0].opening.stretches[0].closes: must be later than opens',
    );
  });

  it('refuses a landlord whom nobody can phone about an emergency', () => {
    expect(faultsOf({ ...third, phoneLines: [third.phoneLines[0]] })).toContain('phoneLines: no line takes emergencies');
  });

  it('refuses help that quotes a phone number of somebody else, in a title too', () => {
    const help = [{ id: 'phone', title: 'Ring 0300 456 0117', paragraphs: ['Not on 30/01/2017 nor for £100.63, but on (01225) 896 001.'] }];
    expect(faultsOf({ ...third, help })).toEqual([
      'help[0].title: quotes 0300 456 0117, which is no number of this landlord',
      'help[0].paragraphs[0]: quotes (01225) 896 001, which is no number of this landlord',
    ]);
  });

  it('takes a repair guide that was checked and no other', () => {
    expect(defineLandlord(third).repairGuide).toBe(third.repairGuide);
    expect(faultsOf({ ...third, repairGuide: { ...third.repairGuide } })).toEqual(['repairGuide: must come from defineGuide']);
  });

  it.each([undefined, null, 'wiltshire', []])('takes no harm from %j', (input) => {
    expect(faultsOf(input).length).toBeGreaterThan(0);
  });

  it('names the landlord and every fault in one message', () => {
    expect(() => defineLandlord({ ...third, name: '', portalName: '' })).toThrow(
      'The data of landlord mendip-homes has 2 fault(s):\n  name: must not be empty\n  portalName: must not be empty',
    );
  });
});
