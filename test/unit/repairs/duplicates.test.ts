import { expect, jest, test } from '@jest/globals';
import type { Access } from '../../../src/application/housing/access.js';
import { likelyDuplicate } from '../../../src/application/repairs/duplicates.js';
import { readRequest } from '../../../src/domain/repair-request.js';
import type { Tenancy } from '../../../src/domain/tenancy.js';
import { landlordNamed } from '../../../src/landlords/index.js';

const asked = readRequest(landlordNamed('wiltshire').repairGuide, { problemIds: [], description: 'The gutter leaks' });
const tenancy = { propertyReference: '00001170', blockReference: null } as Tenancy;

test('a web service that hangs does not keep a tenant waiting: it is only advice', async () => {
  const ofProperties = jest.fn(() => new Promise<never>(() => undefined));
  const access = { staff: true, today: '2017-02-08', require: () => undefined, deps: { legacy: { repairs: { ofProperties } }, store: { list: async () => [] } } };
  expect(await likelyDuplicate(access as unknown as Access, tenancy, 'PROPERTY', asked)).toBeNull();
  expect(ofProperties).toHaveBeenCalledTimes(1);
});
