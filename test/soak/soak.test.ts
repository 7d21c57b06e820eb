/** A short soak of accounts on each store; `npm run soak -- --what identity` is the long one. */
import { describe, expect, test } from '@jest/globals';
import { whenAvailable } from '../support/programs.js';
import { hasRedisServer } from '../support/redis.js';
import { soak } from './run.js';
import type { StoreName } from './store.js';

const KILLS = 10;

function survives(store: StoreName): void {
  test(`${KILLS} kills at random moments: nothing acknowledged is lost, half done or done twice`, async () => {
    const { findings, kills, lost, doubled, mails } = await soak({ store, kills: KILLS, seed: 1 });
    expect(findings.violations).toEqual([]);
    expect({ kills, lost }).toEqual({ kills: KILLS, lost: 0 });
    // A mail is sent twice only where a kill came between sending and noting it: at most the few on their way each time.
    expect(doubled).toBeLessThanOrEqual(4 * KILLS);
    // It proves something: answers were cut off, and people got somewhere.
    expect(Math.min(findings.cutOff, findings.confirmations, findings.passwordChanges, findings.softLocks, findings.hardLocks, mails)).toBeGreaterThan(0);
  }, 300_000);
}

describe('a gateway on SQLite', () => survives('sqlite'));
whenAvailable('redis-server', hasRedisServer, 'a gateway on Redis', () => survives('redis'));
