import type { Transaction } from '../identity/transaction.js';
import type { Clock, PersonReference, Random } from '../ports.js';
import { TENANT_ACTOR, type Viewer } from '../viewer.js';
import { AUDIT, type PendingRecord } from './documents.js';
import type { AuditEvent, Subject } from './entry.js';

/** Who did it, as the trail names them. */
export type Doer = Pick<AuditEvent, 'actor' | 'role'>;

/** A tenant is no name in the trail: whose account it was is the entry's subject, which can be erased. */
export const TENANT: Doer = { actor: TENANT_ACTOR, role: 'TENANT' };
export const doerOf = ({ actor, role }: Pick<Viewer, 'actor' | 'role'>): Doer => ({ actor, role });
/** The gateway itself, where nobody asked for it. */
export const GATEWAY: Doer = { actor: 'gateway', role: 'STAFF_ADMIN' };
/** Whoever can run commands on the gateway's machine. */
export const operator = (name: string): Doer => ({ actor: `operator:${name}`, role: 'STAFF_ADMIN' });

/** Staff's own comings and goings. */
export const ofStaff = ({ actor }: Pick<Viewer, 'actor'>): Subject => ({ kind: 'staff', reference: actor });

/** A tenant's account is known in the trail by whose it is. */
export const ofPerson = (personReference: PersonReference): Subject => ({ kind: 'person', reference: personReference });

/**
 * Puts an event on record if and when the transaction commits: with it or not at all. The trail chains it within a moment.
 * @param action fixed words. @param reason what the doer gave as one.
 */
export async function noteEvent(
  transaction: Transaction, deps: { readonly random: Random; readonly clock: Clock }, by: Doer, action: string, subject: Subject, reason: string | null = null,
): Promise<void> {
  const id = deps.random.uuid();
  const now = deps.clock();
  await transaction.get(AUDIT.pending, id);
  transaction.put(AUDIT.pending, id, { at: now.toISOString(), ...by, action, subject, reason } satisfies PendingRecord, { dueAt: now.getTime() });
}
