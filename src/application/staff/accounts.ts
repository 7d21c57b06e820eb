/** Accounts as staff see and change them: what is done goes on record with a reason, and what is seen too. */
import { GatewayError } from '../../domain/errors.js';
import { doerOf, ofPerson } from '../audit/event.js';
import type { Access, HousingDeps } from '../housing/access.js';
import * as administration from '../identity/administration.js';
import { accountKey, accountsFor, type AccountFilter, type AccountSummary } from '../identity/summaries.js';
import type { IdentityDeps } from '../identity/deps.js';
import { checkPage, page, type Connection, type PageRequest } from '../paging.js';

export type StaffDeps = HousingDeps & IdentityDeps;

const KIND = 'accounts';

const seen = (access: Access, accounts: readonly AccountSummary[]): Promise<void> =>
  access.seen(accounts.map(({ personReference }) => ofPerson(personReference)));

/** Accounts, and registrations that were not confirmed or did not match. @throws FORBIDDEN for tenants, INVALID_INPUT. */
export async function listAccounts(deps: StaffDeps, access: Access, input: AccountFilter & PageRequest): Promise<Connection<AccountSummary>> {
  access.requireStaff();
  checkPage(KIND, input);
  const all = await accountsFor(deps, input);
  const found = page(KIND, all, accountKey, input, 'ascending');
  // A page past the end shows nothing but how many there are, which says of somebody that they have an account: then those are on record.
  await seen(access, found.nodes.length > 0 ? found.nodes : all.slice(0, input.first));
  return found;
}

/** Ends every lock. @throws NOT_FOUND, FORBIDDEN. */
export async function unlockAccount(deps: StaffDeps, access: Access, id: string, reason: string): Promise<AccountSummary> {
  return administration.unlockAccount(deps, id, { by: doerOf(access.requireStaff()), reason });
}

/** Ends the account and its sessions; the tenant can register anew. @throws NOT_FOUND, FORBIDDEN. */
export async function closeAccount(deps: StaffDeps, access: Access, id: string, reason: string): Promise<void> {
  await administration.closeAccount(deps, id, { by: doerOf(access.requireStaff()), reason });
}

/** Only where the landlord does it. @throws FORBIDDEN. */
export function requireIssuing({ landlord }: Pick<StaffDeps, 'landlord'>, access: Access): void {
  access.requireStaff();
  if (!landlord.staffMayIssueLogin) throw new GatewayError('FORBIDDEN', `Staff of ${landlord.name} do not issue logins: tenants register themselves.`);
}
