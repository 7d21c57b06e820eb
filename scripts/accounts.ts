/** The operators' command line over the store: look at accounts, unlock, close and erase them. See HELP. */
import { userInfo } from 'node:os';
import { nodeRandom } from '../adapters/random.js';
import { operator } from '../src/application/audit/event.js';
import { auditTrail, type AuditTrail } from '../src/application/audit/trail.js';
import {
  closeAccount, eraseAccount, unlockAccount, type AdministrationDeps, type Doing,
} from '../src/application/identity/administration.js';
import { accountsFor, showAccount, type AccountSummary } from '../src/application/identity/summaries.js';
import { Reader } from '../src/config/reader.js';
import { storeUrlOf } from '../src/config/secrets.js';
import { answered, isProgram, parsed, PROCESS, UsageError, type Options, type Surroundings, type Values } from './command-line.js';
import { withStore } from './with-store.js';

const WHICH = `  ACCOUNT        its id, e-mail address or user ID, or the person's reference`;
const REASON = `  --reason TEXT  why, for whoever asks later (required)
  --by NAME      who does it (default: the system's user)`;
const COMMON = `  --json         print JSON instead of a table
  --help         print this`;

const HELP: Readonly<Record<string, string>> = {
  '': `Usage: npm run --silent accounts -- COMMAND [options]

  list     accounts, and registrations that are not confirmed
  show     one of them
  unlock   end an account's locks, so that its owner can try again at once
  close    end an account and its sessions; its owner can register anew
  erase    remove a person's data: account, sessions, registrations, mail that waits, what they asked for

Each command tells its options: npm run --silent accounts -- list --help

It works on the store that STORE_URL names, as the gateway does (default: file:./data/gateway.db), also
while gateways run. It exits with 0 when it was done, 1 when it failed and 2 when it was asked wrongly.
`,
  list: `Usage: accounts list [options]

  --locked       locked ones only
  --search TEXT  those with this in the e-mail address, user ID, name or person's reference
  --first N      how many (default: 50)
  --after ID     go on where the page before ended
${COMMON}
`,
  show: `Usage: accounts show ACCOUNT [options]\n\n${WHICH}\n${COMMON}\n`,
  unlock: `Usage: accounts unlock ACCOUNT --reason TEXT [options]\n\n${WHICH}\n${REASON}\n${COMMON}\n`,
  close: `Usage: accounts close ACCOUNT --reason TEXT [options]\n\n${WHICH}\n${REASON}\n${COMMON}\n`,
  erase: `Usage: accounts erase ACCOUNT --reason TEXT --yes [options]\n\n${WHICH}\n${REASON}\n  --yes          erase it: this cannot be undone\n${COMMON}\n`,
};

const COMMON_OPTIONS = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
const CHANGE_OPTIONS = { ...COMMON_OPTIONS, reason: { type: 'string' }, by: { type: 'string' } } as const;
const OPTIONS: Readonly<Record<string, Options>> = {
  list: { ...COMMON_OPTIONS, locked: { type: 'boolean' }, search: { type: 'string' }, first: { type: 'string' }, after: { type: 'string' } },
  show: COMMON_OPTIONS, unlock: CHANGE_OPTIONS, close: CHANGE_OPTIONS, erase: { ...CHANGE_OPTIONS, yes: { type: 'boolean' } },
};

interface Asked {
  readonly command: string;
  readonly account: string;
  readonly values: Values;
}

/** What was asked for, checked; null for help. @throws UsageError. */
function read(args: readonly string[]): Asked | { readonly help: string } {
  const [command = '', ...rest] = args;
  if (command === '' || command === '--help' || command === '-h') return { help: HELP[''] ?? '' };
  const options = Object.hasOwn(OPTIONS, command) ? OPTIONS[command] : undefined;
  if (!options) throw new UsageError(`there is no command ${JSON.stringify(command)}`, '');
  const { values, positionals } = parsed(rest, options, command);
  if (values['help']) return { help: HELP[command] ?? '' };
  const [account = '', ...more] = positionals;
  if (command === 'list' ? positionals.length > 0 : account.trim() === '' || more.length > 0) {
    throw new UsageError(command === 'list' ? 'list takes no account; --search looks for one' : `${command} takes one account`, command);
  }
  if ('reason' in options && !String(values['reason'] ?? '').trim()) throw new UsageError(`${command} needs --reason`, command);
  if (values['first'] !== undefined && !/^[1-9]\d{0,5}$/.test(String(values['first']))) throw new UsageError('--first is a number from 1 on', command);
  return { command, account, values };
}

/** @returns the exit code. */
export const accounts = (args: readonly string[], around: Surroundings): Promise<0 | 1 | 2> => answered('accounts', around, async () => {
  const asked = read(args);
  if ('help' in asked) around.print(asked.help);
  else await withDeps(around, (deps) => perform(deps, asked, around));
  return 0;
});

type Deps = AdministrationDeps & { readonly audit: AuditTrail };

async function withDeps(around: Surroundings, work: (deps: Deps) => Promise<void>): Promise<void> {
  const reader = new Reader(around.environment);
  const url = storeUrlOf(reader);
  if (reader.faults[0] !== undefined) throw new Error(reader.faults[0]);
  await withStore('accounts', url, around, async (store, log) => {
    const deps = { store, clock: around.clock, log, random: nodeRandom };
    const audit = auditTrail(deps);
    await work({ ...deps, audit });
    // What was done is in the chain when the command has ended.
    await audit.chainPending();
  });
}

async function perform(deps: Deps, { command, account, values }: Asked, { print }: Surroundings): Promise<void> {
  const text = (name: string): string | undefined => values[name] as string | undefined;
  const show = (found: AccountSummary): void => print(values['json'] ? json(found) : details(found));
  if (command === 'list') {
    const all = await accountsFor(deps, { locked: values['locked'] === true ? true : null, search: text('search') ?? null });
    const after = text('after');
    const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
    if (after !== undefined && start === 0) throw new Error('--after: there is no such account in this list');
    const items = all.slice(start, start + Number(text('first') ?? 50));
    const next = start + items.length < all.length ? items.at(-1)?.id ?? null : null;
    print(values['json'] ? json({ items, next }) : table(items) + (next === null ? '' : `There are more: --after ${next}\n`));
    return;
  }
  const found = await showAccount(deps, account);
  if (!found) throw new Error('there is no such account');
  const doing: Doing = { by: operator(text('by') ?? userInfo().username), reason: text('reason')?.trim() ?? '' };
  switch (command) {
    case 'unlock': return show(await unlockAccount(deps, found.id, doing));
    case 'close': return show(await closeAccount(deps, found.id, doing));
    case 'erase':
      if (values['yes'] !== true) throw new UsageError(`nothing was erased: add --yes to erase ${plain(found.id)} (${plain(found.email)}) for good`, command);
      await eraseAccount(deps, found.id, doing);
      return print(values['json'] ? json({ erased: found.id }) : `Erased ${plain(found.id)}.\n`);
    default: return show(found);
  }
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** What people typed may hold signs that a terminal would obey. */
const plain = (text: string): string => text.replace(/\p{C}/gu, '?');
const moment = (at: Date | null): string => at?.toISOString().replace(/:\d\d\.\d+Z$/, 'Z') ?? '-';

const COLUMNS: readonly (readonly [title: string, of: (found: AccountSummary) => string])[] = [
  ['id', ({ id }) => id], ['state', ({ state }) => state], ['e-mail', ({ email }) => email || '-'], ['user ID', ({ userId }) => userId ?? '-'],
  ['person', ({ personReference }) => personReference], ['wrong passwords', ({ failedAttempts }) => `${failedAttempts}`],
  ['locked', ({ lockedAt }) => moment(lockedAt)], ['last sign-in', ({ lastSignInAt }) => moment(lastSignInAt)], ['mismatch', ({ lastMismatch }) => lastMismatch ?? '-'],
];

const details = (found: AccountSummary): string => COLUMNS.map(([title, of]) => `${title.padEnd(16)} ${plain(of(found))}\n`).join('');

function table(items: readonly AccountSummary[]): string {
  const rows = [COLUMNS.map(([title]) => title.toUpperCase()), ...items.map((found) => COLUMNS.map(([, of]) => plain(of(found))))];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()}\n`).join('');
}

if (isProgram(import.meta.url)) process.exitCode = await accounts(process.argv.slice(2), PROCESS);
