/**
 * Whether a name that somebody has can be told from one that nobody has by how long the answer takes: pairs of requests over
 * HTTP to a gateway of its own, the two of a pair in a random order. Prints the area under the curve of a classifier that knows
 * nothing but the time: 0.5 is a toss of a coin, 1 or 0 is certainty. Arguments: a landlord (default: both), the number of pairs.
 */
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argon2Hasher } from '../../adapters/argon2/hasher.js';
import { demoSecrets } from '../../adapters/files/demo-secrets.js';
import { newSigningKey } from '../../adapters/jose/tokens.js';
import { sqliteStore } from '../../adapters/sqlite/store.js';
import { newAccount, putAccount } from '../../src/application/identity/accounts.js';
import { transact } from '../../src/application/identity/transaction.js';
import { demoAccounts } from '../../src/demo/accounts.js';
import { landlordNamed } from '../../src/landlords/index.js';
import { settingsOf, startProgram } from '../support/program.js';
import { median } from './load.js';

const GOAL = [0.45, 0.55] as const;
const BORN = '1970-01-01';
const WARM_UP = 10;
const RESAMPLES = 2_000;

interface Variables { readonly identifier: string; readonly password?: string; readonly dateOfBirth?: string }
/** Which of the two, and the requests of the n-th pair. */
interface Scenario {
  readonly name: string;
  readonly field: 'signIn' | 'requestPasswordReset';
  readonly known: (n: number) => Variables;
  readonly unknown: (n: number) => Variables;
}
interface Timed { readonly ms: number; readonly status: number | undefined; readonly headers: IncomingHttpHeaders; readonly text: string }

const QUERIES = {
  signIn: 'mutation ($input: SignInInput!) { signIn(input: $input) { outcome message session { accessToken } } }',
  requestPasswordReset: 'mutation ($input: PasswordResetInput!) { requestPasswordReset(input: $input) { message } }',
} as const;

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** From the moment of sending to the last byte of the answer. */
function timed(url: string, field: Scenario['field'], input: Variables): Promise<Timed> {
  const body = JSON.stringify({ query: QUERIES[field], variables: { input } });
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const sent = request(`${url}/graphql`, { method: 'POST', agent, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ ms: Number(process.hrtime.bigint() - start) / 1e6, status: response.statusCode, headers: response.headers, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const withoutDate = ({ date: _, ...headers }: IncomingHttpHeaders): string => JSON.stringify(headers);

/** The chance that a known name's time is longer than an unknown one's (Mann and Whitney's U, ties as half). */
function area(known: readonly number[], unknown: readonly number[]): number {
  const all = [...known.map((ms) => ({ ms, known: true })), ...unknown.map((ms) => ({ ms, known: false }))].sort((a, b) => a.ms - b.ms);
  let ranks = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to]?.ms === all[from]?.ms) to += 1;
    ranks += ((from + 1 + to) / 2) * all.slice(from, to).filter((one) => one.known).length;
    from = to;
  }
  return (ranks - (known.length * (known.length + 1)) / 2) / (known.length * unknown.length);
}

/** Where 95 of 100 resamples of the pairs lie. */
function interval(pairs: readonly (readonly [number, number])[]): readonly [number, number] {
  const areas = Array.from({ length: RESAMPLES }, () => {
    const drawn = pairs.map(() => pairs[randomInt(pairs.length)] as readonly [number, number]);
    return area(drawn.map(([one]) => one), drawn.map(([, other]) => other));
  }).sort((a, b) => a - b);
  return [areas[Math.floor(RESAMPLES * 0.025)] ?? NaN, areas[Math.floor(RESAMPLES * 0.975)] ?? NaN];
}

async function measure(url: string, landlord: string, { name, field, known, unknown }: Scenario, pairs: number): Promise<boolean> {
  const times: [number, number][] = [];
  let different = 0;
  for (let n = -WARM_UP; n < pairs; n++) {
    const order = randomInt(2) === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const);
    const answers: Partial<Record<'known' | 'unknown', Timed>> = {};
    for (const which of order) answers[which] = await timed(url, field, which === 'known' ? known(n + WARM_UP) : unknown(n + WARM_UP));
    const { known: a, unknown: b } = answers;
    if (!a || !b) throw new Error('a pair has two answers');
    if (a.status !== b.status || a.text !== b.text || withoutDate(a.headers) !== withoutDate(b.headers)) different += 1;
    if (a.status !== 200 || a.text.includes('"errors"')) throw new Error(`${name}: not the answer that is measured: ${a.text}`);
    if (n >= 0) times.push([a.ms, b.ms]);
  }
  const [one, other] = [times.map(([ms]) => ms), times.map(([, ms]) => ms)];
  const auc = area(one, other);
  const [low, high] = interval(times);
  const met = different === 0 && auc >= GOAL[0] && auc <= GOAL[1];
  console.log(`${landlord.padEnd(10)} ${name.padEnd(46)} AUC ${auc.toFixed(3)} (95% ${low.toFixed(3)}-${high.toFixed(3)})   medians ${median(one).toFixed(2)} / ${median(other).toFixed(2)} ms   `
    + `answers that differ ${different} of ${pairs + WARM_UP}   ${met ? 'met' : 'MISSED'}`);
  return met;
}

/** Accounts of nobody in particular, in the store that the gateway will open; one hash does for all, for nobody signs in. */
async function makeAccounts(folder: string, landlord: string, names: readonly string[]): Promise<void> {
  const store = sqliteStore(join(folder, 'gateway.db'), join(process.cwd(), 'schema', 'store'));
  const { pepper } = await demoSecrets(folder, newSigningKey);
  const hasher = await argon2Hasher({ pepper });
  const passwordHash = await hasher.hash('a password that nobody tries');
  const deps = { hasher, landlord: landlordNamed(landlord), clock: () => new Date(), random: { token: (bytes: number) => randomBytes(bytes).toString('base64url'), uuid: () => randomUUID() } };
  for (const [n, email] of names.entries()) {
    const account = newAccount(deps, { personReference: `TIMING${n}/1`, email, displayName: `Somebody ${n}`, passwordHash, dateOfBirth: BORN });
    await transact(store, async (transaction) => putAccount(transaction, account));
  }
  await store.close();
}

async function landlordsTimes(landlord: string, pairs: number): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'timing-'));
  // As long as each other, and as random.
  const name = (kind: string): string => `${kind}-${randomBytes(6).toString('hex')}@example.org`;
  const names = Array.from({ length: pairs + WARM_UP }, () => name('holder'));
  await makeAccounts(folder, landlord, names);
  const program = await startProgram(settingsOf(folder, { LANDLORD: landlord }));
  const known = (n: number): string => names[n] ?? '';
  const password = 'a wrong password for all';
  const often = demoAccounts(landlord, false)[0]?.identifier ?? '';
  const born = landlordNamed(landlord).passwordReset.dateOfBirthRequired ? { dateOfBirth: BORN } : {};
  const scenarios: Scenario[] = [
    { name: 'signIn, an account or nobody', field: 'signIn', known: (n) => ({ identifier: known(n), password }), unknown: () => ({ identifier: name('nobody'), password }) },
    { name: 'requestPasswordReset, an account or nobody', field: 'requestPasswordReset', known: (n) => ({ identifier: known(n), ...born }), unknown: () => ({ identifier: name('nobody'), ...born }) },
    // What a guesser with one name does: it locks at once, and mails for it run out.
    { name: 'signIn, one account again and again or nobody', field: 'signIn', known: () => ({ identifier: often, password }), unknown: () => ({ identifier: name('nobody'), password }) },
    { name: 'requestPasswordReset, one account or nobody', field: 'requestPasswordReset', known: () => ({ identifier: often, ...born }), unknown: () => ({ identifier: name('nobody'), ...born }) },
  ];
  try {
    let met = true;
    for (const scenario of scenarios) met = (await measure(program.url, landlord, scenario, pairs)) && met;
    return met;
  } finally {
    await program.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

const [which, count] = process.argv.slice(2);
const pairs = Number(count ?? 500);
console.log(`${pairs} pairs each, over HTTP on this machine, one after the other; goal ${GOAL.join('-')}; node ${process.version}`);
let met = true;
for (const landlord of which === undefined ? ['wiltshire', 'believe'] : [which]) met = (await landlordsTimes(landlord, pairs)) && met;
agent.destroy();
process.exitCode = met ? 0 : 1;
