import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { Connection } from '../application/paging.js';
import { searchTenancies } from '../application/staff/search.js';
import type { Person } from '../domain/person.js';
import type { Tenancy } from '../domain/tenancy.js';
import type { RequestContext } from './context.js';
import { checked, PERSON_WIDTH, reference as asReference, searchText } from './input.js';
import { PageArgs } from './page.args.js';
import { TenantType } from './person.type.js';
import { TenancyConnectionType } from './tenancy.type.js';

@Resolver()
export class StaffResolver {
  @Query(() => TenantType, { nullable: true, description: 'Staff: any person by their reference. Null where there is none.' })
  async tenant(
    @Arg('reference', () => String, { description: 'The person\'s reference, such as `0000000017/1`.' }) reference: string,
    @Ctx() context: RequestContext,
  ): Promise<Person | null> {
    context.access.requireStaff();
    const tidy = asReference(reference, PERSON_WIDTH);
    return tidy === null ? null : context.loaders.person.load(tidy);
  }

  @Query(() => TenancyConnectionType, { nullable: true, description: 'Staff: finds tenancies by a reference, a surname, an address or a postcode, in the order of their references.' })
  async tenancies(
    @Arg('search', () => String, { description: 'Part of a tenancy\'s reference, a tenant\'s surname, an address or a postcode. Capitals, spaces and commas do not count; every other character is taken as it stands.' }) search: string,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Tenancy>> {
    context.access.requireStaff();
    return searchTenancies(context.access, checked(searchText, search, 'search'), page);
  }
}
