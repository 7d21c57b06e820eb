import { GatewayError } from '../../domain/errors.js';
import type { Landlord } from '../../domain/landlord.js';
import type { PaymentStatus } from '../../domain/payment.js';
import type { Documents } from '../identity/documents.js';
import type { Clock, Log, PaymentProvider, Random } from '../ports.js';

/** What is counted: starts, starts that the provider did not answer, and each end. */
export type PaymentOutcome = 'started' | 'unavailable' | Lowercase<Exclude<PaymentStatus, 'STARTED'>>;

export interface PaymentDeps {
  readonly store: Documents;
  /** Null where no provider is set: nothing can be paid here then. */
  readonly payments: PaymentProvider | null;
  readonly landlord: Landlord;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Where the gateway is reached from outside. */
  readonly ownUrl: () => string;
  /** Whether tenants may be sent back to an origin. */
  readonly returnsTo: (origin: string) => boolean;
  readonly onPayment?: (outcome: PaymentOutcome) => void;
}

/** The deps where there is a provider. */
export type ProviderDeps = PaymentDeps & { readonly payments: PaymentProvider };

/** Whether a failure is the provider's, and not the store's or a fault of ours. */
export const isProviderAway = (error: unknown): boolean => error instanceof GatewayError && error.system === 'payments';
