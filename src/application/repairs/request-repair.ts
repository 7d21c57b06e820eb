import { londonDay, workingDaysAfter, type LocalDate } from '../../domain/calendar.js';
import { GatewayError, invalidInput } from '../../domain/errors.js';
import type { Landlord, PhoneLine } from '../../domain/landlord.js';
import { repair, type Repair, type RepairLocation } from '../../domain/repair.js';
import { CONTACT_WITHIN, linesToPhone, phoneUsMessage, readRequest, type Asked, type RepairRequest } from '../../domain/repair-request.js';
import type { Tenancy } from '../../domain/tenancy.js';
import { deliveryById, queueDelivery } from '../delivery/outbox.js';
import { askedAt, type RepairDelivery } from '../delivery/record.js';
import type { Access, HousingDeps } from '../housing/access.js';
import { noSuchTenancy, ownTenancy } from '../housing/own-tenancy.js';
import { firstAnswer, once, type KeyedRequest } from '../idempotency.js';
import { newRequestReference } from '../identity/secrets.js';
import type { Transaction } from '../identity/transaction.js';
import type { Random, TenancyReference } from '../ports.js';
import { likelyDuplicate } from './duplicates.js';
import { submitted } from './submitted.js';

export type RequestRepairDeps = HousingDeps & { readonly landlord: Landlord; readonly random: Random };

export interface RequestRepairInput extends Asked {
  readonly idempotencyKey: string;
  /** Null for what cannot be a reference at all: answered as one that does not exist. */
  readonly tenancyReference: TenancyReference | null;
  readonly location: RepairLocation;
}

export type RequestRepairOutcome = 'ACCEPTED' | 'PHONE_US';

export interface RequestRepairAnswer {
  readonly outcome: RequestRepairOutcome;
  readonly message: string;
  readonly repair: Repair | null;
  readonly contactBy: LocalDate | null;
  readonly phoneLines: readonly PhoneLine[];
}

/** What is kept of an answer; the rest is read from the delivery. */
interface KeptAnswer {
  readonly delivery: string;
  readonly message: string;
  readonly contactBy: LocalDate;
}

/**
 * Takes a tenant's request for a repair, or says whom to phone instead. Once it has answered ACCEPTED the request is in the store, and
 * will reach the legacy system or a person. @throws NOT_FOUND for a tenancy that is not the viewer's, and just so for none;
 * INVALID_INPUT; CONFLICT where the key was used for something else.
 */
export async function requestRepair(deps: RequestRepairDeps, access: Access, input: RequestRepairInput): Promise<RequestRepairAnswer> {
  const viewer = access.requireTenant();
  const asked = readRequest(deps.landlord.repairGuide, input);
  const tenancy = await tenancyUnlessUrgent(access, input.tenancyReference, asked);
  if (asked.phoneUs) {
    // Nothing is taken, and so no key is used up: whoever writes again, without the danger, may send the same one.
    return {
      outcome: 'PHONE_US', message: phoneUsMessage(asked.phoneUs), repair: null, contactBy: null,
      phoneLines: linesToPhone(deps.landlord, asked.phoneUs, access.now),
    };
  }
  if (!tenancy) throw noSuchTenancy();
  const request: KeyedRequest = {
    accountId: viewer.accountId, idempotencyKey: input.idempotencyKey, now: access.now,
    content: ['requestRepair', tenancy.reference, input.location, [...new Set(input.problemIds)].sort(), asked.description, asked.contactPhone],
  };
  const earlier = await firstAnswer<KeptAnswer>(deps.store, request);
  if (earlier) return accepted(deps, access, earlier);
  const property = propertyFor(tenancy, input.location);
  const duplicate = await likelyDuplicate(access, tenancy, input.location, asked);
  const answer = await once<KeptAnswer>(deps.store, request, (transaction) =>
    take(transaction, deps, access, { tenancy, property, location: input.location, asked, duplicate }));
  return accepted(deps, access, answer);
}

/** Null where it cannot be looked up and does not matter: whoever is in danger hears whom to phone, whatever is down. */
async function tenancyUnlessUrgent(access: Access, reference: TenancyReference | null, { phoneUs }: RepairRequest): Promise<Tenancy | null> {
  try {
    return await ownTenancy(access, reference);
  } catch (error) {
    if (phoneUs && error instanceof GatewayError && error.code === 'LEGACY_UNAVAILABLE') return null;
    throw error;
  }
}

function propertyFor(tenancy: Tenancy, location: RepairLocation): string {
  if (tenancy.status !== 'CURRENT') throw invalidInput('input.tenancyReference', 'Repairs can be asked for in a current tenancy only: this one has ended, or has not begun.');
  if (location === 'PROPERTY') return tenancy.propertyReference;
  if (tenancy.blockReference === null) throw invalidInput('input.location', 'This home is not part of a block, and has no communal parts.');
  return tenancy.blockReference;
}

async function accepted(deps: RequestRepairDeps, access: Access, { delivery, message, contactBy }: KeptAnswer): Promise<RequestRepairAnswer> {
  const record = await deliveryById(deps.store, delivery);
  // As it stood when it was taken: what became of it since is there to read by its reference.
  const first = record?.kind === 'repair' ? repair(submitted({ id: delivery, record: { ...record, state: 'WAITING' } }), record.location, access.today) : null;
  return { outcome: 'ACCEPTED', message, contactBy, phoneLines: [], repair: first };
}

interface Taking {
  readonly tenancy: Tenancy;
  readonly property: string;
  readonly location: RepairLocation;
  readonly asked: RepairRequest;
  readonly duplicate: Repair | null;
}

/** Writes the request down. */
async function take(transaction: Transaction, deps: RequestRepairDeps, access: Access, { tenancy, property, location, asked, duplicate }: Taking): Promise<KeptAnswer> {
  const id = deps.random.uuid();
  const { accountId } = access.require();
  const record = (reference: string): RepairDelivery => ({
    kind: 'repair', reference, accountId, tenancyReference: tenancy.reference, location,
    repair: { propertyReference: property, text: asked.text, sorCode: asked.sorCode, priority: asked.priority, contactPhone: asked.contactPhone },
    ...askedAt(access.now),
  });
  let taken = record(newRequestReference(deps.random));
  while (!(await queueDelivery(transaction, id, taken))) taken = record(newRequestReference(deps.random));
  return {
    delivery: id, message: messageFor(taken.reference, duplicate), contactBy: workingDaysAfter(londonDay(access.now), CONTACT_WITHIN),
  };
}

function messageFor(reference: string, duplicate: Repair | null): string {
  const words = [`We have your request. Its reference is ${reference}. Somebody will be in touch within two working days.`];
  if (duplicate) words.push(`It may be the same as repair ${duplicate.reference}, which is open already: if it is, there is no need to ask again.`);
  return words.join(' ');
}
