import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sqliteStore } from '../../../adapters/sqlite/store.js';
import { accounts } from '../../../scripts/accounts.js';
import { readTrail } from '../../../src/application/audit/read.js';
import { putAccount } from '../../../src/application/identity/accounts.js';
import { KIND, type AccountRecord } from '../../../src/application/identity/records.js';
import { transact } from '../../../src/application/identity/transaction.js';
import { NO_FILTER } from '../audit/support.js';

const NOW = new Date('2017-02-08T12:00:00Z');

const account = (id: string, rest: Partial<AccountRecord> = {}): AccountRecord => ({
  id, personReference: `HOUSE${id}/1`, email: `${id}@example.org`, userId: `USER${id}`, displayName: `Person ${id}`, passwordHash: 'canary-hash',
  temporary: null, resets: null, birthSeal: null, devices: [], sessions: [], createdAt: NOW.toISOString(), lastSignInAt: null, closedAt: null,
  ...rest,
});

describe('accounts', () => {
  let folder: string;
  let url: string;
  let printed: string;
  let complained: string;
  const run = (...args: string[]): Promise<number> => {
    printed = '';
    complained = '';
    return accounts(args, {
      environment: { STORE_URL: url }, clock: () => NOW,
      print: (text) => {
        printed += text;
      },
      complain: (text) => {
        complained += text;
      },
    });
  };
  const trail = async () => {
    const store = sqliteStore(url, 'schema/store');
    const page = await readTrail(store, NO_FILTER, { first: 10 }, null);
    await store.close();
    return page;
  };
  const stored = async (id: string): Promise<AccountRecord | null> => {
    const store = sqliteStore(url, 'schema/store');
    const found = await store.get<AccountRecord>(KIND.account, id);
    await store.close();
    return found?.value ?? null;
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gateway-accounts-'));
    url = `file:${join(folder, 'gateway.db')}`;
    const store = sqliteStore(url, 'schema/store');
    for (const made of [account('a', { lastSignInAt: '2017-02-07T09:05:33.123Z' }), account('b'), account('c', { email: 'evil\u001b[2J@example.org' })]) {
      await transact(store, (transaction) => putAccount(transaction, made));
    }
    await store.close();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('lists them as a table, page by page', async () => {
    expect(await run('list')).toBe(0);
    expect(printed.split('\n')[0]).toMatch(/^ID +STATE +E-MAIL +USER ID +PERSON +WRONG PASSWORDS +LOCKED +LAST SIGN-IN +MISMATCH$/);
    expect(printed).toMatch(/\na +ACTIVE +a@example.org +USERa +HOUSEa\/1 +0 +- +2017-02-07T09:05Z +-\n/);
    expect(await run('list', '--first', '2')).toBe(0);
    const [, after = ''] = /There are more: --after (\S+)/.exec(printed) ?? [];
    expect(await run('list', '--after', after, '--json')).toBe(0);
    expect(JSON.parse(printed)).toMatchObject({ items: [{ id: 'c' }], next: null });
  });

  it('finds them by what they are called, and shows no more than staff may see', async () => {
    expect(await run('list', '--search', 'HOUSEb', '--json')).toBe(0);
    expect((JSON.parse(printed) as { items: { id: string }[] }).items.map(({ id }) => id)).toEqual(['b']);
    expect(await run('list', '--locked')).toBe(0);
    expect(printed.trim().split('\n')).toHaveLength(1);
    for (const name of ['a', 'a@example.org', 'A@Example.org', 'usera', 'HOUSEa/1']) {
      expect(await run('show', name)).toBe(0);
      expect(printed).toMatch(/^id +a\nstate +ACTIVE\n/);
      expect(printed).not.toContain('canary');
    }
    expect(await run('show', 'a', '--json')).toBe(0);
    expect(JSON.parse(printed)).toMatchObject({ id: 'a', lastSignInAt: '2017-02-07T09:05:33.123Z' });
  });

  it('prints no sign that a terminal would obey', async () => {
    await run('list');
    expect(printed).toContain('evil?[2J@example.org');
    expect(printed).not.toContain('\u001b');
  });

  it('unlocks and closes with a reason, and notes who it was', async () => {
    expect(await run('unlock', 'a@example.org', '--reason', 'phoned, checked', '--by', 'jo')).toBe(0);
    expect(await run('close', 'USERa', '--reason', 'moved', '--by', 'jo', '--json')).toBe(0);
    expect(JSON.parse(printed)).toMatchObject({ id: 'a', state: 'CLOSED' });
    expect(await run('unlock', 'b', '--reason', 'x')).toBe(0);
    const [latest, ...earlier] = (await trail()).entries;
    expect(earlier).toMatchObject([
      { action: 'closed the account', actor: 'operator:jo', reason: 'moved', at: NOW }, { action: 'unlocked the account', actor: 'operator:jo', reason: 'phoned, checked', at: NOW },
    ]);
    expect(latest?.actor).toMatch(/^operator:./);
  });

  it('erases only when it is told twice', async () => {
    expect(await run('erase', 'a', '--reason', 'asked to')).toBe(2);
    expect(complained).toContain('nothing was erased: add --yes to erase a (a@example.org) for good');
    expect(await stored('a')).not.toBeNull();
    expect(await run('erase', 'a@example.org', '--reason', 'asked to', '--yes')).toBe(0);
    expect(printed).toBe('Erased a.\n');
    expect(await stored('a')).toBeNull();
    expect(await run('show', 'a@example.org')).toBe(1);
  });

  it('leaves nothing of who is erased in the store\'s files, while a gateway has them open', async () => {
    const gateway = sqliteStore(url, 'schema/store');
    const kept = await gateway.get<AccountRecord>(KIND.account, 'a');
    await gateway.commit([{ kind: KIND.account, id: 'a', ifVersion: kept!.version, value: { ...kept!.value, displayName: 'Canary Name '.repeat(1_000) } }]);
    expect(await run('erase', 'a', '--reason', 'asked to', '--yes')).toBe(0);
    for (const file of readdirSync(folder)) {
      const bytes = readFileSync(join(folder, file), 'latin1');
      for (const trace of ['a@example.org', 'HOUSEa', 'USERa', 'Person a', 'Canary Name']) expect([file, trace, bytes.includes(trace)]).toEqual([file, trace, false]);
    }
    await gateway.close();
  });

  it.each([
    [[], 'Usage: npm run --silent accounts -- COMMAND'], [['--help'], '  erase    remove'], [['-h'], 'STORE_URL'], [['list', '--help'], '--search TEXT'],
    [['show', '-h'], 'accounts show ACCOUNT'], [['unlock', '--help'], '--reason TEXT'], [['close', '--help'], '--by NAME'], [['erase', '--help'], '--yes'],
  ])('%j helps', async (args, text) => {
    url = 'file:/nowhere/at/all.db';
    expect(await run(...args)).toBe(0);
    expect(printed).toContain(text);
    expect(complained).toBe('');
  });

  it.each([
    [['frobnicate'], 'there is no command "frobnicate"', '-- --help'], [['list', 'a'], 'list takes no account', 'list --help'],
    [['list', '--first', '0'], '--first is a number', 'list --help'], [['list', '--lokced'], '--lokced', 'list --help'],
    [['list', '--search'], '--search', 'list --help'], [['show'], 'show takes one account', 'show --help'], [['show', 'a', 'b'], 'show takes one account', 'show --help'],
    [['unlock', 'a'], 'unlock needs --reason', 'unlock --help'], [['close', 'a', '--reason', '  '], 'close needs --reason', 'close --help'],
    [['erase', '--yes', '--reason', 'x'], 'erase takes one account', 'erase --help'], [['constructor'], 'there is no command', '--help'],
  ])('%j is asked wrongly', async (args, text, hint) => {
    expect(await run(...args)).toBe(2);
    expect(complained).toContain(text);
    expect(complained).toContain(hint);
    expect(printed).toBe('');
  });

  it('fails clearly, and makes no store where there is none', async () => {
    expect(await run('show', 'nobody@example.org')).toBe(1);
    expect(complained).toBe('accounts: there is no such account\n');
    url = `file:${join(folder, 'elsewhere', 'gateway.db')}`;
    expect(await run('list')).toBe(1);
    expect(complained).toContain('STORE_URL: there is no store at file:');
    expect(readdirSync(folder)).not.toContain('elsewhere');
    url = 'mysql://x';
    expect(await run('list')).toBe(1);
    expect(complained).toContain('STORE_URL: an address that begins with');
    url = 'redis://:canary@127.0.0.1:1';
    expect(await run('list')).toBe(1);
    expect(complained).toContain('the Redis server cannot be used');
    expect(complained).not.toContain('canary');
  });
});
