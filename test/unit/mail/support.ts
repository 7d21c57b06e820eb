/** A store on disk, a clock that is set by hand, a log that is read back, and a mailer that does as it is told. */
import { transact } from '../../../src/application/identity/transaction.js';
import type { MailDeps } from '../../../src/application/mail/courier.js';
import { MAIL_KIND, queueMail, type Mail, type MailRecord } from '../../../src/application/mail/outbox.js';
import type { Mailer, MailOutcome, OutgoingMail, Store } from '../../../src/application/ports.js';
import { landlordNamed } from '../../../src/landlords/index.js';
import { recordingLog } from '../../support/recording-log.js';
import { storeOnDisk } from '../../support/store-on-disk.js';

export const START = Date.parse('2017-02-08T10:00:00Z');
export const MINUTE = 60_000;

/** Values that may stand in a mail and nowhere else. */
export const CANARY = { address: 'canary-address@tenant.example', code: 'CanaryCode77', password: 'CanaryPassw0rd99', registration: 'canary-registration' };

export const codeMail = (to: string = CANARY.address, expiresAt = '2017-02-09T04:00:00Z'): Mail =>
  ({ to, accountId: null, template: 'registration-code', code: CANARY.code, registrationId: CANARY.registration, expiresAt });
export const changedMail = (to = 'owner@tenant.example', accountId: string | null = null): Mail => ({ to, accountId, template: 'password-changed' });

export interface Desk extends MailDeps {
  readonly store: Store;
  /** The clock's hand. */
  readonly time: { now: number };
  readonly lines: string[];
  readonly counts: string[];
  /** Another handle on the same file, as another process would have. */
  secondStore(): Store;
  queue(mail: Mail): Promise<void>;
  /** What waits. */
  waiting(): Promise<readonly { id: string; record: MailRecord }[]>;
  close(): Promise<void>;
}

/** Everything that a courier needs. Jitter is at its longest, so that waits are known. */
export function desk(mailer: Mailer): Desk {
  const { open, close } = storeOnDisk();
  const store = open();
  const time = { now: START };
  const lines: string[] = [];
  const counts: string[] = [];
  let made = 0;
  const nextId = (): string => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`;
  const deps = {
    store, mailer, time, lines, counts,
    landlord: landlordNamed('wiltshire'),
    portalUrl: () => 'https://portal.example/',
    clock: () => new Date(time.now),
    random: { token: (bytes: number) => Buffer.alloc(bytes, 0xff).toString('base64url'), uuid: nextId },
    log: recordingLog(lines),
    onMail: (template: string, outcome: string) => counts.push(`${template} ${outcome}`),
  };
  return {
    ...deps,
    secondStore: open,
    queue: (mail) => transact(store, (transaction) => queueMail(transaction, deps, mail)),
    waiting: async () => (await store.list<MailRecord>(MAIL_KIND, '', 100)).map(({ id, document }) => ({ id, record: document.value })),
    close,
  };
}

/** Keeps what it is given, and answers as told: outcomes in order, then `accepted`. */
export function toldMailer(...outcomes: (MailOutcome | Error | 'hang')[]): Mailer & { readonly sent: OutgoingMail[] } {
  const sent: OutgoingMail[] = [];
  return {
    sent,
    deadlineMs: 30_000,
    send: async (mail) => {
      sent.push(mail);
      const next = outcomes.shift() ?? { outcome: 'accepted' };
      if (next === 'hang') return new Promise(() => undefined);
      if (next instanceof Error) throw next;
      return next;
    },
  };
}

export const failed: MailOutcome = { outcome: 'failed', cause: { code: 'ECONNECTION' } };
export const refused: MailOutcome = { outcome: 'refused', cause: { code: 'EENVELOPE', response: 550 } };
export const unanswered: MailOutcome = { outcome: 'unanswered', cause: { code: 'ETIMEDOUT' } };
