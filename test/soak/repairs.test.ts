/** A short soak of repairs on each store; `npm run soak -- --what repairs` is the long one. */
import { describe, expect, test } from '@jest/globals';
import { whenAvailable } from '../support/programs.js';
import { hasRedisServer } from '../support/redis.js';
import { soakRepairs } from './repairs/run.js';
import type { StoreName } from './store.js';

const KILLS = 10;

function arriveOnce(store: StoreName): void {
  test(`${KILLS} kills at random moments, and a legacy system that fails: each acknowledged repair arrives once`, async () => {
    const { findings, kills, acknowledged, delivered, doubled, lost, staff, readable, triedAgain } = await soakRepairs({ store, kills: KILLS, seed: 1 });
    expect(findings.violations).toEqual([]);
    const withStaff = [...staff.values()].reduce((all, count) => all + count, 0);
    expect({ kills, doubled, lost, delivered: delivered + withStaff, readable }).toEqual({ kills: KILLS, doubled: 0, lost: 0, delivered: acknowledged, readable: acknowledged });
    // It proves something: answers were cut off, tries went wrong, and most was delivered all the same.
    expect(Math.min(findings.cutOff, findings.unclear.size, findings.twins, findings.repeats, triedAgain, delivered - withStaff)).toBeGreaterThan(0);
    // Only what the legacy system refused is left to staff.
    expect([...staff.keys()].filter((reason) => !reason.startsWith('REFUSED'))).toEqual([]);
  }, 300_000);
}

describe('a gateway on SQLite', () => arriveOnce('sqlite'));
whenAvailable('redis-server', hasRedisServer, 'two gateways on Redis', () => arriveOnce('redis'));
