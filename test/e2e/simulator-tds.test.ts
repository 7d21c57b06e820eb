/** The simulated SQL Server as its clients see it: mssql, FreeTDS, pymssql, and tshark's idea of the protocol. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import sql from 'mssql';
import { startTdsServer, type TdsServer } from '../../fixtures/legacy/tds/server.js';
import { whenAvailable } from '../support/programs.js';
import { EVERY_TYPE, FakeBackend } from '../unit/tds/fake-backend.js';
import { RawClient, batchMessage, loginMessage, packet } from '../unit/tds/raw-client.js';
import { capture, startProxy } from '../unit/tds/recording-proxy.js';

let server: TdsServer;
let backend: FakeBackend;
let closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  backend = new FakeBackend();
  server = await startTdsServer({ backend, port: 0 });
});

afterEach(async () => {
  await Promise.all(closing.map((close) => close()));
  closing = [];
  await server.close();
});

interface Options {
  readonly port?: number;
  readonly encrypt?: boolean;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  readonly requestTimeout?: number;
  readonly connections?: number;
}

async function pool(options: Options = {}): Promise<sql.ConnectionPool> {
  const { port = server.port, encrypt = false, user = 'gateway', password = 'gateway', database = 'housing', requestTimeout = 10_000, connections = 1 } = options;
  const created = new sql.ConnectionPool({
    server: 'localhost', port, user, password, database, requestTimeout, pool: { min: 0, max: connections }, options: { encrypt, trustServerCertificate: true },
  });
  // A connection that breaks while nobody uses it is reported here.
  created.on('error', () => {});
  await created.connect();
  closing.push(() => created.close());
  return created;
}

/** The error of something that must fail, with what mssql and tedious put on it. */
async function failure(promise: Promise<unknown>): Promise<Error & { code?: string; number?: number; class?: number; state?: number }> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('it did not fail');
}

/** Waits until something holds, however long the test may take. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

const spid = async (connected: sql.ConnectionPool): Promise<number> => ((await connected.request().query('SELECT @@SPID AS spid')).recordset as { spid: number }[])[0]?.spid ?? NaN;

function referenceList(references: readonly (string | null)[]): sql.Table {
  const table = new sql.Table('gateway.ReferenceList');
  table.columns.add('Reference', sql.VarChar(20), { nullable: true });
  for (const reference of references) table.rows.add(reference);
  return table;
}

describe.each([['encrypted', true], ['plain', false]] as const)('mssql, %s', (_name, encrypt) => {
  it('logs in, also with a password of any characters, and says what it is', async () => {
    const connected = await pool({ encrypt, password: 'gateway£ŵ"]' });
    const { recordset } = await connected.request().query<Record<string, unknown>>('SELECT @@VERSION AS version, DB_NAME() AS db, SUSER_NAME() AS login, @@TRANCOUNT AS transactions');
    expect(recordset[0]).toMatchObject({ version: expect.stringContaining('Microsoft SQL Server 2016'), db: 'housing', login: 'gateway', transactions: 0 });
  });

  it('refuses a wrong password (18456) and an unknown database (4060)', async () => {
    expect(await failure(pool({ encrypt, password: 'Gateway' }))).toMatchObject({ code: 'ELOGIN', message: expect.stringContaining("Login failed for user 'gateway'") });
    expect(await failure(pool({ encrypt, database: 'payroll' }))).toMatchObject({ code: 'ELOGIN', message: expect.stringMatching(/Cannot open database "payroll"|Login failed/) });
    await until(() => server.connections() === 0);
  });

  it('brings every type, and NULL of every type', async () => {
    const { recordset } = await (await pool({ encrypt })).request().execute<Record<string, unknown>>('gateway.Types');
    const [row, nulls] = recordset;
    expect(row).toEqual({
      Char: '000017/01  ', Varchar: 'Siân O’Brien, Plas Ty', VarcharMax: 'm'.repeat(20_000), Nchar: 'ŷ   ', Nvarchar: 'Tŷ Gŵyr 漢字 😀', NvarcharMax: 'ŵ'.repeat(9_000),
      Tinyint: 255, Smallint: -32_768, Int: -2_147_483_648, Bigint: '-9223372036854775808', Bit: true, Money: -74.23, Decimal: -12_345.6789, Float: 0.1,
      Date: new Date('1900-01-01T00:00:00Z'), Datetime: new Date('2017-02-08T09:15:30.123Z'), Datetime2: expect.any(Date), Guid: '6F9619FF-8B86-D011-B42D-00C04FC964FF',
    });
    expect((row?.['Datetime2'] as Date).toISOString()).toBe('0001-01-01T23:59:59.999Z');
    expect(Object.keys(nulls ?? {})).toHaveLength(EVERY_TYPE.length);
    expect(Object.values(nulls ?? {}).every((value) => value === null)).toBe(true);
  });

  it('takes a table: empty, with NULL, and of 5,000 rows', async () => {
    const connected = await pool({ encrypt });
    const send = async (references: readonly (string | null)[]): Promise<unknown[]> => {
      const { recordset } = await connected.request().input('References', referenceList(references)).execute<{ Reference: string | null }>('gateway.GetPersons');
      return recordset.map((row) => row.Reference);
    };
    expect(await send([])).toEqual([]);
    const odd = ['000017/01', null, '', 'Llâna’s'];
    expect(await send(odd)).toEqual(odd);
    const many = Array.from({ length: 5_000 }, (_, index) => `${index}/01`);
    expect(await send(many)).toEqual(many);
  });

  it('streams 10,000 rows, whole and in order', async () => {
    const { recordset } = await (await pool({ encrypt })).request().input('Rows', 10_000).execute<{ Number: number; Value: number; PostDate: Date }>('gateway.Count');
    expect(recordset.map((row) => row.Number)).toEqual(Array.from({ length: 10_000 }, (_, index) => index + 1));
    expect(recordset[9_999]).toMatchObject({ Value: 100.63, PostDate: new Date('2017-01-30T00:00:00Z') });
  });
});

describe('calling a procedure through mssql', () => {
  it('brings scalars of every kind there and back', async () => {
    const { recordset } = await (await pool()).request()
      .input('Reference', sql.VarChar(20), 'O’Brien/01').input('Name', sql.NVarChar(50), 'Tŷ 😀').input('Number', sql.Int, -5).input('Big', sql.BigInt, '9007199254740993')
      .input('Amount', sql.Money, -74.23).input('Exact', sql.Decimal(19, 4), 0.0001).input('Day', sql.Date, new Date('1900-01-01T00:00:00Z')).input('At', sql.DateTime, new Date('2017-02-08T23:59:59.997Z'))
      .input('Flag', sql.Bit, false).input('Id', sql.UniqueIdentifier, '6f9619ff-8b86-d011-b42d-00c04fc964ff').input('Ratio', sql.Float, 1 / 3).input('Long', sql.NVarChar(sql.MAX), 'x'.repeat(30_000))
      .execute<Record<string, unknown>>('gateway.Echo');
    expect(recordset[0]).toEqual({
      Reference: 'O’Brien/01', Name: 'Tŷ 😀', Number: -5, Big: '9007199254740993', Amount: -74.23, Exact: 0.0001, Day: new Date('1900-01-01T00:00:00Z'),
      At: new Date('2017-02-08T23:59:59.997Z'), Flag: false, Id: '6F9619FF-8B86-D011-B42D-00C04FC964FF', Ratio: 1 / 3, Long: 'x'.repeat(30_000),
    });
  });

  it('brings several tables with Unicode, and several result sets', async () => {
    const pairs = (...rows: [number, string | null][]): sql.Table => {
      const table = new sql.Table('gateway.Pairs');
      table.columns.add('Id', sql.Int, { nullable: false });
      table.columns.add('Name', sql.NVarChar(30), { nullable: true });
      for (const row of rows) table.rows.add(...row);
      return table;
    };
    const request = (await pool()).request().input('Pairs', pairs([1, '漢字'], [2, null])).input('More', pairs()).input('From', sql.Date, '2017-02-08');
    const { recordsets, returnValue } = await request.execute('gateway.Pairs');
    expect(recordsets).toEqual([[{ Id: 1, Name: '漢字' }, { Id: 2, Name: null }], [], [{ From: new Date('2017-02-08T00:00:00Z') }]]);
    expect(returnValue).toBe(0);
  });

  it.each(['EXEC gateway.Several', 'exec [housing].[GATEWAY].several;', '/* first */ Execute "gateway"."Several" -- so'])('answers the same to the text %s', async (text) => {
    const { recordsets } = await (await pool()).request().query(text);
    expect(recordsets).toEqual([[{ First: 1 }, { First: 2 }], [], [{ Third: false }]]);
  });

  it('takes parameters by sp_executesql, and gives output ones back', async () => {
    const request = (await pool()).request().input('r', sql.VarChar, 'A/01').input('n', sql.NVarChar, 'Tŷ').input('t', referenceList(['B/02']));
    const { recordsets } = await request.query('exec gateway.Echo @r, @Name = @n; exec gateway.GetPersons @t');
    expect(recordsets).toMatchObject([[{ Reference: 'A/01', Name: 'Tŷ', Number: null }], [{ Reference: 'B/02' }]]);
    const { output } = await (await pool()).request().input('a', sql.Int, 40).output('b', sql.Int).query('SET @b = @a + 2');
    expect(output).toEqual({ b: 42 });
  });

  it('cuts a parameter that is too long, and refuses a table row that is', async () => {
    const connected = await pool();
    const { recordset } = await connected.request().input('Reference', sql.VarChar, 'r'.repeat(30)).execute<{ Reference: string }>('gateway.Echo');
    expect(recordset[0]?.Reference).toBe('r'.repeat(20));
    const table = new sql.Table('gateway.ReferenceList');
    table.columns.add('Reference', sql.VarChar(50), { nullable: true });
    table.rows.add('r'.repeat(21));
    expect(await failure(connected.request().input('References', table).execute('gateway.GetPersons'))).toMatchObject({ number: 8152 });
  });

  const other = (): sql.Table => {
    const table = new sql.Table('gateway.Unheard');
    table.columns.add('Reference', sql.VarChar(20), { nullable: true });
    return table;
  };
  it.each<[number, string, (request: sql.Request) => Promise<unknown>, object?]>([
    [2812, 'an unknown procedure', (request) => request.execute('gateway.Nope')],
    [2812, 'a procedure without its schema', (request) => request.execute('Ping')],
    [2812, 'a procedure of another database', (request) => request.execute('master.gateway.Ping')],
    [201, 'a missing parameter', (request) => request.input('Number', 1).execute('gateway.Echo'), { message: "Procedure or function 'Echo' expects parameter '@Reference', which was not supplied." }],
    [8144, 'too many arguments', (request) => request.query("EXEC gateway.Ping 'x'")],
    [8145, 'a parameter that there is not', (request) => request.input('Nope', 1).execute('gateway.Echo')],
    [229, 'no permission', (request) => request.execute('gateway.Secret'), { class: 14 }],
    [8114, 'a wrong type', (request) => request.input('Rows', sql.VarChar, 'many').execute('gateway.Count')],
    [8114, 'a number too large', (request) => request.input('Rows', sql.BigInt, 3_000_000_000).execute('gateway.Count')],
    [206, 'a scalar instead of a table', (request) => request.input('References', 'A/01').execute('gateway.GetPersons')],
    [2715, 'an unknown table type', (request) => request.input('References', other()).execute('gateway.GetPersons')],
    [8162, 'an output parameter that is none', (request) => request.input('Reference', 'a').output('Number', sql.Int).execute('gateway.Echo')],
    [102, 'a syntax error', (request) => request.query('SELEC * FROM a')],
    [105, 'an open quotation mark', (request) => request.query("SELECT 'a")],
    [208, 'a table that is not there', (request) => request.query('SELECT * FROM dbo.tenagree WHERE tag_ref = 1')],
    [911, 'a database that is not there', (request) => request.query('USE payroll')],
    [137, 'a variable that is not there', (request) => request.query('SELECT @nope')],
    [51_000, "the procedure's own error", (request) => request.execute('gateway.Fails'), { message: 'The tenancy is closed.', state: 7 }],
    [51_001, 'an error after rows', (request) => request.execute('gateway.FailsLate')],
    [8114, 'a row that its column cannot hold', (request) => request.execute('gateway.Bad')],
    [3902, 'a commit without a beginning', (request) => request.query('COMMIT')],
  ])('answers %i to %s, and goes on', async (number, _name, run, more = {}) => {
    const connected = await pool();
    const before = await spid(connected);
    expect(await failure(run(connected.request()))).toMatchObject({ number, ...more });
    expect(await spid(connected)).toBe(before);
  });

  it('refuses prepared statements with an error', async () => {
    const connected = await pool();
    const prepared = new sql.PreparedStatement(connected);
    expect(await failure(prepared.prepare('SELECT 1'))).toMatchObject({ message: expect.stringContaining('sp_prepare') });
  });

  it('keeps transactions apart from each other', async () => {
    const connected = await pool({ connections: 2 });
    const transaction = new sql.Transaction(connected);
    await transaction.begin();
    const count = async (request: sql.Request): Promise<unknown> => (await request.query<{ n: number }>('SELECT @@TRANCOUNT AS n')).recordset[0]?.n;
    expect(await count(new sql.Request(transaction))).toBe(1);
    expect(await count(connected.request())).toBe(0);
    await transaction.rollback();
    await transaction.begin();
    await transaction.commit();
    expect(await count(connected.request())).toBe(0);
  });
});

describe('faults', () => {
  it('slow: answers late, and not at all once it is called off', async () => {
    const connected = await pool();
    const before = await spid(connected);
    backend.faults.set('Ping', { kind: 'slow', ms: 30 });
    expect((await connected.request().execute('gateway.Ping')).recordset).toEqual([{ Alive: 1 }]);
    backend.faults.set('Ping', { kind: 'slow', ms: 600_000 });
    const request = connected.request();
    const answered = failure(request.execute('gateway.Ping'));
    backend.executed.length = 0;
    setImmediate(() => request.cancel());
    expect(await answered).toMatchObject({ code: 'ECANCEL' });
    expect(await spid(connected)).toBe(before);
    expect(backend.executed).toEqual([]);
  });

  it('hang: answers never, but obeys an ATTENTION', async () => {
    const connected = await pool({ requestTimeout: 100 });
    const before = await spid(connected);
    backend.faults.set('Ping', { kind: 'hang' });
    expect(await failure(connected.request().execute('gateway.Ping'))).toMatchObject({ code: 'ETIMEOUT' });
    backend.faults.clear();
    expect(await spid(connected)).toBe(before);
  });

  it('reset: ends the connection with RST, and no other', async () => {
    const connected = await pool();
    const bystander = await RawClient.login(server.port);
    backend.faults.set('Ping', { kind: 'reset' });
    expect(await failure(connected.request().execute('gateway.Ping'))).toMatchObject({ code: 'EREQUEST' });
    const raw = await RawClient.login(server.port);
    expect(await failure(raw.batch('EXEC gateway.Ping'))).toMatchObject({ code: 'ECONNRESET' });
    expect(await bystander.batch('SELECT 1')).toBeDefined();
    bystander.destroy();
    backend.faults.clear();
    expect((await connected.request().execute('gateway.Ping')).recordset).toEqual([{ Alive: 1 }]);
  });

  it.each([1, 400])('half: sends half of an answer of %i rows, ends inside a packet, and resets', async (rows) => {
    const whole = await RawClient.login(server.port);
    const from = whole.received;
    await whole.batch(`EXEC gateway.Count ${rows}`);
    const length = whole.received - from;
    whole.destroy();
    backend.faults.set('Count', { kind: 'half' });
    const half = await RawClient.login(server.port);
    const before = half.received;
    expect(await failure(half.batch(`EXEC gateway.Count ${rows}`))).toMatchObject({ code: 'ECONNRESET' });
    expect(Math.abs(half.received - before - length / 2)).toBeLessThanOrEqual(1);
    expect((half.received - before) % 4096).not.toBe(0);
    expect((await failure((await pool()).request().input('Rows', rows).execute('gateway.Count'))).message).toBeDefined();
  });

  it('deadlock: is error 1205, and the transaction is gone', async () => {
    const connected = await pool();
    backend.faults.set('Ping', { kind: 'deadlock' });
    expect(await failure(connected.request().execute('gateway.Ping'))).toMatchObject({ number: 1205, class: 13 });
    const { recordsets } = { recordsets: await failure(connected.request().query('BEGIN TRAN; EXEC gateway.Ping; SELECT 1')) };
    expect(recordsets).toMatchObject({ number: 1205 });
    expect((await connected.request().query('SELECT @@TRANCOUNT AS n')).recordset).toEqual([{ n: 0 }]);
  });
});

describe('connections', () => {
  it('stops in the middle of a result, and the connection goes on', async () => {
    const connected = await pool();
    const before = await spid(connected);
    const request = connected.request();
    request.stream = true;
    const finished = new Promise<Error>((resolve) => request.once('error', resolve));
    request.once('row', () => request.cancel());
    request.input('Rows', 2_000_000).execute('gateway.Count').catch(() => {});
    expect(await finished).toMatchObject({ code: 'ECANCEL' });
    expect(await spid(connected)).toBe(before);
    expect(backend.pulled).toBeLessThan(2_000_000);
  });

  it.each([false, true])('works when every byte comes by itself (encrypted: %s)', async (encrypt) => {
    const proxy = await startProxy(server.port, true);
    closing.push(() => proxy.close());
    const connected = await pool({ port: proxy.port, encrypt });
    const { recordsets } = await connected.request().input('References', referenceList(['A/01', null])).execute('gateway.GetPersons');
    expect(recordsets).toEqual([[{ Reference: 'A/01' }, { Reference: null }]]);
    expect((await connected.request().query('SELECT 1 AS one')).recordset).toEqual([{ one: 1 }]);
  });

  it('serves twenty at once, each its own answer', async () => {
    const connected = await pool({ connections: 20, encrypt: true });
    const answers = await Promise.all(Array.from({ length: 60 }, (_, index) => connected.request().input('Rows', index * 20).execute('gateway.Count')));
    expect(answers.map((answer) => answer.recordset.length)).toEqual(Array.from({ length: 60 }, (_, index) => index * 20));
    expect(server.connections()).toBe(20);
  });

  it('answers requests that were sent together in their order', async () => {
    const client = await RawClient.login(server.port);
    client.send(Buffer.concat([1, 2, 3].map((number) => packet(0x01, batchMessage(`SELECT ${number}`)))));
    const answers = [await client.answer(), await client.answer(), await client.answer()];
    // ROW, four bytes of integer, the integer.
    expect(answers.map((answer, index) => answer.includes(Buffer.from([0xd1, 4, index + 1, 0, 0, 0])))).toEqual([true, true, true]);
    client.destroy();
  });

  it('acknowledges an ATTENTION that comes after the answer, and a request that was given up while it was sent', async () => {
    const client = await RawClient.login(server.port);
    await client.batch('SELECT 1');
    client.send(packet(0x06, Buffer.alloc(0)));
    expect((await client.answer()).toString('hex')).toBe('fd2000fd000000000000000000');
    client.send(packet(0x01, batchMessage('EXEC gateway.Ping'), 0x03));
    expect((await client.answer()).readUInt16LE(1) & 0x02).toBe(0x02);
    expect(backend.executed).toEqual([]);
    client.destroy();
  });

  it('resets a session when the packet says so (ENVCHANGE 18)', async () => {
    const client = await RawClient.login(server.port);
    await client.batch('USE master BEGIN TRAN SET NOCOUNT ON');
    client.send(packet(0x01, batchMessage("IF @@TRANCOUNT = 0 AND DB_NAME() = 'housing' SELECT 7"), 0x01 | 0x08));
    const answer = await client.answer();
    expect(answer.subarray(0, 6).toString('hex')).toBe('e30300120000');
    expect(answer.includes(Buffer.from([0xd1, 4, 7, 0, 0, 0]))).toBe(true);
    client.destroy();
  });

  it('waits for a client that does not read', async () => {
    const client = await RawClient.login(server.port);
    client.socket.pause();
    client.send(packet(0x01, batchMessage('EXEC gateway.Count 20000000')));
    // Until what the two sockets hold between them is full, and nothing moves for a while.
    const settled = async (last: number, still: number): Promise<void> => {
      if (still === 20) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
      await settled(backend.pulled, backend.pulled === last && last > 0 ? still + 1 : 0);
    };
    await settled(0, 0);
    expect(backend.pulled).toBeLessThan(1_000_000);
    client.destroy();
    await until(() => server.connections() === 0);
  });

  it('agrees on a packet size, and keeps to it', async () => {
    await server.close();
    server = await startTdsServer({ backend, port: 0, packetSize: 8000 });
    const small = await RawClient.connect(server.port);
    const sizes: number[] = [];
    small.socket.on('data', (chunk: Buffer) => sizes.push(chunk.readUInt16BE(2)));
    small.send(packet(0x10, loginMessage({ packetSize: 512 })));
    await small.answer();
    await small.batch('EXEC gateway.Count 100');
    expect(Math.max(...sizes.slice(1))).toBe(512);
    small.destroy();
    const large = await RawClient.login(server.port, { packetSize: 32_767 });
    const answer = once(large.socket, 'data') as Promise<[Buffer]>;
    await large.batch('EXEC gateway.Count 1000');
    expect((await answer)[0].readUInt16BE(2)).toBe(8000);
    large.destroy();
  });

  it('ends a connection that sends nonsense, and no other', async () => {
    const bystander = await RawClient.login(server.port);
    const nonsense: Buffer[] = [
      Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'),
      Buffer.from([0x16, 0x03, 0x01, 0x00, 0xc8]),
      packet(0x12, Buffer.from([0, 0, 200, 0, 200, 0xff])),
      packet(0x10, Buffer.alloc(40, 0xff)),
      packet(0x01, batchMessage('SELECT 1')),
      Buffer.from([0x12, 0x01, 0x00, 0x02, 0, 0, 0, 0]),
    ];
    for (const bytes of nonsense) {
      const stranger = await RawClient.connect(server.port);
      stranger.send(bytes);
      expect((await failure(stranger.answer())).message).toBeDefined();
    }
    for (const body of [Buffer.alloc(3), Buffer.alloc(64, 0xff), Buffer.concat([batchMessage('').subarray(0, 22), Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0])])]) {
      const client = await RawClient.login(server.port);
      client.send(packet(0x03, body));
      expect((await failure(client.answer())).message).toBeDefined();
    }
    expect(await bystander.batch('SELECT 1')).toBeDefined();
    bystander.destroy();
  });

  it('closes at once, whatever is going on', async () => {
    backend.faults.set('Ping', { kind: 'hang' });
    const hanging = await RawClient.login(server.port);
    const ended = failure(hanging.batch('EXEC gateway.Ping'));
    const idle = await RawClient.connect(server.port);
    await until(() => server.connections() === 2);
    await server.close();
    expect((await ended).message).toBeDefined();
    expect(server.connections()).toBe(0);
    idle.destroy();
  });

  it('has no TLS where it is off, and nothing else where it is required', async () => {
    const off = await startTdsServer({ backend, port: 0, encryption: 'off' });
    const required = await startTdsServer({ backend, port: 0, encryption: 'required' });
    closing.push(() => off.close(), () => required.close());
    const plain = await RawClient.connect(off.port);
    plain.send(packet(0x12, Buffer.from('0100060001ff01', 'hex')));
    // ENCRYPTION is the second option; its one byte follows the six of the version.
    const offered = await plain.answer();
    expect(offered.readUInt8(offered.readUInt16BE(6))).toBe(0x02);
    plain.destroy();
    expect(await spid(await pool({ port: off.port }))).toBe(51);
    expect((await failure(pool({ port: required.port }))).message).toMatch(/requires encryption/);
    expect(await spid(await pool({ port: required.port, encrypt: true }))).toBe(51);
    expect((await failure(RawClient.login(required.port))).message).toBeDefined();
  });
});

/** Runs a program to its end while this process goes on serving it. */
async function run(command: string, args: readonly string[], input: string, env: Record<string, string> = {}): Promise<string> {
  const child = spawn(command, args, { env: { ...process.env, ...env } });
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  child.stdin.end(input);
  await once(child, 'close');
  return Buffer.concat([...output, ...errors]).toString();
}

const finds = (program: string) => (): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
/** The Python that has the module: the system's own, even where another comes first. */
const PYTHON = ['/usr/bin/python3', 'python3'].find((python) => spawnSync(python, ['-c', 'import pymssql']).status === 0);

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'tds-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

whenAvailable('tsql (freetds-bin)', finds('tsql'), 'FreeTDS', () => {
  const tsql = async (version: string, encryption: string, text: string, password = 'gateway', database = 'housing'): Promise<string> => {
    const configuration = join(directory, 'freetds.conf');
    writeFileSync(configuration, `[global]\nclient charset = UTF-8\n[simulator]\nhost = 127.0.0.1\nport = ${server.port}\nencryption = ${encryption}\n`);
    return run('tsql', ['-S', 'simulator', '-U', 'gateway', '-P', password, '-D', database, '-o', 'q'], text, { TDSVER: version, FREETDSCONF: configuration });
  };

  it.each(['7.4', '7.3', '7.2', '7.1', 'auto'].flatMap((version) => ['off', 'request', 'require'].map((encryption) => [version, encryption] as const)))(
    'speaks TDS %s, encryption %s',
    async (version, encryption) => {
      const output = await tsql(version, encryption, [
        'SELECT @@VERSION', 'go', "EXEC gateway.Echo 'A/01', N'Tŷ', 5, @Amount = -12.34, @Long = N'Gŵyr'", 'EXEC gateway.Several', 'go',
        'DECLARE @t gateway.ReferenceList', "INSERT INTO @t VALUES ('000017/01'), (NULL)", 'EXEC gateway.GetPersons @References = @t', 'go',
        'EXEC gateway.Types', 'go', 'EXEC gateway.Count 3000', 'go', 'EXEC gateway.Nope', 'go', 'SELECT @@TRANCOUNT AS still_here', 'go', '',
      ].join('\n'));
      expect(output).toContain('Microsoft SQL Server 2016');
      expect(output).toContain('A/01\tTŷ\t5\tNULL\t-12.3400\tNULL');
      expect(output).toContain('First\n1\n2\n');
      expect(output).toContain('Reference\n000017/01\nNULL\n');
      expect(output).toContain('Siân O’Brien, Plas Ty');
      expect(output).toContain('-9223372036854775808\t1\t-74.2300\t-12345.6789');
      expect(output.match(/Housing Benefit/g)).toHaveLength(3000);
      expect(output).toContain("Could not find stored procedure 'gateway.Nope'");
      expect(output).toContain('still_here\n0\n');
    },
  );

  it('is told why it cannot log in', async () => {
    expect(await tsql('auto', 'request', '', 'wrong')).toContain("Login failed for user 'gateway'");
    expect(await tsql('7.4', 'request', '', 'gateway', 'payroll')).toContain('Cannot open database "payroll"');
  });
});

const PYMSSQL = `
import json, sys, pymssql, datetime, decimal
def show(value):
    return str(value) if isinstance(value, (datetime.date, decimal.Decimal)) else value
def rows(cursor):
    return [[show(value) for value in row] for row in cursor.fetchall()]
out = {}
connection = pymssql.connect(server='127.0.0.1', port=sys.argv[1], user='gateway', password='gateway', database='housing', tds_version=sys.argv[2], charset='UTF-8')
cursor = connection.cursor()
cursor.callproc('gateway.Echo', ('A/01', 'Caf\\u00e9', 5, 2 ** 40, None, None, None, datetime.datetime(2017, 2, 8, 9, 15, 30), True))
cursor.nextset() # as pymssql's documentation has it after callproc
out['callproc'] = rows(cursor)
cursor.execute('EXEC gateway.Echo %s, @Number = %d, @Day = %s', ("O'Brien", 7, '2017-02-08'))
out['execute'] = rows(cursor)
cursor.execute("DECLARE @t gateway.ReferenceList; INSERT INTO @t (Reference) VALUES (%s), (%s); EXEC gateway.GetPersons @t", ('A/01', None))
out['table'] = rows(cursor)
cursor.execute('EXEC gateway.Several')
sets = [rows(cursor)]
while cursor.nextset(): sets.append(rows(cursor))
out['several'] = sets
cursor.execute('SELECT @@TRANCOUNT')
out['open'] = rows(cursor)
connection.commit()
connection.rollback()
errors = []
for text in ('EXEC gateway.Nope', 'EXEC gateway.Echo', 'EXEC gateway.Secret', 'SELEC * FROM a'):
    try: cursor.execute(text)
    except pymssql.Error as error: errors.append(error.args[0])
    connection.rollback()
out['errors'] = errors
cursor.execute('EXEC gateway.Count 10000')
out['count'] = len(cursor.fetchall())
connection.autocommit(True)
cursor.execute('SELECT @@TRANCOUNT')
out['closed'] = rows(cursor)
connection.close()
try: pymssql.connect(server='127.0.0.1', port=sys.argv[1], user='gateway', password='wrong', database='housing')
except pymssql.Error as error: out['login'] = 'failed'
print(json.dumps(out))
`;

whenAvailable('python3-pymssql', () => PYTHON !== undefined, 'pymssql', () => {
  it.each(['7.1', '7.3'])('calls procedures, keeps transactions and is told errors (TDS %s)', async (version) => {
    const output = await run(PYTHON ?? '', ['-c', PYMSSQL, String(server.port), version], '');
    const echo = (values: Record<number, unknown>): unknown[][] => [Array.from({ length: 12 }, (_, index) => values[index] ?? null)];
    expect(JSON.parse(output)).toEqual({
      callproc: echo({ 0: 'A/01', 1: 'Café', 2: 5, 3: 2 ** 40, 7: '2017-02-08 09:15:30', 8: true }),
      execute: echo({ 0: "O'Brien", 2: 7, 6: '2017-02-08' }),
      table: [['A/01'], [null]],
      several: [[[1], [2]], [], [[false]]],
      open: [[1]],
      errors: [2812, 201, 229, 102],
      count: 10_000,
      closed: [[0]],
      login: 'failed',
    });
  });
});

whenAvailable('tshark', finds('tshark'), "tshark's dissector", () => {
  it('finds nothing malformed in a session of logins, calls, batches, tables, errors and a large result', async () => {
    const proxy = await startProxy(server.port);
    closing.push(() => proxy.close());
    const connected = await pool({ port: proxy.port });
    await connected.request().input('Reference', sql.VarChar, 'A/01').input('Name', sql.NVarChar, 'Tŷ').execute('gateway.Echo');
    await connected.request().input('References', referenceList(['A/01', null, 'B/02'])).execute('gateway.GetPersons');
    await connected.request().execute('gateway.Types');
    await connected.request().execute('gateway.Several');
    await connected.request().batch("SELECT @@VERSION AS v, 1.5 AS d, NULL AS n PRINT 'Hello'");
    await connected.request().query('USE master USE housing');
    await failure(connected.request().execute('gateway.Nope'));
    const { output } = await connected.request().output('b', sql.Int).query('SET @b = 2');
    expect(output).toEqual({ b: 2 });
    const transaction = new sql.Transaction(connected);
    await transaction.begin();
    await transaction.commit();
    await connected.request().input('Rows', 10_000).execute('gateway.Count');
    await connected.close();
    const file = join(directory, 'session.pcap');
    writeFileSync(file, capture(proxy.passed));
    const tshark = (...args: string[]): string => spawnSync('tshark', ['-r', file, '-d', 'tcp.port==1433,tds', ...args], { encoding: 'utf8', maxBuffer: 1e8 }).stdout;
    expect(tshark('-Y', '(_ws.malformed || _ws.expert.severity == error) && tcp.srcport == 1433')).toBe('');
    // Of the client's packets, the dissector does not know the type of a table-valued parameter (0xF3), and stumbles over the one that there is.
    expect(tshark('-Y', '_ws.malformed && tcp.dstport == 1433').split('\n').filter((line) => line !== '').length).toBeLessThanOrEqual(1);
    const types = tshark('-Y', 'tds', '-T', 'fields', '-e', 'tds.type').split(/[\s,]+/).filter((type) => type !== '');
    const count = (type: number): number => types.filter((one) => Number(one) === type).length;
    expect({ prelogin: count(0x12) > 0, login: count(0x10) > 0, rpc: count(3) > 5, batch: count(1) > 0, transactions: count(14), answers: count(4) > 150 }).toEqual({
      prelogin: true, login: true, rpc: true, batch: true, transactions: 2, answers: true,
    });
    // It did read the rows, and did not just skip what it did not know.
    expect(tshark('-V', '-Y', 'tds')).toContain('Housing Benefit');
  });
});
