/** The simulated web service from outside: by two clients that nobody here wrote, and with every fault that can be ordered. */
import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createClientAsync, type Client } from 'soap';
import ts from 'typescript';
import { rowsFor } from '../../fixtures/rows/index.js';
import { FAULT_KINDS } from '../../fixtures/legacy/faults.js';
import { LateCommits } from '../../fixtures/legacy/soap/late-commits.js';
import { startLegacy, type Legacy } from '../../fixtures/legacy/start.js';
import { whenAvailable } from '../support/programs.js';
import { envelope, post, startSmall, type Running } from '../unit/soap/service-under-test.js';
import { BLOCK, HOME, NEVER_REPAIRED, smallCouncil } from '../unit/soap/small-council.js';

const PYTHON = '/usr/bin/python3';
const WHO = { DirectUser: { UserName: 'gateway', Password: 'gateway' }, SourceSystem: 'TEST' };

/** Waits for a condition, for fifteen seconds at most. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 15_000;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error('what was waited for did not come');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Posts on a bare socket: what came back, and how the connection ended. */
function rawPost(url: string, body: string): Promise<{ received: string; ended: string }> {
  const { port, pathname } = new URL(url);
  return new Promise((resolve) => {
    let received = '';
    let ended = 'closed';
    const socket = connect(Number(port), '127.0.0.1');
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => { received += text; });
    socket.on('error', (error: NodeJS.ErrnoException) => { ended = error.code ?? error.message; });
    socket.on('close', () => resolve({ received, ended }));
    socket.write(`POST ${pathname} HTTP/1.1\r\nhost: x\r\ncontent-type: text/xml\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  });
}

const CREATE = envelope('CreateRepairRequest', `<PropertyReference>${HOME}</PropertyReference><Problem>Damp</Problem><PriorityCode>N</PriorityCode><CallerReference>gw-7</CallerReference>`);
const PING = envelope('Ping', '');

describe('the soap client of npm', () => {
  let service: Running;
  let client: Client;
  beforeAll(async () => {
    service = await startSmall();
    client = await createClientAsync(`${service.url}?wsdl`);
  });
  afterAll(() => service.close());

  async function call(operation: string, fields: object): Promise<Record<string, unknown>> {
    const [answer] = (await client[`${operation}Async`]({ ...WHO, ...fields })) as [Record<string, Record<string, unknown>>];
    return answer[`${operation}Result`]!;
  }

  it('calls every operation', async () => {
    expect(await call('Ping', {})).toMatchObject({ Success: true });
    expect(await call('GetWorksOrdersList', { PropertyReferences: { PropertyReference: [HOME, BLOCK] } })).toMatchObject({
      Success: true,
      WorksOrders: { WorksOrder: [{ WorksOrderReference: 'WO561474' }, {}, {}, { StatusCode: '555' }] },
      RepairRequests: { RepairRequest: [{ RepairRequestReference: '00000042' }] },
    });
    expect(await call('GetWorksOrderByReference', { WorksOrderReferences: { WorksOrderReference: ['WO561475'] } })).toMatchObject({ WorksOrders: { WorksOrder: [{ Description: expect.stringContaining('Kitchen tap') }] } });
    expect(await call('GetRepairRequestByReference', { RepairRequestReferences: { RepairRequestReference: ['00000041'] } })).toMatchObject({ RepairRequests: { RepairRequest: [{ CallerReference: 'gw-1' }] } });
    expect(await call('CreateRepairRequest', { PropertyReference: HOME, Problem: 'R & B <loud>', SorCode: null, PriorityCode: 'U', CallerReference: 'npm-1' })).toMatchObject({ Success: true, RepairRequestReference: '00000043' });
    expect(await call('UpdateContactDetails', { PersonReference: '000017/1', Phones: { Phone: [{ Type: 'H', Number: '1' }, { Type: 'M', Number: '2' }] }, CallerReference: 'npm-2' })).toMatchObject({ Success: true });
    expect(await call('UpdateHousehold', { TenancyReference: '000017/01', Members: { Member: [{ Title: '', Forename: 'A', Surname: 'B', DateOfBirth: '2001-05-06T00:00:00', Relationship: '' }] }, CallerReference: 'npm-2' })).toMatchObject({ Success: true });
    expect(await call('FindByCallerReference', { CallerReference: 'npm-2' })).toMatchObject({ Success: true, Changes: { Change: [{}, {}] } });
    expect(service.ledger.entries()).toMatchObject([{ Problem: 'R & B <loud>' }, { Phones: { Phone: [{}, { Number: '2' }] } }, {}]);
  });

  it('sees nothing where a list is null', async () => {
    const result = await call('GetWorksOrdersList', { PropertyReferences: { PropertyReference: [NEVER_REPAIRED] } });
    expect(result['WorksOrders'] ?? null).toBeNull();
  });

  it('gets a refusal as an answer, and a fault as an error', async () => {
    expect(await call('CreateRepairRequest', { PropertyReference: '9', Problem: 'x', PriorityCode: 'N', CallerReference: 'c' })).toMatchObject({ Success: false, ErrorCode: '3001' });
    service.faults.set('Ping', { kind: 'fault', message: 'out of order', times: 1 });
    await expect(call('Ping', {})).rejects.toThrow(/out of order/);
  });
});

whenAvailable('python3-zeep', () => spawnSync(PYTHON, ['-c', 'import zeep']).status === 0, 'zeep, strict', () => {
  interface Answer { result?: Record<string, unknown>; fault?: string }
  let service: Running;
  beforeAll(async () => { service = await startSmall(); });
  afterAll(() => service.close());

  function zeep(calls: readonly { operation: string; arguments: object }[]): Promise<Answer[]> {
    return new Promise((resolve, reject) => {
      const child = execFile(PYTHON, ['test/support/zeep/call.py', `${service.url}?wsdl`], { timeout: 25_000 }, (error, stdout, stderr) => {
        if (error) reject(new Error(stderr || error.message));
        else resolve(JSON.parse(stdout) as Answer[]);
      });
      child.stdin!.end(JSON.stringify(calls));
    });
  }

  it('calls every operation, and finds every answer as the WSDL says', async () => {
    service.faults.set('Ping', { kind: 'fault', message: 'out of order', times: 1 });
    const answers = await zeep([
      { operation: 'Ping', arguments: WHO },
      { operation: 'Ping', arguments: WHO },
      { operation: 'GetWorksOrdersList', arguments: { ...WHO, PropertyReferences: { PropertyReference: [HOME, BLOCK] }, CompletedSince: '2017-01-01T00:00:00' } },
      { operation: 'GetWorksOrdersList', arguments: { ...WHO, PropertyReferences: { PropertyReference: [NEVER_REPAIRED] } } },
      { operation: 'GetWorksOrderByReference', arguments: { ...WHO, WorksOrderReferences: { WorksOrderReference: ['WO561477'] } } },
      { operation: 'GetRepairRequestByReference', arguments: { ...WHO, RepairRequestReferences: { RepairRequestReference: ['00000042'] } } },
      { operation: 'CreateRepairRequest', arguments: { ...WHO, PropertyReference: HOME, Problem: 'Tŷ bach & <damp>\nail linell', PriorityCode: 'U', SorCode: '20060020', CallerReference: 'zeep-1' } },
      { operation: 'UpdateContactDetails', arguments: { ...WHO, PersonReference: '000017/1', CorrespondenceAddress: { Line1: '9 Mill Lane', Line2: '', Line3: '', Line4: '', PostCode: 'ZZ9 9ZZ' }, Email: 'new@example.org', CallerReference: 'zeep-2' } },
      { operation: 'UpdateHousehold', arguments: { ...WHO, TenancyReference: '000017/01', Members: { Member: [{ Title: 'Mr', Forename: 'A', Surname: 'B', DateOfBirth: '2001-05-06T00:00:00', Relationship: 'Son' }] }, CallerReference: 'zeep-2' } },
      { operation: 'FindByCallerReference', arguments: { ...WHO, CallerReference: 'zeep-2' } },
      { operation: 'CreateRepairRequest', arguments: { ...WHO, PropertyReference: '9', Problem: 'x', PriorityCode: 'N', CallerReference: 'zeep-3' } },
    ]);
    expect(answers[0]).toEqual({ fault: 'out of order' });
    expect(answers.slice(1).map(({ result }) => result?.['Success'])).toEqual([true, true, true, true, true, true, true, true, true, false]);
    expect(answers[2]!.result).toMatchObject({
      WorksOrders: { WorksOrder: [{ WorksOrderReference: 'WO561474  ', DateCompleted: '1900-01-01T00:00:00' }, { DateCompleted: '2017-01-20T15:00:00' }, { StatusDescription: ' '.repeat(30) }] },
    });
    // What is null and could hold a list, zeep gives as an empty one.
    expect(answers[3]!.result).toEqual({ Success: true, ErrorCode: null, ErrorMessage: null, WorksOrders: { WorksOrder: [] }, RepairRequests: { RepairRequest: [] } });
    expect(answers[6]!.result).toMatchObject({ RepairRequestReference: '00000043', WorksOrderReference: 'WO561478  ' });
    expect(answers[9]!.result).toMatchObject({ RepairRequests: { RepairRequest: [] }, Changes: { Change: [{ Kind: 'CONTACT   ' }, { Kind: 'HOUSEHOLD ' }] } });
    expect(service.ledger.entries()).toMatchObject([{ Problem: 'Tŷ bach & <damp>\nail linell' }, { Email: 'new@example.org' }, {}]);
  });
});

describe('a fault', () => {
  let service: Running;
  beforeEach(async () => { service = await startSmall(); });
  afterEach(() => service.close());
  const committed = (): number => service.ledger.entries().length;

  it('slow: the answer comes late, and once', async () => {
    service.faults.set('CreateRepairRequest', { kind: 'slow', ms: 120, times: 1 });
    const start = performance.now();
    expect((await post(service.url, CREATE)).text).toContain('<Success>true');
    expect(performance.now() - start).toBeGreaterThan(115);
    expect(committed()).toBe(1);
  });

  it.each([['hang', 0], ['hang-after', 1]] as const)('%s: no answer, %d commits, and closing ends the wait', async (kind, commits) => {
    service.faults.set('CreateRepairRequest', { kind, times: 1 });
    let over = false;
    const hanging = rawPost(service.url, CREATE).finally(() => { over = true; });
    await until(() => service.faults.asked === 1);
    expect(committed()).toBe(commits);
    expect((await post(service.url, PING)).status).toBe(200);
    expect(over).toBe(false);
    const start = performance.now();
    await service.close();
    expect(await hanging).toMatchObject({ received: '' });
    expect(performance.now() - start).toBeLessThan(1000);
    expect(committed()).toBe(commits);
  });

  it.each([['reset', 0], ['reset-before', 0], ['reset-after', 1]] as const)('%s: RST, %d commits', async (kind, commits) => {
    service.faults.set('CreateRepairRequest', { kind, times: 1 });
    expect(await rawPost(service.url, CREATE)).toEqual({ received: '', ended: 'ECONNRESET' });
    expect(committed()).toBe(commits);
  });

  it('commit-late: RST at once, and the commit when its time has come', async () => {
    service.faults.set('CreateRepairRequest', { kind: 'commit-late', ms: 150, times: 1 });
    expect(await rawPost(service.url, CREATE)).toEqual({ received: '', ended: 'ECONNRESET' });
    expect(committed()).toBe(0);
    expect((await post(service.url, envelope('FindByCallerReference', '<CallerReference>gw-7</CallerReference>'))).text).toContain('<RepairRequests xsi:nil="true"/>');
    await until(() => committed() === 1);
    expect((await post(service.url, envelope('FindByCallerReference', '<CallerReference>gw-7</CallerReference>'))).text).toContain('<RepairRequestReference>00000043<');
  });

  it('commit-late: what is refused is not committed late either', async () => {
    service.faults.set('CreateRepairRequest', { kind: 'commit-late', ms: 0, times: 1 });
    await rawPost(service.url, CREATE.replace(HOME, '99999999'));
    await post(service.url, CREATE);
    await until(() => committed() > 0);
    expect(service.ledger.entries()).toMatchObject([{ sequence: 1, PropertyReference: HOME }]);
  });

  // Node shows a reset that follows data as an end, so only the missing half tells.
  it('half: half of the answer, and the write is there', async () => {
    service.faults.set('CreateRepairRequest', { kind: 'half', times: 1 });
    const { received } = await rawPost(service.url, CREATE);
    const [head, body] = received.split('\r\n\r\n');
    const promised = Number(/content-length: (\d+)/.exec(head!)?.[1]);
    expect(promised).toBeGreaterThan(0);
    expect(Buffer.byteLength(body!)).toBe(promised >> 1);
    expect(committed()).toBe(1);
  });

  it.each([
    ['fault', 500, /<faultcode>soap:Server<\/faultcode>/],
    ['deadlock', 500, /<faultstring>[^<]*deadlock victim/],
    ['refuse', 200, /<Success>false<\/Success><ErrorCode>9001<\/ErrorCode>/],
    ['empty', 200, /^$/],
  ] as const)('%s: HTTP %d, and nothing committed', async (kind, status, text) => {
    service.faults.set('CreateRepairRequest', { kind, times: 1 });
    const answer = await post(service.url, CREATE);
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(text);
    expect(committed()).toBe(0);
    expect((await post(service.url, CREATE)).text).toContain('<Success>true');
  });

  it('refuse: with the code and message that were ordered, escaped', async () => {
    service.faults.set('*', { kind: 'refuse', code: 'A1', message: 'R & B <b>' });
    expect((await post(service.url, PING)).text).toContain('<ErrorCode>A1</ErrorCode><ErrorMessage>R &amp; B &lt;b&gt;</ErrorMessage>');
  });

  it('late commits: closing carries out what is due and drops the rest', () => {
    const done: string[] = [];
    const late = new LateCommits();
    late.add(0, () => done.push('due'));
    late.add(60_000, () => done.push('not due'));
    const end = performance.now() + 2;
    while (performance.now() < end);
    late.close();
    expect(done).toEqual(['due']);
  });

  it('is of no kind that this file forgets', () => {
    expect([...FAULT_KINDS].sort()).toEqual(['commit-late', 'deadlock', 'empty', 'fault', 'half', 'hang', 'hang-after', 'refuse', 'reset', 'reset-after', 'reset-before', 'slow']);
  });
});

describe('a large answer', () => {
  it('of 5,000 orders comes within two seconds', async () => {
    const rows = smallCouncil();
    const [order] = rows.rmworder;
    rows.rmworder = Array.from({ length: 5000 }, (_, index) => ({ ...order!, wo_ref: `WO${String(index).padStart(6, '0')}` }));
    const service = await startSmall(undefined, rows);
    try {
      const start = performance.now();
      const { text } = await post(service.url, envelope('GetWorksOrdersList', `<PropertyReferences><PropertyReference>${HOME}</PropertyReference></PropertyReferences>`));
      expect(performance.now() - start).toBeLessThan(2000);
      expect(text.match(/<WorksOrder>/g)).toHaveLength(5000);
    } finally {
      await service.close();
    }
  });
});

describe('startLegacy', () => {
  const start = (options: Partial<Parameters<typeof startLegacy>[0]> = {}): Promise<Legacy> =>
    startLegacy({ landlord: 'wiltshire', today: '2017-02-08', now: () => new Date('2017-02-08T10:00:00Z'), host: '127.0.0.1', sqlPort: 0, soapPort: 0, ...options });

  it('serves the demo tenancy over the web service, and leaves the rows that it was given alone', async () => {
    const rows = rowsFor('wiltshire');
    const before = JSON.stringify(rows);
    const legacy = await start({ rows });
    try {
      const url = `http://127.0.0.1:${legacy.soapPort}/housing`;
      const { text } = await post(url, envelope('GetWorksOrderByReference', '<WorksOrderReferences><WorksOrderReference>WO561474</WorksOrderReference></WorksOrderReferences>'));
      expect(text).toContain('<Description>Gutter leaks at rear of property </Description>');
      expect(text).toMatch(/<DateRaised>2017-02-06T.*<DateDue>2017-02-13T/);
      const property = /<PropertyReference>(\S+)/.exec(text)![1]!;
      await post(url, CREATE.replace(HOME, property));
      expect(legacy.ledger.entries()).toHaveLength(1);
      expect(legacy.sqlPort).toBeGreaterThan(0);
      expect(legacy.controlPort).toBeUndefined();
    } finally {
      await legacy.close();
    }
    expect(JSON.stringify(rows)).toBe(before);
  });

  it('posts receipts, and names what is wrong with one', async () => {
    const rows = rowsFor('wiltshire');
    const unchanged = JSON.stringify(rows);
    const legacy = await start({ rows, controlPort: 0 });
    const send = (body: unknown): Promise<Response> => fetch(`http://127.0.0.1:${legacy.controlPort}/postings`, { method: 'POST', body: JSON.stringify(body) });
    try {
      const receipt = { tenancy: '000017/01', pence: 2_640, reference: 'HGPTEST' };
      const before = legacy.database.postingsByTenancy.get('000017/01')!.length;
      const posted = await send(receipt);
      expect([posted.status, await posted.json()]).toEqual([201, { number: expect.any(Number) }]);
      expect(legacy.database.postingsByTenancy.get('000017/01')!.slice(before)).toMatchObject([{ post_date: '2017-02-08', trans_type: 'RCP', trans_ref: 'HGPTEST', real_value: -26.4 }]);
      for (const more of [{ pence: 0 }, { pence: 1.5 }, { pence: '1' }, { reference: '' }, { reference: 'x'.repeat(21) }, { tenancy: '' }, { other: 1 }]) {
        const refused = await send({ ...receipt, ...more });
        expect([more, refused.status, JSON.stringify(await refused.json())]).toEqual([more, 400, expect.stringContaining(Object.keys(more)[0]!)]);
      }
      expect([(await send([])).status, (await send({ ...receipt, tenancy: '999999/99' })).status]).toEqual([400, 404]);
    } finally {
      await legacy.close();
    }
    expect(JSON.stringify(rows)).toBe(unchanged);
  });

  it.each(['sqlPort', 'soapPort', 'controlPort'] as const)('names the %s that is taken, and leaves nothing running', async (which) => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const taken = (other.address() as AddressInfo).port;
    try {
      await expect(start({ [which]: taken })).rejects.toThrow(`port ${taken} of 127.0.0.1: the port is taken`);
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
  });
});

describe('the control port', () => {
  let legacy: Legacy;
  let control: string;
  let url: string;
  beforeAll(async () => {
    const rows = smallCouncil();
    legacy = await startLegacy({ rows, landlord: 'wiltshire', today: '2017-02-08', now: () => new Date('2017-02-08T10:00:00Z'), host: '127.0.0.1', sqlPort: 0, soapPort: 0, controlPort: 0 });
    control = `http://127.0.0.1:${legacy.controlPort}`;
    url = `http://127.0.0.1:${legacy.soapPort}/housing`;
  });
  afterAll(() => legacy.close());
  const put = (operation: string, body: string): Promise<Response> => fetch(`${control}/faults/${operation}`, { method: 'PUT', body });

  it('orders faults, lists them, and takes them back', async () => {
    expect((await put('Ping', '{"kind":"fault"}')).status).toBe(204);
    expect((await put('*', '{"kind":"refuse","code":"X","times":5}')).status).toBe(204);
    expect((await put('GetPersons', '{"kind":"deadlock"}')).status).toBe(204);
    expect(await (await fetch(`${control}/faults`)).json()).toEqual({ Ping: { kind: 'fault' }, '*': { kind: 'refuse', code: 'X', times: 5 }, GetPersons: { kind: 'deadlock' } });
    expect((await post(url, PING)).status).toBe(500);
    expect((await fetch(`${control}/faults/Ping`, { method: 'DELETE' })).status).toBe(204);
    expect((await post(url, PING)).text).toContain('<ErrorCode>X<');
    expect((await fetch(`${control}/faults`, { method: 'DELETE' })).status).toBe(204);
    expect((await post(url, PING)).text).toContain('<Success>true<');
    expect(await (await fetch(`${control}/faults`)).json()).toEqual({});
  });

  it('shows the ledger', async () => {
    expect(await (await fetch(`${control}/ledger`)).json()).toEqual([]);
    await post(url, CREATE);
    expect(await (await fetch(`${control}/ledger`)).json()).toMatchObject([
      { sequence: 1, at: '2017-02-08T10:00:00.000Z', operation: 'CreateRepairRequest', callerReference: 'gw-7', reference: '00000043', Problem: 'Damp' },
    ]);
  });

  it.each([
    ['no JSON', 'Ping', '{', /not JSON/],
    ['no object', 'Ping', '["hang"]', /object/],
    ['no kind', 'Ping', '{}', /kind has to be one of slow, hang/],
    ['everything wrong at once', 'Ping', '{"kind":"explode","ms":-1,"times":0.5,"code":7,"message":null,"after":1}', /kind .*ms .*times .*code .*message .*after is not known/],
    ['an operation that there is not', 'Pong', '{"kind":"hang"}', /no operation Pong.*Ping/],
  ])('refuses %s', async (_what, operation, body, message) => {
    const response = await put(operation, body);
    expect(response.status).toBe(400);
    expect(((await response.json()) as { error: string }).error).toMatch(message);
    expect(legacy.faults.take('Ping')).toBeUndefined();
  });

  it.each([['GET', '/'], ['POST', '/ledger'], ['GET', '/faults/Ping'], ['PUT', '/faults'], ['PUT', '/faults/'], ['GET', '/faults/a/b']])('%s %s is not there', async (method, path) => {
    expect((await fetch(`${control}${path}`, { method })).status).toBe(404);
  });
});

describe('the simulator as a program', () => {
  const output = join('dist', `simulator-under-test-${process.pid}`);
  const program = join(output, 'fixtures', 'legacy', 'cli.js');
  let running: ChildProcess | undefined;

  /** The sources as JavaScript, so that the test depends on no build that may be old. */
  beforeAll(() => {
    for (const file of readdirSync('fixtures', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))) {
      const target = join(output, 'fixtures', file.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, ts.transpileModule(readFileSync(join('fixtures', file), 'utf8'), {
        compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: false },
      }).outputText);
    }
  });
  afterEach(() => { running?.kill('SIGKILL'); });
  afterAll(() => { rmSync(output, { recursive: true, force: true }); });

  function run(env: Record<string, string>, ...args: string[]): { out: () => string; ended: Promise<number | null>; child: ChildProcess } {
    const child = spawn(process.execPath, [program, ...args], { env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    running = child;
    let out = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { out += text; });
    return { out: () => out, child, ended: new Promise((resolve) => child.on('close', (code) => resolve(code))) };
  }

  it.each(['SIGTERM', 'SIGINT'] as const)('says where it listens, and stops within a second of %s while a call hangs', async (signal) => {
    const { out, ended, child } = run({ SIM_SQL_PORT: '0', SIM_SOAP_PORT: '0', SIM_CONTROL_PORT: '0', LANDLORD: 'believe' });
    await until(() => out().includes('ready'));
    expect(out()).toMatch(/SQL server at 127\.0\.0\.1:\d+ \(login gateway, password gateway, database housing\)/);
    const url = /http:\/\/\S+\/housing/.exec(out())![0];
    const control = /Control port at (\S+)/.exec(out())![1]!;
    await fetch(`${control}/faults/Ping`, { method: 'PUT', body: '{"kind":"hang","times":1}' });
    const hanging = rawPost(url, PING);
    await until(async () => (await fetch(`${url}?wsdl`)).ok);
    const start = performance.now();
    child.kill(signal);
    expect(await ended).toBe(0);
    expect(performance.now() - start).toBeLessThan(1000);
    expect((await hanging).received).toBe('');
  });

  it('serves rows from a file', async () => {
    const file = join(output, 'rows.json');
    writeFileSync(file, JSON.stringify(smallCouncil()));
    const { out } = run({ SIM_SQL_PORT: '0', SIM_SOAP_PORT: '0', SIM_ROWS: file });
    await until(() => out().includes('ready'));
    const { text } = await post(/http:\/\/\S+\/housing/.exec(out())![0], envelope('FindByCallerReference', '<CallerReference>gw-1</CallerReference>'));
    expect(text).toContain('<RepairRequestReference>00000041<');
  });

  it('reports everything that is wrong at once', async () => {
    const file = join(output, 'not-rows.json');
    writeFileSync(file, '{"tenagree": []}');
    const { out, ended } = run({ SIM_SQL_PORT: '70000', SIM_SOAP_PORT: 'http', LANDLORD: 'nobody', SIM_ROWS: file });
    expect(await ended).toBe(1);
    expect(out().trim().split('\n')).toEqual([
      'SIM_SQL_PORT has to be a port, 0 to 65535',
      'SIM_SOAP_PORT has to be a port, 0 to 65535',
      'LANDLORD has to be wiltshire or believe',
      `SIM_ROWS: ${file} has no table member`,
    ]);
  });

  it('names the port that is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { out, ended } = run({ SIM_SQL_PORT: '0', SIM_SOAP_PORT: String(port) });
    expect(await ended).toBe(1);
    expect(out()).toContain(`port ${port} of 127.0.0.1: the port is taken`);
    await new Promise((resolve) => other.close(resolve));
  });

  it('explains itself', async () => {
    const { out, ended } = run({}, '--help');
    expect(await ended).toBe(0);
    for (const name of ['SIM_SQL_PORT', 'SIM_SOAP_PORT', 'SIM_CONTROL_PORT', 'SIM_ROWS', 'LANDLORD']) expect(out()).toContain(name);
  });
});
