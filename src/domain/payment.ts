/** A card payment that is made on a provider's own page: what may be paid, where the tenant is sent back to, and when to ask again. */
import { addDays, DAY_MS, HOUR_MS, londonDay, MINUTE_MS, type LocalDate } from './calendar.js';
import { invalidInput } from './errors.js';
import { money, type Money } from './money.js';
import type { Posting } from './rent.js';
import type { Tenancy } from './tenancy.js';

/** STARTED may still become any other; PAID becomes POSTED; the others are the end. */
export type PaymentStatus = 'STARTED' | 'PAID' | 'FAILED' | 'EXPIRED' | 'POSTED';

export interface Payment {
  readonly reference: string;
  readonly amount: Money;
  readonly status: PaymentStatus;
  readonly startedAt: Date;
}

/** How long the provider's page takes a payment: GOV.UK Pay lets one expire 90 minutes after it was created. */
export const SESSION_MINUTES = 90;
/** How far back payments are listed. */
export const LISTED_DAYS = 30;
/** How many payments an account may start in a London day: more than anybody needs, and few enough to be no use for trying cards. */
export const PAYMENTS_A_DAY = 20;
const MOST_RETURN_URL = 500;

/** Minutes after the start at which the provider is asked: soon, and once more when the page has surely expired. */
const FIRST_ASKS = [1, 5, 15, 30, 60, 95];

/** After so long the provider's page takes no money any more, whatever clocks say. */
export const SURELY_EXPIRED_MS = 95 * MINUTE_MS;
/** From this age on, somebody should look at a payment that has no end. */
export const OVERDUE_MS = DAY_MS;

/**
 * When the provider is asked next about a payment that has no end yet: after 1, 5, 15, 30, 60 and 95 minutes, then hourly to a
 * day, then daily for as long as it is listed. @param startedAt, now instants in milliseconds. @returns one later than now; null
 * where it is not asked any more.
 */
export function nextAsk(startedAt: number, now: number): number | null {
  const age = now - startedAt;
  const first = FIRST_ASKS.map((minutes) => minutes * MINUTE_MS).find((at) => at > age);
  if (first !== undefined) return startedAt + first;
  const step = age < DAY_MS ? HOUR_MS : DAY_MS;
  const next = (Math.floor(age / step) + 1) * step;
  return next <= LISTED_DAYS * DAY_MS ? startedAt + next : null;
}

/** The first London day of the payments that are listed on a day. */
export const listedFrom = (today: LocalDate): LocalDate => addDays(today, -LISTED_DAYS);

/** @throws INVALID_INPUT with the limit in its words. @param limitPence the landlord's. */
export function checkPence(pence: number, limitPence: number): void {
  if (Number.isSafeInteger(pence) && pence >= 1 && pence <= limitPence) return;
  throw invalidInput('input.pence', `An amount from ${money(1).display} to ${money(limitPence).display} can be paid at once.`);
}

/**
 * Whether a tenancy's account takes payments: a current one always (many pay ahead), an ended one only while something is owed on it,
 * for what is paid too much would have to be found and sent back; a future one not, since its account is not open yet.
 * @param balancePence what is owed; read for ended tenancies alone. @throws INVALID_INPUT.
 */
export async function checkPayable({ status }: Pick<Tenancy, 'status'>, balancePence: () => Promise<number>): Promise<void> {
  if (status === 'FUTURE') throw invalidInput('input.tenancyReference', 'This tenancy has not begun, and its rent account takes no payments yet.');
  if (status === 'ENDED' && (await balancePence()) <= 0) {
    throw invalidInput('input.tenancyReference', 'This tenancy has ended and nothing is owed on its rent account.');
  }
}

/**
 * An address to send the tenant back to, as it is kept: absolute, http or https, without user, password or fragment, and of an
 * origin that the landlord has listed. What browsers would read in another way than it looks (backslashes, a missing slash,
 * blanks) is refused. @throws INVALID_INPUT, never with the address in it.
 */
export function checkedReturnUrl(text: string, listed: (origin: string) => boolean): string {
  const refuse = (words: string) => invalidInput('input.returnUrl', words);
  if (text.length > MOST_RETURN_URL) throw refuse(`Use at most ${MOST_RETURN_URL} characters.`);
  if (!/^https?:\/\/[^\s\\#/?@]+(?:[/?][^\s\\#]*)?$/i.test(text) || !URL.canParse(text)) {
    throw refuse('Send a whole address that begins with https:// and has no user name, no password and no part after #.');
  }
  const url = new URL(text);
  // eslint-disable-next-line no-control-regex -- blanks and control characters are taken out by the parser, and so change what is there
  if (url.username !== '' || url.password !== '' || /[\u0000-\u001f\u007f]/.test(text)) throw refuse('Send an address without a user name, a password or control characters.');
  if (!listed(url.origin)) throw refuse('Send an address of the portal: this one is of a site that payments do not return to.');
  return url.href;
}

/** The address with `payment=<reference>` at the end of its query, where the front end reads which payment it is about. */
export function withReference(returnUrl: string, reference: string): string {
  const url = new URL(returnUrl);
  if (url.searchParams.has('payment')) url.searchParams.delete('payment');
  url.search = `${url.search}${url.search === '' ? '?' : '&'}payment=${encodeURIComponent(reference)}`;
  return url.href;
}

/** Whether a posting is what became of a payment: a receipt that carries its reference. */
export const isReceiptOf = (posting: Pick<Posting, 'ownReference' | 'pence'>, reference: string): boolean =>
  posting.pence < 0 && posting.ownReference === reference;

/** From which London day on a ledger is read to find the receipts of payments that were started at these instants. */
export function receiptsFrom(startedAt: readonly string[]): LocalDate {
  return londonDay(new Date(startedAt.reduce((first, other) => (other < first ? other : first))));
}
