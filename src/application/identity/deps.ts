import type { Landlord } from '../../domain/landlord.js';
import type { Clock, Legacy, Log, PasswordHasher, Random, Store, TokenIssuer } from '../ports.js';
import type { Pause } from './even-time.js';
import type { SignInWatch } from './watch.js';

export interface IdentityDeps {
  readonly store: Store;
  readonly hasher: PasswordHasher;
  readonly tokens: TokenIssuer;
  readonly landlord: Landlord;
  readonly legacy: Pick<Legacy, 'registrations'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Told of every sign-in that is refused. */
  readonly watch?: SignInWatch;
  readonly pause?: Pause;
}
