import { expect, it } from '@jest/globals';
import { requestPasswordReset } from '../../../src/application/identity/password-reset.js';
import { register } from '../../../src/application/identity/registration.js';
import { signIn } from '../../../src/application/identity/sign-in.js';
import { MARGARET, PASSWORD, setting } from './setting.js';

it('refusals, resets and registrations, failures too, wait for the end of a pause that began before the work; a sign-in does not', async () => {
  const at = await setting();
  await at.account(MARGARET);
  const waits: number[] = [];
  let end = (): void => undefined;
  const deps = { ...at.deps, pause: (milliseconds: number) => {
    expect(at.commits.count).toBe(0);
    waits.push(milliseconds);
    return new Promise<void>((resolve) => { end = resolve; });
  } };
  const waited = async (work: () => Promise<unknown>): Promise<boolean> => {
    at.commits.count = 0;
    let over = false;
    const done = work().catch(() => undefined).finally(() => { over = true; });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const before = over;
    end();
    await done;
    return !before;
  };
  const identifier = 'margaret.tidcombe@example.org';
  const details = { email: identifier, phone: '01225 555010', reference: '000017/01', dateOfBirth: '1951-03-15' };
  expect(await waited(() => signIn(deps, { identifier, password: PASSWORD, sharedComputer: false }))).toBe(false);
  for (const name of [identifier, 'nobody@example.org']) {
    expect(await waited(() => signIn(deps, { identifier: name, password: 'wrong password here', sharedComputer: false }))).toBe(true);
    expect(await waited(() => requestPasswordReset(deps, { identifier: name }))).toBe(true);
  }
  expect(await waited(() => register(deps, details))).toBe(true);
  at.hasher.full = true;
  expect(await waited(() => signIn(deps, { identifier, password: PASSWORD, sharedComputer: false }))).toBe(true);
  [100, 100, 100, 100, 100, 250, 100].forEach((least, n) => {
    expect(waits[n]).toBeGreaterThanOrEqual(least);
    expect(waits[n]).toBeLessThanOrEqual(least * 1.25);
  });
  expect(waits).toHaveLength(7);
  await at.close();
});
