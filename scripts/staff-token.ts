/** `npm run --silent staff:token`: a staff access token of the demo's stand-in provider, on standard output. See HELP. */
import { createHash, randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Visitor } from '../fixtures/staff/visitor.js';
import { staffUsers, type StaffUser } from '../fixtures/staff/users.js';
import { isProgram, PROCESS } from './command-line.js';

const HELP = `Usage: npm run --silent staff:token -- [--user NAME] [--gateway URL]

Prints an access token with which one of the demo's staff can call /graphql, good for an hour:

  TOKEN=$(npm run --silent staff:token)
  curl -s http://127.0.0.1:4000/graphql -H "authorization: Bearer $TOKEN" \\
    -H 'content-type: application/json' -d '{"query": "{ viewer { role displayName } }"}'

It signs in as a browser would, by code flow with PKCE, at the stand-in of a demo that runs. Elsewhere tokens come from
the council's own provider.

  --user NAME    a user name of fixtures/staff-users.json, or how it begins (default: the first one, who is STAFF)
  --gateway URL  where the demo runs (default: http://127.0.0.1:4000)
  --help         print this
`;

/** Signs in at the provider that a gateway sends browsers to. @throws with a reason that says what to do. */
export async function staffToken(gateway: string, user: StaffUser): Promise<string> {
  const visitor = new Visitor();
  const begun = await visitor.send(`${gateway.replace(/\/+$/, '')}/playground/sign-in`).catch(() => {
    throw new Error(`nothing answers at ${gateway}: start the demo (npm start), or name its address with --gateway`);
  });
  const location = begun.headers.get('location');
  if (location === null) throw new Error(`the gateway at ${gateway} has no staff sign-in`);
  // The gateway's own request, with a state and a verifier of ours: the gateway takes no part in the rest.
  const asking = new URL(location);
  const verifier = randomBytes(32).toString('base64url');
  asking.searchParams.set('state', randomBytes(32).toString('base64url'));
  asking.searchParams.set('code_challenge', createHash('sha256').update(verifier).digest('base64url'));
  const redirectUri = asking.searchParams.get('redirect_uri') ?? '';
  const back = (url: string): boolean => url.startsWith(`${redirectUri}?`);
  const form = await visitor.go(asking.href, {}, back);
  if (!form.text.includes('name="username"')) throw new Error('this is not the demo\'s stand-in: get a token from the provider itself');
  const returned = await visitor.submit(form, { username: user.username, password: user.password }, back);
  const code = new URL(returned.url).searchParams.get('code');
  if (code === null) throw new Error('the sign-in was refused');
  const { token_endpoint: endpoint } = JSON.parse((await visitor.send(`${asking.origin}/.well-known/openid-configuration`)).text) as { token_endpoint: string };
  const answer = await visitor.send(endpoint, {
    method: 'POST', headers: { accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'authorization_code', code, redirect_uri: redirectUri, client_id: asking.searchParams.get('client_id') ?? '', code_verifier: verifier,
    }),
  });
  const { access_token: token } = JSON.parse(answer.text) as { access_token?: string };
  if (token === undefined) throw new Error('the provider gave no access token');
  return token;
}

/** What a command line asks for. @returns the exit code. */
export async function run(args: readonly string[], print: (text: string) => void, complain: (text: string) => void): Promise<0 | 1 | 2> {
  let values: { user?: string | undefined; gateway?: string | undefined; help?: boolean | undefined };
  try {
    ({ values } = parseArgs({ args: [...args], options: { user: { type: 'string' }, gateway: { type: 'string' }, help: { type: 'boolean', short: 'h' } } }));
  } catch (error) {
    complain(`staff-token: ${(error as Error).message.split('. ')[0]}\nTry --help.\n`);
    return 2;
  }
  if (values.help) {
    print(HELP);
    return 0;
  }
  const gateway = values.gateway ?? 'http://127.0.0.1:4000';
  const user = staffUsers().find(({ username }) => username.startsWith(values.user ?? ''));
  if (!user || !URL.canParse(gateway)) {
    complain(`staff-token: ${user ? '--gateway is an address' : `--user is one of ${staffUsers().map(({ username }) => username).join(', ')}`}\nTry --help.\n`);
    return 2;
  }
  try {
    print(`${await staffToken(gateway, user)}\n`);
    return 0;
  } catch (error) {
    complain(`staff-token: ${(error as Error).message}\n`);
    return 1;
  }
}

if (isProgram(import.meta.url)) process.exitCode = await run(process.argv.slice(2), PROCESS.print, PROCESS.complain);
