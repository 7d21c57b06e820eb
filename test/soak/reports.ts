/** What a soak prints at its end. */
import type { Findings } from './findings.js';
import type { RepairResult } from './repairs/run.js';
import type { SoakResult } from './run.js';
import type { StoreName } from './store.js';

const line = (name: string, count: number): string => `  ${name.padEnd(38)} ${count}\n`;

const violationsOf = ({ violations }: Findings): string =>
  `${line('violations', violations.length)}${violations.map((violation) => `    ${violation}\n`).join('')}`;

export function reportIdentity(store: StoreName, result: SoakResult): string {
  const { findings } = result;
  return `identity on ${store}\n${[
    line('kills', result.kills),
    line('  of them while it was starting', result.killsWhileStarting),
    ...(store === 'redis' ? [line('kills of redis-server', result.redisKills)] : []),
    line('journeys', findings.journeys),
    line('answers', findings.answers),
    line('answers cut off', findings.cutOff),
    line('acknowledged registrations', findings.registrations),
    line('acknowledged confirmations', findings.confirmations),
    line('acknowledged sign-ins', findings.signIns),
    line('acknowledged resets', findings.resets),
    line('acknowledged password changes', findings.passwordChanges),
    line('soft locks', findings.softLocks),
    line('hard locks', findings.hardLocks),
    line('tenants set aside, too much in doubt', result.setAside),
    line('mails', result.mails),
    line('doubled mails', result.doubled),
    line('lost mails', result.lost),
  ].join('')}${violationsOf(findings)}`;
}

const sum = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((all, count) => all + count, 0);
const each = (counts: ReadonlyMap<string, number>): string => [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, count]) => line(`  ${name}`, count)).join('');

export function reportRepairs(store: StoreName, result: RepairResult): string {
  const { findings, unacknowledged } = result;
  return `repairs on ${store}\n${[
    line('kills', result.kills),
    line('  of them while it was starting', result.killsWhileStarting),
    ...(store === 'redis' ? [line('kills of redis-server', result.redisKills)] : []),
    line('faults ordered of the legacy system', sum(result.faults)),
    each(result.faults),
    line('acknowledged', result.acknowledged),
    line('  delivered', result.delivered),
    line('  in the staff queue', sum(result.staff)),
    each(new Map([...result.staff].map(([reason, count]) => [`  ${reason}`, count]))),
    line('  lost', result.lost),
    line('doubled', result.doubled),
    line('tries of unknown outcome, looked up', sum(findings.unclear)),
    each(findings.unclear),
    line('tried more than once', result.triedAgain),
    line('readable by all their references', result.readable),
    line('answers', findings.answers),
    line('answers cut off', findings.cutOff),
    line('cut off and not asked again', findings.givenUp),
    line('  arrived all the same', unacknowledged.arrived),
    line('  in the staff queue', unacknowledged.staff),
    line('  never taken', unacknowledged.neverTaken),
    line('asked twice at the same moment', findings.twins),
    line('first answers given again', findings.repeats),
    line('keys refused for another request', findings.conflicts),
    line('texts refused for their length', findings.tooLong),
    line('read as soon as acknowledged', findings.readAtOnce),
  ].join('')}${violationsOf(findings)}`;
}
