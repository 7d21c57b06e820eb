/** Two gateways on one Redis and one card provider: one page a key, and ends that either of them finds. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startPaymentProvider, type PaymentStandIn } from '../../fixtures/payments/provider.js';
import { PaymentsDocument, StartPaymentDocument } from '../../generated/operations.js';
import { GUIDE_DAY, startGateway, type TestGateway } from '../support/gateway.js';
import { paymentInput, payer } from '../support/payer.js';
import { whenAvailable } from '../support/programs.js';
import { hasRedisServer, startRedis, type RedisServer } from '../support/redis.js';
import { until } from '../support/until.js';

whenAvailable('redis-server', hasRedisServer, 'two gateways', () => {
  let redis: RedisServer;
  let provider: PaymentStandIn;
  let gateways: readonly TestGateway[] = [];
  let token: string;
  const folder = mkdtempSync(join(tmpdir(), 'payments-redis-'));
  const clock = { now: new Date(GUIDE_DAY) };
  beforeAll(async () => {
    redis = await startRedis();
    provider = await startPaymentProvider({ host: '127.0.0.1', port: 0, now: () => clock.now, apiKey: 'a-key', webhookSecret: 'a-secret', webhookUrl: () => `${gateways[1]!.url}/payments/webhook` });
    writeFileSync(join(folder, 'key'), 'a-key');
    writeFileSync(join(folder, 'secret'), 'a-secret');
    const settings = {
      STORE_URL: redis.url, DATA_DIR: folder, PUBLIC_URL: 'http://127.0.0.1:1', PAYMENTS_URL: provider.url, PAYMENTS_API_KEY_FILE: join(folder, 'key'), PAYMENTS_WEBHOOK_SECRET_FILE: join(folder, 'secret'),
    };
    gateways = [await startGateway(settings), await startGateway(settings)];
    token = await gateways[0]!.token(0);
  });
  afterAll(async () => {
    for (const gateway of gateways) await gateway.close();
    await provider.close();
    await redis.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const send = (n: number, input: ReturnType<typeof paymentInput>) => gateways[n % 2]!.send(StartPaymentDocument, { input }, token);
  const seen = async (n: number) => (await gateways[n]!.send(PaymentsDocument, { reference: '000017/01' }, token)).data!.tenancy!.payments!;

  test('the same key at the same moment at both: one page, whatever the provider was asked', async () => {
    for (let round = 0; round < 5; round++) {
      const input = paymentInput();
      const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => send(n, input)));
      expect(answers.filter(({ errors }) => errors)).toEqual([]);
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      const { reference } = answers[0]!.data!.startPayment;
      // The provider's own key for idempotency sees to the rest here.
      expect(provider.payments.filter((each) => each.reference === reference)).toHaveLength(1);
      expect((await Promise.all([seen(0), seen(1)])).map((list) => list.filter((each) => each.reference === reference).length)).toEqual([1, 1]);
    }
  });

  test('started at one, told of at the other: paid at both', async () => {
    const { data } = await send(0, paymentInput());
    const { url, reference } = data!.startPayment;
    await payer(gateways[0]!, () => token).press(url, 'paid');
    await until(async () => (await seen(0)).find((each) => each.reference === reference)?.status === 'PAID');
    expect((await seen(1)).find((each) => each.reference === reference)?.status).toBe('PAID');
  });
});
