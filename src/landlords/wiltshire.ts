/** Wiltshire Council, whose portal is iHousing. Facts from the council's own guide to iHousing and the portal's help. */
import { defineLandlord } from '../domain/landlord.js';
import { helpTopics, type LandlordFacts } from './help.js';
import { repairGuide } from './repair-guide/index.js';

const OFFICE = 'Housing office (option 2 for repairs)';
const NUMBER = '0300 456 0117';

const facts: LandlordFacts = {
  id: 'wiltshire',
  name: 'Wiltshire Council',
  portalName: 'iHousing',
  email: 'hsgmail@wiltshire.gov.uk',
  timeZone: 'Europe/London',
  phoneLines: [
    {
      name: OFFICE,
      number: NUMBER,
      hours: 'Monday to Friday, 8.30am to 5pm, except bank holidays',
      opening: {
        kind: 'weekly',
        stretches: [{ weekdays: [1, 2, 3, 4, 5], opens: '08:30', closes: '17:00' }],
        closedOnBankHolidays: true,
      },
      emergencies: true,
    },
    {
      // The office's number is diverted outside its hours: one number, but other people who answer.
      name: 'Out-of-hours service',
      number: NUMBER,
      hours: 'Whenever the housing office is closed',
      opening: { kind: 'otherwise', whenClosed: OFFICE },
      emergencies: true,
    },
  ],
  usefulNumbers: [
    { organisation: 'Southern Electricity', number: '0845 7444 555', purpose: 'All enquiries' },
    { organisation: 'British Gas', number: '0800 555 700', purpose: 'Information, free to call' },
    { organisation: 'British Gas', number: '0845 609 1122', purpose: 'Customer services' },
    { organisation: 'Wessex Water', number: '0845 600 4600', purpose: 'Water supply' },
    { organisation: 'Wessex Water', number: '0845 600 2600', purpose: 'Bills' },
  ],
  // Homes 4 Wiltshire, the tenant handbook, the privacy notice and lettings belong here once their addresses are known.
  links: [],
  registration: {
    referenceLabel: 'Rent reference number',
    phoneLabel: 'Mobile or home phone number',
    phoneTypes: ['MOBILE', 'HOME'],
    identifierLabel: 'User ID or e-mail address',
    newTenantWaitDays: 7,
  },
  passwordReset: { identifierLabel: 'E-mail address or user ID', dateOfBirthRequired: false },
  signsInWithUserId: true,
  staffMayIssueLogin: true,
  repairGuide,
  // £5,000: a start, to be agreed with the council; its own limit is not published.
  paymentLimitPence: 500_000,
};

export const wiltshire = defineLandlord({ ...facts, help: helpTopics(facts, { housingRegister: 'Homes 4 Wiltshire' }) });
