import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { Repair } from '../domain/repair.js';
import type { RequestContext } from './context.js';
import { reference as asReference } from './input.js';
import { RepairType } from './repair.type.js';

/** The longest reference that a repair has here or in the housing system. */
const MOST = 40;

@Resolver(() => RepairType)
export class RepairResolver {
  @Query(() => RepairType, { nullable: true, description: 'A repair of one of your homes or blocks, by the reference of its works order or its request; any for staff. Null where there is none, and just the same where it is not yours.' })
  async repair(
    @Arg('reference', () => String, { description: 'The repair\'s reference, such as `WO561474`.' }) reference: string,
    @Ctx() context: RequestContext,
  ): Promise<Repair | null> {
    context.access.require();
    const tidy = asReference(reference, MOST);
    return tidy === null ? null : context.loaders.repair.load(tidy);
  }
}
