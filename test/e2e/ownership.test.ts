/** A tenant sees what is theirs and no hint of anything else. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { rowsFor } from '../../fixtures/rows/index.js';
import { startGateway, type TestGateway } from '../support/gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const tenancy = (reference: string, token: string) => gateway.send('query ($r: String!) { tenancy(reference: $r) { reference balance { summary } members { name { full } } } }', { r: reference }, token);
const repair = (reference: string, token: string) => gateway.send('query ($r: String!) { repair(reference: $r) { reference location } }', { r: reference }, token);

test('another\'s tenancy, an unknown one and a malformed one give the same answer, byte for byte', async () => {
  const token = await gateway.token(0);
  const answers = await Promise.all(['000231/01', '999999/99', '', '%', "' OR 1=1 --", 'x'.repeat(5_000), '000017/01/../000231/01', '0000231/01', '\u0000'].map((reference) => tenancy(reference, token)));
  expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(['{"data":{"tenancy":null}}\n']));
  expect((await tenancy(' 000017/01 ', token)).text).toContain('"reference":"000017/01"');
});

test('nobody reaches any tenancy of the council but their own', async () => {
  const rows = rowsFor('wiltshire');
  for (const [index, account] of gateway.demoAccounts.entries()) {
    const token = await gateway.token(index);
    const [house] = account.personReference.split('/');
    const own = rows.tenagree.filter(({ house_ref }) => house_ref === house).map(({ tag_ref }) => tag_ref).sort();
    const query = `{ ${rows.tenagree.slice(0, 15).map(({ tag_ref }, n) => `t${n}: tenancy(reference: "${tag_ref}") { reference }`).join(' ')} }`;
    const { data } = await gateway.send<Record<string, { reference: string } | null>, unknown>(query, {}, token);
    const seen = Object.values(data!).flatMap((found) => (found ? [found.reference] : [])).sort();
    expect(seen).toEqual(own.filter((reference) => rows.tenagree.slice(0, 15).some(({ tag_ref }) => tag_ref === reference)));
  }
});

test('another\'s repair, an unknown one and one of the home before the tenancy began give the same null', async () => {
  const token = await gateway.token(0);
  for (const reference of ['WO561177', 'WO999999', 'WO318802', '00318802', '', '%']) {
    expect((await repair(reference, token)).text).toBe('{"data":{"repair":null}}\n');
  }
  expect((await repair('WO561474', token)).text).toBe('{"data":{"repair":{"reference":"WO561474","location":"PROPERTY"}}}\n');
});

test('a communal repair of the tenant\'s block is theirs to see, and says that it is communal', async () => {
  expect((await repair('WO541377', await gateway.token(1))).text).toContain('"location":"COMMUNAL"');
  expect((await repair('WO541377', await gateway.token(0))).text).toBe('{"data":{"repair":null}}\n');
});

describe('a household', () => {
  test('of joint tenants: of the other the name only, of the children relationship and date of birth', async () => {
    const { data } = await gateway.send<{ viewer: { tenant: { tenancies: { members: { role: string; relationship: string | null; dateOfBirth: string | null; tenant: { reference: string } | null }[] }[] } } }, unknown>(
      '{ viewer { tenant { tenancies { members { role relationship dateOfBirth tenant { reference } } } } } }', {}, await gateway.token(2));
    const [self, other, ...children] = data!.viewer.tenant.tenancies[0]!.members;
    expect(self).toMatchObject({ role: 'JOINT_TENANT', dateOfBirth: expect.any(String), tenant: { reference: '0000000412/1' } });
    expect(other).toEqual({ role: 'JOINT_TENANT', relationship: null, dateOfBirth: null, tenant: null });
    expect(children).toHaveLength(2);
    for (const child of children) expect(child).toEqual({ role: 'HOUSEHOLD', relationship: expect.any(String), dateOfBirth: expect.stringMatching(/^\d{4}-/), tenant: null });
  });
});
