/** What every change that tenants make to their own details has in common. */
import { GatewayError, unauthenticated } from '../../domain/errors.js';
import { byStatusThenStart } from '../../domain/tenancy.js';
import type { Landlord } from '../../domain/landlord.js';
import { queueDelivery } from '../delivery/outbox.js';
import type { ChangeDelivery } from '../delivery/record.js';
import type { Access, HousingDeps } from '../housing/access.js';
import { KIND, type AccountRecord } from '../identity/records.js';
import { newChangeReference } from '../identity/secrets.js';
import type { Transaction } from '../identity/transaction.js';
import type { PasswordHasher, PersonReference, Random, TenancyReference } from '../ports.js';
import type { Viewer } from '../viewer.js';

export type ChangeDeps = HousingDeps & { readonly landlord: Landlord; readonly random: Random; readonly hasher: Pick<PasswordHasher, 'seal'> };

export type ChangeOutcome = 'APPLIED' | 'SENT_FOR_CHECKING' | 'CONFIRM_BY_EMAIL';

export interface ChangeAnswer {
  readonly outcome: ChangeOutcome;
  readonly message: string;
  /** Ours, by which the change is known under `pendingChanges`. */
  readonly reference: string;
}

export type Tenant = Viewer & { readonly personReference: PersonReference };

/** The tenant who asks. @throws UNAUTHENTICATED, PASSWORD_CHANGE_REQUIRED; FORBIDDEN for staff. */
export function tenantAsking(access: Access): Tenant {
  const viewer = access.require();
  const { personReference } = viewer;
  if (access.staff || personReference === null) throw new GatewayError('FORBIDDEN', 'Only tenants change their own details here.');
  return { ...viewer, personReference };
}

/** The tenant's account, still open when the step commits. @throws UNAUTHENTICATED where it was closed or erased meanwhile. */
export async function openAccount(transaction: Transaction, { accountId }: Tenant): Promise<AccountRecord> {
  const account = await transaction.get<AccountRecord>(KIND.account, accountId);
  if (!account || account.closedAt !== null) throw unauthenticated();
  return account;
}

/** The tenancy by which staff find whose change it is: the first current one, or else any. @throws NOT_FOUND where there is none. */
export async function tenancyOf(access: Access): Promise<TenancyReference> {
  const [first] = [...(await access.own()).values()].sort(byStatusThenStart);
  if (!first) throw new GatewayError('NOT_FOUND', 'You have no tenancy with us. Please phone us to change your details.');
  return first.reference;
}

/** Queues a change with the transaction. @param wanted its reference, where it has one already. @returns the reference that it got. */
export async function queueChange(
  transaction: Transaction, { random }: Pick<ChangeDeps, 'random'>, made: (reference: string) => ChangeDelivery, wanted = newChangeReference(random),
): Promise<string> {
  const id = random.uuid();
  let reference = wanted;
  while (!(await queueDelivery(transaction, id, made(reference)))) reference = newChangeReference(random);
  return reference;
}
