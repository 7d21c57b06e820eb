/** A legacy system in memory, without latency: for ratios that tell what the gateway itself costs. One invented tenant. */
import type { Legacy } from '../../src/application/ports.js';
import { coded } from '../../src/domain/coded.js';
import { money } from '../../src/domain/money.js';
import { personName, type Person } from '../../src/domain/person.js';
import type { Posting } from '../../src/domain/rent.js';
import type { HeldRepair } from '../../src/domain/repair.js';
import type { HeldTenancy, Property } from '../../src/domain/tenancy.js';

const POSTINGS = 60;
const REPAIRS = 10;
export const PERSON = '0000000017/1';

const person: Person = {
  reference: PERSON, name: personName('Mrs', 'Margaret', 'Tidcombe'), dateOfBirth: '1957-03-14',
  contact: { emails: ['margaret.tidcombe@example.org'], phones: [{ type: 'HOME', number: '01225 555 017' }], correspondenceAddress: null },
};

const tenancies: readonly HeldTenancy[] = ['000017/01', '000017/02'].map((reference, n) => ({
  reference, startDate: '2011-07-04', endDate: null, terminated: false, tenure: coded('SEC', 'Secure'),
  charges: [{ code: 'DBR', description: 'Basic rent', amount: money(9604), frequency: 'WEEKLY' }],
  propertyReference: `0000117${n}`, blockReference: null,
}));

const property = (reference: string): Property => ({
  reference, address: { lines: ['14 Larkbarrow Close', 'Nether Sarsen', 'Wiltshire'], postcode: 'BA99 9LB' }, block: null, isBlock: false,
});

const postings: readonly Posting[] = Array.from({ length: POSTINGS }, (_, n) => ({
  number: 8_412_222 - n, date: '2017-01-30', countedDate: '2017-01-30', code: n % 2 ? 'DBR' : 'RHB', reference: n % 2 ? 'RENT DEBIT' : 'Housing Benefit', ownReference: '', pence: n % 2 ? 10_063 : -7_423,
}));
const owed = postings.reduce((sum, { pence }) => sum + pence, 0);

const repairsOf = (reference: string): readonly HeldRepair[] => Array.from({ length: REPAIRS }, (_, n) => ({
  reference: `WO56147${n}`, requestReference: null, propertyReference: reference, description: 'Gutter leaks at rear of property',
  statusDetail: coded('300', 'Issued'), registeredDate: '2017-02-06', targetDate: '2017-02-13', completedDate: null, priority: coded('U', 'Urgent'),
}));

const mapOf = <T>(references: readonly string[], make: (reference: string) => T): Promise<ReadonlyMap<string, T>> =>
  Promise.resolve(new Map(references.map((reference) => [reference, make(reference)])));

export const legacyInMemory: Legacy = {
  people: { byReferences: (references) => mapOf(references, () => person) },
  tenancies: {
    ofPersons: (references) => mapOf(references, () => tenancies),
    byReferences: (references) => mapOf(references, (reference) => tenancies.find((held) => held.reference === reference) ?? tenancies[0]!),
    members: (references) => mapOf(references, () => []),
    search: async () => ({ total: tenancies.length, tenancies }),
  },
  properties: { byReferences: (references) => mapOf(references, property) },
  ledger: {
    balances: (references) => mapOf(references, () => owed),
    extracts: (references) => mapOf(references, () => ({ openingPence: 0, postings })),
  },
  repairs: {
    ofProperties: (references) => mapOf(references, repairsOf),
    byReferences: () => Promise.resolve(new Map()),
  },
  registrations: { find: () => Promise.resolve([]) },
};
