/** Two gateways on one Redis: whichever claims it, a person's changes arrive once each and in the order of asking. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { UpdateContactDetailsDocument } from '../../generated/operations.js';
import { DELIVERY_KIND } from '../../src/application/delivery/outbox.js';
import type { DeliveryRecord } from '../../src/application/delivery/record.js';
import { startGateway } from '../support/gateway.js';
import { whenAvailable } from '../support/programs.js';
import { hasRedisServer, startRedis } from '../support/redis.js';

const UPDATE = 'UpdateContactDetails';

whenAvailable('redis-server', hasRedisServer, 'two gateways', () => {
  test('deliver each change once, and in order, with faults around the commit', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'contact-'));
    const redis = await startRedis();
    const shared = { STORE_URL: redis.url, LEGACY_SETTLE_SECONDS: '30', PUBLIC_URL: 'http://gateway.example' };
    const first = await startGateway({ ...shared, DATA_DIR: folder });
    const legacy = first.legacy!;
    const second = await startGateway({
      ...shared, LEGACY_SQL_URL: `mssql://gateway:gateway@localhost:${legacy.sqlPort}/housing?encrypt=true&trustServerCertificate=true`,
      LEGACY_SOAP_URL: `http://gateway:gateway@127.0.0.1:${legacy.soapPort}/housing`, SMTP_URL: 'smtp://127.0.0.1:1', PORTAL_URL: 'http://portal.example',
      PASSWORD_PEPPER_FILE: join(folder, 'password-pepper'), SIGNING_KEYS_FILE: join(folder, 'signing-keys.json'),
    });
    const gateways = [first, second];
    const people = first.demoAccounts.slice(0, 3);
    const settled = async () => (await first.app.store.list<DeliveryRecord>(DELIVERY_KIND, '', 1_000)).every(({ document: { value } }) => value.state === 'DELIVERED');
    try {
      const asked: Record<string, string[]> = {};
      for (const [round, kind] of (['reset-after', 'reset-before', 'empty', 'commit-late'] as const).entries()) {
        legacy.faults.set(UPDATE, { kind, times: 2, ms: 700 });
        const tokens = await Promise.all(people.map((_, account) => first.token(account)));
        for (let n = 0; n < 3; n++) {
          await Promise.all(people.map(async ({ personReference }, person) => {
            const number = `07700 900${person}${round}${n}`;
            const { errors } = await gateways[(n + person) % 2]!.send(UpdateContactDetailsDocument, { input: { idempotencyKey: `key-${person}-${round}-${n}`, phones: [{ type: 'MOBILE', number }] } }, tokens[person]!);
            expect(errors).toBeUndefined();
            (asked[personReference] ??= []).push(number);
          }));
        }
        for (let step = 0; step < 12 && !(await settled()); step++) {
          for (const { clock } of gateways) clock.now = new Date(clock.now.getTime() + 30_000);
          await new Promise((resolve) => setTimeout(resolve, 1_100));
        }
      }
      expect(await settled()).toBe(true);
      const arrived: Record<string, string[]> = {};
      for (const { PersonReference, Phones } of legacy.ledger.entries()) {
        (arrived[PersonReference as string] ??= []).push(...(Phones as { Phone: { Number: string }[] }).Phone.map(({ Number }) => Number));
      }
      expect(arrived).toEqual(asked);
      expect(people).toHaveLength(3);
    } finally {
      await second.close();
      await first.close();
      await redis.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }, 120_000);
});
