/** The exchanges of fixtures/soap, written by hand: what the service is asked, and what it has to answer. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readContract } from '../../../fixtures/legacy/soap/contract.js';
import { readXml, type XmlElement } from '../../../fixtures/legacy/soap/xml-reader.js';
import { post, startSmall } from './service-under-test.js';

const FOLDER = 'fixtures/soap';

/** What systems of this kind have been known to answer, and the simulator does not: cases for the gateway's client. */
const CLIENT_SIDE = [
  'CreateRepairRequest__request-taken-and-no-order-yet',
  'GetWorksOrdersList__description-in-cdata',
  'GetWorksOrdersList__empty-elements-instead-of-null',
  'GetWorksOrdersList__result-is-missing',
  'GetWorksOrdersList__success-is-missing',
  'Ping__a-fault-of-the-server',
];

/** The same for any prefixes, indentation and spelling of a text. Blanks between elements are layout; in a text they count. */
function canonical(element: XmlElement): unknown {
  const text = element.children.length > 0 ? element.text.trim() : element.text;
  const attributes = element.attributes.map(({ namespace, name, value }) => `{${namespace}}${name}=${value}`).sort();
  return { name: `{${element.namespace}}${element.name}`, attributes, text, children: element.children.map(canonical) };
}

describe('the exchanges', () => {
  const names = readdirSync(FOLDER).sort();
  const read = (name: string, part: string): string => readFileSync(`${FOLDER}/${name}/${part}.xml`, 'utf8');

  it('show every operation', () => {
    const shown = new Set(names.map((name) => name.split('__')[0]));
    expect([...readContract().operations.keys()].filter((name) => !shown.has(name))).toEqual([]);
  });

  it('include all that the simulator does not make', () => {
    expect(names.filter((name) => CLIENT_SIDE.includes(name))).toEqual([...CLIENT_SIDE].sort());
  });

  it.each(names.filter((name) => !CLIENT_SIDE.includes(name)))('%s', async (name) => {
    const service = await startSmall();
    try {
      const { status, text } = await post(service.url, read(name, 'request'));
      const wanted = read(name, 'response');
      expect(canonical(readXml(text))).toEqual(canonical(readXml(wanted)));
      expect(status).toBe(wanted.includes('<soap:Fault>') ? 500 : 200);
    } finally {
      await service.close();
    }
  });

  it.each(CLIENT_SIDE)('%s is well-formed', (name) => {
    expect(readXml(read(name, 'request')).name).toBe('Envelope');
    expect(readXml(read(name, 'response')).name).toBe('Envelope');
  });
});
