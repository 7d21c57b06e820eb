/** The web service over the small council, for tests. */
import { Database } from '../../../fixtures/legacy/database.js';
import { FaultBoard, type Fault } from '../../../fixtures/legacy/faults.js';
import { Ledger } from '../../../fixtures/legacy/ledger.js';
import { startSoapServer } from '../../../fixtures/legacy/soap/server.js';
import { AT, smallCouncil } from './small-council.js';

/** A fault board that says how many calls have asked it. */
export class WatchedFaults extends FaultBoard {
  asked = 0;

  override take(operation: string): Fault | undefined {
    this.asked += 1;
    return super.take(operation);
  }
}

export interface Running {
  readonly url: string;
  readonly database: Database;
  readonly ledger: Ledger;
  readonly faults: WatchedFaults;
  close(): Promise<void>;
}

/** Starts it on a free port with a clock that stands still. */
export async function startSmall(at = AT, rows = smallCouncil()): Promise<Running> {
  const database = new Database(rows);
  const ledger = new Ledger();
  const faults = new WatchedFaults();
  const server = await startSoapServer({ database, rows, ledger, faults, now: () => new Date(at), host: '127.0.0.1', port: 0 });
  return { url: `http://127.0.0.1:${server.port}/housing`, database, ledger, faults, close: () => server.close() };
}

/** Posts a message as a SOAP 1.1 client does. */
export async function post(url: string, body: string | Uint8Array, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'text/xml; charset=utf-8', ...headers }, body });
  return { status: response.status, text: await response.text() };
}

/** A request's envelope around fields that are written by hand. */
export function envelope(operation: string, fields: string, user = '<DirectUser><UserName>gateway</UserName><Password>gateway</Password></DirectUser><SourceSystem>TEST</SourceSystem>'): string {
  return `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soap:Body>` +
    `<${operation} xmlns="urn:housing-management:repairs:v2">${user}${fields}</${operation}></soap:Body></soap:Envelope>`;
}
