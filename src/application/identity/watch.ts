import { createHmac } from 'node:crypto';
import { HOUR_MS, londonDay, type LocalDate } from '../../domain/calendar.js';
import type { Clock, Log, Random } from '../ports.js';

/** Failures from one network address in an hour that somebody should look at. Nobody is refused for them: a kiosk is shared. */
export const ALARM_FAILURES = 50;
const MOST_ADDRESSES = 10_000;

export interface SignInWatch {
  /** @param address null where it is not known. */
  failed(address: string | null): void;
}

interface Count { readonly since: number; readonly failures: number }

/**
 * Counts refused sign-ins by network address, in memory. An address is known by a hash whose key lasts a day, so that the
 * log shows whether it is one address or many, and never which.
 */
export function signInWatch(options: {
  readonly clock: Clock; readonly random: Random; readonly log: Log;
  /** For a metric; `alarm` where this failure is the one that raised the alarm. */
  readonly onFailure?: (alarm: boolean) => void;
}): SignInWatch {
  let day: LocalDate | undefined;
  let key = '';
  const counts = new Map<string, Count>();

  return {
    failed(address) {
      const now = options.clock();
      if (day !== londonDay(now)) {
        day = londonDay(now);
        key = options.random.token(32);
        counts.clear();
      }
      const name = createHmac('sha256', key).update(address ?? '').digest('base64url').slice(0, 16);
      const held = counts.get(name);
      const count = held && now.getTime() - held.since < HOUR_MS
        ? { since: held.since, failures: held.failures + 1 } : { since: now.getTime(), failures: 1 };
      counts.delete(name);
      // The one that has been quiet longest goes: a Map keeps the order of insertion.
      const quietest = counts.size >= MOST_ADDRESSES ? counts.keys().next().value : undefined;
      if (quietest !== undefined) counts.delete(quietest);
      counts.set(name, count);
      const alarm = address !== null && count.failures === ALARM_FAILURES;
      if (alarm) {
        options.log.warn({ event: 'many_failed_sign_ins', address: name, failures: count.failures, since: new Date(count.since).toISOString() },
          'many sign-ins from one network address were refused');
      }
      options.onFailure?.(alarm);
    },
  };
}
