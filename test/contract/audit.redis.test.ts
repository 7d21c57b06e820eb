/** The audit trail over Redis: several gateways, one chain. What the trail is like otherwise is shown on SQLite, in test/unit/audit. */
import { expect, it } from '@jest/globals';
import { redisStore } from '../../adapters/redis/store.js';
import { GATEWAY, noteEvent, ofPerson, TENANT } from '../../src/application/audit/event.js';
import { pruneTrail } from '../../src/application/audit/prune.js';
import { exportTrail } from '../../src/application/audit/read.js';
import { auditTrail } from '../../src/application/audit/trail.js';
import { verifyTrail } from '../../src/application/audit/verify.js';
import { transact } from '../../src/application/identity/transaction.js';
import { whenAvailable } from '../support/programs.js';
import { hasRedisServer, startRedis } from '../support/redis.js';
import { looked, NOON, random } from '../unit/audit/support.js';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const clock = () => new Date(NOON);

whenAvailable('redis-server', hasRedisServer, 'the audit trail on Redis', () => {
  it('is one chain of what three gateways record and note at once; it is verified and pruned', async () => {
    const redis = await startRedis();
    const stores = await Promise.all([1, 2, 3].map(() => redisStore(redis.url, { warn: () => undefined, onUnsafe: () => undefined })));
    try {
      const gateways = stores.map((store) => ({ store, trail: auditTrail({ store, clock, random, log }) }));
      await Promise.all(Array.from({ length: 120 }, async (_, n) => {
        const { store, trail } = gateways[n % 3]!;
        if (n % 4 > 0) return trail.record([looked(`${n}`)]);
        await transact(store, (transaction) => noteEvent(transaction, { random, clock }, TENANT, `event ${n}`, ofPerson('1/1')));
        return trail.chainPending();
      }));
      const [store] = stores as [typeof stores[number]];
      const entries = [];
      for await (const entry of exportTrail(store)) entries.push(entry);
      expect(entries.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 120 }, (_, n) => n + 1));
      expect(new Set(entries.map(({ action, subjectReference }) => `${action} ${subjectReference}`)).size).toBe(120);
      expect(await verifyTrail(store, null)).toMatchObject({ faults: [], entries: 120 });
      expect(await pruneTrail({ store, audit: gateways[0]!.trail, clock: () => new Date(NOON + 2) }, GATEWAY, new Date(NOON + 1))).toBe(120);
      expect(await verifyTrail(store, null)).toMatchObject({ faults: [], entries: 1, pruned: 120 });
    } finally {
      for (const store of stores) await store.close();
      await redis.close();
    }
  });
});
