import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { z } from 'zod';
import { requestRepair, type RequestRepairAnswer } from '../application/repairs/request-repair.js';
import type { RequestContext } from './context.js';
import { checked, idempotencyKey, line, tenancyReference } from './input.js';
import { RequestRepairInputType, RequestRepairPayloadType } from './repair-request.type.js';

/** Only bounds on the work: how long a text may be is judged once it is cleaned. */
const MOST_TYPED = 20_000;
const MOST_IDS = 100;

const shape = z.object({
  idempotencyKey,
  tenancyReference,
  location: z.enum(['PROPERTY', 'COMMUNAL']),
  problemIds: z.array(line(200)).max(MOST_IDS, `Send at most ${MOST_IDS}.`),
  description: z.string().max(MOST_TYPED, 'Use at most 2,000 characters.').nullish(),
  contactPhone: z.string().max(100, 'Use at most 100 characters.').nullish(),
});

@Resolver()
export class RepairRequestResolver {
  @Mutation(() => RequestRepairPayloadType, { description: 'Asks for a repair. What is taken is never lost and reaches the housing system once; emergencies and urgent repairs are not taken, and the answer says whom to phone.' })
  async requestRepair(
    @Arg('input', () => RequestRepairInputType, { description: 'What is wrong, and where.' }) input: RequestRepairInputType,
    @Ctx() context: RequestContext,
  ): Promise<RequestRepairAnswer> {
    context.access.requireTenant();
    const answer = await requestRepair(context.app, context.access, checked(shape, input, 'input'));
    context.renew();
    return answer;
  }
}
