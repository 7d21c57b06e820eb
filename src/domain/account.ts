/**
 * The rules that keep an account from being guessed at: pure functions of what is remembered and an instant. Whoever uses
 * them reads, decides and writes in one atomic step, so that parallel attempts are counted one by one.
 */
import { londonDay, MINUTE_MS, type LocalDate } from './calendar.js';

/** Failures that lie this close together lock an account softly, for as long again. */
export const SOFT_LOCK_MINUTES = 15;
export const SOFT_LOCK_FAILURES = 5;
/** Failures since the last success that lock it until staff unlock it. */
export const HARD_LOCK_FAILURES = 10;

/** Where attempts come from: a device that has signed in before, by its token's hash, or anywhere else. */
export type Bucket = string;
export const UNKNOWN_DEVICE: Bucket = 'unknown';

/**
 * The attempts that failed, or are still being verified, since the last success, by bucket: instants in milliseconds, in
 * order. Everything about locks follows from them. Never more than HARD_LOCK_FAILURES in a bucket, for none counts in a locked one.
 */
export interface Attempts {
  readonly failures: Readonly<Record<Bucket, readonly number[]>>;
  /** Whether the owner has been told of a hard lock. */
  readonly announced: boolean;
}

export const NO_ATTEMPTS: Attempts = { failures: {}, announced: false };

/** A bucket's lock: since when, and until when; Infinity until staff end it. */
export interface Lock {
  readonly since: number;
  readonly until: number;
}

/**
 * The last lock that a bucket's failures led to, be it over or not; null where they led to none. The first is for 15 minutes,
 * when five failures lie within 15; each failure after that locks for twice as long as the one before.
 */
export function lockAfter(failures: readonly number[]): Lock | null {
  let minutes = 0;
  let lock: Lock | null = null;
  failures.forEach((at, n) => {
    const first = failures[n - SOFT_LOCK_FAILURES + 1];
    if (minutes > 0) minutes *= 2;
    else if (first !== undefined && at - first < SOFT_LOCK_MINUTES * MINUTE_MS) minutes = SOFT_LOCK_MINUTES;
    if (n + 1 >= HARD_LOCK_FAILURES) lock = { since: at, until: Infinity };
    else if (minutes > 0) lock = { since: at, until: at + minutes * MINUTE_MS };
  });
  return lock;
}

const failuresIn = (attempts: Attempts, bucket: Bucket): readonly number[] => attempts.failures[bucket] ?? [];

const without = (failures: Attempts['failures'], bucket: Bucket): Attempts['failures'] =>
  Object.fromEntries(Object.entries(failures).filter(([name]) => name !== bucket));

/** The lock that a bucket is under at an instant; null where it is open. */
export function lockOf(attempts: Attempts, bucket: Bucket, now: number): Lock | null {
  const lock = lockAfter(failuresIn(attempts, bucket));
  return lock && now < lock.until ? lock : null;
}

/**
 * Counts an attempt before the password is looked at: it is a failure until `succeeded` says otherwise.
 * @returns the new state, or null where the bucket is locked: then nothing is counted, and no password may be looked at.
 */
export function attempt(attempts: Attempts, bucket: Bucket, now: number): Attempts | null {
  if (lockOf(attempts, bucket, now)) return null;
  const counted = [...failuresIn(attempts, bucket), now].sort((a, b) => a - b);
  return { ...attempts, failures: { ...attempts.failures, [bucket]: counted } };
}

/** The password was right: the bucket starts afresh. */
export function succeeded(attempts: Attempts, bucket: Bucket): Attempts {
  const failures = without(attempts.failures, bucket);
  return { failures, announced: attempts.announced && hardLocked({ ...attempts, failures }) };
}

/** An attempt that never came to a verdict, for want of room in the queue, is no failure. */
export function takenBack(attempts: Attempts, bucket: Bucket, at: number): Attempts {
  const held = failuresIn(attempts, bucket);
  const place = held.indexOf(at);
  if (place === -1) return attempts;
  const left = held.filter((_, n) => n !== place);
  return { ...attempts, failures: left.length ? { ...attempts.failures, [bucket]: left } : without(attempts.failures, bucket) };
}

/** Keeps the buckets of these devices, and the one for everybody else. */
export function onlyDevices(attempts: Attempts, devices: readonly Bucket[]): Attempts {
  const kept = Object.entries(attempts.failures).filter(([bucket]) => bucket === UNKNOWN_DEVICE || devices.includes(bucket));
  return { ...attempts, failures: Object.fromEntries(kept) };
}

/** Whether any bucket is locked until staff unlock it. */
export const hardLocked = (attempts: Attempts): boolean =>
  Object.values(attempts.failures).some((failures) => lockAfter(failures)?.until === Infinity);

export const failedAttempts = (attempts: Attempts): number =>
  Object.values(attempts.failures).reduce((total, failures) => total + failures.length, 0);

/** Since when the account has been locked, to whichever devices, at an instant; null where it is open to all. */
export function lockedSince(attempts: Attempts, now: number): number | null {
  const locks = Object.keys(attempts.failures).flatMap((bucket) => lockOf(attempts, bucket, now)?.since ?? []);
  return locks.length ? Math.min(...locks) : null;
}

/** What may be done so many times in a London day. */
export interface DayCount {
  readonly day: LocalDate;
  readonly count: number;
  /** The last time, in milliseconds. */
  readonly at: number;
}

export const FAILED_REGISTRATIONS_A_DAY = 5;
export const RESET_MAILS_A_DAY = 5;
/** Mails to an account's owner that somebody has tried to register their details again. */
export const NOTICES_A_DAY = 5;
export const RESENT_CODES_A_DAY = 5;
export const RESEND_MINUTES = 1;
export const CODE_TRIES = 5;
/** Codes to new e-mail addresses of one account. */
export const EMAIL_CODES_A_DAY = 6;

export const countOn = (held: DayCount | null, now: Date): number => (held?.day === londonDay(now) ? held.count : 0);

export function counted(held: DayCount | null, now: Date): DayCount {
  return { day: londonDay(now), count: countOn(held, now) + 1, at: now.getTime() };
}

/** Whether another code may be sent after these: each a minute after the last, and on each day the first one and five more. */
export function mayResend(sent: DayCount, now: Date): boolean {
  return countOn(sent, now) < RESENT_CODES_A_DAY + 1 && now.getTime() - sent.at >= RESEND_MINUTES * MINUTE_MS;
}
