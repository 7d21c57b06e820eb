/**
 * Mail on its way out: a document of its own, written in the same transaction as what it announces, so that neither stands
 * without the other. The worker sends it and removes it. Until then it holds what it carries, a code or a password too.
 */
import type { Clock, Random } from '../ports.js';
import { everyOf, type Documents } from '../identity/documents.js';
import { transact, type Transaction } from '../identity/transaction.js';

export const MAIL_KIND = 'mail';

/** What a mail says, by its template. Instants are ISO. */
export type MailContent =
  | { readonly template: 'registration-code'; readonly code: string; readonly registrationId: string; readonly expiresAt: string }
  | { readonly template: 'already-registered' }
  | { readonly template: 'welcome'; readonly userId: string | null }
  | { readonly template: 'temporary-password'; readonly password: string; readonly expiresAt: string }
  | { readonly template: 'password-changed' }
  | { readonly template: 'account-locked' }
  | { readonly template: 'email-change-code'; readonly code: string; readonly changeReference: string; readonly expiresAt: string }
  | { readonly template: 'email-in-use' }
  | { readonly template: 'email-change-asked' }
  | { readonly template: 'email-changed' }
  | { readonly template: 'login-issued'; readonly userId: string | null; readonly password: string; readonly expiresAt: string };

export type MailTemplate = MailContent['template'];

/** `to` is an address that the store or the legacy system holds, or a new one that its account's owner gave: never one taken from a request unchecked. */
export type Mail = { readonly to: string; readonly accountId: string | null } & MailContent;

export interface MailRecord {
  readonly mail: Mail;
  readonly queuedAt: string;
  /** As in the queue, milliseconds. Kept here too: between looking at the queue and reading this, another worker may have moved it. */
  readonly dueAt: number;
  /** Counted before each is made, so that one cut short by a crash counts too. */
  readonly tries: number;
  /** How many tries ended without the server's answer, after all of the mail had gone out. */
  readonly unanswered: number;
  /** Who is trying: a new random value each time; null between tries. */
  readonly claim: string | null;
}

/** Places a mail in the queue, due at once, if and when the transaction commits. */
export async function queueMail(transaction: Transaction, deps: { readonly random: Random; readonly clock: Clock }, mail: Mail): Promise<void> {
  const id = deps.random.uuid();
  const now = deps.clock();
  await transaction.get(MAIL_KIND, id);
  const record: MailRecord = { mail, queuedAt: now.toISOString(), dueAt: now.getTime(), tries: 0, unanswered: 0, claim: null };
  // No expiry: the store's housekeeping must not drop what nobody has noted as given up.
  transaction.put(MAIL_KIND, id, record, { dueAt: record.dueAt });
}

/** Removes what waits for a person who is erased: by account, by address (without case), or either. @returns how many. */
export async function removeMailTo(
  documents: Documents, { accountId, to }: { readonly accountId?: string | undefined; readonly to?: string | undefined },
): Promise<number> {
  const address = to?.toLowerCase();
  const theirs = ({ mail }: MailRecord): boolean =>
    (accountId !== undefined && mail.accountId === accountId) || (address !== undefined && mail.to.toLowerCase() === address);
  let removed = 0;
  for await (const { id, document } of everyOf<MailRecord>(documents, MAIL_KIND)) {
    if (!theirs(document.value)) continue;
    // Read again, for the worker may have written its claim meanwhile.
    removed += await transact(documents, async (transaction) => {
      if (!(await transaction.get(MAIL_KIND, id))) return 0;
      transaction.remove(MAIL_KIND, id);
      return 1;
    });
  }
  return removed;
}
