import { describe, expect, it } from '@jest/globals';
import { fromLondon } from '../../../src/domain/calendar.js';
import { defineLandlord } from '../../../src/domain/landlord.js';
import { linesOpenFirst, openNow } from '../../../src/domain/opening.js';
import { helpTopics, type LandlordFacts } from '../../../src/landlords/help.js';
import { landlordNamed, landlords } from '../../../src/landlords/index.js';

const wiltshire = landlordNamed('wiltshire');
const believe = landlordNamed('believe');

const helpText = (id: string, topic?: string): string =>
  landlordNamed(id).help.filter((candidate) => topic === undefined || candidate.id === topic)
    .flatMap(({ title, paragraphs }) => [title, ...paragraphs]).join('\n');

describe('the landlords', () => {
  it('are found by their ids, and an unknown one is answered with those that there are', () => {
    expect([...landlords.keys()]).toEqual(['wiltshire', 'believe']);
    expect(() => landlordNamed('toString')).toThrow('there are wiltshire and believe');
  });

  it('differ where the councils differ', () => {
    const rules = [wiltshire, believe].map((landlord) => ({
      userId: landlord.signsInWithUserId,
      issues: landlord.staffMayIssueLogin,
      birth: landlord.passwordReset.dateOfBirthRequired,
      wait: landlord.registration.newTenantWaitDays,
      phone: landlord.registration.phoneLabel,
    }));
    expect(rules).toEqual([
      { userId: true, issues: true, birth: false, wait: 7, phone: 'Mobile or home phone number' },
      { userId: false, issues: false, birth: true, wait: 7, phone: 'Mobile number' },
    ]);
  });

  it('give no link whose address is not known', () => {
    expect([...wiltshire.links, ...believe.links]).toEqual([]);
  });

  it('have Wiltshire\'s useful numbers', () => {
    expect(wiltshire.usefulNumbers.map(({ organisation, number }) => `${organisation} ${number}`)).toEqual([
      'Southern Electricity 0845 7444 555', 'British Gas 0800 555 700', 'British Gas 0845 609 1122',
      'Wessex Water 0845 600 4600', 'Wessex Water 0845 600 2600',
    ]);
  });

  it.each([
    ['2017-02-08T10:00:00', 'Housing office (option 2 for repairs)'],
    ['2017-02-08T03:00:00', 'Out-of-hours service'],
    ['2017-12-25T10:00:00', 'Out-of-hours service'],
  ])('at %s Wiltshire answers as the %s, on the same number', (naive, name) => {
    const [first, second] = linesOpenFirst(wiltshire, fromLondon(naive));
    expect(first).toMatchObject({ name, number: '0300 456 0117', emergencies: true });
    expect(second && openNow(second, wiltshire, fromLondon(naive))).toBe(false);
  });

  it('do not know when believe answers, but have its number for emergencies', () => {
    const [line] = believe.phoneLines;
    expect(line).toMatchObject({ number: '0300 1311 999', emergencies: true });
    expect(line && openNow(line, believe, fromLondon('2017-02-08T10:00:00'))).toBeNull();
  });
});

describe('help', () => {
  const SHARED = [
    'how-to-register', 'details-do-not-match', 'new-tenants', 'your-code', 'already-registered', 'cannot-sign-in', 'locked-account',
    'forgotten-password', 'choosing-a-password', 'shared-computer', 'what-it-is', 'your-data', 'not-yet-a-tenant',
  ];

  it('has the same topics for each landlord, and Wiltshire\'s own on asking for a login', () => {
    expect(believe.help.map(({ id }) => id)).toEqual(SHARED);
    expect(wiltshire.help.map(({ id }) => id).filter((id) => id !== 'ask-us-for-a-login')).toEqual(SHARED);
    expect(wiltshire.help).toHaveLength(SHARED.length + 1);
  });

  it('speaks of each landlord\'s own ways only', () => {
    expect(helpText('wiltshire', 'how-to-register')).toMatch(/mobile or home phone number, your rent reference number .*user ID/s);
    expect(helpText('wiltshire', 'locked-account')).toContain('0300 456 0117 (Monday to Friday, 8.30am to 5pm, except bank holidays)');
    expect(helpText('wiltshire', 'forgotten-password')).not.toContain('date of birth');
    expect(helpText('believe', 'how-to-register')).toContain('your mobile number, your tenancy reference number');
    expect(helpText('believe', 'forgotten-password')).toContain('your e-mail address and your date of birth');
    expect(helpText('believe', 'locked-account')).toContain('Please phone us on 0300 1311 999.');
    expect(helpText('believe')).not.toMatch(/user ID|Homes 4|0300 456|Wiltshire|iHousing/i);
    expect(helpText('wiltshire')).not.toMatch(/believe|0300 1311/i);
  });

  it('names an address where it is known', () => {
    const facts: LandlordFacts = { ...believe, links: [{ kind: 'LETTINGS', title: 'Lettings', url: 'https://lettings.example/' }] };
    const topic = helpTopics(facts).find(({ id }) => id === 'not-yet-a-tenant');
    expect(topic?.paragraphs.join()).toContain('lettings pages at https://lettings.example/');
  });

  it('serves a third landlord from its facts alone', () => {
    const facts: LandlordFacts = {
      ...believe, id: 'mendip', name: 'Mendip Homes', portalName: 'MyMendip',
      phoneLines: [{ name: 'Office', number: '01225 896 000', emergencies: true, opening: { kind: 'always' } }],
      registration: { ...believe.registration, newTenantWaitDays: 3 },
    };
    const mendip = defineLandlord({ ...facts, help: helpTopics(facts) });
    const words = mendip.help.flatMap(({ paragraphs }) => paragraphs).join('\n');
    expect(words).toContain('phone us on 01225 896 000');
    expect(words).toContain('3 days old');
    expect(words).not.toMatch(/believe|0300/);
  });
});
