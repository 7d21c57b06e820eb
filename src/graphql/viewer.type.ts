import { Field, ObjectType } from 'type-graphql';
import type { Role, Viewer } from '../application/viewer.js';
import { enumType } from './enums.js';

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
