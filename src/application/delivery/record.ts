/** What is kept of something on its way to the legacy system: what is to be written there, and how far it has come. */
import { DAY_MS } from '../../domain/calendar.js';
import type { RepairLocation } from '../../domain/repair.js';
import type { LegacyWrite, PersonReference, TakenWrite, TenancyReference } from '../ports.js';

export type DeliveryState =
  /** Not tried yet, or surely not sent. */
  | 'WAITING'
  /** A try was noted and may have been sent. */
  | 'SENDING'
  /** A try ended without saying what became of it: it is looked up before there is another. */
  | 'UNCLEAR'
  /** For staff: it is left alone here. */
  | 'NEEDS_ATTENTION'
  | 'DELIVERED'
  /** Staff dealt with it. */
  | 'RESOLVED';

/** How far it has come: the same for whatever is delivered. */
export interface DeliveryProgress {
  readonly state: DeliveryState;
  /** Counted before each is made, so that one cut short by a crash counts too. */
  readonly attempts: number;
  /** As in the queue, milliseconds; null where nothing is to be done now. Kept here too: another worker may have moved it meanwhile. */
  readonly dueAt: number | null;
  /** Failures in a row of what is being done now: they make the wait longer. */
  readonly failures: number;
  /** Who is at it: a new random value each time; null between. */
  readonly claim: string | null;
  /** A code, never the legacy system's words. */
  readonly lastError: string | null;
  readonly taken: TakenWrite | null;
}

interface Asked extends DeliveryProgress {
  /** Our own short reference, which the tenant is given. */
  readonly reference: string;
  /** Who asked: their data goes where the account is erased. */
  readonly accountId: string;
  /** Whose landlord's staff look after it; of contact details, the tenant's first current tenancy, or any. */
  readonly tenancyReference: TenancyReference;
  readonly createdAt: string;
  /** When staff had it tried again, the last time; absent where they never did. */
  readonly retriedAt?: string;
}

type WriteOf<Kind extends LegacyWrite['kind']> = Extract<LegacyWrite, { readonly kind: Kind }>;

export type RepairDelivery = Asked & WriteOf<'repair'> & { readonly location: RepairLocation };
/** What a tenant changes of their own; the person is the one who asked. */
export type ContactDelivery = Asked & WriteOf<'contact-details'>;
export type HouseholdDelivery = Asked & WriteOf<'household'> & { readonly personReference: PersonReference };
export type ChangeDelivery = ContactDelivery | HouseholdDelivery;

/** What each holds beside these is what `LegacyWrites.send` takes of its kind. */
export type DeliveryRecord = RepairDelivery | ChangeDelivery;

/** Of one that is queued now. @param now milliseconds. */
export const notTriedYet = (now: number): DeliveryProgress =>
  ({ state: 'WAITING', attempts: 0, dueAt: now, failures: 0, claim: null, lastError: null, taken: null });

/** Of one that a tenant asks for at an instant. */
export const askedAt = (now: Date): DeliveryProgress & { readonly createdAt: string } =>
  ({ createdAt: now.toISOString(), ...notTriedYet(now.getTime()) });

/** How long after its end, in milliseconds, what leads to a delivery is kept. */
export const KEPT_AFTER_MS = 400 * DAY_MS;

/** Whether a worker still has something to do for it. */
export const isUnderWay = ({ state }: DeliveryProgress): boolean => state === 'WAITING' || state === 'SENDING' || state === 'UNCLEAR';
