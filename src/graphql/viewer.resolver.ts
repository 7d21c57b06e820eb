import { Ctx, Field, FieldResolver, ObjectType, Query, Resolver, Root } from 'type-graphql';
import type { Person } from '../domain/person.js';
import type { Role, Viewer } from '../application/viewer.js';
import type { RequestContext } from './context.js';
import { enumType } from './enums.js';
import { TenantType } from './person.type.js';

export const RoleEnum = enumType<Role>('Role', 'What somebody may do here.', {
  TENANT: 'Sees and changes what is their own.',
  STAFF: 'Helps tenants: sees all records, and every look is written down.',
  STAFF_ADMIN: 'Staff who may also read what was written down.',
});

@ObjectType('Viewer', { description: 'Whoever is signed in.' })
export class ViewerType implements Pick<Viewer, 'role' | 'displayName' | 'userId' | 'mustChangePassword'> {
  @Field(() => RoleEnum, { simple: true, description: 'What they may do here.' })
  role!: Role;

  @Field(() => String, { simple: true, description: 'A name to greet them with. It comes also while the housing system is down.' })
  displayName!: string;

  @Field(() => String, { simple: true, nullable: true, description: 'The user ID that opens this account beside the e-mail address; null where the landlord uses none.' })
  userId!: string | null;

  @Field(() => Boolean, { simple: true, description: 'Whether this session came from a temporary password and can do nothing but choose a new one.' })
  mustChangePassword!: boolean;
}

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Query(() => ViewerType, { nullable: true, description: 'Whoever is signed in; null when nobody is.' })
  viewer(@Ctx() context: RequestContext): ViewerType | null {
    return context.asking();
  }

  @FieldResolver(() => TenantType, { nullable: true, description: 'Their own record as a tenant; null for staff.' })
  async tenant(@Root() _viewer: ViewerType, @Ctx() context: RequestContext): Promise<Person | null> {
    const { personReference } = context.access.require();
    return personReference === null ? null : context.loaders.person.load(personReference);
  }
}
