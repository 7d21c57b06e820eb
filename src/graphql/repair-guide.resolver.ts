import { Ctx, Query, Resolver } from 'type-graphql';
import type { RepairGuide } from '../domain/guide.js';
import type { RequestContext } from './context.js';
import { RepairGuideType } from './repair-guide.type.js';

@Resolver(() => RepairGuideType)
export class RepairGuideResolver {
  @Query(() => RepairGuideType, { description: 'The interactive repair guide. Needs no sign-in.' })
  repairGuide(@Ctx() context: RequestContext): RepairGuide {
    return context.app.landlord.repairGuide;
  }
}
