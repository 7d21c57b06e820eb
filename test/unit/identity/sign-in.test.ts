import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { argon2Hasher } from '../../../adapters/argon2/hasher.js';
import { showAccount } from '../../../src/application/identity/administration.js';
import { refreshSession, signOut, viewerOf } from '../../../src/application/identity/sessions.js';
import type { IdentityDeps } from '../../../src/application/identity/deps.js';
import { signIn, type SignInResult } from '../../../src/application/identity/sign-in.js';
import { signInWatch } from '../../../src/application/identity/watch.js';
import { AMIR, MARGARET, PASSWORD, setting, type Setting } from './setting.js';

const EMAIL = 'margaret.tidcombe@example.org';

let at: Setting;
beforeEach(async () => {
  at = await setting();
});
afterEach(() => at.close());

const enter = (password = PASSWORD, more: { identifier?: string; sharedComputer?: boolean; deviceToken?: string | null } = {}, deps: IdentityDeps = at.deps) =>
  signIn(deps, { identifier: EMAIL, password, sharedComputer: false, ...more });

const outcomes = (results: readonly SignInResult[]): Record<string, number> =>
  results.reduce<Record<string, number>>((counts, { outcome }) => ({ ...counts, [outcome]: (counts[outcome] ?? 0) + 1 }), {});

describe('signing in', () => {
  it('takes the e-mail address in any case, and the user ID', async () => {
    const { userId } = await at.account(MARGARET);
    expect(userId).toMatch(/^[a-z2-9]{8}$/);
    for (const identifier of [` ${EMAIL.toUpperCase()} `, userId ?? '', userId?.toUpperCase() ?? '']) {
      expect((await enter(PASSWORD, { identifier })).outcome).toBe('SIGNED_IN');
    }
  });

  it('has no user ID where the landlord uses none', async () => {
    await at.close();
    at = await setting('believe');
    expect((await at.account(MARGARET)).userId).toBeNull();
  });

  it('answers a wrong password, an unknown name and a locked account alike, with the same steps in the store', async () => {
    await at.account(MARGARET);
    const steps = async (identifier: string) => {
      at.commits.documents.length = 0;
      const before = { ...at.hasher.verified };
      const answer = await enter('wrong password here', { identifier });
      const after = at.hasher.verified;
      return { answer, documents: [...at.commits.documents], verified: after.account + after.decoy - before.account - before.decoy };
    };
    // Five to the soft lock, one more under it; then through every longer lock to the hard one, and beyond.
    for (const wait of [0, 0, 0, 0, 0, 0, 15, 30, 60, 120, 240, 1, 24 * 60]) {
      at.pass(wait);
      const known = await steps(EMAIL);
      const unknown = await steps('nobody@example.org');
      // What an owner's lock writes, a decoy stands for where there is no owner.
      const instead = ['mail', 'audit-pending'];
      expect({ ...known, documents: known.documents.map((kind) => (instead.includes(kind) ? 'decoy' : kind)) }).toEqual(unknown);
      expect(known.answer).toMatchObject({ outcome: 'REFUSED', session: null, message: expect.stringMatching(/0300 456 0117\.$/) });
    }
    expect(at.hasher.verified.account).toBe(10);
  });

  it('verifies the account\'s hash five times for 200 wrong passwords at once, and then refuses the right one', async () => {
    await at.account(MARGARET);
    const results = await Promise.all(Array.from({ length: 200 }, (_, n) => enter(`wrong password ${n}`)));
    expect(outcomes(results)).toEqual({ REFUSED: 200 });
    expect(at.hasher.verified).toEqual({ account: 5, decoy: 195 });
    expect((await enter()).outcome).toBe('REFUSED');
    expect(at.hasher.verified.account).toBe(5);
    at.pass(15);
    expect((await enter()).outcome).toBe('SIGNED_IN');
  });

  it('counts over two processes together', async () => {
    await at.account(MARGARET);
    const other = at.another();
    await Promise.all(Array.from({ length: 100 }, (_, n) => enter(`wrong password ${n}`, {}, n % 2 ? other : at.deps)));
    expect(at.hasher.verified).toEqual({ account: 5, decoy: 95 });
  });

  it('writes nothing for attempts under a lock', async () => {
    await at.account(MARGARET);
    for (let n = 0; n < 5; n++) await enter('wrong password here');
    at.commits.count = 0;
    await Promise.all(Array.from({ length: 20 }, () => enter('wrong password here')));
    expect(at.commits.count).toBe(0);
  });

  it('lets twenty right passwords at once in', async () => {
    await at.account(MARGARET);
    const results = await Promise.all(Array.from({ length: 20 }, () => enter()));
    expect(outcomes(results)).toEqual({ SIGNED_IN: 20 });
    expect(await showAccount(at.deps, EMAIL)).toMatchObject({ failedAttempts: 0, state: 'ACTIVE' });
  });

  it('is a hard lock after ten failures, told to the owner once', async () => {
    await at.account(MARGARET);
    for (const wait of [0, 0, 0, 0, 0, 15, 30, 60, 120]) {
      at.pass(wait);
      await enter('wrong password here');
    }
    at.pass(240);
    expect(await at.mails()).toEqual([]);
    await Promise.all([1, 2, 3].map(() => enter('wrong password here')));
    at.pass(60 * 24 * 365);
    expect((await enter()).outcome).toBe('REFUSED');
    expect(await at.mails()).toEqual([expect.objectContaining({ template: 'account-locked', to: MARGARET.contact.emails[0] })]);
    expect(await showAccount(at.deps, EMAIL)).toMatchObject({ state: 'LOCKED', failedAttempts: 10 });
  });

  it('does not take the tenth attempt for a failure when it is right', async () => {
    await at.account(MARGARET);
    for (const wait of [0, 0, 0, 0, 0, 15, 30, 60, 120]) {
      at.pass(wait);
      await enter('wrong password here');
    }
    at.pass(240);
    expect((await enter()).outcome).toBe('SIGNED_IN');
    expect(await at.mails()).toEqual([]);
  });

  it('keeps the owner in on a known device while strangers guess', async () => {
    await at.account(MARGARET);
    const first = await enter();
    const deviceToken = first.session?.deviceToken ?? null;
    expect(deviceToken).toHaveLength(43);
    for (let n = 0; n < 10; n++) await enter('wrong password here');
    expect((await enter()).outcome).toBe('REFUSED');
    const again = await enter(PASSWORD, { deviceToken });
    expect(again).toMatchObject({ outcome: 'SIGNED_IN', session: { deviceToken } });
    expect((await enter()).outcome).toBe('REFUSED');
    expect(await at.dump()).not.toContain(deviceToken);
    // Another account's device is a stranger's.
    await at.account(AMIR);
    for (let n = 0; n < 5; n++) await enter('wrong password here', { identifier: 'amir.khalidi@example.org', deviceToken });
    expect((await enter(PASSWORD, { identifier: 'amir.khalidi@example.org' })).outcome).toBe('REFUSED');
  });

  it('knows ten devices, and forgets the one not seen for longest', async () => {
    await at.account(MARGARET);
    const tokens: (string | null)[] = [];
    for (let n = 0; n < 11; n++) tokens.push((await enter()).session?.deviceToken ?? null);
    for (let n = 0; n < 5; n++) await enter('wrong password here');
    expect((await enter(PASSWORD, { deviceToken: tokens[0] ?? null })).outcome).toBe('REFUSED');
    expect((await enter(PASSWORD, { deviceToken: tokens[1] ?? null })).outcome).toBe('SIGNED_IN');
  });

  it('does not count an attempt for which there was no room', async () => {
    await at.account(MARGARET);
    at.hasher.full = true;
    for (let n = 0; n < 7; n++) await expect(enter()).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    at.hasher.full = false;
    expect(await showAccount(at.deps, EMAIL)).toMatchObject({ failedAttempts: 0 });
    expect((await enter()).outcome).toBe('SIGNED_IN');
  });

  it('works with the real hasher: five verifications, decoys in the same queue, passwords in any script', async () => {
    const verified = { account: 0, decoy: 0 };
    const hasher = await argon2Hasher({ pepper: Buffer.alloc(32, 7), onVerify: (kind) => { verified[kind] += 1; } });
    const deps = { ...at.deps, hasher };
    const made = await at.account(MARGARET);
    const composed = 'Llanfair\u0175 \u{1F9C0} \u6F22\u5B57 \u00E9t\u00E9';
    const passwordHash = await hasher.hash(composed);
    const held = await at.deps.store.get('account', made.id);
    await at.deps.store.commit([{ kind: 'account', id: made.id, ifVersion: held?.version ?? 0, value: { ...made, passwordHash } }]);
    expect((await enter(composed.normalize('NFD'), {}, deps)).outcome).toBe('SIGNED_IN');
    await Promise.all(Array.from({ length: 30 }, () => enter('wrong password here', {}, deps)));
    expect(verified).toEqual({ account: 6, decoy: 25 });
    expect(hasher.seal('registration-code', 'x')).not.toBe(hasher.seal('temporary-password', 'x'));
    expect(hasher.seal('registration-code', 'x')).not.toBe((await argon2Hasher({ pepper: Buffer.alloc(32, 8) })).seal('registration-code', 'x'));
  });
});

describe('sessions', () => {
  const seen = async (result: SignInResult) => viewerOf(at.deps, result.session?.accessToken ?? '');

  it('last half as long on a shared computer, which does not become a known device', async () => {
    await at.account(MARGARET);
    const shared = await enter(PASSWORD, { sharedComputer: true });
    const own = await enter();
    expect(shared.session?.deviceToken).toBeNull();
    at.pass(8);
    expect(await seen(shared)).toBeNull();
    expect(await seen(own)).toMatchObject({ displayName: 'Margaret Tidcombe', mustChangePassword: false });
  });

  it('end after eight hours however busy they are, four on a shared computer', async () => {
    await at.account(MARGARET);
    for (const [sharedComputer, hours] of [[false, 8], [true, 4]] as const) {
      let { session } = await enter(PASSWORD, { sharedComputer });
      for (let minutes = 5; minutes < hours * 60; minutes += 5) {
        at.pass(5);
        session = (await refreshSession(at.deps, session?.refreshToken ?? '')).session;
      }
      at.pass(5);
      await expect(refreshSession(at.deps, session?.refreshToken ?? '')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    }
  });

  it('end when a spent refresh token comes back, and for the thief too', async () => {
    await at.account(MARGARET);
    const { session } = await enter();
    const renewed = (await refreshSession(at.deps, session?.refreshToken ?? '')).session;
    await expect(refreshSession(at.deps, session?.refreshToken ?? '')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(refreshSession(at.deps, renewed.refreshToken)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await viewerOf(at.deps, renewed.accessToken)).toBeNull();
  });

  it('are renewed once by parallel refreshes with one token', async () => {
    await at.account(MARGARET);
    const { session } = await enter();
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => refreshSession(at.deps, session?.refreshToken ?? '')));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('end one by one, or everywhere at once and in other processes too', async () => {
    await at.account(MARGARET);
    const [one, two, three] = [await enter(), await enter(), await enter()];
    const viewer = await seen(one);
    if (!viewer) throw new Error('not signed in');
    await signOut(at.deps, viewer, false);
    expect([await seen(one), await seen(two) !== null]).toEqual([null, true]);
    const second = await seen(two);
    if (!second) throw new Error('not signed in');
    await signOut(at.another(), second, true);
    expect([await seen(two), await seen(three)]).toEqual([null, null]);
  });

  it('are twenty at most: the oldest makes room', async () => {
    await at.account(MARGARET);
    const first = await enter();
    for (let n = 0; n < 20; n++) await enter();
    expect(await seen(first)).toBeNull();
    expect(await at.deps.store.list('session', '', 100)).toHaveLength(20);
  });
});

describe('the watch on failures', () => {
  it('raises one alarm for fifty from one address in an hour, and names no address', async () => {
    const alarms: boolean[] = [];
    const watch = signInWatch({ ...at.deps, onFailure: (alarm) => alarms.push(alarm) });
    const deps = { ...at.deps, watch };
    for (let n = 0; n < 55; n++) await signIn(deps, { identifier: `name${n}@example.org`, password: 'wrong password here', sharedComputer: false }, '203.0.113.9');
    for (let n = 0; n < 49; n++) watch.failed('203.0.113.10');
    at.pass(61);
    watch.failed('203.0.113.10');
    expect(alarms.filter(Boolean)).toHaveLength(1);
    expect(at.logged).toHaveLength(1);
    expect(JSON.stringify(at.logged)).toContain('many_failed_sign_ins');
    expect(JSON.stringify(at.logged)).not.toContain('203.0.113');
  });
});
