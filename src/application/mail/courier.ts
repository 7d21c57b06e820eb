import { DAY_MS } from '../../domain/calendar.js';
import { nameOf } from '../../domain/errors.js';
import type { Landlord } from '../../domain/landlord.js';
import type { Documents } from '../identity/documents.js';
import { transact } from '../identity/transaction.js';
import type { Clock, Log, MailCause, Mailer, MailOutcome, Random } from '../ports.js';
import { CLAIM_MARGIN_MS, retryIn } from '../retry.js';
import { MAIL_KIND, type MailRecord, type MailTemplate } from './outbox.js';
import { mailText } from './texts.js';

export interface MailDeps {
  readonly store: Documents;
  readonly mailer: Mailer;
  readonly landlord: Landlord;
  /** The front end's address, for links. A function, for in the demo it is known only once the gateway listens. */
  readonly portalUrl: () => string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Counts what became of mails. */
  readonly onMail?: (template: MailTemplate, outcome: 'sent' | 'retried' | 'given_up') => void;
}

/** Takes mails out of the queue, one at a time each. */
export interface Courier {
  /** Tries one mail, if nobody else does; notes what came of it. @throws where the store is away. */
  deliver(id: string): Promise<void>;
  /** Notes what the store would not take before. */
  settle(): Promise<void>;
}

const GIVE_UP_AFTER_MS = DAY_MS;
/** A server that takes whole mails and never answers may be delivering each: after the second one, it gets no third. */
const MOST_UNANSWERED = 2;

type GivenUp = 'refused' | 'unanswered' | 'expired' | 'too_old';

/** Why a mail is not worth another try; null where it is. */
function hopeless({ mail, queuedAt }: MailRecord, now: number): GivenUp | null {
  // What is in it is dead: it would only mislead.
  if ('expiresAt' in mail && Date.parse(mail.expiresAt) <= now) return 'expired';
  return now - Date.parse(queuedAt) >= GIVE_UP_AFTER_MS ? 'too_old' : null;
}

interface Tried {
  readonly record: MailRecord;
  readonly result: MailOutcome;
}

export function courier(deps: MailDeps): Courier {
  const { store, mailer, clock, random, log } = deps;
  const unnoted = new Map<string, Tried>();

  const gaveUp = (id: string, { mail, tries }: MailRecord, reason: GivenUp, cause: MailCause = {}): void => {
    deps.onMail?.(mail.template, 'given_up');
    log.error({ event: 'mail_given_up', mail: id, template: mail.template, tries, reason, ...cause }, 'a mail was given up');
  };

  /** Notes a try and takes the mail for as long as one can last; null where it is not, or not yet, to be tried. */
  async function claim(id: string): Promise<MailRecord | null> {
    const found = await store.get<MailRecord>(MAIL_KIND, id);
    const now = clock().getTime();
    if (!found || found.value.dueAt > now) return null;
    const reason = hopeless(found.value, now);
    if (reason) {
      if (await store.commit([{ kind: MAIL_KIND, id, ifVersion: found.version, value: null }])) gaveUp(id, found.value, reason);
      return null;
    }
    if (found.value.claim !== null) {
      log.warn({ event: 'mail_try_cut_short', mail: id, template: found.value.mail.template }, 'an earlier try of a mail was cut short; it is sent again, and may arrive twice');
    }
    const dueAt = now + mailer.deadlineMs + CLAIM_MARGIN_MS;
    const record: MailRecord = { ...found.value, dueAt, tries: found.value.tries + 1, claim: random.uuid() };
    if (!(await store.commit([{ kind: MAIL_KIND, id, ifVersion: found.version, value: record, dueAt }]))) return null;
    // Where the store (or a sleeping machine) has eaten the margin, another gateway may soon take it: leave it to come round again.
    return clock().getTime() < now + CLAIM_MARGIN_MS ? record : null;
  }

  async function attempt(id: string, { mail }: MailRecord): Promise<MailOutcome> {
    try {
      const text = mailText(mail, { landlord: deps.landlord, portalUrl: deps.portalUrl() });
      return await mailer.send({ to: { address: mail.to }, ...text, messageId: id });
    } catch (error) {
      // A mailer is not to throw; whether one that does has sent anything, nobody knows. The name alone: a message may quote.
      return { outcome: 'unanswered', cause: { error: nameOf(error) } };
    }
  }

  /** Sent is sent, whoever may have claimed it since; a failure counts only while the claim is still ours. */
  async function note(id: string, { record, result }: Tried): Promise<void> {
    const unanswered = record.unanswered + (result.outcome === 'unanswered' ? 1 : 0);
    const enough = unanswered >= MOST_UNANSWERED;
    const noted = await transact(store, async (transaction) => {
      const held = await transaction.get<MailRecord>(MAIL_KIND, id);
      if (!held || (result.outcome !== 'accepted' && held.claim !== record.claim)) return false;
      if (result.outcome === 'accepted' || result.outcome === 'refused' || enough) {
        transaction.remove(MAIL_KIND, id);
      } else {
        const dueAt = clock().getTime() + retryIn(random, record.tries);
        transaction.put(MAIL_KIND, id, { ...record, dueAt, unanswered, claim: null } satisfies MailRecord, { dueAt });
      }
      return true;
    });
    const { mail: { template }, tries } = record;
    if (result.outcome === 'accepted') {
      deps.onMail?.(template, 'sent');
      log.info({ event: 'mail_sent', mail: id, template, tries }, 'a mail was sent');
    } else if (noted && (result.outcome === 'refused' || enough)) {
      gaveUp(id, record, result.outcome === 'refused' ? 'refused' : 'unanswered', result.cause);
    } else if (noted) {
      deps.onMail?.(template, 'retried');
      log.warn({ event: 'mail_retried', mail: id, template, tries, outcome: result.outcome, ...result.cause }, 'a mail was not sent; it will be tried again');
    }
  }

  return {
    deliver: async (id) => {
      if (unnoted.has(id)) return;
      const record = await claim(id);
      if (!record) return;
      const tried = { record, result: await attempt(id, record) };
      try {
        await note(id, tried);
      } catch (error) {
        // Remembered until the store has it: a store that is away for longer than the claim must not make it go out again.
        unnoted.set(id, tried);
        throw error;
      }
    },
    settle: async () => {
      for (const [id, tried] of unnoted) {
        await note(id, tried);
        unnoted.delete(id);
      }
    },
  };
}
