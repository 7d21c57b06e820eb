import { invalidInput } from '../../domain/errors.js';
import { readHousehold, type AskedMember } from '../../domain/household-change.js';
import { askedAt } from '../delivery/record.js';
import type { Access } from '../housing/access.js';
import { ownTenancy } from '../housing/own-tenancy.js';
import { once, type KeyedRequest } from '../idempotency.js';
import type { TenancyReference } from '../ports.js';
import { openAccount, queueChange, tenantAsking, type ChangeAnswer, type ChangeDeps } from './own.js';

export interface UpdateHouseholdInput {
  readonly idempotencyKey: string;
  /** Null for what cannot be a reference at all: answered as one that does not exist. */
  readonly tenancyReference: TenancyReference | null;
  readonly members: readonly AskedMember[];
}

/**
 * Takes who lives in a home beside those who signed for it, for the landlord's staff to check: the household stays as it is until then.
 * @throws NOT_FOUND for a tenancy that is not the viewer's, and just so for none; FORBIDDEN for staff; INVALID_INPUT; CONFLICT where the
 * key was used for something else.
 */
export async function updateHousehold(deps: ChangeDeps, access: Access, input: UpdateHouseholdInput): Promise<ChangeAnswer> {
  const tenant = tenantAsking(access);
  const { accountId, personReference } = tenant;
  const members = readHousehold(input.members, access.today);
  const tenancy = await ownTenancy(access, input.tenancyReference);
  const request: KeyedRequest = { accountId, idempotencyKey: input.idempotencyKey, now: access.now, content: ['updateHousehold', tenancy.reference, members] };
  return once(deps.store, request, async (transaction): Promise<ChangeAnswer> => {
    // A key that was used while the tenancy ran still has its first answer afterwards.
    if (tenancy.status !== 'CURRENT') throw invalidInput('input.tenancyReference', 'A household can be changed in a current tenancy only: this one has ended, or has not begun.');
    await openAccount(transaction, tenant);
    const reference = await queueChange(transaction, deps, (given) => ({
      kind: 'household', reference: given, accountId, personReference, tenancyReference: tenancy.reference, members,
      ...askedAt(access.now),
    }));
    return {
      outcome: 'SENT_FOR_CHECKING', reference,
      message: `We have what you sent. Its reference is ${reference}. Our staff check it before anything changes, and get in touch if they have a question.`,
    };
  });
}
