import sql from 'mssql';
import type { Person } from '../../src/domain/person.js';
import type { LedgerExtract, Posting } from '../../src/domain/rent.js';
import type { People, Properties, Reachable, Registrations, RentLedger, Tenancies } from '../../src/application/ports.js';
import { text } from '../clean.js';
import { referenceList, type ResultSets, type Row, type SqlServer } from './pool.js';
import { personReference, toCandidate, toMember, toPence, toPerson, toPosting, toProperty, toTenancy } from './rows.js';

/** Rows that belong to one key, in the order in which they came. */
function grouped(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const name = key(row);
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return groups;
}

/** People with what belongs to each, and their households. */
function persons(rows: readonly Row[], phoneRows: readonly Row[] = [], emailRows: readonly Row[] = []): { house: string; person: Person }[] {
  const phones = grouped(phoneRows, personReference);
  const emails = grouped(emailRows, personReference);
  return rows.map((row) => {
    const reference = personReference(row);
    return { house: text(row.HouseRef), person: toPerson(row, phones.get(reference) ?? [], emails.get(reference) ?? []) };
  });
}

const byTenancy = (row: Row): string => text(row.TagRef);

/** The reads of the legacy system that go through SQL Server. */
export function sqlLegacy(server: SqlServer): {
  people: People; tenancies: Tenancies; properties: Properties; ledger: RentLedger; registrations: Registrations;
} & Reachable {
  const read = <T>(procedure: string, references: readonly string[], map: (sets: ResultSets) => T,
    more?: (request: sql.Request) => void): Promise<T> => server.execute(procedure, (request) => {
    request.input('References', referenceList([...new Set(references)]));
    more?.(request);
  }, map);
  const first = (sets: ResultSets): readonly Row[] => sets[0] ?? [];

  return {
    people: {
      byReferences: (references) => read('GetPersons', references, (sets) =>
        new Map(persons(first(sets), sets[1], sets[2]).map(({ person }) => [person.reference, person]))),
    },
    registrations: {
      find: (reference) => server.execute('FindForRegistration', (request) => {
        request.input('Reference', sql.VarChar(20), reference);
      }, (sets) => {
        const everybody = persons(sets[1] ?? [], sets[2], sets[3]);
        return first(sets).map((row) => toCandidate(row, everybody));
      }),
    },
    tenancies: {
      ofPersons: (references) => read('GetTenanciesOfPersons', references, (sets) =>
        new Map([...grouped(first(sets), personReference)].map(([reference, rows]) => [reference, rows.map(toTenancy)]))),
      byReferences: (references) => read('GetTenancies', references, (sets) =>
        new Map(first(sets).map((row) => [text(row.TagRef), toTenancy(row)]))),
      members: (references) => read('GetMembers', references, (sets) =>
        new Map([...grouped(first(sets), byTenancy)].map(([reference, rows]) => [reference, rows.map(toMember)]))),
      search: (wanted, after, take) => server.execute('SearchTenancies', (request) => {
        request.input('Text', sql.VarChar(100), wanted);
        request.input('After', sql.VarChar(11), after);
        request.input('Take', sql.Int, take);
      }, (sets) => ({ total: Number(sets[0]?.[0]?.TotalCount), tenancies: (sets[1] ?? []).map(toTenancy) })),
    },
    properties: {
      byReferences: (references) => read('GetProperties', references, (sets) =>
        new Map(first(sets).map((row) => [text(row.PropRef), toProperty(row)]))),
    },
    ledger: {
      balances: (references) => read('GetBalances', references, (sets) =>
        new Map(first(sets).map((row) => [text(row.TagRef), toPence(row.Balance)]))),
      extracts: (references, from, to) => read('GetTransactions', references, (sets) => {
        const postings = grouped(sets[1] ?? [], byTenancy);
        return new Map(first(sets).map((row): [string, LedgerExtract] => {
          const reference = text(row.TagRef);
          const held: Posting[] = (postings.get(reference) ?? []).map(toPosting);
          return [reference, { openingPence: toPence(row.OpeningBalance), postings: held }];
        }));
      }, (request) => {
        request.input('From', sql.Date, new Date(`${from}T00:00:00Z`));
        request.input('To', sql.Date, new Date(`${to}T00:00:00Z`));
      }),
    },
    async ping() {
      await server.execute('Ping', null, () => undefined);
    },
  };
}
