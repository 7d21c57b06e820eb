/** Work for names that nobody has: as much is written as for somebody's, so that a name's answer takes as long either way. */
import type { Random } from '../ports.js';
import { KIND } from './records.js';
import type { Transaction } from './transaction.js';

/** Writes documents, in one of 256 places that are used again and again, in place of those that an account's owner would have. @param names one each. @param instead what they hold. */
export async function pretend(transaction: Transaction, random: Random, names: readonly string[], instead: object = {}): Promise<void> {
  const place = Buffer.from(random.token(1), 'base64url')[0] ?? 0;
  for (const name of names) {
    const id = `${name}-${place}`;
    await transaction.get(KIND.decoy, id);
    transaction.put(KIND.decoy, id, { ...instead, id });
  }
}
