import { GatewayError } from '../../domain/errors.js';
import type { Tenancy } from '../../domain/tenancy.js';
import type { TenancyReference } from '../ports.js';
import type { Access } from './access.js';

/** One answer for a tenancy that is somebody else's, for one that there is not, and for what cannot be a reference at all. */
export const noSuchTenancy = (): GatewayError =>
  new GatewayError('NOT_FOUND', 'You have no tenancy of that reference.', { field: 'input.tenancyReference' });

/** A tenancy that the viewer answers for. @param reference null for what cannot be one. @throws NOT_FOUND for any other. */
export async function ownTenancy(access: Access, reference: TenancyReference | null): Promise<Tenancy> {
  const tenancy = reference === null ? undefined : (await access.own()).get(reference);
  if (!tenancy) throw noSuchTenancy();
  return tenancy;
}
