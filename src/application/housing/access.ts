import { londonDay, type LocalDate } from '../../domain/calendar.js';
import { GatewayError, unauthenticated } from '../../domain/errors.js';
import { statusOn, type HeldTenancy, type Tenancy } from '../../domain/tenancy.js';
import { doerOf } from '../audit/event.js';
import type { Subject } from '../audit/entry.js';
import type { AuditTrail } from '../audit/trail.js';
import type { Documents } from '../identity/documents.js';
import type { Clock, Legacy, Log, PersonReference, TenancyReference } from '../ports.js';
import { isStaff, type Viewer } from '../viewer.js';

export interface HousingDeps {
  readonly legacy: Legacy;
  /** Holds what was asked for here and is on its way to the legacy system. */
  readonly store: Documents;
  /** Where it is written down what staff look at. */
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly log: Log;
}

const subjectName = ({ kind, reference }: Subject): string => `${kind} ${reference}`;

/**
 * What one viewer may see during one request. A tenant's own tenancies are looked up once and remembered: every other use
 * case asks here, so that ownership is decided in one place and costs one legacy call. What staff see is on record before it
 * is given away: once a request for each tenancy.
 */
export class Access {
  /** One London day and one instant for the whole request: its parts agree with each other. */
  readonly now: Date;
  readonly today: LocalDate;
  readonly staff: boolean;
  /** What the request does, for the audit trail: the schema's own names, never a client's. */
  operation = 'request';
  /** When it is looked at, for the audit trail: later than `now` where what was asked for earlier is fetched. */
  seenAt: Date;
  readonly #seen = new Map<string, Promise<void>>();
  readonly #covered = new Set<PersonReference>();
  readonly #ofPersons = new Map<PersonReference, Promise<readonly Tenancy[]>>();
  #own: Promise<ReadonlyMap<TenancyReference, Tenancy>> | undefined;

  /** @param trouble why nobody can tell who is asking; null where that is known. */
  constructor(readonly deps: HousingDeps, readonly viewer: Viewer | null, private readonly trouble: GatewayError | null = null) {
    this.now = deps.clock();
    this.seenAt = this.now;
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
    const held = await this.ofPersons([personReference]);
    return new Map((held.get(personReference) ?? []).map((tenancy) => [tenancy.reference, tenancy]));
  }

  asOfToday<T extends HeldTenancy>(tenancy: T): T & Tenancy {
    return { ...tenancy, status: statusOn(tenancy, this.today) };
  }

  /** The tenancies that people answer for, looked up once a person; whoever asks has decided that they may be seen. */
  async ofPersons(references: readonly PersonReference[]): Promise<ReadonlyMap<PersonReference, readonly Tenancy[]>> {
    const unknown = [...new Set(references)].filter((reference) => !this.#ofPersons.has(reference));
    if (unknown.length > 0) {
      const loading = this.deps.legacy.tenancies.ofPersons(unknown);
      for (const reference of unknown) {
        const tenancies = loading.then((found) => (found.get(reference) ?? []).map((tenancy) => this.asOfToday(tenancy)));
        tenancies.catch(() => undefined);
        this.#ofPersons.set(reference, tenancies);
      }
    }
    return new Map(await Promise.all(references.map(async (reference) => [reference, await this.#ofPersons.get(reference) ?? []] as const)));
  }

  /**
   * @param refusal what staff are told. @throws UNAUTHENTICATED, PASSWORD_CHANGE_REQUIRED, and FORBIDDEN for staff: what a tenant does is
   * theirs alone to do.
   */
  requireTenant(refusal = 'Only tenants may do this.'): Viewer {
    const viewer = this.require();
    if (this.staff) throw new GatewayError('FORBIDDEN', refusal);
    return viewer;
  }

  /** @throws UNAUTHENTICATED, PASSWORD_CHANGE_REQUIRED, and FORBIDDEN for tenants. */
  requireStaff(): Viewer {
    const viewer = this.require();
    if (!this.staff) throw new GatewayError('FORBIDDEN', 'Only staff may do this.');
    return viewer;
  }

  /** @throws as `requireStaff`, and FORBIDDEN for staff who are not admins. */
  requireAdmin(): Viewer {
    const viewer = this.requireStaff();
    if (viewer.role !== 'STAFF_ADMIN') throw new GatewayError('FORBIDDEN', 'Only staff admins may do this.');
    return viewer;
  }

  /**
   * Puts on record that staff see these, each once a request. Nothing is given away before this resolves.
   * @throws SERVICE_UNAVAILABLE where it could not be written down: then it may not be seen either.
   */
  async seen(subjects: readonly Subject[]): Promise<void> {
    if (!this.staff) return;
    const doer = doerOf(this.requireStaff());
    const fresh = new Map(subjects.filter((subject) => !this.#seen.has(subjectName(subject))).map((subject) => [subjectName(subject), subject]));
    if (fresh.size > 0) {
      const recording = this.deps.audit.record([...fresh.values()].map((subject) => ({ at: this.seenAt.toISOString(), ...doer, action: this.operation, subject, reason: null })));
      for (const name of fresh.keys()) this.#seen.set(name, recording);
    }
    await Promise.all(subjects.flatMap((subject) => this.#seen.get(subjectName(subject)) ?? []));
  }

  seenTenancies(references: Iterable<TenancyReference>): Promise<void> {
    return this.seen([...references].map((reference) => ({ kind: 'tenancy', reference })));
  }

  /** Members of a tenancy that is on record: their own records are parts of it. */
  covers(people: readonly PersonReference[]): void {
    people.forEach((person) => this.#covered.add(person));
  }

  /** Puts people's records on record, as looks at their tenancies: that is what somebody will ask for later. */
  async seenPeople(people: readonly PersonReference[]): Promise<void> {
    const open = people.filter((person) => !this.#covered.has(person));
    if (!this.staff || open.length === 0) return;
    const held = await this.ofPersons(open);
    await this.seen(open.flatMap((person): Subject[] => {
      const tenancies = held.get(person) ?? [];
      return tenancies.length > 0 ? tenancies.map(({ reference }) => ({ kind: 'tenancy', reference })) : [{ kind: 'person', reference: person }];
    }));
  }

  /** Those of the people whose own records the viewer may see: oneself, or anybody for staff. Whoever shows them puts that on record. */
  visiblePeople(references: readonly PersonReference[]): readonly PersonReference[] {
    const { personReference } = this.require();
    return this.staff ? references : references.filter((reference) => reference === personReference);
  }

  /** Those of the references that the viewer may see; the others are as if they did not exist. What staff may see is on record. */
  async visible(references: readonly TenancyReference[]): Promise<TenancyReference[]> {
    this.require();
    if (this.staff) {
      await this.seenTenancies(references);
      return [...references];
    }
    const own = await this.own();
    return references.filter((reference) => own.has(reference));
  }
}
