import type { Landlord } from '../../domain/landlord.js';
import type { Clock, Log, PasswordHasher, Random, Store, TokenIssuer } from '../ports.js';

export interface IdentityDeps {
  readonly store: Store;
  readonly hasher: PasswordHasher;
  readonly tokens: TokenIssuer;
  readonly landlord: Landlord;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}
