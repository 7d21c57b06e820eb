/** What the demo starts beside the gateway: a legacy system, a card provider and a staff sign-in, each on sockets of its own. */
import { randomBytes } from 'node:crypto';
import type { Legacy } from '../../fixtures/legacy/start.js';
import type { PaymentStandIn } from '../../fixtures/payments/provider.js';
import type { StaffProvider } from '../../fixtures/staff/provider.js';
import type { Documents } from '../application/identity/documents.js';
import { paymentByReference } from '../application/payments/records.js';
import type { Clock } from '../application/ports.js';
import type { Config, Secrets, StaffConfig } from '../config/index.js';
import { londonDay } from '../domain/calendar.js';

/** The simulated legacy system. */
async function startSimulator(config: Config, clock: Clock): Promise<Legacy> {
  // Loaded for the demo alone: a deployment need not carry the fixtures.
  const { startLegacy } = await import('../../fixtures/legacy/start.js');
  const { readRows } = await import('../../fixtures/legacy/rows-file.js');
  const { sqlPort, soapPort, controlPort, rowsFile } = config.simulator;
  return startLegacy({
    landlord: config.landlord as never, today: londonDay(clock()), now: clock, host: '127.0.0.1', sqlPort, soapPort,
    ...(controlPort !== null && { controlPort }),
    ...(rowsFile !== null && { rows: readRows(rowsFile) }),
  });
}

/** The demo's settings of staff sign-in, save for the stand-in's address. */
export const STAFF_STAND_IN: Omit<StaffConfig, 'issuer'> = {
  clientId: 'housing-gateway', audience: 'housing-gateway-staff', scope: 'openid profile email',
  groupsClaim: 'groups', staffGroups: ['housing-staff'], adminGroups: ['housing-staff-admins'],
};

/** The stand-in of the council's own sign-in. */
export async function startStaffSignIn(config: Config, clock: Clock, ownUrl: () => string): Promise<StaffProvider> {
  const { startStaffProvider } = await import('../../fixtures/staff/provider.js');
  const { staffUsers } = await import('../../fixtures/staff/users.js');
  const own = (path: string) => (): string[] => [`${ownUrl()}${path}`];
  return startStaffProvider({
    port: config.staffProviderPort, now: clock, users: staffUsers(), clientId: STAFF_STAND_IN.clientId, audience: STAFF_STAND_IN.audience,
    redirectUris: own('/playground/callback'), postLogoutRedirectUris: own('/playground'),
  });
}

export interface PaymentsStandIn { readonly provider: PaymentStandIn; readonly apiKey: string; readonly webhookSecret: string; close(): Promise<void> }

interface PaymentsStandInOptions {
  readonly webhookSecret: string;
  /** Where webhooks go; null while the gateway does not listen. */
  readonly webhookUrl: () => string | null;
  /** Posts a payment into the legacy system. */
  readonly post: (payment: { readonly reference: string; readonly pence: number }) => Promise<void>;
}

/** The demo's card provider, and the council's cash system that posts what was paid there. */
async function startPaymentsStandIn(config: Config, clock: Clock, { webhookSecret, webhookUrl, post }: PaymentsStandInOptions): Promise<PaymentsStandIn> {
  const { startPaymentProvider } = await import('../../fixtures/payments/provider.js');
  const { postLater } = await import('../../fixtures/payments/posting.js');
  const posting = postLater({ now: clock, seconds: config.simulator.postSeconds, post });
  const apiKey = randomBytes(24).toString('base64url');
  try {
    const provider = await startPaymentProvider({
      host: '127.0.0.1', port: config.simulator.paymentsPort, now: clock, apiKey, webhookSecret, webhookUrl, onPaid: (payment) => posting.paid(payment),
    });
    return { provider, apiKey, webhookSecret, close: async () => void await Promise.all([provider.close(), posting.close()]) };
  } catch (error) {
    await posting.close();
    throw error;
  }
}

export interface StandIns { readonly legacy: Legacy; readonly payments: PaymentsStandIn | null }

interface StandInsOptions extends Pick<PaymentsStandInOptions, 'webhookUrl'> {
  readonly config: Config;
  readonly secrets: Pick<Secrets, 'paymentsApiKey' | 'paymentsWebhookSecret'>;
  readonly clock: Clock;
  /** The gateway's, where a payment's tenancy is looked up; null while it is not open. */
  readonly store: () => Documents | null;
}

/** The legacy system and, where no card provider is set, one of our own: both at the same time, and both or neither. */
export async function startStandIns({ config, secrets, clock, store, webhookUrl }: StandInsOptions): Promise<StandIns> {
  const simulator = startSimulator(config, clock);
  const post: PaymentsStandInOptions['post'] = async ({ reference, pence }) => {
    const documents = store();
    const found = documents && await paymentByReference(documents, reference);
    if (found) (await simulator).database.postReceipt({ at: londonDay(clock()), tenancy: found.record.tenancyReference, pence, reference });
  };
  const [legacy, payments] = await Promise.allSettled([
    simulator,
    secrets.paymentsApiKey === null
      ? startPaymentsStandIn(config, clock, { webhookSecret: secrets.paymentsWebhookSecret ?? randomBytes(24).toString('base64url'), webhookUrl, post }) : null,
  ]);
  if (legacy.status === 'fulfilled' && payments.status === 'fulfilled') return { legacy: legacy.value, payments: payments.value };
  // What has started is closed again, whichever failed.
  if (legacy.status === 'fulfilled') await legacy.value.close();
  if (payments.status === 'fulfilled') await payments.value?.close();
  throw legacy.status === 'rejected' ? legacy.reason : (payments as PromiseRejectedResult).reason;
}
