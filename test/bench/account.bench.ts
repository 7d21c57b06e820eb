/**
 * What GraphQL costs on the account screen: the gateway, Apollo Server as it comes, and a handler written by hand over the same
 * use cases; data from memory, each server in a process of its own, by turns in one run. Prints ratios.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { print } from 'graphql';
import { AccountDocument } from '../../generated/operations.js';
import { balanceOf, balancesInPence, extracts, statementOf } from '../../src/application/housing/account.js';
import { heldRepairs, repairsOf } from '../../src/application/housing/repairs.js';
import { people, properties, tenanciesOfPeople } from '../../src/application/housing/tenancies.js';
import { page } from '../../src/application/paging.js';
import { periodStart } from '../../src/domain/rent.js';
import { contextFor, type RequestContext } from '../../src/graphql/context.js';
import { buildGatewaySchema } from '../../src/graphql/schema.js';
import { start, type Gateway } from '../../src/main.js';
import { legacyInMemory } from './legacy-in-memory.js';
import { ask, load, median, stop, type Target } from './load.js';

const CANDIDATES = ['by hand', 'gateway', 'Apollo as it comes'] as const;
type Candidate = (typeof CANDIDATES)[number];
const ROUNDS = 7;
const REQUESTS = 400;
const CLOCK = '2017-02-08T10:00:00Z';

/** The account screen without GraphQL: the same use cases, the same fields, JSON. */
async function byHand(context: RequestContext): Promise<string> {
  const { access } = context;
  const viewer = context.asking();
  if (!viewer?.personReference) return JSON.stringify({ data: { viewer: null } });
  const { personReference } = viewer;
  const [person, held] = await Promise.all([people(access, [personReference]), tenanciesOfPeople(access, [personReference])]);
  const tenancies = (held.get(personReference) ?? []).filter(({ status }) => status !== 'ENDED');
  const references = tenancies.map(({ reference }) => reference);
  const homes = tenancies.map(({ propertyReference }) => propertyReference);
  const from = periodStart('THREE_MONTHS', access.today);
  const [places, pence, ledgers, repairs] = await Promise.all([
    properties(access, homes), balancesInPence(access, references), extracts(access, references, from),
    heldRepairs(access, [...homes, ...tenancies.flatMap(({ blockReference }) => blockReference ?? [])], null),
  ]);
  const key = ({ registeredDate, reference }: { registeredDate: string; reference: string }): string => `${registeredDate} ${reference}`;
  return JSON.stringify({ data: { viewer: {
    role: viewer.role, displayName: viewer.displayName, userId: viewer.userId, mustChangePassword: viewer.mustChangePassword,
    tenant: { reference: personReference, name: { full: person.get(personReference)?.name.full }, tenancies: tenancies.map((tenancy) => {
      const { reference, status, startDate, endDate, tenure, propertyReference, blockReference } = tenancy;
      const { transactions, ...totals } = statementOf(access, from, ledgers.get(reference)!, pence.get(reference)!);
      const shown = page('transactions', transactions, ({ id }) => id.padStart(12, '0'), { first: 60 });
      const own = page('repairs', repairsOf(access, tenancy, 'PROPERTY', repairs.get(propertyReference) ?? [], {}), key, { first: 10 });
      const communal = page('repairs', repairsOf(access, tenancy, 'COMMUNAL', repairs.get(blockReference ?? '') ?? [], {}), key, { first: 10 });
      const { hasNextPage, endCursor } = shown.pageInfo;
      return {
        reference, status, startDate, endDate, tenure, property: places.get(propertyReference),
        balance: balanceOf(access, pence.get(reference)!),
        statement: { ...totals, transactions: { nodes: shown.nodes, pageInfo: { hasNextPage, endCursor } } },
        repairs: { nodes: own.nodes, totalCount: own.totalCount },
        blockRepairs: { nodes: communal.nodes, totalCount: communal.totalCount },
      };
    }) },
  } } });
}

async function serve(candidate: Candidate): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const gateway: Gateway = await start(
    { PORT: '0', OPS_PORT: '0', DATA_DIR: folder, STORE_URL: `file:${folder}/gateway.db`, LOG_LEVEL: 'silent' }, () => new Date(CLOCK), { legacy: legacyInMemory });
  const { identifier, password } = gateway.demoAccounts[0]!;
  const signIn = JSON.parse(await ask({ url: `${gateway.url}/graphql`, headers: {}, body: JSON.stringify({
    query: 'mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }', variables: { input: { identifier, password } },
  }) })) as { data: { signIn: { session: { accessToken: string } } } };
  let url = `${gateway.url}/graphql`;
  if (candidate === 'by hand') {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        JSON.parse(Buffer.concat(chunks).toString('utf8'));
        contextFor(gateway.app, request.headers.authorization).then(byHand).then(
          (text) => response.writeHead(200, { 'content-type': 'application/json' }).end(text), () => response.writeHead(500).end());
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  if (candidate === 'Apollo as it comes') {
    const server = new ApolloServer<RequestContext>({ schema: buildGatewaySchema() });
    url = (await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' }, context: ({ req }) => contextFor(gateway.app, req.headers.authorization) })).url;
  }
  process.on('message', () => process.send?.({ cpu: process.cpuUsage() }));
  process.once('disconnect', () => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  });
  process.send?.({ url, token: signIn.data.signIn.session.accessToken });
}

interface Running { readonly candidate: Candidate; readonly child: ChildProcess; readonly target: Target; readonly rates: number[]; readonly cpu: number[] }

async function cpuMs(child: ChildProcess): Promise<number> {
  const answer = once(child, 'message') as Promise<[{ cpu: NodeJS.CpuUsage }]>;
  child.send('cpu');
  const [{ cpu }] = await answer;
  return (cpu.user + cpu.system) / 1_000;
}

async function main(): Promise<void> {
  const body = JSON.stringify({ query: print(AccountDocument), variables: { period: 'THREE_MONTHS' } });
  const running: Running[] = [];
  for (const candidate of CANDIDATES) {
    const child = fork(fileURLToPath(import.meta.url), ['serve', candidate]);
    const [{ url, token }] = (await once(child, 'message')) as [{ url: string; token: string }];
    running.push({ candidate, child, target: { url, body, headers: { authorization: `Bearer ${token}` } }, rates: [], cpu: [] });
  }
  const texts = await Promise.all(running.map(({ target }) => ask(target)));
  const sizes = texts.map((text) => text.length);
  // asOf aside all say the same; by hand has a few fields more, which nobody pays for leaving out.
  if (texts.some((text) => !text.includes('"reconciles":true'))) throw new Error('a candidate does not answer the query');
  for (let round = -2; round < ROUNDS; round++) {
    for (const { child, target, rates, cpu } of running) {
      const before = await cpuMs(child);
      const rate = await load(target, REQUESTS);
      if (round < 0) continue;
      rates.push(rate);
      cpu.push((await cpuMs(child) - before) / REQUESTS);
    }
  }
  const first = median(running[0]!.rates);
  console.log(`account screen: two tenancies, 60 transactions and 10 repairs each; ${ROUNDS} rounds of ${REQUESTS}, medians; node ${process.version}`);
  running.forEach(({ candidate, rates, cpu }, n) => {
    console.log(`${candidate.padEnd(20)} ${median(rates).toFixed(0).padStart(6)} requests/s   ratio ${(median(rates) / first).toFixed(3)}   ${median(cpu).toFixed(2)} ms CPU   ${(sizes[n]! / 1000).toFixed(1)} kB`);
  });
  for (const { child } of running) child.disconnect();
  stop();
}

if (process.argv[2] === 'serve') await serve(process.argv[3] as Candidate);
else await main();
