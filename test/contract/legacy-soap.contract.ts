/**
 * What the gateway relies on in the legacy web service, as named cases for any service that stands on Wiltshire's fixture
 * rows, unmoved. They read only.
 */
import { expect } from '@jest/globals';
import type { soapLegacy } from '../../adapters/soap/legacy.js';
import type { ContractCase } from './legacy-sql.contract.js';

export type SoapLegacy = ReturnType<typeof soapLegacy>;

const HOME = '00001170';
const FLAT = '00020013';

export const soapCases: readonly ContractCase<SoapLegacy>[] = [
  {
    name: 'answers a ping',
    run: (legacy) => legacy.ping(),
  },
  {
    name: 'gives an unknown property no repairs, and does not fail',
    async run({ repairs }) {
      expect((await repairs.ofProperties(['99999999'], null)).size).toBe(0);
    },
  },
  {
    name: 'gives the guide\'s repair without padding, with days and no times',
    async run({ repairs }) {
      const held = (await repairs.ofProperties([HOME], null)).get(HOME)!;
      expect(held).toContainEqual({
        reference: 'WO561474', requestReference: '00561474', propertyReference: HOME, description: 'Gutter leaks at rear of property',
        statusDetail: { code: '300', label: 'Issued' }, registeredDate: '2017-02-06', targetDate: '2017-02-13', completedDate: null,
        priority: { code: 'U', label: 'Urgent' }, sorCode: '60GUTLK1', callerReference: null,
      });
    },
  },
  {
    name: 'gives several properties in one call, each its own',
    async run({ repairs }) {
      const both = await repairs.ofProperties([HOME, FLAT, HOME], null);
      for (const property of [HOME, FLAT]) {
        expect(both.get(property)).toEqual((await repairs.ofProperties([property], null)).get(property));
        expect(both.get(property)!.every(({ propertyReference }) => propertyReference === property)).toBe(true);
      }
    },
  },
  {
    name: 'limits completed repairs to those since a day, and still gives every open one',
    async run({ repairs }) {
      const all = (await repairs.ofProperties([FLAT], null)).get(FLAT)!;
      const since = (await repairs.ofProperties([FLAT], '2017-02-01')).get(FLAT)!;
      const done = ({ statusDetail }: { statusDetail: { code: string } }) => statusDetail.code === '900';
      expect(all.filter(done).length).toBeGreaterThan(since.filter(done).length);
      expect(since.filter((repair) => !done(repair))).toEqual(all.filter((repair) => !done(repair)));
    },
  },
  {
    name: 'keeps a status and a priority that no list explains, by their codes',
    async run({ repairs }) {
      const held = (await repairs.ofProperties([FLAT], null)).get(FLAT)!;
      expect(held).toContainEqual(expect.objectContaining({ statusDetail: { code: '950', label: 'Unlisted (950)' } }));
      expect(held).toContainEqual(expect.objectContaining({ priority: { code: 'Z', label: 'Unlisted (Z)' } }));
    },
  },
  {
    name: 'finds a repair by its order\'s and by its request\'s reference, and nothing by others',
    async run({ repairs }) {
      const found = await repairs.byReferences(['WO561474', '00561474', 'WO999999', 'x', 'A REFERENCE FAR TOO LONG']);
      expect([...found.keys()].sort()).toEqual(['00561474', 'WO561474']);
      expect(found.get('00561474')).toEqual(found.get('WO561474'));
    },
  },
];
