/** Many people to register: a generated council, and what each of its tenants would type. */
import { generateRows } from '../../fixtures/rows/generate.js';
import type { Rows } from '../../fixtures/rows/tables.js';

export interface Details {
  readonly email: string;
  readonly phone: string;
  readonly reference: string;
  readonly dateOfBirth: string;
}

/** Somebody with a home in which repairs can be asked for. */
export interface Resident {
  readonly personReference: string;
  readonly email: string;
  readonly tenancyReference: string;
  /** Whether the home is part of a block. */
  readonly communal: boolean;
}

/** Tenancies that began before this are not new on any day into which the rows are moved. */
const LONG_AGO = '2016-12-01';

/** Those who answer for a current tenancy and have an address of their own and a mobile phone. */
function whoAnswers(rows: Rows) {
  const of = <T extends { house_ref: string; person_no: number }>(list: readonly T[]): Map<string, T> =>
    new Map(list.map((row) => [`${row.house_ref}/${row.person_no}`, row]));
  const emails = of(rows.conemail.filter(({ email }) => email.startsWith('tenant.')));
  const phones = of(rows.conphone.filter(({ phone_type }) => phone_type === 'M'));
  const tenancies = new Map(rows.tenagree.filter(({ present, terminated, cot }) => present && !terminated && cot < LONG_AGO).map((row) => [row.house_ref, row]));
  return rows.member.filter(({ responsible }) => responsible).flatMap((member) => {
    const key = `${member.house_ref}/${member.person_no}`;
    const [email, phone, tenancy] = [emails.get(key)?.email, phones.get(key)?.phone, tenancies.get(member.house_ref)];
    return email === undefined || phone === undefined || !tenancy ? [] : [{ key, member, email, phone, tenancy }];
  });
}

/** A council without repairs, which nobody asks about here and which would only make its start slower. */
export function council(tenancies: number, seed: number): { readonly rows: Rows; readonly people: readonly Details[]; readonly residents: readonly Resident[] } {
  const rows = generateRows({ tenancies, seed, weeks: 1, personWith: 1 });
  const inBlocks = new Set(rows.property.filter(({ u_block }) => u_block !== '').map(({ prop_ref }) => prop_ref));
  const found = whoAnswers(rows);
  return {
    rows: { ...rows, rmreqst: [], rmworder: [] },
    people: found.map(({ member, email, phone, tenancy }) => ({
      email, phone, reference: member.person_no === 1 ? tenancy.tag_ref : tenancy.u_saff_rentacc, dateOfBirth: member.dob,
    })),
    residents: found.map(({ key, email, tenancy }) => ({
      personReference: key, email, tenancyReference: tenancy.tag_ref, communal: inBlocks.has(tenancy.prop_ref),
    })),
  };
}
