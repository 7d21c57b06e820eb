import { changesUnderWay } from '../delivery/outbox.js';
import type { ChangeDelivery } from '../delivery/record.js';
import type { Access } from '../housing/access.js';
import type { PersonReference } from '../ports.js';
import { emailChangeOf } from './email-change.js';

export type ChangeKind = 'CONTACT_DETAILS' | 'EMAIL' | 'HOUSEHOLD';

/** A change that a tenant asked for and that the legacy system has not taken yet. */
export interface PendingChange {
  readonly reference: string;
  readonly kind: ChangeKind;
  readonly requestedAt: Date;
}

function kindOf(record: ChangeDelivery): ChangeKind {
  if (record.kind === 'household') return 'HOUSEHOLD';
  return record.contact.email === null ? 'CONTACT_DETAILS' : 'EMAIL';
}

async function ofPerson({ deps: { store }, now }: Access, person: PersonReference): Promise<readonly PendingChange[]> {
  const [deliveries, email] = await Promise.all([changesUnderWay(store, person), emailChangeOf(store, person, now.getTime())]);
  const pending = deliveries.map(({ record }): PendingChange => ({ reference: record.reference, kind: kindOf(record), requestedAt: new Date(record.createdAt) }));
  if (email) pending.push({ reference: email.reference, kind: 'EMAIL', requestedAt: new Date(email.requestedAt) });
  return pending.sort((a, b) => b.requestedAt.getTime() - a.requestedAt.getTime() || a.reference.localeCompare(b.reference));
}

/** What people have asked for and does not show with their details yet, the newest first: oneself, or anybody for staff. */
export async function pendingChanges(access: Access, references: readonly PersonReference[]): Promise<ReadonlyMap<PersonReference, readonly PendingChange[]>> {
  const allowed = access.visiblePeople(references);
  return new Map(await Promise.all(allowed.map(async (reference) => [reference, await ofPerson(access, reference)] as const)));
}
