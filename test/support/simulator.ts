/** The simulated legacy system as a program of its own, which outlives every gateway; and its control port. */
import { join } from 'node:path';
import type { Fault } from '../../fixtures/legacy/faults.js';
import type { LedgerEntry } from '../../fixtures/legacy/ledger.js';
import { packageRoot } from '../../src/package-root.js';
import { spawnScript } from './program.js';

export interface Simulator {
  /** As LEGACY_SQL_URL and LEGACY_SOAP_URL take them. */
  readonly sqlUrl: string;
  readonly soapUrl: string;
  order(operation: string, fault: Fault): Promise<void>;
  /** Forgets every fault that was ordered and has not struck. */
  clearFaults(): Promise<void>;
  ledger(): Promise<readonly LedgerEntry[]>;
  close(): Promise<void>;
}

const CLI = join(packageRoot(), 'dist', 'fixtures', 'legacy', 'cli.js');

interface Addresses { readonly sql: string; readonly soap: string; readonly control: string }

function addressesIn(stdout: string): Addresses | null {
  if (!/^Legacy system ready /m.test(stdout)) return null;
  const found = (line: RegExp): string => line.exec(stdout)?.[1] ?? '';
  return {
    sql: found(/^SQL server at 127\.0\.0\.1:(\d+) /m), soap: found(/^Web service at http:\/\/(\S+)/m), control: found(/^Control port at (\S+)/m),
  };
}

/** Starts it on free ports. @param rowsFile as SIM_ROWS takes it. */
export async function startSimulator(rowsFile: string): Promise<Simulator> {
  const program = await spawnScript(CLI, {
    PATH: process.env['PATH'] ?? '', SIM_SQL_PORT: '0', SIM_SOAP_PORT: '0', SIM_CONTROL_PORT: '0', SIM_ROWS: rowsFile,
  }, addressesIn).ready;
  const control = async (path: string, request: RequestInit = {}): Promise<Response> => {
    const response = await fetch(`${program.control}${path}`, request);
    if (!response.ok) throw new Error(`the control port says ${response.status}: ${await response.text()}`);
    return response;
  };
  return {
    sqlUrl: `mssql://gateway:gateway@localhost:${program.sql}/housing?encrypt=true&trustServerCertificate=true`,
    soapUrl: `http://gateway:gateway@${program.soap}`,
    order: async (operation, fault) => {
      await control(`/faults/${operation}`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(fault) });
    },
    clearFaults: async () => {
      await control('/faults', { method: 'DELETE' });
    },
    ledger: async () => (await (await control('/ledger')).json()) as readonly LedgerEntry[],
    close: async () => {
      await program.end('SIGTERM');
    },
  };
}
