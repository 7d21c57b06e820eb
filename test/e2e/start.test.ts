/** The program itself, as somebody starts it: what it prints, how it stops, and what it says when it cannot start. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sendTo } from '../support/gateway.js';
import { whenAvailable } from '../support/programs.js';
import { StatementDocument, SignInDocument } from '../../generated/operations.js';

const root = process.cwd();
const main = join(root, 'dist', 'src', 'main.js');
const folders: string[] = [];
const children: ChildProcess[] = [];
afterEach(() => {
  // The whole group: faketime runs the program as a child of its own.
  for (const { pid, exitCode } of children.splice(0)) if (pid !== undefined && exitCode === null) process.kill(-pid, 'SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function environment(settings: Record<string, string> = {}): NodeJS.ProcessEnv {
  const folder = mkdtempSync(join(tmpdir(), 'start-'));
  folders.push(folder);
  return { PATH: process.env['PATH'], PORT: '0', OPS_PORT: '0', DATA_DIR: folder, STORE_URL: `file:${folder}/gateway.db`, ...settings };
}

/** Starts it and waits for its line; `faketime` sets its clock. */
async function startProgram(settings: Record<string, string> = {}, faketime?: string): Promise<{ child: ChildProcess; url: string; stdout: () => string }> {
  const command = faketime === undefined ? [process.execPath, main] : ['faketime', faketime, process.execPath, main];
  const child = spawn(command[0]!, command.slice(1), { env: environment(settings), stdio: ['ignore', 'pipe', 'ignore'], detached: true });
  children.push(child);
  let text = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout!.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const found = /^Gateway ready at (http:\/\/\S+)\/graphql$/m.exec(text)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${text}`)));
  });
  return { child, url, stdout: () => text };
}

function refused(settings: Record<string, string>): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync(process.execPath, [main], { env: environment(settings), encoding: 'utf8', timeout: 20_000 });
  return { status, stderr };
}

test('says one ready line, where everything is, and the demo accounts; ends on SIGTERM', async () => {
  const { child, url, stdout } = await startProgram();
  expect(stdout().match(/^Gateway ready at /gm)).toHaveLength(1);
  expect(stdout()).toContain('margaret.tidcombe@example.org');
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(0);
});

describe('the README', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  test('its first query, pasted, answers as it says', async () => {
    const { url } = await startProgram();
    const script = /<!-- first query -->\s*```sh\n([\s\S]*?)```/.exec(readme)![1]!;
    const answer = /<!-- its answer -->\s*```json\n([\s\S]*?)```/.exec(readme)![1]!;
    const { stdout, stderr } = spawnSync('bash', ['-c', script.replaceAll('http://127.0.0.1:4000', url)], { encoding: 'utf8' });
    expect([JSON.parse(stdout), stderr]).toEqual([JSON.parse(answer), '']);
  });
});

describe('a start that cannot be', () => {
  test('reports every fault of the configuration at once, each by its variable, and no value', () => {
    const { status, stderr } = refused({ PORT: 'seventy', OPS_PORT: '99999', LANDLORD: 'canary-landlord', TRUST_PROXY: 'perhaps', PASSWORD_PEPPER_FILE: '/canary/pepper', STORE_URL: 'canary://store', LOG_LEVEL: 'loud' });
    expect(status).toBe(1);
    for (const name of ['PORT', 'OPS_PORT', 'LANDLORD', 'TRUST_PROXY', 'PASSWORD_PEPPER_FILE', 'STORE_URL', 'LOG_LEVEL']) expect(stderr).toMatch(new RegExp(`^ {2}${name}: `, 'm'));
    expect(stderr).not.toContain('canary');
  });

  test('in production names everything that is missing', () => {
    const { status, stderr } = refused({ NODE_ENV: 'production' });
    expect(status).toBe(1);
    for (const name of ['LEGACY_SQL_URL', 'LEGACY_SOAP_URL', 'PASSWORD_PEPPER_FILE', 'SIGNING_KEYS_FILE', 'PUBLIC_URL']) expect(stderr).toMatch(new RegExp(`^ {2}${name}: must be set in production`, 'm'));
  });

  test('names the port that is taken, and the settings that change it', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const { status, stderr } = refused({ PORT: String(port) });
    taken.close();
    expect(status).toBe(1);
    expect(stderr).toMatch(new RegExp(`Port ${port} .*PORT`));
  });
});

whenAvailable('faketime', () => spawnSync('faketime', ['--version']).status === 0, 'with the clock at the guide\'s day', () => {
  test('the statement of the last month is the guide\'s, without moving a date', async () => {
    const { url } = await startProgram({}, '2017-02-08 10:00:00');
    const { data } = await sendTo<{ signIn: { session: { accessToken: string } } }>(url, SignInDocument, { input: { identifier: 'margaret.tidcombe@example.org', password: 'teapot lantern meadow' } });
    const answer = await sendTo<{ tenancy: { balance: { summary: string }; statement: { transactions: { nodes: { date: string; reference: string; balance: { money: { display: string } } }[] } } } }>(
      url, StatementDocument, { reference: '000017/01', period: 'ONE_MONTH', first: 50 }, data!.signIn.session.accessToken);
    expect(answer.data!.tenancy.balance.summary).toBe('The rent account is £26.40 in arrears.');
    expect(answer.data!.tenancy.statement.transactions.nodes.map(({ date, reference, balance }) => [date, reference, balance.money.display])).toEqual([
      ['2017-01-30', 'Housing Benefit', '£26.40'], ['2017-01-30', 'RENT DEBIT', '£100.63'], ['2017-01-26', 'Bank transfer', '£0.00'],
      ['2017-01-23', 'Housing Benefit', '£26.40'], ['2017-01-23', 'RENT DEBIT', '£100.63'],
    ]);
  });
});
