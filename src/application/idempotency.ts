/** A client's own keys: the same key with the same content gives the first answer again, and does nothing twice. */
import { DAY_MS } from '../domain/calendar.js';
import { GatewayError } from '../domain/errors.js';
import { oneAtATime } from './identity/serial.js';
import { removeOfAccount, transact, type Transaction } from './identity/transaction.js';
import type { Documents } from './identity/documents.js';
import { sha256 } from './sha256.js';

const KEY_KIND = 'idempotency';
const KEPT_MS = 30 * DAY_MS;

/** A request under the key that its client made up for it. */
export interface KeyedRequest {
  readonly accountId: string;
  readonly idempotencyKey: string;
  /** What was asked for, whole: anything that JSON can hold. Kept as a hash. */
  readonly content: readonly unknown[];
  /** The request's instant. */
  readonly now: Date;
}

interface KeyRecord {
  readonly accountId: string;
  readonly contentHash: string;
  readonly answer: unknown;
  readonly expiresAt: string;
}

const idOf = ({ accountId, idempotencyKey }: KeyedRequest): string => sha256(`${accountId} ${idempotencyKey}`);
const hashOf = ({ content }: KeyedRequest): string => sha256(JSON.stringify(content));

async function answeredBefore<A>(transaction: Transaction, request: KeyedRequest): Promise<A | null> {
  const known = await transaction.get<KeyRecord>(KEY_KIND, idOf(request));
  if (!known || Date.parse(known.expiresAt) <= request.now.getTime()) return null;
  if (known.contentHash !== hashOf(request)) {
    throw new GatewayError('CONFLICT', 'This idempotency key was used for another request. Send a new key with a new request.', { field: 'input.idempotencyKey' });
  }
  return known.answer as A;
}

/** The first answer to this key; null where the key is new. @throws CONFLICT where it was used for something else. */
export const firstAnswer = <A>(store: Documents, request: KeyedRequest): Promise<A | null> =>
  transact(store, (transaction) => answeredBefore<A>(transaction, request));

/**
 * Does a step under the request's key, and keeps its answer with what it wrote: both or neither. The same key at the same moment
 * stands in line here; between gateways the commit decides.
 * @param step as `transact` takes it; its answer is kept as JSON for 30 days. @returns that answer, or the first one. @throws CONFLICT.
 */
export function once<A>(store: Documents, request: KeyedRequest, step: (transaction: Transaction) => Promise<A>): Promise<A> {
  const id = idOf(request);
  return oneAtATime(store, `${KEY_KIND}:${id}`, () => transact(store, async (transaction) => {
    const earlier = await answeredBefore<A>(transaction, request);
    if (earlier !== null) return earlier;
    const answer = await step(transaction);
    const expiresAt = request.now.getTime() + KEPT_MS;
    const record: KeyRecord = { accountId: request.accountId, contentHash: hashOf(request), answer, expiresAt: new Date(expiresAt).toISOString() };
    transaction.put(KEY_KIND, id, record, { expiresAt });
    return answer;
  }));
}

/** Forgets the keys of an account that is erased: their answers name what it did. */
export const removeKeysOf = (store: Documents, accountId: string): Promise<void> => removeOfAccount(store, KEY_KIND, accountId);
