import { Args, ArgsType, Ctx, Field, Query, Resolver } from 'type-graphql';
import type { Subject } from '../application/audit/entry.js';
import type { AuditEntry } from '../application/audit/read.js';
import type { Connection } from '../application/paging.js';
import { MOST_NAME } from '../application/staff/identity.js';
import { auditTrailPage } from '../application/staff/audit-trail.js';
import { invalidInput } from '../domain/errors.js';
import { AuditEntryConnectionType } from './audit.type.js';
import type { RequestContext } from './context.js';
import { checked, line, PERSON_WIDTH, reference as asReference, TENANCY_WIDTH } from './input.js';
import { LongPageArgs } from './page.args.js';

@ArgsType()
class AuditTrailArgs extends LongPageArgs {
  @Field(() => String, { nullable: true, description: 'Only what is about this tenancy, such as `000017/01`: looks at it and at those who live there, and what was done to its deliveries.' })
  tenancyReference?: string | null;

  @Field(() => String, { nullable: true, description: 'Only what is about this person\'s portal account, such as `0000000017/1`: sign-ins, locks, and what staff did to it. Not together with a tenancy.' })
  personReference?: string | null;

  @Field(() => String, { nullable: true, description: 'Only what this one did: the name exactly as entries show it.' })
  actor?: string | null;
}

/** Whoever stands in the trail can be asked for, an operator at the command line too. */
const actorShape = line(MOST_NAME + 'operator:'.length).nullish().transform((actor) => actor ?? null);

/** What cannot be a reference is nothing's: '' finds nothing. @throws INVALID_INPUT for a tenancy and a person. */
function subjectOf({ tenancyReference, personReference }: AuditTrailArgs): Subject | null {
  if (typeof personReference === 'string') {
    if (typeof tenancyReference === 'string') throw invalidInput('personReference', 'Ask for a tenancy or for a person: an entry is about one of them.');
    return { kind: 'person', reference: asReference(personReference, PERSON_WIDTH) ?? '' };
  }
  return typeof tenancyReference === 'string' ? { kind: 'tenancy', reference: asReference(tenancyReference, TENANCY_WIDTH) ?? '' } : null;
}

@Resolver()
export class AuditResolver {
  @Query(() => AuditEntryConnectionType, { nullable: true, description: 'Staff admins: who did and who looked at what, the newest first. Looking at it is written down too.' })
  async auditTrail(@Args(() => AuditTrailArgs) args: AuditTrailArgs, @Ctx() context: RequestContext): Promise<Connection<AuditEntry>> {
    context.access.requireAdmin();
    return auditTrailPage(context.app, context.access, { subject: subjectOf(args), actor: checked(actorShape, args.actor, 'actor') }, args);
  }
}
