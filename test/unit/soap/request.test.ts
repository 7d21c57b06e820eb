import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { contractPath, parseContract, readContract } from '../../../fixtures/legacy/soap/contract.js';
import { readCall, SoapFault } from '../../../fixtures/legacy/soap/envelope.js';
import { Refusal } from '../../../fixtures/legacy/soap/refusals.js';
import { readRecord, type SoapRecord } from '../../../fixtures/legacy/soap/request.js';
import { envelope } from './service-under-test.js';

const contract = readContract();

function read(operation: string, fields: string): SoapRecord {
  const call = readCall(envelope(operation, fields), undefined, contract);
  return readRecord(call.element, call.operation.request, contract.namespace);
}

function refusalOf(operation: string, fields: string): string {
  try {
    read(operation, fields);
  } catch (error) {
    if (error instanceof Refusal) return `${error.code} ${error.message}`;
    throw error;
  }
  return 'taken';
}

describe('the contract', () => {
  it('has the operations that the gateway is promised', () => {
    expect([...contract.operations.keys()]).toEqual([
      'GetWorksOrdersList', 'GetWorksOrderByReference', 'GetRepairRequestByReference', 'FindByCallerReference',
      'CreateRepairRequest', 'UpdateContactDetails', 'UpdateHousehold', 'Ping',
    ]);
  });

  it('begins every request with the credentials, and every answer with how it went', () => {
    for (const { request, result } of contract.operations.values()) {
      expect(request.fields.slice(0, 2).map(({ name, required }) => [name, required])).toEqual([['DirectUser', true], ['SourceSystem', true]]);
      expect(result.type.fields.slice(0, 3).map(({ name, nillable }) => [name, nillable])).toEqual([['Success', false], ['ErrorCode', true], ['ErrorMessage', true]]);
    }
  });

  it('puts another address into the WSDL, and changes nothing else', () => {
    const original = readFileSync(contractPath(), 'utf8');
    const served = contract.wsdl('http://127.0.0.1:1/$&');
    expect(served).toContain('location="http://127.0.0.1:1/$&"');
    expect(served.length - original.length).toBe('http://127.0.0.1:1/$&'.length - 'http://127.0.0.1:8088/housing'.length);
  });

  it.each([
    ['unqualified elements', 'elementFormDefault="qualified"', ''],
    ['a type that is not known', 'type="xsd:boolean"', 'type="xsd:decimal"'],
    ['a missing type', 'name="Phone"><', 'name="Telephone"><'],
    ['a choice', 'xsd:sequence', 'xsd:choice'],
    ['a bounded list', 'maxOccurs="unbounded"', 'maxOccurs="7"'],
  ])('is refused with %s', (_what, from, to) => {
    const text = readFileSync(contractPath(), 'utf8').replace(/\s+<xsd:sequence>/g, '<xsd:sequence>').replaceAll(from, to);
    expect(() => parseContract(text)).toThrow(/housing\.wsdl/);
  });
});

describe('a request', () => {
  it('is read whatever the order of its fields, and says null for what is absent or nil', () => {
    expect(read('CreateRepairRequest', '<CallerReference>c</CallerReference><SorCode xsi:nil="1"/><Problem> p </Problem><PriorityCode>N</PriorityCode><PropertyReference>1</PropertyReference>')).toMatchObject({
      CallerReference: 'c', SorCode: null, Problem: ' p ', PriorityCode: 'N', PropertyReference: '1', ContactPhone: null,
    });
  });

  it('keeps lists as lists, also when there is one in them or none', () => {
    const list = (items: string): unknown => read('GetWorksOrdersList', `<PropertyReferences>${items}</PropertyReferences>`)['PropertyReferences'];
    expect(list('')).toEqual({ PropertyReference: [] });
    expect(list('<PropertyReference>1</PropertyReference>')).toEqual({ PropertyReference: ['1'] });
    expect(list('<PropertyReference>1</PropertyReference><!-- and --><PropertyReference>2</PropertyReference>')).toEqual({ PropertyReference: ['1', '2'] });
  });

  const properties = '<PropertyReferences><PropertyReference>1</PropertyReference></PropertyReferences>';
  it.each([
    ['no list', 'GetWorksOrdersList', '', '2001 PropertyReferences is missing'],
    ['a null where none may be', 'GetWorksOrdersList', '<PropertyReferences xsi:nil="true"/>', '2001 PropertyReferences is null'],
    ['a null with content', 'GetWorksOrdersList', `${properties}<CompletedSince xsi:nil="true">2017-01-01T00:00:00</CompletedSince>`, '2003 CompletedSince is null and has content'],
    ['an unknown field', 'GetWorksOrdersList', `${properties}<Since>x</Since>`, '2002 Since is not a field of this operation'],
    ['a field of another namespace', 'GetWorksOrdersList', '<PropertyReferences xmlns="urn:other"/>', '2002 PropertyReferences is not a field of this operation'],
    ['an unknown field within', 'GetWorksOrdersList', '<PropertyReferences><Reference>1</Reference></PropertyReferences>', '2002 PropertyReferences/Reference is not a field of this operation'],
    ['a field twice', 'GetWorksOrdersList', properties + properties, '2002 PropertyReferences is given more than once'],
    ['text between fields', 'GetWorksOrdersList', `${properties}1`, '2002 Text stands between the fields of the request'],
    ['elements in a text', 'FindByCallerReference', '<CallerReference><b>1</b></CallerReference>', '2002 CallerReference holds elements where a value should be'],
    ['an attribute', 'FindByCallerReference', '<CallerReference id="1">1</CallerReference>', '2002 CallerReference has the attribute id, which it does not know'],
    ['a strange nil', 'FindByCallerReference', '<CallerReference xsi:nil="yes"/>', '2003 CallerReference is neither true nor false'],
    ['a day without a time', 'GetWorksOrdersList', `${properties}<CompletedSince>2017-01-01</CompletedSince>`, '2003 CompletedSince is no date and time'],
    ['a day that is not', 'GetWorksOrdersList', `${properties}<CompletedSince>2017-02-29T00:00:00</CompletedSince>`, '2003 CompletedSince is no date and time'],
    ['an hour that is not', 'GetWorksOrdersList', `${properties}<CompletedSince>2017-02-28T24:01:00</CompletedSince>`, '2003 CompletedSince is no date and time'],
    ['a zone', 'GetWorksOrdersList', `${properties}<CompletedSince>2017-02-28T00:00:00.000Z</CompletedSince>`, '2003 CompletedSince has a time zone; local time is expected'],
    ['an offset', 'GetWorksOrdersList', `${properties}<CompletedSince>2017-02-28T00:00:00+01:00</CompletedSince>`, '2003 CompletedSince has a time zone; local time is expected'],
    ['a fraction of nothing', 'GetWorksOrdersList', `${properties}<CompletedSince>2017-02-28T00:00:00.000</CompletedSince>`, 'taken'],
    ['an incomplete member', 'UpdateHousehold', '<TenancyReference>1</TenancyReference><Members><Member><Title/></Member></Members><CallerReference>c</CallerReference>', '2001 Members/Member/Forename is missing'],
  ])('with %s', (_what, operation, fields, answer) => {
    expect(refusalOf(operation, fields)).toBe(answer);
  });
});

describe('an envelope', () => {
  const fault = (text: string, action?: string): string => {
    try {
      return readCall(text, action, contract).operation.name;
    } catch (error) {
      if (error instanceof SoapFault) return `${error.code}: ${error.message}`;
      throw error;
    }
  };
  const soap = 'xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"';
  const ping = '<Ping xmlns="urn:housing-management:repairs:v2"/>';

  it.each([
    ['its action in quotes', envelope('Ping', ''), '"urn:housing-management:repairs:v2/Ping"', 'Ping'],
    ['its action without quotes', envelope('Ping', ''), 'urn:housing-management:repairs:v2/Ping', 'Ping'],
    ['an empty action', envelope('Ping', ''), '""', 'Ping'],
    ['the action of another operation', envelope('Ping', ''), '"urn:housing-management:repairs:v2/CreateRepairRequest"', /^Client: The SOAPAction header/],
    ['a header that may be passed over', `<s:Envelope ${soap}><s:Header><x s:mustUnderstand="0"/></s:Header><s:Body>${ping}</s:Body></s:Envelope>`, undefined, 'Ping'],
    ['a header that has to be understood', `<s:Envelope ${soap}><s:Header><x s:mustUnderstand="1"/></s:Header><s:Body>${ping}</s:Body></s:Envelope>`, undefined, /^MustUnderstand: /],
    ['SOAP 1.2', `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>${ping}</s:Body></s:Envelope>`, undefined, /^VersionMismatch: /],
    ['no envelope', ping, undefined, /^Client: /],
    ['no body', `<s:Envelope ${soap}/>`, undefined, /^Client: /],
    ['an empty body', `<s:Envelope ${soap}><s:Body/></s:Envelope>`, undefined, /^Client: /],
    ['two calls', `<s:Envelope ${soap}><s:Body>${ping}${ping}</s:Body></s:Envelope>`, undefined, /^Client: /],
    ['two bodies', `<s:Envelope ${soap}><s:Body>${ping}</s:Body><s:Body>${ping}</s:Body></s:Envelope>`, undefined, /^Client: /],
    ['something else beside the body', `<s:Envelope ${soap}><s:Body>${ping}</s:Body><x/></s:Envelope>`, undefined, /^Client: /],
    ['a call of another namespace', `<s:Envelope ${soap}><s:Body><Ping/></s:Body></s:Envelope>`, undefined, /^Client: The service has no operation Ping/],
    ['an unfinished one', envelope('Ping', '').slice(0, -5), undefined, /^Client: The message is not well-formed/],
  ])('with %s', (_what, text, action, outcome) => {
    expect(fault(text, action)).toEqual(typeof outcome === 'string' ? outcome : expect.stringMatching(outcome));
  });

});
