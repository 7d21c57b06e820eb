import { Arg, Args, ArgsType, Ctx, Field, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Connection } from '../application/paging.js';
import { listDeliveries, resolveDelivery, retryDelivery, type DeliverySummary } from '../application/staff/deliveries.js';
import { invalidInput } from '../domain/errors.js';
import type { RequestContext } from './context.js';
import { DeliveryConnectionType, DeliveryType } from './delivery.type.js';
import { checked, id as idShape, reason as reasonShape, reference as asReference } from './input.js';
import { PageArgs } from './page.args.js';

@ArgsType()
class DeliveriesArgs extends PageArgs {
  @Field(() => Boolean, { nullable: true, description: 'True for those that staff have to see to, false for the others; all when left out.' })
  needsAttention?: boolean | null;
}

/** A works order's, a request's or a change's reference in the legacy system. */
const LEGACY_WIDTH = 20;

@Resolver(() => DeliveryType)
export class DeliveryResolver {
  @Query(() => DeliveryConnectionType, { nullable: true, description: 'Staff: what tenants have asked for and what became of it, the newest first.' })
  async deliveries(@Args(() => DeliveriesArgs) args: DeliveriesArgs, @Ctx() context: RequestContext): Promise<Connection<DeliverySummary>> {
    context.access.requireStaff();
    return listDeliveries(context.app, context.access, { ...args, needsAttention: args.needsAttention ?? null });
  }

  @Mutation(() => DeliveryType, { description: 'Staff: has a delivery that needs attention tried again. It is looked up first, so that nothing is entered twice.' })
  async retryDelivery(
    @Arg('id', () => ID, { description: 'The delivery\'s id.' }) id: string,
    @Arg('reason', () => String, { description: 'Why, for the record: at most 500 characters.' }) reason: string,
    @Ctx() context: RequestContext,
  ): Promise<DeliverySummary> {
    context.access.requireStaff();
    return retryDelivery(context.app, context.access, checked(idShape, id, 'id'), checked(reasonShape, reason, 'reason'));
  }

  @Mutation(() => DeliveryType, { description: 'Staff: notes that a delivery that needs attention has been dealt with by hand.' })
  async resolveDelivery(
    @Arg('id', () => ID, { description: 'The delivery\'s id.' }) id: string,
    @Arg('legacyReference', () => String, { nullable: true, description: 'What the housing system calls it, where it was entered there: the tenant\'s own reference then leads to it.' }) legacyReference: string | null | undefined,
    @Arg('reason', () => String, { description: 'Why, for the record: at most 500 characters.' }) reason: string,
    @Ctx() context: RequestContext,
  ): Promise<DeliverySummary> {
    context.access.requireStaff();
    const given = legacyReference ?? null;
    const tidy = given === null ? null : asReference(given, LEGACY_WIDTH);
    if (given !== null && tidy === null) throw invalidInput('legacyReference', `A reference is at most ${LEGACY_WIDTH} letters, digits, slashes and hyphens.`);
    return resolveDelivery(context.app, context.access, checked(idShape, id, 'id'), tidy, checked(reasonShape, reason, 'reason'));
  }
}
