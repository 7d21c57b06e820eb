/** What the soak knows of one tenant: what was acknowledged, and, where an answer was cut off, all that may be true. */
import { SOFT_LOCK_FAILURES, SOFT_LOCK_MINUTES } from '../../src/domain/account.js';
import { Findings } from './findings.js';
import type { Details } from './people.js';
import type { Template } from './post.js';

/** How often something was done: at least, as answers say; at most, with what was asked for and never answered. */
export interface Bounds { least: number; most: number }

const LOCK_MS = SOFT_LOCK_MINUTES * 60_000;

export class Tenant {
  /** `maybe`: a confirmation was sent, and its answer was cut off. */
  account: 'none' | 'maybe' | 'open' = 'none';
  /** One of these is the password, where there is an account. */
  passwords: string[] = [];
  /** A code that has opened the account, or was tried too often. */
  deadCode: { readonly registrationId: string; readonly code: string } | null = null;
  deviceToken: string | null = null;
  userId: string | null = null;
  /** Wrong passwords from devices that are not known, since the last right one. */
  failures: Bounds = { least: 0, most: 0 };
  /** Until when the right password is refused for certain; Infinity: until staff end it. */
  lockedUntil = 0;
  /** Nothing more can be said of it: too many answers were cut off. */
  setAside = false;
  readonly mails: Record<Template, Bounds> = {
    code: { least: 0, most: 0 }, already: { least: 0, most: 0 }, welcome: { least: 0, most: 0 },
    temporary: { least: 0, most: 0 }, changed: { least: 0, most: 0 }, locked: { least: 0, most: 0 },
  };
  private tried: number[] = [];

  constructor(readonly details: Details) {}

  get email(): string {
    return this.details.email;
  }

  /** The password, where it is known for certain. */
  get password(): string | null {
    return this.account === 'open' && this.passwords.length === 1 ? this.passwords[0] ?? null : null;
  }

  get locked(): boolean {
    return Date.now() < this.lockedUntil;
  }

  /** Whether it may be locked without our knowing. */
  get mayBeLocked(): boolean {
    return this.failures.most >= SOFT_LOCK_FAILURES;
  }

  /** A password is on its way. */
  trying(): void {
    this.tried.push(Date.now());
    this.failures.most += 1;
  }

  /** No answer came. @param right whether it may have been the right one: then the failures before it may be forgotten. */
  unanswered(right: boolean): void {
    if (right) this.failures.least = 0;
  }

  accepted(): void {
    this.failures = { least: 0, most: 0 };
    this.tried = [];
  }

  refused(): void {
    this.failures.least += 1;
    const [first, last] = [this.tried[0], this.tried.at(-1)];
    if (this.failures.least < SOFT_LOCK_FAILURES || this.locked || first === undefined || last === undefined || last - first >= LOCK_MS) return;
    // It began with the fifth that was counted: not before the fifth that was sent.
    this.lockedUntil = (this.tried[SOFT_LOCK_FAILURES - 1] ?? first) + LOCK_MS;
  }

  /** It was not looked at. */
  turnedAway(): void {
    this.tried.pop();
    this.failures.most -= 1;
  }
}

/** What tenants were told, counted. */
export class JourneyFindings extends Findings {
  registrations = 0;
  confirmations = 0;
  resets = 0;
  passwordChanges = 0;
  signIns = 0;
  softLocks = 0;
  hardLocks = 0;
  journeys = 0;
}
