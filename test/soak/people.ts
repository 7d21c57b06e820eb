/** Many people to register: a generated council, and what each of its tenants would type. */
import { generateRows } from '../../fixtures/rows/generate.js';
import type { Rows } from '../../fixtures/rows/tables.js';

export interface Details {
  readonly email: string;
  readonly phone: string;
  readonly reference: string;
  readonly dateOfBirth: string;
}

/** Tenancies that began before this are not new on any day into which the rows are moved. */
const LONG_AGO = '2016-12-01';

/** Those who answer for a current tenancy and have an address of their own and a mobile phone. */
function whoCanRegister(rows: Rows): Details[] {
  const of = <T extends { house_ref: string; person_no: number }>(list: readonly T[]): Map<string, T> =>
    new Map(list.map((row) => [`${row.house_ref}/${row.person_no}`, row]));
  const emails = of(rows.conemail.filter(({ email }) => email.startsWith('tenant.')));
  const phones = of(rows.conphone.filter(({ phone_type }) => phone_type === 'M'));
  const tenancies = new Map(rows.tenagree.filter(({ present, terminated, cot }) => present && !terminated && cot < LONG_AGO).map((row) => [row.house_ref, row]));
  return rows.member.filter(({ responsible }) => responsible).flatMap((member) => {
    const key = `${member.house_ref}/${member.person_no}`;
    const [email, phone, tenancy] = [emails.get(key)?.email, phones.get(key)?.phone, tenancies.get(member.house_ref)];
    if (email === undefined || phone === undefined || !tenancy) return [];
    return [{ email, phone, reference: member.person_no === 1 ? tenancy.tag_ref : tenancy.u_saff_rentacc, dateOfBirth: member.dob }];
  });
}

/** A council without repairs, which nobody asks for here and which would only make its start slower. */
export function council(tenancies: number, seed: number): { readonly rows: Rows; readonly people: readonly Details[] } {
  const rows = generateRows({ tenancies, seed, weeks: 1, personWith: 1 });
  return { rows: { ...rows, rmreqst: [], rmworder: [] }, people: whoCanRegister(rows) };
}
