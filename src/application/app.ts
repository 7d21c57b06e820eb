import type { HousingDeps } from './housing/access.js';
import type { DownloadDeps } from './housing/statement-downloads.js';
import type { IdentityDeps } from './identity/deps.js';
import type { PaymentDeps } from './payments/deps.js';
import type { Reachable } from './ports.js';

/** Everything that the public face works with, made by the composition root. */
export type App = HousingDeps & IdentityDeps & DownloadDeps & PaymentDeps & {
  /** What `/readyz` asks, by part. */
  readonly parts: Readonly<Record<string, Reachable>>;
};
