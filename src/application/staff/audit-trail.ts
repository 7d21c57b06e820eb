import { readTrail, type AuditEntry, type TrailFilter } from '../audit/read.js';
import type { Access, HousingDeps } from '../housing/access.js';
import { checkPage, pageCut, type Connection, type PageRequest } from '../paging.js';

const KIND = 'audit';

/** The audit trail, the newest first; looking at it is on record too. @throws FORBIDDEN for all but staff admins, INVALID_INPUT. */
export async function auditTrailPage(deps: HousingDeps, access: Access, filter: TrailFilter, request: PageRequest): Promise<Connection<AuditEntry>> {
  access.requireAdmin();
  const after = checkPage(KIND, request);
  await deps.audit.chainPending();
  await access.seen([{ kind: 'audit-trail', reference: filter.subject?.reference ?? 'whole' }]);
  const { entries, total, before } = await readTrail(deps.store, filter, request, after === null ? null : Number(after));
  return pageCut(KIND, entries, ({ id }) => id, { totalCount: total, hasNextPage: before + entries.length < total, hasPreviousPage: before > 0 });
}
