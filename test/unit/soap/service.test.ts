import { afterEach, describe, expect, it } from '@jest/globals';
import { readXml, type XmlElement } from '../../../fixtures/legacy/soap/xml-reader.js';
import { envelope, post, startSmall, type Running } from './service-under-test.js';
import { HOME } from './small-council.js';

let service: Running;
afterEach(() => service.close());

/** The texts of an answer's elements with a name, anywhere in it. */
async function answerOf(operation: string, fields: string, name: string): Promise<string[]> {
  const { text } = await post(service.url, envelope(operation, fields));
  const walk = (element: XmlElement): string[] => (element.name === name ? [element.text] : element.children.flatMap(walk));
  return walk(readXml(text));
}

const repair = (fields: Record<string, string> = {}): string =>
  Object.entries({ PropertyReference: HOME, Problem: 'Damp', PriorityCode: 'N', CallerReference: 'gw-9', ...fields })
    .map(([name, value]) => `<${name}>${value}</${name}>`).join('');
const contact = (fields: string, person = '000017/1'): string =>
  `<PersonReference>${person}</PersonReference>${fields}<CallerReference>gw-9</CallerReference>`;

describe('writing', () => {
  it.each([
    ['2017-02-08T10:00:00Z', '2017-02-08T10:00:00'],
    ['2017-07-08T10:00:00Z', '2017-07-08T11:00:00'],
    ['2017-03-26T00:59:59Z', '2017-03-26T00:59:59'],
    ['2017-03-26T01:00:00Z', '2017-03-26T02:00:00'],
    ['2017-12-31T23:59:59Z', '2017-12-31T23:59:59'],
  ])('at %s is dated %s, in London', async (at, local) => {
    service = await startSmall(at);
    await post(service.url, envelope('CreateRepairRequest', repair()));
    expect(await answerOf('FindByCallerReference', '<CallerReference>gw-9</CallerReference>', 'DateRaised')).toEqual([local]);
    expect(service.ledger.entries()).toMatchObject([{ at: new Date(at).toISOString() }]);
  });

  it('the same twice makes two of it, both found by the caller reference', async () => {
    service = await startSmall();
    expect(await answerOf('CreateRepairRequest', repair(), 'Success')).toEqual(['true']);
    expect(await answerOf('CreateRepairRequest', repair(), 'Success')).toEqual(['true']);
    expect(await answerOf('FindByCallerReference', '<CallerReference>GW-9 </CallerReference>', 'RepairRequestReference')).toEqual(['00000043', '00000044']);
    expect(service.ledger.entries().map(({ sequence, callerReference, reference }) => [sequence, callerReference, reference]))
      .toEqual([[1, 'gw-9', '00000043'], [2, 'gw-9', '00000044']]);
  });

  it('is noted in order with its content, and never with the password', async () => {
    service = await startSmall();
    await post(service.url, envelope('CreateRepairRequest', repair({ ContactPhone: '07700 900017', SorCode: '20060020' })));
    await post(service.url, envelope('UpdateContactDetails', contact('<Email>new@example.org</Email>')));
    await post(service.url, envelope('CreateRepairRequest', repair({ PropertyReference: '99999999' })));
    expect(service.ledger.entries()).toEqual([
      expect.objectContaining({ sequence: 1, operation: 'CreateRepairRequest', Problem: 'Damp', ContactPhone: '07700 900017', SorCode: '20060020', WorksOrderReference: 'WO561478' }),
      expect.objectContaining({ sequence: 2, operation: 'UpdateContactDetails', callerReference: 'gw-9', reference: 'CH000002', Email: 'new@example.org', Phones: null }),
    ]);
    expect(JSON.stringify(service.ledger.entries())).not.toMatch(/DirectUser|assword/);
  });

  it('keeps every line of a problem and every letter, and gives them back', async () => {
    service = await startSmall();
    const problem = 'Tŷ bach: "drips" &amp; &lt;damp&gt;&#10;ail linell]]&gt; 🚿';
    await post(service.url, envelope('CreateRepairRequest', repair({ Problem: problem })));
    expect(await answerOf('FindByCallerReference', '<CallerReference>gw-9</CallerReference>', 'Problem')).toEqual(['Tŷ bach: "drips" & <damp>\nail linell]]> 🚿']);
  });

  it('takes a problem of 2000 characters, blanks at its end not counted', async () => {
    service = await startSmall();
    expect(await answerOf('CreateRepairRequest', repair({ Problem: `${'x'.repeat(2000)}   ` }), 'Success')).toEqual(['true']);
  });

  it('changes contact details at once, and only those that are given', async () => {
    service = await startSmall();
    await post(service.url, envelope('UpdateContactDetails', contact('<Phones/><CorrespondenceAddress><Line1>c/o Mr Pugh</Line1><Line2>9 Mill Lane</Line2><Line3/><Line4/><PostCode>ZZ9 9ZZ</PostCode></CorrespondenceAddress>')));
    expect(service.database.phonesOf('000017', 1)).toEqual([]);
    expect(service.database.emailsOf('000017', 1)).toMatchObject([{ email: 'sian@example.org' }]);
    expect(service.database.addressOf('000017', 1)).toMatchObject({ aline1: 'c/o Mr Pugh', aline2: '9 Mill Lane', aline4: '', post_code: 'ZZ9 9ZZ' });
    await post(service.url, envelope('UpdateContactDetails', contact('<Email> </Email>')));
    expect(service.database.emailsOf('000017', 1)).toEqual([]);
  });

  it('lists changes of both kinds by their caller reference', async () => {
    service = await startSmall();
    const member = '<Member><Title>Mr</Title><Forename>Ifan</Forename><Surname>Pugh</Surname><DateOfBirth>2001-05-06T00:00:00</DateOfBirth><Relationship>Son</Relationship></Member>';
    await post(service.url, envelope('UpdateContactDetails', contact('<Email>new@example.org</Email>')));
    await post(service.url, envelope('UpdateHousehold', `<TenancyReference>000017/01</TenancyReference><Members>${member}</Members><CallerReference>gw-9</CallerReference>`));
    expect(await answerOf('FindByCallerReference', '<CallerReference>gw-9</CallerReference>', 'Kind')).toEqual(['CONTACT   ', 'HOUSEHOLD ']);
    expect(await answerOf('FindByCallerReference', '<CallerReference>gw-9</CallerReference>', 'Reference')).toEqual(['CH000001  ', 'CH000002  ']);
    expect(service.database.membersByHouse.get('000017')).toHaveLength(1);
  });
});

describe('refusing', () => {
  const household = (fields: string): string => `<TenancyReference>000017/01</TenancyReference>${fields}<CallerReference>c</CallerReference>`;
  it.each([
    ['a blank problem', 'CreateRepairRequest', repair({ Problem: ' \n ' }), '2001'],
    ['a blank caller reference', 'CreateRepairRequest', repair({ CallerReference: ' ' }), '2001'],
    ['a long caller reference', 'CreateRepairRequest', repair({ CallerReference: 'x'.repeat(41) }), '2004'],
    ['a long phone', 'CreateRepairRequest', `${repair()}<ContactPhone>${'1'.repeat(51)}</ContactPhone>`, '2004'],
    ['an unknown priority', 'CreateRepairRequest', repair({ PriorityCode: 'Z' }), '3003'],
    ['an unknown SOR code', 'CreateRepairRequest', `${repair()}<SorCode>00000000</SorCode>`, '3002'],
    ['a property of another council', 'CreateRepairRequest', repair({ PropertyReference: '12345678' }), '3001'],
    ['a person without a number', 'UpdateContactDetails', contact('<Email>a@example.org</Email>', '000017'), '2003'],
    ['an unknown person', 'UpdateContactDetails', contact('<Email>a@example.org</Email>', '000018/1'), '3004'],
    ['a change of nothing', 'UpdateContactDetails', contact(''), '2001'],
    ['a strange kind of phone', 'UpdateContactDetails', contact('<Phones><Phone><Type>Q</Type><Number>1</Number></Phone></Phones>'), '2003'],
    ['an unknown tenancy', 'UpdateHousehold', '<TenancyReference>000018/01</TenancyReference><Members/><CallerReference>c</CallerReference>', '3005'],
    ['a household of nobody', 'UpdateHousehold', household('<Members/>'), '2001'],
    ['a long surname', 'UpdateHousehold', household(`<Members><Member><Title/><Forename>A</Forename><Surname>${'x'.repeat(21)}</Surname><DateOfBirth>2001-05-06T00:00:00</DateOfBirth><Relationship/></Member></Members>`), '2004'],
    ['a blank property reference', 'GetWorksOrdersList', '<PropertyReferences><PropertyReference> </PropertyReference></PropertyReferences>', '2001'],
  ])('%s changes nothing', async (_what, operation, fields, code) => {
    service = await startSmall();
    expect(await answerOf(operation, fields, 'Success')).toEqual(['false']);
    expect(await answerOf(operation, fields, 'ErrorCode')).toEqual([code]);
    expect(service.ledger.entries()).toEqual([]);
    expect(service.database.writes).toEqual([]);
  });

  it.each([
    ['a wrong name', '<DirectUser><UserName>Gateway</UserName><Password>gateway</Password></DirectUser><SourceSystem>T</SourceSystem>', '1001'],
    ['a wrong password', '<DirectUser><UserName>gateway</UserName><Password>gateway </Password></DirectUser><SourceSystem>T</SourceSystem>', '1001'],
    ['no user', '<SourceSystem>T</SourceSystem>', '2001'],
    ['half a user', '<DirectUser><UserName>gateway</UserName></DirectUser><SourceSystem>T</SourceSystem>', '2001'],
    ['two users', '<DirectUser><UserName>gateway</UserName><Password>gateway</Password></DirectUser>'.repeat(2) + '<SourceSystem>T</SourceSystem>', '2002'],
    ['no source system', '<DirectUser><UserName>gateway</UserName><Password>gateway</Password></DirectUser>', '2001'],
    ['a blank source system', '<DirectUser><UserName>gateway</UserName><Password>gateway</Password></DirectUser><SourceSystem> </SourceSystem>', '2001'],
  ])('%s', async (_what, user, code) => {
    service = await startSmall();
    const { status, text } = await post(service.url, envelope('Ping', '', user));
    expect([status, /<ErrorCode>(\d+)</.exec(text)?.[1]]).toEqual([200, code]);
  });

  it('tells a stranger nothing about the rest of a request', async () => {
    service = await startSmall();
    const stranger = '<DirectUser><UserName>x</UserName><Password>y</Password></DirectUser><SourceSystem>T</SourceSystem>';
    const { text } = await post(service.url, envelope('CreateRepairRequest', '<Nonsense/>', stranger));
    expect(text).toContain('<ErrorCode>1001</ErrorCode>');
    expect(text).not.toContain('Nonsense');
  });
});

describe('HTTP', () => {
  it.each([
    ['another type', { 'content-type': 'application/json' }, 415],
    ["SOAP 1.2's type", { 'content-type': 'application/soap+xml' }, 415],
    ['another character set', { 'content-type': 'text/xml; charset=iso-8859-1' }, 415],
    ['a compressed body', { 'content-encoding': 'gzip' }, 415],
    ['its character set in capitals and quotes', { 'content-type': 'text/xml;charset="UTF-8"' }, 200],
  ])('with %s', async (_what, headers, status) => {
    service = await startSmall();
    expect((await post(service.url, envelope('Ping', ''), headers as Record<string, string>)).status).toBe(status);
  });

  it('answers bytes that are not UTF-8, and NUL, with a fault', async () => {
    service = await startSmall();
    for (const body of [Buffer.from(envelope('Ping', '').replace('TEST', 'T\u00e9ST'), 'latin1'), envelope('Ping', '').replace('TEST', '\u0000'), '']) {
      const { status, text } = await post(service.url, body);
      expect(status).toBe(500);
      expect(text).toContain('<faultcode>soap:Client</faultcode>');
    }
  });

  it('refuses more than a megabyte, and goes on working', async () => {
    service = await startSmall();
    const { status } = await post(service.url, envelope('Ping', ' '.repeat(1024 * 1024)));
    expect(status).toBe(413);
    expect((await post(service.url, envelope('Ping', ' '.repeat(1_000_000)))).status).toBe(200);
  });

  it('knows one path and two methods', async () => {
    service = await startSmall();
    expect((await post(service.url.replace('housing', 'other'), envelope('Ping', ''))).status).toBe(404);
    expect((await fetch(service.url)).status).toBe(405);
    expect((await fetch(`${service.url}?wsdl`, { method: 'DELETE' })).status).toBe(405);
  });

  it('serves the WSDL with its own address', async () => {
    service = await startSmall();
    expect(await (await fetch(`${service.url}?WSDL`)).text()).toContain(`<soap:address location="${service.url}"/>`);
  });
});
