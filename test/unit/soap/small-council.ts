/** A council of three properties, with one of everything that the web service treats in its own way. Everybody is invented. */
import { NO_DATE, type Rows } from '../../../fixtures/rows/tables.js';

export const AT = '2017-02-08T10:00:00Z';
export const HOME = '00000017';
export const BLOCK = '00000018';
export const NEVER_REPAIRED = '00000019';

export function smallCouncil(): Rows {
  const property = (prop_ref: string, level_code: string, short_address: string): Rows['property'][number] => ({
    prop_ref, level_code, major_ref: '', u_block: '', u_estate: '', short_address,
    aline1: short_address, aline2: '', aline3: '', aline4: '', post_code: 'ZZ1 1ZZ',
  });
  const order = (wo_ref: string, rest: Partial<Rows['rmworder'][number]>): Rows['rmworder'][number] => ({
    wo_ref, rq_ref: '', prop_ref: HOME, wo_status: '300', priority_code: 'N', wo_desc: 'Repair', sor_code: '20060020',
    created: '2017-01-09T08:00:00', target: '2017-01-30', completed: NO_DATE, ...rest,
  });
  return {
    tenagree: [{
      tag_ref: '000017/01', house_ref: '000017', prop_ref: HOME, cot: '2010-04-05', eot: NO_DATE, terminated: false, present: true,
      tenure: 'SEC', rent: 90, service: 5, other_charge: 0, prd_code: '1', cur_bal: 0, u_saff_rentacc: '1000017',
    }],
    member: [{ house_ref: '000017', person_no: 1, title: 'Ms', forename: 'Siân', surname: "O'Dŵr", dob: '1980-02-29', responsible: true, relationship: '' }],
    conphone: [{ house_ref: '000017', person_no: 1, phone_no: 1, phone_type: 'M', phone: '07700 900017' }],
    conemail: [{ house_ref: '000017', person_no: 1, email_no: 1, email: 'sian@example.org' }],
    conaddress: [],
    property: [property(HOME, '3', '1 Pond Row'), property(BLOCK, '2', 'Pond Row'), property(NEVER_REPAIRED, '3', '2 Pond Row')],
    rtrans: [],
    debtype: [], rectype: [], tenure: [],
    rmstatus: [
      { status_code: '100', status_desc: 'Defined' },
      { status_code: '300', status_desc: 'Works order issued' },
      { status_code: '900', status_desc: 'Complete' },
    ],
    rmpriority: [
      { priority_code: 'U', priority_desc: 'Urgent', target_days: 5 },
      { priority_code: 'N', priority_desc: 'Normal', target_days: 21 },
    ],
    rmsor: [{ sor_code: '20060020', sor_desc: 'Clear gutter', priority_code: 'N' }],
    rmreqst: [
      { rq_ref: '00000041', prop_ref: HOME, rq_date: '2017-01-06T16:45:00', rq_status: '100', priority_code: 'N', rq_problem: "Siân's gutter leaks & drips at the \"rear\"",
        sor_code: '20060020', rq_phone: '', caller_ref: 'gw-1' },
      { rq_ref: '00000042', prop_ref: HOME, rq_date: '2017-02-07T09:30:00', rq_status: '555', priority_code: 'Q', rq_problem: 'Tŷ bach <blocked>',
        sor_code: '', rq_phone: '', caller_ref: '' },
    ],
    rmworder: [
      order('WO561474', { rq_ref: '00000041', wo_desc: "Siân's gutter leaks & drips" }),
      order('WO561475', { wo_status: '900', completed: '2017-01-20T15:00:00', wo_desc: 'Kitchen tap' }),
      order('WO561476', { wo_status: '900', completed: '2016-03-01', wo_desc: 'Front door lock' }),
      order('WO561477', { prop_ref: BLOCK, wo_status: '555', priority_code: 'Q', sor_code: '', wo_desc: 'Stairwell lamp' }),
    ],
  };
}
