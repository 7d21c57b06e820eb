/** What operators and staff do with accounts: look, unlock, close, erase. */
import { GatewayError } from '../../domain/errors.js';
import type { IdentityDeps } from './deps.js';

export type AdministrationDeps = Pick<IdentityDeps, 'store' | 'clock' | 'log'>;

/** PENDING: a registration that has not been confirmed, or whose details did not match. */
export type AccountState = 'PENDING' | 'ACTIVE' | 'LOCKED' | 'CLOSED';

export interface AccountSummary {
  readonly id: string;
  readonly state: AccountState;
  readonly email: string;
  readonly userId: string | null;
  readonly personReference: string;
  /** Wrong passwords since the last success, on all devices together. */
  readonly failedAttempts: number;
  readonly lockedAt: Date | null;
  readonly lastSignInAt: Date | null;
  /** Names of the details that were not those held when somebody last tried to register; never what was typed. */
  readonly lastMismatch: string | null;
}

export interface ListAccountsInput {
  readonly locked?: boolean;
  /** Part of an e-mail address, a user ID or a person's reference. */
  readonly search?: string;
  /** `next` of the page before. */
  readonly after?: string;
  readonly first: number;
}

const notFound = (): GatewayError => new GatewayError('NOT_FOUND', 'There is no such account.');

/** Accounts and pending registrations, in an order that stays the same. */
export async function listAccounts(
  _deps: AdministrationDeps, _input: ListAccountsInput,
): Promise<{ readonly items: AccountSummary[]; readonly next: string | null }> {
  return { items: [], next: null };
}

/** By id, e-mail address, user ID or the person's reference. */
export async function showAccount(_deps: AdministrationDeps, _idOrIdentifier: string): Promise<AccountSummary | null> {
  return null;
}

/** Ends every lock of an account. @throws NOT_FOUND. */
export async function unlockAccount(_deps: AdministrationDeps, _id: string, _by: string, _reason: string): Promise<AccountSummary> {
  throw notFound();
}

/** Ends an account and its sessions; its e-mail address can then open another one. @throws NOT_FOUND. */
export async function closeAccount(_deps: AdministrationDeps, _id: string, _by: string, _reason: string): Promise<AccountSummary> {
  throw notFound();
}

/** Removes a person from the store: account, identifiers, devices, sessions, registrations and queued mail. @throws NOT_FOUND. */
export async function eraseAccount(_deps: AdministrationDeps, _id: string, _by: string, _reason: string): Promise<void> {
  throw notFound();
}
