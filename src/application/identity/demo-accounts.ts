import type { Legacy } from '../ports.js';
import type { IdentityDeps } from './deps.js';
import { newAccount, putAccount } from './accounts.js';
import { identifierId, KIND } from './records.js';
import { transact } from './transaction.js';

export interface DemoAccount {
  readonly identifier: string;
  readonly password: string;
  readonly personReference: string;
  readonly displayName: string;
}

type DemoDeps = Pick<IdentityDeps, 'store' | 'hasher' | 'random' | 'clock' | 'landlord'> & { readonly legacy: Pick<Legacy, 'people'> };

/** Makes the demo's accounts where the store does not have them yet. For the demo alone: nobody's details are checked. */
export async function makeDemoAccounts(deps: DemoDeps, accounts: readonly DemoAccount[]): Promise<void> {
  const missing: DemoAccount[] = [];
  for (const demo of accounts) {
    if (!(await deps.store.get(KIND.identifier, identifierId(demo.identifier)))) missing.push(demo);
  }
  if (missing.length === 0) return;
  const people = await deps.legacy.people.byReferences(missing.map(({ personReference }) => personReference));
  for (const demo of missing) {
    const passwordHash = await deps.hasher.hash(demo.password);
    const person = people.get(demo.personReference);
    const account = newAccount(deps, {
      personReference: demo.personReference, email: demo.identifier, passwordHash,
      displayName: person?.name.full ?? demo.displayName, dateOfBirth: person?.dateOfBirth ?? null,
    });
    await transact(deps.store, async (transaction) => putAccount(transaction, account));
  }
}
