import type { Tenancy } from '../../domain/tenancy.js';
import type { Access } from '../housing/access.js';
import { checkPage, pageCut, type Connection, type PageRequest } from '../paging.js';

const KIND = 'tenancies';

/**
 * Tenancies for staff to choose from, in the order of their references: one legacy call a page.
 * @param search part of a reference, a surname, an address or a postcode, taken literally; case, spaces and commas do not count.
 * @throws FORBIDDEN for tenants, INVALID_INPUT for a bad page.
 */
export async function searchTenancies(access: Access, search: string, request: PageRequest): Promise<Connection<Tenancy>> {
  access.requireStaff();
  const after = checkPage(KIND, request);
  // One more than asked for shows whether there is another page. No address is held with commas, and no name with a curly apostrophe.
  const { total, tenancies } = await access.deps.legacy.tenancies.search(search.replaceAll(',', ' ').replaceAll('\u2019', '\''), after ?? '', request.first + 1);
  const nodes = tenancies.slice(0, request.first).map((tenancy) => access.asOfToday(tenancy));
  await access.seenTenancies(nodes.map(({ reference }) => reference));
  return pageCut(KIND, nodes, ({ reference }) => reference, { totalCount: total, hasNextPage: tenancies.length > nodes.length, hasPreviousPage: after !== null });
}
