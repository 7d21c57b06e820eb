/** One gateway with somebody of every role on it, and a tenant who has something of everything that they all ask for. */
import { staffToken } from '../../scripts/staff-token.js';
import type { DeliveryRecord } from '../../src/application/delivery/record.js';
import { DELIVERY_KIND, putDelivery } from '../../src/application/delivery/outbox.js';
import { transact } from '../../src/application/identity/transaction.js';
import { RequestRepairDocument, StartPaymentDocument, UnlockAccountDocument, UpdateContactDetailsDocument } from '../../generated/operations.js';
import type { Role } from './authorisation.js';
import { frontEnd, tenantNamed, type FrontEnd } from './front-end.js';
import { startGateway, type TestGateway } from './gateway.js';
import { secretIn } from './mailbox.js';
import { paymentInput } from './payer.js';
import { staffNamed } from './staff.js';
import { until } from './until.js';

/** The tenant whose record it is: a joint tenant, so that there is something that not even they see. */
export const OWNER = { account: 2, name: 'Khalidi', person: '0000000412/1', tenancy: '000412/01', repair: 'WO560880', newEmail: 'amir.khalidi.new@example.org' } as const;
const ANOTHER = 1;

export interface World {
  readonly gateway: TestGateway;
  readonly front: FrontEnd;
  /** Without a token for nobody. */
  readonly tokens: Record<Role, string | undefined>;
  /** The owner's. */
  readonly temporaryPassword: string;
  readonly ownerAccount: string;
  readonly delivery: string;
  /** Of the owner's e-mail address, and the code that confirms it. */
  readonly change: { readonly reference: string; readonly code: string };
  readonly payment: { readonly reference: string; readonly returnUrl: string };
  /** What a tenant's request has written since this was last asked: of each document what it is and, as text, what stands in it. */
  written(): string[];
  /** A key for a request, each time another. */
  key(): string;
  /** Has the owner's delivery wait for staff. */
  holdUpDelivery(): Promise<void>;
  accountOf(search: string): Promise<string>;
}

const must = <T>(value: T | null | undefined, what: string): T => {
  if (value === null || value === undefined) throw new Error(`there is no ${what}`);
  return value;
};

/** Starts it. Its clock stands still. */
export async function startWorld(settings: Record<string, string> = {}): Promise<World> {
  const gateway = await startGateway(settings);
  const front = frontEnd(gateway.url);
  let keys = 0;
  const key = (): string => `role-key-${String((keys += 1)).padStart(6, '0')}`;
  const owner = must(gateway.demoAccounts[OWNER.account], 'such demo account');
  const [tenant, another, staff, admin] = await Promise.all([
    gateway.token(OWNER.account), gateway.token(ANOTHER), staffToken(gateway.url, staffNamed('ruth')), staffToken(gateway.url, staffNamed('gareth')),
  ]);
  await front.forget(owner.identifier);
  const temporaryPassword = secretIn(await front.mailbox.wait('temporaryPassword', owner.identifier));
  const temporary = must((await front.signIn(owner.identifier, temporaryPassword)).session, 'session').accessToken;

  // Something of everything: a repair on its way, a change that waits for its code, a payment, a lock, details that did not match.
  await gateway.send(RequestRepairDocument, { input: { idempotencyKey: key(), tenancyReference: OWNER.tenancy, description: 'The gate sticks' } }, tenant);
  const changed = await gateway.send(UpdateContactDetailsDocument, { input: { idempotencyKey: key(), email: OWNER.newEmail } }, tenant);
  const change = { reference: must(changed.data?.updateContactDetails.reference, 'change'), code: secretIn(await front.mailbox.wait('newAddress', OWNER.newEmail)) };
  const payment = must((await gateway.send(StartPaymentDocument, { input: paymentInput({ tenancyReference: OWNER.tenancy }) }, tenant)).data?.startPayment, 'payment');
  const { returnUrl } = must(gateway.paymentStandIn?.payments.find(({ reference }) => reference === payment.reference), 'payment at the provider');
  await front.register({ ...tenantNamed('wiltshire', 'farah'), dateOfBirth: '1981-05-31' });
  for (let n = 0; n < 5; n++) await front.signIn('tracey.biss@example.com', 'not the password');

  const { store } = gateway.app;
  const delivery = must((await store.list(DELIVERY_KIND, '', 1))[0], 'delivery').id;
  await until(async () => (await store.get<DeliveryRecord>(DELIVERY_KIND, delivery))?.value.state === 'DELIVERED');
  const holdUpDelivery = (): Promise<void> => transact(store, async (transaction) => {
    const record = must(await transaction.get<DeliveryRecord>(DELIVERY_KIND, delivery), 'delivery');
    await putDelivery(transaction, delivery, { ...record, state: 'NEEDS_ATTENTION', lastError: 'REFUSED 1', dueAt: null }, gateway.clock.now.getTime());
  });
  await holdUpDelivery();

  const accountOf: World['accountOf'] = async (search) => {
    const { data } = await gateway.send<{ accounts: { nodes: { id: string }[] } }, unknown>('query ($search: String) { accounts(search: $search) { nodes { id } } }', { search }, admin);
    return must(data?.accounts.nodes[0], 'account').id;
  };
  const ownerAccount = await accountOf(OWNER.person);
  await gateway.send(UnlockAccountDocument, { accountId: ownerAccount, reason: 'They phoned' }, staff);

  const writes: string[] = [];
  const commit = store.commit.bind(store);
  Object.assign(store, {
    commit: (all: Parameters<typeof commit>[0]) => {
      writes.push(...all.filter((write) => 'value' in write).map((write) => JSON.stringify(write)));
      return commit(all);
    },
  });
  return {
    gateway, front, tokens: { nobody: undefined, tenant, another, temporary, staff, admin }, temporaryPassword, ownerAccount, delivery, change,
    payment: { reference: payment.reference, returnUrl }, key, holdUpDelivery, accountOf, written: () => writes.splice(0),
  };
}
