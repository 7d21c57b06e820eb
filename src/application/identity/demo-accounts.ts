import type { IdentityDeps } from './deps.js';
import { identifierId, KIND, type AccountRecord } from './records.js';
import { transact } from './transaction.js';

export interface DemoAccount {
  readonly identifier: string;
  readonly password: string;
  readonly personReference: string;
  readonly displayName: string;
}

/** Makes the demo's accounts where the store does not have them yet. For the demo alone: nobody's details are checked. */
export async function makeDemoAccounts(deps: Pick<IdentityDeps, 'store' | 'hasher' | 'random' | 'clock'>, accounts: readonly DemoAccount[]): Promise<void> {
  for (const demo of accounts) {
    const identifier = identifierId(demo.identifier);
    if (await deps.store.get(KIND.identifier, identifier)) continue;
    const passwordHash = await deps.hasher.hash(demo.password);
    await transact(deps.store, async (transaction) => {
      if (await transaction.get(KIND.identifier, identifier)) return;
      const id = deps.random.uuid();
      await transaction.get(KIND.account, id);
      transaction.put(KIND.identifier, identifier, { accountId: id });
      transaction.put(KIND.account, id, {
        id, personReference: demo.personReference, email: demo.identifier, userId: null, displayName: demo.displayName,
        passwordHash, sessions: [], createdAt: deps.clock().toISOString(), lastSignInAt: null,
      } satisfies AccountRecord);
    });
  }
}
