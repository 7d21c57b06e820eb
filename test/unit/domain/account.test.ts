import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  attempt, countOn, counted, failedAttempts, hardLocked, lockAfter, lockedSince, lockOf, mayResend, NO_ATTEMPTS, onlyDevices,
  succeeded, takenBack, UNKNOWN_DEVICE, type Attempts,
} from '../../../src/domain/account.js';

const MINUTE = 60_000;
const START = Date.parse('2017-02-08T10:00:00Z');

/** Fails at these minutes where it may, and says at which it might. */
function failAt(minutes: readonly number[], bucket = UNKNOWN_DEVICE, from: Attempts = NO_ATTEMPTS): { attempts: Attempts; allowed: number[] } {
  let attempts = from;
  const allowed = minutes.filter((minute) => {
    const next = attempt(attempts, bucket, START + minute * MINUTE);
    if (next) attempts = next;
    return next !== null;
  });
  return { attempts, allowed };
}

const steps = fc.array(fc.integer({ min: 0, max: 40 * MINUTE }), { maxLength: 60 })
  .map((gaps) => gaps.reduce<number[]>((instants, gap) => [...instants, (instants.at(-1) ?? START) + gap], []));

describe('locks', () => {
  it('come with the fifth failure in 15 minutes, for 15 minutes', () => {
    const { attempts, allowed } = failAt([0, 1, 2, 3, 4, 5, 18.99, 19]);
    expect(allowed).toEqual([0, 1, 2, 3, 4, 19]);
    expect(lockAfter([0, 1, 2, 3].map((minute) => minute * MINUTE))).toBeNull();
    expect(failedAttempts(attempts)).toBe(6);
  });

  it('do not come with five failures that are further apart', () => {
    expect(failAt([0, 4, 8, 12, 15, 16]).allowed).toEqual([0, 4, 8, 12, 15, 16]);
    expect(lockOf(failAt([0, 4, 8, 12, 14.99]).attempts, UNKNOWN_DEVICE, START + 15 * MINUTE)).toEqual({ since: START + 14.99 * MINUTE, until: START + 29.99 * MINUTE });
  });

  it('double with each later failure, and with the tenth stay until staff end them', () => {
    // Locked for 15, 30, 60, 120 and 240 minutes; tried again the moment each is over.
    const at = [0, 0, 0, 0, 0, 15, 45, 105, 225, 465];
    expect(failAt(at).allowed).toEqual(at);
    for (const early of [14.9, 44.9, 104.9, 224.9, 464.9]) {
      const before = failAt(at.filter((minute) => minute < early)).attempts;
      expect(lockOf(before, UNKNOWN_DEVICE, START + early * MINUTE)).not.toBeNull();
    }
    const { attempts } = failAt(at);
    expect(lockOf(attempts, UNKNOWN_DEVICE, START + 10 * 365 * 24 * 60 * MINUTE)).toMatchObject({ until: Infinity });
    expect(hardLocked(attempts)).toBe(true);
  });

  it('come with ten failures however slow they are', () => {
    const daily = Array.from({ length: 11 }, (_, day) => day * 24 * 60);
    expect(failAt(daily).allowed).toHaveLength(10);
  });

  it('of strangers do not touch a known device, nor the other way round', () => {
    const { attempts } = failAt([0, 0, 0, 0, 0]);
    expect(attempt(attempts, 'device', START)).not.toBeNull();
    expect(lockedSince(attempts, START)).toBe(START);
    const own = failAt([0, 0, 0, 0, 0], 'device');
    expect(attempt(own.attempts, UNKNOWN_DEVICE, START)).not.toBeNull();
    expect(attempt(own.attempts, 'device', START)).toBeNull();
  });

  it('go with a success, in its own bucket', () => {
    const both = failAt([0, 0, 0, 0, 0], 'device', failAt([0, 0, 0, 0, 0]).attempts).attempts;
    const after = succeeded(both, 'device');
    expect(failedAttempts(after)).toBe(5);
    expect(failAt([0, 0, 0, 0, 0, 0], 'device', after).allowed).toHaveLength(5);
    expect(lockOf(after, UNKNOWN_DEVICE, START)).not.toBeNull();
  });

  it('forget devices that are no longer known', () => {
    const many = failAt([0], 'old', failAt([0], 'new', failAt([0]).attempts).attempts).attempts;
    expect(Object.keys(onlyDevices(many, ['new']).failures).sort()).toEqual(['new', UNKNOWN_DEVICE]);
  });

  it('are undone with an attempt that is taken back', () => {
    const { attempts } = failAt([0, 1, 2, 3, 4]);
    const back = takenBack(attempts, UNKNOWN_DEVICE, START + 4 * MINUTE);
    expect(lockOf(back, UNKNOWN_DEVICE, START + 4 * MINUTE)).toBeNull();
    expect(takenBack(back, UNKNOWN_DEVICE, START + 99 * MINUTE)).toBe(back);
    expect(takenBack(failAt([0]).attempts, UNKNOWN_DEVICE, START)).toEqual(NO_ATTEMPTS);
  });

  it('hold: at any times there are never more than five attempts in 15 minutes, nor more than ten in all', () => {
    fc.assert(fc.property(steps, (instants) => {
      let attempts = NO_ATTEMPTS;
      const allowed: number[] = [];
      for (const now of instants) {
        const next = attempt(attempts, UNKNOWN_DEVICE, now);
        if (!next) continue;
        allowed.push(now);
        attempts = next;
      }
      expect(allowed.length).toBeLessThanOrEqual(10);
      allowed.forEach((at, n) => expect(allowed.slice(n).filter((later) => later - at < 15 * MINUTE).length).toBeLessThanOrEqual(5));
    }));
  });

  it('hold: a refused attempt changes nothing, and waiting never locks', () => {
    fc.assert(fc.property(steps, fc.integer({ min: 0, max: 600 * MINUTE }), (instants, wait) => {
      let attempts = NO_ATTEMPTS;
      for (const now of instants) attempts = attempt(attempts, UNKNOWN_DEVICE, now) ?? attempts;
      const last = instants.at(-1) ?? START;
      const lock = lockOf(attempts, UNKNOWN_DEVICE, last);
      if (!lock) expect(lockOf(attempts, UNKNOWN_DEVICE, last + wait)).toBeNull();
      else expect(lockOf(attempts, UNKNOWN_DEVICE, last + wait)).toEqual(last + wait < lock.until ? lock : null);
    }));
  });

  it('hold: a success opens a bucket in any state', () => {
    fc.assert(fc.property(steps, (instants) => {
      let attempts = NO_ATTEMPTS;
      for (const now of instants) attempts = attempt(attempts, UNKNOWN_DEVICE, now) ?? attempts;
      expect(succeeded(attempts, UNKNOWN_DEVICE)).toEqual(NO_ATTEMPTS);
    }));
  });
});

describe('counts of a day', () => {
  it('begin again at midnight in London, not in UTC', () => {
    const evening = new Date('2017-07-08T22:59:00Z');
    const held = counted(counted(null, evening), evening);
    expect(countOn(held, evening)).toBe(2);
    expect(countOn(held, new Date('2017-07-08T23:00:00Z'))).toBe(0);
    expect(counted(held, new Date('2017-07-08T23:00:00Z'))).toMatchObject({ day: '2017-07-09', count: 1 });
  });

  it('let five more codes out after the first, each a minute after the last', () => {
    let now = new Date(START);
    let sent = counted(null, now);
    expect(mayResend(sent, new Date(START + MINUTE - 1))).toBe(false);
    let more = 0;
    for (let n = 0; n < 20; n++) {
      now = new Date(now.getTime() + MINUTE);
      if (!mayResend(sent, now)) continue;
      sent = counted(sent, now);
      more += 1;
    }
    expect(more).toBe(5);
    expect(mayResend(sent, new Date(START + 24 * 60 * MINUTE))).toBe(true);
  });
});
