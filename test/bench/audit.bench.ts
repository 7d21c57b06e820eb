/** What the audit trail costs: to append to, to verify and to keep. On SQLite, in a temporary folder. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeRandom } from '../../adapters/random.js';
import { sqliteStore } from '../../adapters/sqlite/store.js';
import type { AuditEvent } from '../../src/application/audit/entry.js';
import { auditTrail } from '../../src/application/audit/trail.js';
import { verifyTrail } from '../../src/application/audit/verify.js';

const ENTRIES = 20_000;
const TENANCIES = 2_000;

const folder = mkdtempSync(join(tmpdir(), 'audit-bench-'));
const path = join(folder, 'gateway.db');
const store = sqliteStore(`file:${path}`, 'schema/store');
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const trail = auditTrail({ store, clock: () => new Date(), random: nodeRandom, log });
const look = (n: number): AuditEvent => ({
  at: new Date().toISOString(), actor: 'ruth.pemberton@staff.example.org', role: 'STAFF', action: 'query tenancies', subject: { kind: 'tenancy', reference: `${n % TENANCIES}` }, reason: null,
});

/** Milliseconds a piece, recorded `width` at a time as a query of that many tenancies would. */
async function record(width: number): Promise<number> {
  const began = performance.now();
  for (let n = 0; n < ENTRIES / 2; n += width) await trail.record(Array.from({ length: width }, (_, one) => look(n + one)));
  return (performance.now() - began) / (ENTRIES / 2 / width);
}

try {
  const [one, fifty] = [await record(1), await record(50)];
  const began = performance.now();
  const { faults } = await verifyTrail(store, null);
  const verified = (performance.now() - began) / ENTRIES;
  console.log(`record, a query of 1 tenancy    ${one.toFixed(2)} ms`);
  console.log(`record, a query of 50 tenancies ${fifty.toFixed(2)} ms, ${(fifty / one).toFixed(1)} times that`);
  console.log(`verify, an entry                ${verified.toFixed(3)} ms (${faults.length} faults)`);
  await store.close();
  console.log(`kept, an entry                  ${Math.round(statSync(path).size / ENTRIES)} bytes, with its lists`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
