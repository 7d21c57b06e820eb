/** The only DataLoaders: one set per request, so that a query of any width costs one legacy call of each kind. */
import DataLoader from 'dataloader';
import type { LocalDate } from '../domain/calendar.js';
import type { Person } from '../domain/person.js';
import { since, type LedgerExtract } from '../domain/rent.js';
import type { HeldRepair, Repair } from '../domain/repair.js';
import type { Property, Tenancy, TenancyMember } from '../domain/tenancy.js';
import { pendingChanges, type PendingChange } from '../application/changes/pending-changes.js';
import type { Access } from '../application/housing/access.js';
import { balancesInPence, extracts } from '../application/housing/account.js';
import { heldRepairs, repairsByReference } from '../application/housing/repairs.js';
import { prepareDownloads, type StatementDownloads, type StatementKey } from '../application/housing/statement-downloads.js';
import { storedPayments } from '../application/payments/payments-of.js';
import type { StoredPayment } from '../application/payments/records.js';
import type { App } from '../application/app.js';
import { members, people, properties, tenanciesByReference, tenanciesOfPeople } from '../application/housing/tenancies.js';

export interface RepairsKey { readonly property: string; readonly completedSince: LocalDate | null }

export interface Loaders {
  readonly person: DataLoader<string, Person | null>;
  readonly tenanciesOfPerson: DataLoader<string, readonly Tenancy[]>;
  readonly tenancy: DataLoader<string, Tenancy | null>;
  readonly members: DataLoader<string, readonly TenancyMember[]>;
  readonly property: DataLoader<string, Property | null>;
  readonly balance: DataLoader<string, number | null>;
  readonly extract: DataLoader<StatementKey, LedgerExtract | null, string>;
  /** The same from a day on, without a call of its own where a longer or equal extract of that tenancy was asked for already. */
  ledgerSince(reference: string, from: LocalDate): Promise<LedgerExtract | null>;
  readonly payments: DataLoader<string, readonly StoredPayment[]>;
  readonly downloads: DataLoader<StatementKey, StatementDownloads, string>;
  readonly repairs: DataLoader<RepairsKey, readonly HeldRepair[], string>;
  readonly repair: DataLoader<string, Repair | null>;
  readonly pendingChanges: DataLoader<string, readonly PendingChange[]>;
}

type Fetch<V> = (references: readonly string[]) => Promise<ReadonlyMap<string, V>>;

/** A loader over a batch-shaped use case; what is not in its map is `missing`. */
function byReference<V, M>(fetch: Fetch<V>, missing: M): DataLoader<string, V | M> {
  return new DataLoader(async (references) => {
    const found = await fetch(references);
    return references.map((reference) => found.get(reference) ?? missing);
  });
}

const unique = (values: readonly string[]): string[] => [...new Set(values)];

const keyOf = ({ reference, from }: StatementKey): string => `${from} ${reference}`;

export function loadersFor(app: App, access: Access): Loaders {
  /** The days from which extracts of a tenancy were asked for in this request. */
  const asked = new Map<string, readonly LocalDate[]>();
  // Statements of several periods in one query: one call for the longest, cut down for the others.
  const extract = new DataLoader<StatementKey, LedgerExtract | null, string>(async (keys) => {
    keys.forEach(({ reference, from }) => asked.set(reference, [...(asked.get(reference) ?? []), from]));
    const earliest = keys.reduce((day, { from }) => (from < day ? from : day), (keys[0] as StatementKey).from);
    const found = await extracts(access, unique(keys.map(({ reference }) => reference)), earliest);
    return keys.map(({ reference, from }) => {
      const held = found.get(reference);
      return held ? since(held, from) : null;
    });
  }, { cacheKeyFn: keyOf });

  return {
    person: byReference((references) => people(access, references), null),
    tenanciesOfPerson: byReference((references) => tenanciesOfPeople(access, references), []),
    tenancy: byReference((references) => tenanciesByReference(access, references), null),
    members: byReference((references) => members(access, references), []),
    property: byReference((references) => properties(access, references), null),
    balance: byReference((references) => balancesInPence(access, references), null),

    extract,
    async ledgerSince(reference, from) {
      const covering = (asked.get(reference) ?? []).find((day) => day <= from);
      const held = await extract.load({ reference, from: covering ?? from });
      return held && since(held, from);
    },
    payments: byReference((references) => storedPayments(access, references), []),

    // One commit for all that a query asks for; a statement asked for twice gets one pair of addresses.
    downloads: new DataLoader<StatementKey, StatementDownloads, string>((keys) => prepareDownloads(app, access, keys), { cacheKeyFn: keyOf }),

    // Likewise: one call for the earliest day of completion (null is the beginning of time); the fields filter for themselves.
    repairs: new DataLoader<RepairsKey, readonly HeldRepair[], string>(async (keys) => {
      const days = keys.map(({ completedSince }) => completedSince);
      const earliest = days.includes(null) ? null : (days as LocalDate[]).reduce((day, other) => (other < day ? other : day));
      const found = await heldRepairs(access, unique(keys.map(({ property }) => property)), earliest);
      return keys.map(({ property }) => found.get(property) ?? []);
    }, { cacheKeyFn: ({ property, completedSince }) => `${completedSince} ${property}` }),

    repair: byReference((references) => repairsByReference(access, references), null),
    pendingChanges: byReference((references) => pendingChanges(access, references), []),
  };
}
