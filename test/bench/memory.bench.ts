/**
 * Whether the gateway keeps what it should forget: 20,000 account screens over real sockets, the legacy system in a process of
 * its own. Prints the resident memory on the way, and the last over the first after the warm-up.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { print } from 'graphql';
import { AccountDocument } from '../../generated/operations.js';
import { soapService } from '../../adapters/soap/client.js';
import { soapLegacy } from '../../adapters/soap/legacy.js';
import { sqlLegacy } from '../../adapters/mssql/legacy.js';
import { sqlServer } from '../../adapters/mssql/pool.js';
import { startLegacy } from '../../fixtures/legacy/start.js';
import { start } from '../../src/main.js';
import { packageRoot } from '../../src/package-root.js';
import { ask, load, stop } from './load.js';

const STEPS = 10;
const REQUESTS = 20_000;
const WARM_UP = 3_000;
const CLOCK = '2017-02-08T10:00:00Z';

async function serveLegacy(): Promise<void> {
  const { sqlPort, soapPort } = await startLegacy({ landlord: 'wiltshire', today: '2017-02-08', now: () => new Date(CLOCK), host: '127.0.0.1', sqlPort: 0, soapPort: 0 });
  process.once('disconnect', () => process.exit(0));
  process.send?.({ sqlPort, soapPort });
}

async function serve(sqlPort: string, soapPort: string): Promise<void> {
  const legacy = {
    ...sqlLegacy(sqlServer({ url: `mssql://gateway:gateway@localhost:${sqlPort}/housing?encrypt=true&trustServerCertificate=true` })),
    ...soapLegacy(soapService({ url: `http://gateway:gateway@127.0.0.1:${soapPort}/housing`, wsdlPath: join(packageRoot(), 'schema', 'legacy', 'housing.wsdl') })),
  };
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const gateway = await start({ PORT: '0', OPS_PORT: '0', DATA_DIR: folder, STORE_URL: `file:${folder}/gateway.db`, LOG_LEVEL: 'silent' }, () => new Date(CLOCK), { legacy });
  process.on('message', () => process.send?.({ rss: process.memoryUsage().rss }));
  process.once('disconnect', () => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  });
  process.send?.({ url: gateway.url, ...gateway.demoAccounts[1] });
}

async function main(): Promise<void> {
  const housing = fork(fileURLToPath(import.meta.url), ['legacy']);
  const [{ sqlPort, soapPort }] = (await once(housing, 'message')) as [{ sqlPort: number; soapPort: number }];
  const child = fork(fileURLToPath(import.meta.url), ['serve', String(sqlPort), String(soapPort)]);
  const [{ url, identifier, password }] = (await once(child, 'message')) as [{ url: string; identifier: string; password: string }];
  const post = (query: string, variables: unknown, token?: string) =>
    ({ url: `${url}/graphql`, body: JSON.stringify({ query, variables }), headers: { ...(token && { authorization: `Bearer ${token}` }) } });
  const signIn = JSON.parse(await ask(post('mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }', { input: { identifier, password } }))) as
    { data: { signIn: { session: { accessToken: string } } } };
  const target = post(print(AccountDocument), { period: 'TWELVE_MONTHS' }, signIn.data.signIn.session.accessToken);
  const megabytes = async (): Promise<number> => {
    const answer = once(child, 'message') as Promise<[{ rss: number }]>;
    child.send('rss');
    return (await answer)[0].rss / 1_048_576;
  };
  await load(target, WARM_UP);
  const first = await megabytes();
  console.log(`after ${WARM_UP} to warm up: ${first.toFixed(0)} MB`);
  let last = first;
  for (let step = 1; step <= STEPS; step++) {
    const rate = await load(target, REQUESTS / STEPS);
    last = await megabytes();
    console.log(`after ${(step * REQUESTS) / STEPS} more: ${last.toFixed(0)} MB, ${rate.toFixed(0)} requests/s`);
  }
  console.log(`ratio ${(last / first).toFixed(3)}`);
  child.disconnect();
  housing.disconnect();
  stop();
}

const [, , role, ...ports] = process.argv;
if (role === 'legacy') await serveLegacy();
else if (role === 'serve') await serve(ports[0]!, ports[1]!);
else await main();
