import type { PersonReference } from './ports.js';

export type Role = 'TENANT' | 'STAFF' | 'STAFF_ADMIN';

/** Who is asking. */
export interface Viewer {
  readonly role: Role;
  /** Who the audit trail says it was: staff by their provider's user name, tenants as 'tenant'. */
  readonly actor: string;
  readonly accountId: string;
  readonly sessionId: string;
  /** From our own store, so that a page can greet people while the legacy system is down. */
  readonly displayName: string;
  readonly userId: string | null;
  readonly mustChangePassword: boolean;
  /** A tenant's person; null for staff. */
  readonly personReference: PersonReference | null;
}

export const isStaff = (viewer: Viewer): boolean => viewer.role !== 'TENANT';
