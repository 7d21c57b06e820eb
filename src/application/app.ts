import type { HousingDeps } from './housing/access.js';
import type { DownloadDeps } from './housing/statement-downloads.js';
import type { IdentityDeps } from './identity/deps.js';
import type { PaymentDeps } from './payments/deps.js';
import type { Reachable } from './ports.js';
import type { StaffIdentity } from './staff/identity.js';

/** Everything that the public face works with, made by the composition root. */
export type App = HousingDeps & IdentityDeps & DownloadDeps & PaymentDeps & {
  /** The council's own sign-in; null where none is set. */
  readonly staff: StaffIdentity | null;
  /** What `/readyz` asks, by part. */
  readonly parts: Readonly<Record<string, Reachable>>;
};
