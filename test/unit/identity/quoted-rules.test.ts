import { expect, it } from '@jest/globals';
import { ACCESS_TOKEN_SECONDS, SESSION_ABSOLUTE_SECONDS, SESSION_IDLE_SECONDS } from '../../../src/application/identity/tokens.js';
import { CODE_LENGTH, TEMPORARY_PASSWORD_HOURS, TEMPORARY_PASSWORD_LENGTH } from '../../../src/application/identity/secrets.js';
import { CODE_TRIES, FAILED_REGISTRATIONS_A_DAY, HARD_LOCK_FAILURES, RESET_MAILS_A_DAY, SOFT_LOCK_FAILURES, SOFT_LOCK_MINUTES } from '../../../src/domain/account.js';
import { londonClock, nextOvernight } from '../../../src/domain/calendar.js';
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from '../../../src/domain/password.js';
import { QUOTED_RULES } from '../../../src/landlords/quoted-rules.js';

it('help quotes the rules as they are', () => {
  const dies = londonClock(nextOvernight(new Date('2017-02-08T12:00:00Z')));
  expect(QUOTED_RULES).toEqual({
    passwordMinLength: PASSWORD_MIN_LENGTH, passwordMaxLength: PASSWORD_MAX_LENGTH, codeLength: CODE_LENGTH, codeTries: CODE_TRIES,
    codeDiesAtHour: dies.minutes / 60, failedRegistrationsADay: FAILED_REGISTRATIONS_A_DAY, softLockFailures: SOFT_LOCK_FAILURES,
    softLockMinutes: SOFT_LOCK_MINUTES, hardLockFailures: HARD_LOCK_FAILURES, temporaryPasswordHours: TEMPORARY_PASSWORD_HOURS,
    resetMailsADay: RESET_MAILS_A_DAY, idleMinutes: SESSION_IDLE_SECONDS / 60, signedInHours: SESSION_ABSOLUTE_SECONDS / 3600,
  });
});

it('the rules are the agreed ones', () => {
  expect([PASSWORD_MIN_LENGTH, PASSWORD_MAX_LENGTH, CODE_LENGTH, CODE_TRIES, FAILED_REGISTRATIONS_A_DAY, RESET_MAILS_A_DAY]).toEqual([12, 256, 12, 5, 5, 5]);
  expect([SOFT_LOCK_FAILURES, SOFT_LOCK_MINUTES, HARD_LOCK_FAILURES, TEMPORARY_PASSWORD_HOURS, TEMPORARY_PASSWORD_LENGTH]).toEqual([5, 15, 10, 24, 16]);
  expect([ACCESS_TOKEN_SECONDS, SESSION_IDLE_SECONDS, SESSION_ABSOLUTE_SECONDS]).toEqual([600, 900, 28_800]);
});
