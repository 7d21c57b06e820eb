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
  const text = search.replaceAll(',', ' ').replaceAll('\u2019', '\'');
  const { total, tenancies } = await access.deps.legacy.tenancies.search(text, after ?? '', request.first + 1);
  const nodes = tenancies.slice(0, request.first).map((tenancy) => access.asOfToday(tenancy));
  // A page past the end shows nothing but how many there are, which says of somebody that they are a tenant: then those are on record.
  const counted = nodes.length > 0 || total === 0 ? nodes : (await access.deps.legacy.tenancies.search(text, '', request.first)).tenancies;
  await access.seenTenancies(counted.map(({ reference }) => reference));
  return pageCut(KIND, nodes, ({ reference }) => reference, { totalCount: total, hasNextPage: tenancies.length > nodes.length, hasPreviousPage: after !== null });
}
