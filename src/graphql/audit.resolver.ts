import { Args, ArgsType, Ctx, Field, Query, Resolver } from 'type-graphql';
import type { AuditEntry } from '../application/audit/read.js';
import type { Connection } from '../application/paging.js';
import { MOST_NAME } from '../application/staff/identity.js';
import { auditTrailPage } from '../application/staff/audit-trail.js';
import { AuditEntryConnectionType } from './audit.type.js';
import type { RequestContext } from './context.js';
import { checked, line, reference as asReference, TENANCY_WIDTH } from './input.js';
import { LongPageArgs } from './page.args.js';

@ArgsType()
class AuditTrailArgs extends LongPageArgs {
  @Field(() => String, { nullable: true, description: 'Only what is about this tenancy, such as `000017/01`.' })
  tenancyReference?: string | null;

  @Field(() => String, { nullable: true, description: 'Only what this one did: the name exactly as entries show it.' })
  actor?: string | null;
}

/** Whoever stands in the trail can be asked for, an operator at the command line too. */
const actorShape = line(MOST_NAME + 'operator:'.length).nullish().transform((actor) => actor ?? null);

@Resolver()
export class AuditResolver {
  @Query(() => AuditEntryConnectionType, { nullable: true, description: 'Staff admins: who did and who looked at what, the newest first. Looking at it is written down too.' })
  async auditTrail(@Args(() => AuditTrailArgs) args: AuditTrailArgs, @Ctx() context: RequestContext): Promise<Connection<AuditEntry>> {
    context.access.requireAdmin();
    // What cannot be a reference is nothing's: '' finds nothing.
    const tenancyReference = typeof args.tenancyReference === 'string' ? asReference(args.tenancyReference, TENANCY_WIDTH) ?? '' : null;
    return auditTrailPage(context.app, context.access, { tenancyReference, actor: checked(actorShape, args.actor, 'actor') }, args);
  }
}
