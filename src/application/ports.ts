/**
 * Everything that the use cases need from outside. Reads are batch-shaped: many references in, a map of what was found out,
 * one legacy call however many. A reference that is not in the map does not exist. Adapters throw GatewayError only:
 * LEGACY_UNAVAILABLE where the legacy system cannot be reached or makes no sense, LEGACY_REFUSED where it says no.
 */
import type { LocalDate } from '../domain/calendar.js';
import type { ContactChange } from '../domain/contact-change.js';
import type { HouseholdMember } from '../domain/household-change.js';
import type { Balance, LedgerExtract, Statement } from '../domain/rent.js';
import type { HeldRepair } from '../domain/repair.js';
import type { HeldMember, HeldTenancy, Property } from '../domain/tenancy.js';
import type { Person } from '../domain/person.js';
import type { RegistrationCandidate } from '../domain/registration.js';
import type { AccessClaims } from './identity/tokens.js';
import type { Documents } from './identity/documents.js';

export type PersonReference = string;
export type TenancyReference = string;
export type PropertyReference = string;

export interface People {
  byReferences(references: readonly PersonReference[]): Promise<ReadonlyMap<PersonReference, Person>>;
}

export interface Tenancies {
  /** Those that each person answers for; a person who answers for none is not in the map. */
  ofPersons(references: readonly PersonReference[]): Promise<ReadonlyMap<PersonReference, readonly HeldTenancy[]>>;
  byReferences(references: readonly TenancyReference[]): Promise<ReadonlyMap<TenancyReference, HeldTenancy>>;
  members(references: readonly TenancyReference[]): Promise<ReadonlyMap<TenancyReference, readonly HeldMember[]>>;
  /**
   * Tenancies whose reference, tenants' surname, address or postcode holds a text, case and spaces aside: `take` of them in the order of
   * references, after that one ('' for the first ones), and how many there are in all.
   */
  search(text: string, after: TenancyReference, take: number): Promise<{ readonly total: number; readonly tenancies: readonly HeldTenancy[] }>;
}

export interface Properties {
  byReferences(references: readonly PropertyReference[]): Promise<ReadonlyMap<PropertyReference, Property>>;
}

export interface RentLedger {
  /** Pence; positive is arrears. */
  balances(references: readonly TenancyReference[]): Promise<ReadonlyMap<TenancyReference, number>>;
  /** Both days included. */
  extracts(references: readonly TenancyReference[], from: LocalDate, to: LocalDate): Promise<ReadonlyMap<TenancyReference, LedgerExtract>>;
}

export interface RepairLog {
  /** Open repairs of these properties, and closed ones completed since that day (all of them without one). */
  ofProperties(references: readonly PropertyReference[], completedSince: LocalDate | null): Promise<ReadonlyMap<PropertyReference, readonly HeldRepair[]>>;
  /** By works order's or request's reference. */
  byReferences(references: readonly string[]): Promise<ReadonlyMap<string, HeldRepair>>;
}

export interface Registrations {
  /** The tenancies that have this reference or payment reference, with the people who answer for each. */
  find(reference: string): Promise<readonly RegistrationCandidate[]>;
}

/** Whether a back end answers; throws what it would throw to a reader. */
export interface Reachable {
  ping(): Promise<void>;
}

/** The legacy housing system, whatever speaks to it. */
export interface Legacy {
  readonly people: People;
  readonly tenancies: Tenancies;
  readonly properties: Properties;
  readonly ledger: RentLedger;
  readonly repairs: RepairLog;
  readonly registrations: Registrations;
}

/** A repair as the legacy system is asked for it. */
export interface NewRepair {
  readonly propertyReference: PropertyReference;
  /** Up to 2,000 characters, all of which XML can carry. */
  readonly text: string;
  readonly sorCode: string | null;
  readonly priority: string;
  readonly contactPhone: string | null;
}

/** Everything that can be asked of the legacy system. Its texts fit its columns and its set of characters, or it refuses them. */
export type LegacyWrite =
  | { readonly kind: 'repair'; readonly repair: NewRepair }
  | { readonly kind: 'contact-details'; readonly personReference: PersonReference; readonly contact: ContactChange }
  | { readonly kind: 'household'; readonly tenancyReference: TenancyReference; readonly members: readonly HouseholdMember[] };

/** What the legacy system calls something that it took. */
export interface TakenWrite {
  /** Its reference for the request or the change. */
  readonly requestReference: string;
  /** Of a repair's works order; null until there is one, and for a change. */
  readonly orderReference: string | null;
}

/** What became of a try to write. Causes hold codes alone. */
export type WriteOutcome =
  | { readonly outcome: 'taken'; readonly taken: TakenWrite }
  /** It was understood and refused: nothing was written, and nothing would be at any other time. */
  | { readonly outcome: 'refused'; readonly legacyCode: string }
  /** Surely never sent: nobody listened, or nobody of that name is known. */
  | { readonly outcome: 'unsent'; readonly cause: string }
  /** Anything else: it may have been written, or may yet be. */
  | { readonly outcome: 'unknown'; readonly cause: string };

export interface LegacyWrites {
  /** Within this `send` has an outcome, and nothing more is sent after it. */
  readonly deadlineMs: number;
  /** Sent twice, it exists twice. @param callerReference ours: the one thing by which it is known again. Throws nothing. */
  send(write: LegacyWrite, callerReference: string): Promise<WriteOutcome>;
  /** Everything that was received with this reference of ours. @throws LEGACY_UNAVAILABLE, LEGACY_REFUSED. */
  findByCallerReference(callerReference: string): Promise<readonly TakenWrite[]>;
}

/** A payment as the provider is asked for it: nothing else leaves for there. */
export interface NewPayment {
  readonly pence: number;
  /** Ours. */
  readonly reference: string;
  /** For the payer to read; names no person. */
  readonly description: string;
  /** The gateway's own address to which the provider sends the payer back. */
  readonly returnUrl: string;
  /** The same at every try of one payment. */
  readonly idempotencyKey: string;
}

/** A payment as the provider has it. */
export interface HostedPayment {
  /** The provider's. */
  readonly id: string;
  readonly outcome: 'UNFINISHED' | 'PAID' | 'FAILED' | 'EXPIRED';
  /** The page on which it is paid; null where there is none any more, or where a list does not say. */
  readonly url: string | null;
  readonly createdAt: Date;
}

/** Takes cards on its own pages. @throws SERVICE_UNAVAILABLE, system `payments`, with codes alone as its cause. */
export interface PaymentProvider {
  /** Within this each call has an end, and nothing more is sent after it. */
  readonly deadlineMs: number;
  /** Where it throws, the payment may have been made all the same. */
  create(payment: NewPayment): Promise<HostedPayment>;
  /** As it stands now. @param of what it has to be, or the answer is not believed. @returns null where the provider knows none of that id. */
  byId(id: string, of: Pick<NewPayment, 'reference' | 'pence'>): Promise<HostedPayment | null>;
  /** All of our reference and amount, newest first; a payment of the last moments may not be among them yet. */
  byReference(of: Pick<NewPayment, 'reference' | 'pence'>): Promise<readonly HostedPayment[]>;
}

export interface PasswordHasher {
  /** A hash in PHC form. @throws TOO_MANY_REQUESTS when the queue is full. */
  hash(password: string): Promise<string>;
  /** Against an account's hash. */
  verify(hash: string, password: string): Promise<boolean>;
  /** The same work in the same queue for a name that has no hash; always false. */
  verifyDecoy(password: string): Promise<false>;
  /**
   * What is kept of a secret that is random itself, such as a code: as good as a hash, and quick. The same text always gives the
   * same seal, which cannot be made or tried without the pepper.
   */
  seal(purpose: 'registration-code' | 'email-code' | 'temporary-password' | 'date-of-birth', text: string): string;
}

export interface TokenIssuer {
  /** A signed access token. */
  issue(claims: AccessClaims): Promise<string>;
  /** What a token says; null for any fault in it. */
  verify(token: string): Promise<AccessClaims | null>;
}

/** One mail to one address, whole. */
export interface OutgoingMail {
  /** An object and not a text, so that no list of addresses is ever read out of it. */
  readonly to: { readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same at every try of a mail, so that a duplicate can be told: letters, digits and hyphens. The sender's domain is added to it. */
  readonly messageId: string;
}

/** What became of a try. Causes hold codes alone: no address, no content, none of the server's own words. */
export type MailOutcome =
  | { readonly outcome: 'accepted' }
  /** It will not be accepted at any other time either. */
  | { readonly outcome: 'refused'; readonly cause: MailCause }
  /** It was not accepted; it may be later. */
  | { readonly outcome: 'failed'; readonly cause: MailCause }
  /** All of it went out, and no answer came: it may have been accepted. */
  | { readonly outcome: 'unanswered'; readonly cause: MailCause };
export type MailCause = Readonly<Record<string, string | number>>;

export interface Mailer {
  /** Within this `send` has an outcome, and nothing more is sent after it. */
  readonly deadlineMs: number;
  send(mail: OutgoingMail): Promise<MailOutcome>;
}

/** A statement with what a reader needs who finds it in a drawer. */
export interface StatementToKeep {
  readonly landlord: string;
  readonly portal: string;
  readonly tenancyReference: TenancyReference;
  readonly statement: Statement;
  /** The tenancy's balance when the file was made; the same as the closing balance where the statement reconciles. */
  readonly balance: Balance;
}

/** One kind of file that a statement can be had as. The same statement always makes the same file. */
export interface StatementFormat {
  readonly mediaType: string;
  render(kept: StatementToKeep): Promise<Uint8Array>;
}

export type Store = Documents & Reachable;

export interface Random {
  /** Unguessable bytes, as base64url. */
  token(bytes: number): string;
  uuid(): string;
}

export type Clock = () => Date;

/** A structured log: a fixed message and fields that hold no personal data. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}
