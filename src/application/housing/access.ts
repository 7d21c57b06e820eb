import { londonDay, type LocalDate } from '../../domain/calendar.js';
import { GatewayError, unauthenticated } from '../../domain/errors.js';
import { statusOn, type Tenancy } from '../../domain/tenancy.js';
import type { Documents } from '../identity/documents.js';
import type { Clock, Legacy, Log, TenancyReference } from '../ports.js';
import { isStaff, type Viewer } from '../viewer.js';

export interface HousingDeps {
  readonly legacy: Legacy;
  /** Holds what was asked for here and is on its way to the legacy system. */
  readonly store: Documents;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * What one viewer may see during one request. A tenant's own tenancies are looked up once and remembered: every other use
 * case asks here, so that ownership is decided in one place and costs one legacy call.
 */
export class Access {
  /** One London day and one instant for the whole request: its parts agree with each other. */
  readonly now: Date;
  readonly today: LocalDate;
  readonly staff: boolean;
  #own: Promise<ReadonlyMap<TenancyReference, Tenancy>> | undefined;

  /** @param trouble why nobody can tell who is asking; null where that is known. */
  constructor(readonly deps: HousingDeps, readonly viewer: Viewer | null, private readonly trouble: GatewayError | null = null) {
    this.now = deps.clock();
    this.today = londonDay(this.now);
    this.staff = viewer !== null && isStaff(viewer);
  }

  /** @throws UNAUTHENTICATED when nobody is signed in, PASSWORD_CHANGE_REQUIRED in a temporary password's session, the trouble where there is one. */
  require(): Viewer {
    if (this.trouble) throw this.trouble;
    if (!this.viewer) throw unauthenticated();
    if (this.viewer.mustChangePassword) {
      throw new GatewayError('PASSWORD_CHANGE_REQUIRED', 'Choose a new password first: this session can do nothing else.');
    }
    return this.viewer;
  }

  /** The tenancies that the viewer answers for, as a tenant; none for staff. */
  own(): Promise<ReadonlyMap<TenancyReference, Tenancy>> {
    this.#own ??= this.#load();
    return this.#own;
  }

  async #load(): Promise<ReadonlyMap<TenancyReference, Tenancy>> {
    const { personReference } = this.require();
    if (personReference === null) return new Map();
    const held = (await this.deps.legacy.tenancies.ofPersons([personReference])).get(personReference) ?? [];
    return new Map(held.map((tenancy) => [tenancy.reference, { ...tenancy, status: statusOn(tenancy, this.today) }]));
  }

  /** Those of the references that the viewer may see; the others are as if they did not exist. */
  async visible(references: readonly TenancyReference[]): Promise<TenancyReference[]> {
    this.require();
    if (this.staff) return [...references];
    const own = await this.own();
    return references.filter((reference) => own.has(reference));
  }
}
