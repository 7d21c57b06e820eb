/**
 * How fast the simulated SQL Server hands out rows: `mssql` reads 10,000 rows of five columns from a server in a process of its own, over a plain
 * connection and over TLS, collected and streamed. Beside it stands the server alone: the same answer read from a bare socket, without a client that parses it.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import sql from 'mssql';
import { startTdsServer } from '../../fixtures/legacy/tds/server.js';
import { FakeBackend } from '../unit/tds/fake-backend.js';
import { RawClient } from '../unit/tds/raw-client.js';

const ROWS = 10_000;
const ROUNDS = 31;
const WARM_UP = 8;

async function serve(): Promise<void> {
  const server = await startTdsServer({ backend: new FakeBackend(), port: 0 });
  process.send?.(server.port);
  process.once('disconnect', () => process.exit(0));
}

/** Milliseconds of the middle round, after some that do not count. */
async function median(run: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const start = process.hrtime.bigint();
    await run();
    if (round >= WARM_UP) times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  times.sort((a, b) => a - b);
  return times[ROUNDS >> 1] ?? NaN;
}

const request = (pool: sql.ConnectionPool): sql.Request => pool.request().input('Rows', sql.Int, ROWS);

async function collected(pool: sql.ConnectionPool): Promise<void> {
  const { recordset } = await request(pool).execute('gateway.Count');
  if (recordset.length !== ROWS) throw new Error(`${recordset.length} rows`);
}

async function streamed(pool: sql.ConnectionPool): Promise<void> {
  const streaming = request(pool);
  streaming.stream = true;
  let rows = 0;
  streaming.on('row', () => {
    rows += 1;
  });
  const done = new Promise((resolve, reject) => streaming.once('done', resolve).once('error', reject));
  await streaming.execute('gateway.Count');
  await done;
  if (rows !== ROWS) throw new Error(`${rows} rows`);
}

async function pooled(port: number, encrypt: boolean): Promise<sql.ConnectionPool> {
  return new sql.ConnectionPool({
    server: '127.0.0.1', port, user: 'gateway', password: 'gateway', database: 'housing', pool: { min: 1, max: 1 },
    options: { encrypt, trustServerCertificate: true },
  }).connect();
}

async function measure(): Promise<void> {
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), ['serve']);
  const [port] = (await once(child, 'message')) as [number];
  const alone = await RawClient.login(port);
  const plain = await pooled(port, false);
  const encrypted = await pooled(port, true);
  const results: [string, number][] = [
    ['bare socket, nothing parsed', await median(async () => void (await alone.batch(`EXEC gateway.Count ${ROWS}`)))],
    ['mssql, collected', await median(() => collected(plain))],
    ['mssql, streamed', await median(() => streamed(plain))],
    ['mssql over TLS, collected', await median(() => collected(encrypted))],
    ['mssql over TLS, streamed', await median(() => streamed(encrypted))],
  ];
  const base = results[0]?.[1] ?? NaN;
  console.log(`${ROWS} rows x 5 columns, median of ${ROUNDS} rounds; ratio to the bare socket`);
  for (const [name, ms] of results) console.log(`${name.padEnd(30)} ${ms.toFixed(1).padStart(7)} ms ${Math.round(ROWS / (ms / 1000)).toLocaleString('en-GB').padStart(12)} rows/s ${(base / ms).toFixed(3)}`);
  alone.destroy();
  await Promise.all([plain.close(), encrypted.close()]);
  child.disconnect();
}

await (process.argv[2] === 'serve' ? serve() : measure());
