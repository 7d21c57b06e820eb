import type { PersonReference } from './ports.js';

export type Role = 'TENANT' | 'STAFF' | 'STAFF_ADMIN';

/** Who is asking. */
export interface Viewer {
  readonly role: Role;
  readonly accountId: string;
  readonly sessionId: string;
  /** From our own store, so that a page can greet people while the legacy system is down. */
  readonly displayName: string;
  readonly userId: string | null;
  readonly mustChangePassword: boolean;
  /** A tenant's person; null for staff. */
  readonly personReference: PersonReference | null;
  /** Who the audit trail says it was: for staff the name that their own sign-in knows them by; for tenants always the same word. */
  readonly actor: string;
}

/** Every tenant's actor: the audit trail knows tenants by their accounts alone. */
export const TENANT_ACTOR = 'tenant';

export const isStaff = (viewer: Viewer): boolean => viewer.role !== 'TENANT';
