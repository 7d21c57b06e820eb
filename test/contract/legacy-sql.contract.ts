/**
 * What the gateway relies on in the legacy database, as named cases for any engine that was loaded from schema/legacy and
 * Wiltshire's fixture rows, unmoved (`npm run legacy:sql -- --unmoved`). The clock stands at 2017-02-08.
 */
import { expect } from '@jest/globals';
import type { sqlLegacy } from '../../adapters/mssql/legacy.js';
import { since, statement } from '../../src/domain/rent.js';

export type SqlLegacy = ReturnType<typeof sqlLegacy>;
export interface ContractCase<T> {
  readonly name: string;
  run(legacy: T): Promise<void>;
}

const TODAY = '2017-02-08';
const GUIDE = '000017/01';

export const sqlCases: readonly ContractCase<SqlLegacy>[] = [
  {
    name: 'answers a ping',
    run: (legacy) => legacy.ping(),
  },
  {
    name: 'finds nothing for an empty list, an unknown reference or a malformed one, and does not fail',
    async run({ people, tenancies, properties, ledger }) {
      for (const references of [[], ['999999/99'], ['', ' ', '/', '//', 'x/y/z', '0000000017', '0000000017/', '/1', "o'brien/1", '%', '0000000017/01x']]) {
        expect((await people.byReferences(references)).size).toBe(0);
        expect((await tenancies.ofPersons(references)).size).toBe(0);
        expect((await tenancies.byReferences(references)).size).toBe(0);
        expect((await tenancies.members(references)).size).toBe(0);
        expect((await properties.byReferences(references)).size).toBe(0);
        expect((await ledger.balances(references)).size).toBe(0);
        expect((await ledger.extracts(references, '2016-02-08', TODAY)).size).toBe(0);
      }
    },
  },
  {
    name: 'gives the guide\'s tenant without padding',
    async run({ people }) {
      const person = (await people.byReferences(['0000000017/1'])).get('0000000017/1');
      expect(person).toMatchObject({
        reference: '0000000017/1', name: { title: 'Mrs', forenames: 'Margaret', surname: 'Tidcombe', full: 'Mrs Margaret Tidcombe' }, dateOfBirth: '1957-03-14',
        contact: { emails: ['margaret.tidcombe@example.org'], correspondenceAddress: null },
      });
      expect(person!.contact.phones).toContainEqual({ type: 'MOBILE', number: '07700 900017' });
    },
  },
  {
    name: 'gives letters with accents, and phone numbers as they were typed',
    async run({ people }) {
      const found = await people.byReferences(['0000000305/1', '0000000231/1']);
      expect(found.get('0000000305/1')!.name.full).toBe('Ms Siân Llêwelyn-Rhôs');
      expect([...found.values()].every(({ name }) => name.full === name.full.trim())).toBe(true);
    },
  },
  {
    name: 'gives the two tenancies of one person, with the block of the flat and none for the garage',
    async run({ tenancies }) {
      const held = (await tenancies.ofPersons(['0000000231/1'])).get('0000000231/1')!;
      expect(held.map(({ reference }) => reference)).toEqual(['000231/01', '000231/02']);
      const [flat, garage] = held;
      expect(flat!.blockReference).toMatch(/^\d{8}$/);
      expect(garage!.blockReference).toBeNull();
      expect(garage!.tenure).toEqual({ code: 'GAR', label: 'Garage' });
      expect(garage!.charges).toMatchObject([{ code: 'DGA', frequency: 'WEEKLY' }]);
    },
  },
  {
    name: 'gives a household member who signed nothing no tenancy',
    async run({ tenancies }) {
      const members = (await tenancies.members(['000412/01'])).get('000412/01')!;
      const child = members.find(({ responsible }) => !responsible)!;
      expect(child.relationship).not.toBeNull();
      expect((await tenancies.ofPersons([child.personReference])).size).toBe(0);
      expect(members.filter(({ responsible }) => responsible)).toHaveLength(2);
    },
  },
  {
    name: 'gives a tenancy by its reference exactly as by its person',
    async run({ tenancies }) {
      const byPerson = (await tenancies.ofPersons(['0000000017/1'])).get('0000000017/1');
      const byReference = (await tenancies.byReferences([GUIDE])).get(GUIDE);
      expect(byPerson).toEqual([byReference]);
      expect(byReference).toMatchObject({ startDate: '2011-07-04', endDate: null, terminated: false, tenure: { code: 'SEC', label: 'Secure' } });
      expect(byReference!.charges.reduce((sum, { amount }) => sum + amount.pence, 0)).toBe(10063);
    },
  },
  {
    name: 'finds tenancies by reference, surname, address and postcode, literally, a page at a time',
    async run({ tenancies }) {
      const [held] = (await tenancies.byReferences([GUIDE])).values();
      expect(await tenancies.search(GUIDE, '', 100)).toEqual({ total: 1, tenancies: [held] });
      for (const text of ['TIDCOMBE', ' tid combe', '14 larkbarrow', 'ba99 9lb']) {
        const found = await tenancies.search(text, '', 100);
        expect([text, found.total]).toEqual([text, found.tenancies.length]);
        expect(found.tenancies).toContainEqual(held);
      }
      for (const text of ['%', '_', '[a-z]', '\';--', ' ', 'nobody of that name']) expect([text, await tenancies.search(text, '', 10)]).toEqual([text, { total: 0, tenancies: [] }]);
      const { total, tenancies: all } = await tenancies.search('0', '', 100);
      expect(all).toHaveLength(total);
      const first = await tenancies.search('0', '', 3);
      const next = await tenancies.search('0', first.tenancies[2]!.reference, 100);
      expect([...first.tenancies, ...next.tenancies]).toEqual(all);
      expect([first.total, next.total]).toEqual([total, total]);
    },
  },
  {
    name: 'gives an address without empty lines, and a block with its name',
    async run({ tenancies, properties }) {
      const flat = (await tenancies.byReferences(['000231/01'])).get('000231/01')!;
      const found = await properties.byReferences([flat.propertyReference, flat.blockReference!]);
      const home = found.get(flat.propertyReference)!;
      expect(home.address.lines.length).toBeGreaterThan(0);
      expect(home.address.lines.every((line) => line.trim() === line && line !== '')).toBe(true);
      expect(home.block!.code).toBe(flat.blockReference);
      expect(home.block!.label).not.toMatch(/^Unlisted|^Not given/);
      expect([home.isBlock, found.get(flat.blockReference!)!.isBlock]).toEqual([false, true]);
    },
  },
  {
    name: 'gives the guide\'s statement to the penny, in its order',
    async run({ ledger }) {
      const [extracts, balances] = await Promise.all([ledger.extracts([GUIDE], '2017-01-08', TODAY), ledger.balances([GUIDE])]);
      const made = statement('2017-01-08', TODAY, extracts.get(GUIDE)!, balances.get(GUIDE)!);
      expect(made.reconciles).toBe(true);
      expect(made.openingBalance).toMatchObject({ position: 'CLEAR' });
      expect(made.transactions.map(({ date, type, reference, debit, credit, balance }) =>
        [date, type, reference, (debit ?? credit)!.pence, balance.money.pence])).toEqual([
        ['2017-01-30', 'CREDIT', 'Housing Benefit', 7423, 2640],
        ['2017-01-30', 'DEBIT', 'RENT DEBIT', 10063, 10063],
        ['2017-01-26', 'CREDIT', 'Bank transfer', 2640, 0],
        ['2017-01-23', 'CREDIT', 'Housing Benefit', 7423, 2640],
        ['2017-01-23', 'DEBIT', 'RENT DEBIT', 10063, 10063],
      ]);
    },
  },
  {
    name: 'keeps a row dated a year early in its posting position, and the balance right',
    async run({ ledger }) {
      const reference = '000305/01';
      const extract = (await ledger.extracts([reference], '2016-11-08', TODAY)).get(reference)!;
      const early = extract.postings.filter(({ date, countedDate }) => date < countedDate);
      expect(early).toHaveLength(1);
      expect(early[0]!.date < '2016-11-08').toBe(true);
      const numbers = extract.postings.map(({ number }) => number);
      expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
      const balances = await ledger.balances([reference]);
      expect(statement('2016-11-08', TODAY, extract, balances.get(reference)!).reconciles).toBe(true);
    },
  },
  {
    name: 'gives for one period what a cut of a longer one gives',
    async run({ ledger, tenancies }) {
      const references = [...(await tenancies.byReferences([GUIDE, '000231/01', '000305/01', '000412/01', '001190/01'])).keys()];
      expect(references).toHaveLength(5);
      const [year, month] = await Promise.all([ledger.extracts(references, '2016-02-08', TODAY), ledger.extracts(references, '2017-01-08', TODAY)]);
      for (const reference of references) expect(since(year.get(reference)!, '2017-01-08')).toEqual(month.get(reference));
    },
  },
  {
    name: 'loses no posting whose code is blank or stands in no list',
    async run({ ledger, tenancies }) {
      const all = (await tenancies.byReferences(['000017/01', '000231/01', '000231/02', '000305/01', '000412/01', '000518/01', '000633/01', '000744/01', '000977/01', '001108/01', '001190/01']));
      const extracts = await ledger.extracts([...all.keys()], '2015-01-01', TODAY);
      const postings = [...extracts.values()].flatMap(({ postings: held }) => held);
      expect(postings.some(({ code }) => code === '')).toBe(true);
      expect(postings.every(({ reference }) => reference !== '')).toBe(true);
      const balances = await ledger.balances([...all.keys()]);
      const off = [...extracts].filter(([reference, { openingPence, postings: held }]) =>
        openingPence + held.reduce((sum, { pence }) => sum + pence, 0) !== balances.get(reference)).map(([reference]) => reference);
      // The one account whose balance is not what its postings come to.
      expect(off).toEqual(['001108/01']);
    },
  },
  {
    name: 'takes a thousand references in one call, with doubles',
    async run({ ledger }) {
      const references = [GUIDE, GUIDE, ...Array.from({ length: 1_000 }, (_, n) => `9${String(n).padStart(5, '0')}/01`)];
      expect([...(await ledger.balances(references))]).toEqual([[GUIDE, 2640]]);
    },
  },
  {
    name: 'answers many callers at once, each with its own',
    async run({ ledger }) {
      const references = [GUIDE, '000231/01', '000412/01', '000977/01'];
      const alone = new Map(await Promise.all(references.map(async (reference) => [reference, (await ledger.balances([reference])).get(reference)] as const)));
      await Promise.all(Array.from({ length: 60 }, async (_, n) => {
        const reference = references[n % references.length]!;
        expect((await ledger.balances([reference])).get(reference)).toBe(alone.get(reference));
      }));
    },
  },
];
