import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { operator } from '../../../src/application/audit/event.js';
import { readTrail } from '../../../src/application/audit/read.js';
import { verifyTrail } from '../../../src/application/audit/verify.js';
import { DOWNLOAD_KIND } from '../../../src/application/housing/statement-downloads.js';
import { accountsFor, closeAccount, eraseAccount, showAccount, unlockAccount } from '../../../src/application/identity/administration.js';
import { requestPasswordReset } from '../../../src/application/identity/password-reset.js';
import { register } from '../../../src/application/identity/registration.js';
import { viewerOf } from '../../../src/application/identity/sessions.js';
import { signIn } from '../../../src/application/identity/sign-in.js';
import { accountKey, type AccountSummary } from '../../../src/application/identity/summaries.js';
import { page, type Connection } from '../../../src/application/paging.js';
import { AMIR, FARAH, MARGARET, PASSWORD, setting, type Setting } from './setting.js';

const ALL = { locked: null, search: null };
const EMAIL = 'margaret.tidcombe@example.org';
const DETAILS = { email: EMAIL, phone: '01225 555010', reference: '000017/01', dateOfBirth: '1951-03-14' };

let at: Setting;
beforeEach(async () => {
  at = await setting();
});
afterEach(() => at.close());

const enter = (password = PASSWORD) => signIn(at.deps, { identifier: EMAIL, password, sharedComputer: false });

describe('staff', () => {
  it('find an account by id, e-mail address, user ID or person', async () => {
    const made = await at.account(MARGARET);
    const expected = {
      id: made.id, state: 'ACTIVE', email: 'Margaret.Tidcombe@example.org', userId: made.userId, personReference: MARGARET.reference,
      failedAttempts: 0, lockedAt: null, lastSignInAt: null, lastMismatch: null,
    };
    for (const name of [made.id, EMAIL, made.userId ?? '', ` ${MARGARET.reference} `]) expect(await showAccount(at.deps, name)).toEqual(expected);
    for (const name of ['', 'nobody@example.org', 'constructor']) expect(await showAccount(at.deps, name)).toBeNull();
    await enter();
    expect((await showAccount(at.deps, made.id))?.lastSignInAt).toEqual(at.deps.clock());
  });

  it('list accounts, registrations that wait and ones that did not match, page by page', async () => {
    await at.account(AMIR);
    await at.account(FARAH);
    await register(at.deps, DETAILS);
    await register(at.deps, { email: 'x@example.org', phone: '01632 960518', reference: '000518/01', dateOfBirth: '1949-04-08' });
    await register(at.deps, { email: 'x@example.org', phone: '01632 960518', reference: '999999/01', dateOfBirth: '1949-04-08' });
    const all = await accountsFor(at.deps, ALL);
    expect(all.map(({ state, email, lastMismatch }) => `${state} ${email} ${lastMismatch}`)).toEqual([
      'ACTIVE amir.khalidi@example.org null', 'PENDING bulpitt.family@example.com email',
      'ACTIVE Farah.Khalidi@example.org null', 'PENDING Margaret.Tidcombe@example.org null',
    ]);
    for (const first of [1, 2, 3, 4]) {
      const paged = [];
      for (let after: string | null = null; ; ) {
        const { nodes, pageInfo }: Connection<AccountSummary> = page('accounts', all, accountKey, { first, after }, 'ascending');
        expect(nodes.length).toBeLessThanOrEqual(first);
        paged.push(...nodes);
        after = pageInfo.endCursor;
        if (!pageInfo.hasNextPage) break;
      }
      expect(paged).toEqual(all);
    }
    for (const [search, count] of [['KHALIDI', 2], ['0000000017/', 1], ['farah kha', 1], ['%', 0]] as const) {
      expect(await accountsFor(at.deps, { ...ALL, search })).toHaveLength(count);
    }
  });

  it('list the locked ones, and unlock them', async () => {
    const made = await at.account(MARGARET);
    await at.account(AMIR);
    for (let n = 0; n < 5; n++) await enter('wrong password here');
    const locked = await accountsFor(at.deps, { ...ALL, locked: true });
    expect(locked).toEqual([expect.objectContaining({ id: made.id, state: 'LOCKED', failedAttempts: 5, lockedAt: at.deps.clock() })]);
    expect(await accountsFor(at.deps, { ...ALL, locked: false })).toHaveLength(1);
    expect(await unlockAccount(at.deps, made.id, { by: operator('j.smith'), reason: 'phoned, answered the questions' })).toMatchObject({ state: 'ACTIVE', failedAttempts: 0, lockedAt: null });
    expect((await enter()).outcome).toBe('SIGNED_IN');
    expect(JSON.stringify(at.logged)).not.toContain('phoned');
    await at.deps.audit.chainPending();
    const { entries: [last] } = await readTrail(at.deps.store, { subject: null, actor: 'operator:j.smith' }, { first: 1 }, null);
    expect(last).toMatchObject({ actor: 'operator:j.smith', role: 'STAFF_ADMIN', action: 'unlocked the account', subject: `person ${MARGARET.reference}`, reason: 'phoned, answered the questions' });
    await expect(unlockAccount(at.deps, 'no-such-account', { by: operator('j.smith'), reason: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('unlock so that a new hard lock is told again', async () => {
    const made = await at.account(MARGARET);
    for (let round = 1; round <= 2; round++) {
      for (const wait of [0, 0, 0, 0, 0, 15, 30, 60, 120, 240]) {
        at.pass(wait);
        await enter('wrong password here');
      }
      expect((await at.mails()).filter(({ template }) => template === 'account-locked')).toHaveLength(round);
      await unlockAccount(at.deps, made.id, { by: operator('j.smith'), reason: 'x' });
    }
  });

  it('close an account: nobody is signed in, nobody signs in, and its person can register again', async () => {
    const made = await at.account(MARGARET);
    const { session } = await enter();
    expect(await closeAccount(at.deps, made.id, { by: operator('j.smith'), reason: 'moved away' })).toMatchObject({ state: 'CLOSED', email: 'Margaret.Tidcombe@example.org' });
    expect(await viewerOf(at.deps, session?.accessToken ?? '')).toBeNull();
    expect((await enter()).outcome).toBe('REFUSED');
    await requestPasswordReset(at.deps, { identifier: EMAIL });
    expect(await at.mails()).toEqual([]);
    expect(await showAccount(at.deps, EMAIL)).toBeNull();
    expect((await register(at.deps, DETAILS)).outcome).toBe('CODE_SENT');
    const again = await at.account(MARGARET);
    // Closing or erasing the old one a second time leaves the new one alone.
    await closeAccount(at.deps, made.id, { by: operator('j.smith'), reason: 'again' });
    await eraseAccount(at.deps, made.id, { by: operator('j.smith'), reason: 'asked for it' });
    expect(await showAccount(at.deps, EMAIL)).toMatchObject({ id: again.id, state: 'ACTIVE' });
    expect((await enter()).outcome).toBe('SIGNED_IN');
  });

  it('erase a person: nothing of theirs is left in the store', async () => {
    const made = await at.account(MARGARET);
    await at.account(AMIR);
    await register(at.deps, { ...DETAILS, dateOfBirth: '1951-03-15' });
    await register(at.deps, DETAILS);
    await requestPasswordReset(at.deps, { identifier: EMAIL });
    await enter('wrong password here');
    const { session } = await enter();
    await enter('wrong password here');
    await at.deps.store.commit([made.id, 'somebody else'].map((accountId) => ({ kind: DOWNLOAD_KIND, id: `of ${accountId}`, ifVersion: 0, value: { accountId } })));
    await eraseAccount(at.deps, EMAIL, { by: operator('j.smith'), reason: 'asked for it' });
    expect(await viewerOf(at.deps, session?.accessToken ?? '')).toBeNull();
    const left = await at.dump();
    for (const theirs of [made.id, made.userId ?? '', MARGARET.reference, 'tidcombe', 'Tidcombe', 'Margaret']) expect(left).not.toContain(theirs);
    expect(await at.deps.store.list('identifier', '', 10)).toHaveLength(2);
    expect(await at.deps.store.list(DOWNLOAD_KIND, '', 10)).toHaveLength(1);
    expect(await showAccount(at.deps, AMIR.reference)).toMatchObject({ state: 'ACTIVE' });
    expect(JSON.stringify(at.logged)).not.toMatch(/j\.smith|asked|idcombe/);
    await expect(eraseAccount(at.deps, made.id, { by: operator('j.smith'), reason: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('erase a person who signs in, and whom somebody looks at, at that moment', async () => {
    await at.account(MARGARET);
    const { audit, clock } = at.deps;
    const meanwhile: typeof audit = {
      ...audit,
      async record(events) {
        await audit.record(events);
        if (!(await showAccount(at.deps, EMAIL))) return;
        await enter();
        await audit.record([{ at: clock().toISOString(), ...operator('jo'), action: 'query accounts', subject: { kind: 'person', reference: MARGARET.reference }, reason: null }]);
      },
    };
    await eraseAccount({ ...at.deps, audit: meanwhile }, EMAIL, { by: operator('j.smith'), reason: 'asked for it' });
    expect(await at.dump()).not.toContain(MARGARET.reference);
    expect(await verifyTrail(at.deps.store, null)).toMatchObject({ faults: [], entries: 4 });
  });

  it('erase a registration, and one that did not match', async () => {
    await register(at.deps, DETAILS);
    await eraseAccount(at.deps, MARGARET.reference, { by: operator('j.smith'), reason: 'x' });
    expect(await at.dump()).not.toMatch(/idcombe/);
    await register(at.deps, { ...DETAILS, phone: '07700 900999' });
    const [{ id = '' } = {}] = await accountsFor(at.deps, ALL);
    await eraseAccount(at.deps, id, { by: operator('j.smith'), reason: 'x' });
    expect(await at.dump()).not.toContain(MARGARET.reference);
  });
});
