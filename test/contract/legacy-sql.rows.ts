/** Calls of every procedure whose raw rows two engines are held against each other by. */
import sql from 'mssql';
import { parseConnection } from '../../adapters/mssql/connection-string.js';
import { referenceList } from '../../adapters/mssql/pool.js';

type Fill = (request: sql.Request) => void;
const many = (...references: string[]): Fill => (request) => void request.input('References', referenceList(references));
const period = (from: string, to: string, ...references: string[]): Fill => (request) => {
  many(...references)(request);
  request.input('From', sql.Date, new Date(`${from}T00:00:00Z`));
  request.input('To', sql.Date, new Date(`${to}T00:00:00Z`));
};
const search = (text: string, after?: string, take?: number): Fill => (request) => {
  request.input('Text', sql.VarChar(100), text);
  if (after !== undefined) request.input('After', sql.VarChar(11), after);
  if (take !== undefined) request.input('Take', sql.Int, take);
};
const reference = (text: string): Fill => (request) => void request.input('Reference', sql.VarChar(20), text);

const TENANCIES = ['000017/01', '000231/01', '000231/02', '000305/01', '000412/01', '000518/01', '000633/01', '000744/01', '000801/01', '000856/01', '000902/01', '000915/01', '000977/01', '001042/01', '001108/01', '001190/01', '001255/01', '001377/01'];
const PERSONS = ['0000000017/1', '0000000231/1', '0000000305/1', '0000000412/1', '0000000412/2', '0000000412/3', '0000000518/1', '0000000744/1'];

export const rowCalls: readonly { readonly name: string; readonly procedure: string; readonly fill: Fill }[] = [
  { name: 'Ping', procedure: 'Ping', fill: () => undefined },
  { name: 'GetPersons of many', procedure: 'GetPersons', fill: many(...PERSONS) },
  { name: 'GetPersons of none', procedure: 'GetPersons', fill: many() },
  { name: 'GetPersons of malformed ones', procedure: 'GetPersons', fill: many('', '/', '0000000017', '0000000017/99', "x'/1") },
  { name: 'GetTenanciesOfPersons', procedure: 'GetTenanciesOfPersons', fill: many(...PERSONS) },
  { name: 'GetTenancies', procedure: 'GetTenancies', fill: many(...TENANCIES, '999999/01') },
  { name: 'GetMembers', procedure: 'GetMembers', fill: many(...TENANCIES) },
  { name: 'GetProperties', procedure: 'GetProperties', fill: many('00001170', '00020013', '00020010', '00031007', '99999999') },
  { name: 'GetBalances', procedure: 'GetBalances', fill: many(...TENANCIES) },
  { name: 'GetTransactions of a month', procedure: 'GetTransactions', fill: period('2017-01-08', '2017-02-08', ...TENANCIES) },
  { name: 'GetTransactions of a year', procedure: 'GetTransactions', fill: period('2016-02-08', '2017-02-08', ...TENANCIES) },
  { name: 'GetTransactions from before the first to before today', procedure: 'GetTransactions', fill: period('2015-01-01', '2016-06-30', ...TENANCIES) },
  { name: 'FindForRegistration by tenancy', procedure: 'FindForRegistration', fill: reference('000412/01') },
  { name: 'FindForRegistration by payment reference', procedure: 'FindForRegistration', fill: reference('9826100000000074401') },
  { name: 'FindForRegistration of nothing', procedure: 'FindForRegistration', fill: reference('') },
  { name: 'SearchTenancies, defaults', procedure: 'SearchTenancies', fill: search('0') },
  { name: 'SearchTenancies by surname in other case and spaces', procedure: 'SearchTenancies', fill: search(' tid COMBE ') },
  { name: 'SearchTenancies by postcode', procedure: 'SearchTenancies', fill: search('ba999lb') },
  { name: 'SearchTenancies, second page', procedure: 'SearchTenancies', fill: search('0', '000231/02', 3) },
  ...['%', '_', '[', ']', '!', "'", "';--", '[a-z]%', ' '].map((text) => ({ name: `SearchTenancies of ${text}, literally`, procedure: 'SearchTenancies', fill: search(text) })),
];

/** The raw result sets of every call, as an engine gives them. @param url a connection string. */
export async function rawRows(url: string): Promise<ReadonlyMap<string, unknown>> {
  const pool = new sql.ConnectionPool(parseConnection(url));
  await pool.connect();
  try {
    const found = new Map<string, unknown>();
    for (const { name, procedure, fill } of rowCalls) {
      const request = pool.request();
      fill(request);
      const { recordsets } = await request.execute(`gateway.${procedure}`);
      found.set(name, (recordsets as unknown[][]).map((rows) => rows.map((row) => ({ ...(row as object) }))));
    }
    return found;
  } finally {
    await pool.close();
  }
}
