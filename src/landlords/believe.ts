/** believe, whose portal is the customer portal. Facts from the portal's help. */
import { defineLandlord } from '../domain/landlord.js';
import { helpTopics, type LandlordFacts } from './help.js';
import { repairGuide } from './repair-guide/index.js';

const facts: LandlordFacts = {
  id: 'believe',
  name: 'believe',
  portalName: 'believe customer portal',
  timeZone: 'Europe/London',
  phoneLines: [
    // Its hours are published nowhere that we know. It is the only number, so it is the one for emergencies too.
    { name: 'Customer Service Team', number: '0300 1311 999', emergencies: true },
  ],
  usefulNumbers: [],
  // The privacy policy and lettings belong here once their addresses are known.
  links: [],
  registration: {
    referenceLabel: 'Tenancy reference number',
    phoneLabel: 'Mobile number',
    phoneTypes: ['MOBILE'],
    identifierLabel: 'E-mail address',
    newTenantWaitDays: 7,
  },
  passwordReset: { identifierLabel: 'E-mail address', dateOfBirthRequired: true },
  signsInWithUserId: false,
  staffMayIssueLogin: false,
  repairGuide,
  // £5,000: a start, to be agreed with the landlord; its own limit is not published.
  paymentLimitPence: 500_000,
};

export const believe = defineLandlord({ ...facts, help: helpTopics(facts) });
