/**
 * The figures of the account rules that help tells to tenants. Exported so that a test can hold them against the rules
 * themselves, which this directory may not import.
 */
export const QUOTED_RULES = {
  passwordMinLength: 12,
  passwordMaxLength: 256,
  codeLength: 12,
  codeTries: 5,
  /** Of the next day, in London, and at least an hour after the code was sent. */
  codeDiesAtHour: 4,
  failedRegistrationsADay: 5,
  softLockFailures: 5,
  softLockMinutes: 15,
  hardLockFailures: 10,
  temporaryPasswordHours: 24,
  resetMailsADay: 5,
  idleMinutes: 15,
  signedInHours: 8,
} as const;
