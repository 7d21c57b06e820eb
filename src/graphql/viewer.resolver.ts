import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Person } from '../domain/person.js';
import type { RequestContext } from './context.js';
import { TenantType } from './person.type.js';
import { ViewerType } from './viewer.type.js';

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Query(() => ViewerType, { nullable: true, description: 'Whoever is signed in: null where no token was sent, and UNAUTHENTICATED for one that is not good, or is so no more.' })
  viewer(@Ctx() context: RequestContext): ViewerType | null {
    return context.asking();
  }

  @FieldResolver(() => TenantType, { nullable: true, description: 'Their own record as a tenant; null for staff. PASSWORD_CHANGE_REQUIRED while `mustChangePassword` is true.' })
  async tenant(@Root() _viewer: ViewerType, @Ctx() context: RequestContext): Promise<Person | null> {
    const { personReference } = context.access.require();
    return personReference === null ? null : context.loaders.person.load(personReference);
  }
}
