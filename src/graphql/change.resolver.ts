import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { z } from 'zod';
import { confirmEmail } from '../application/changes/confirm-email.js';
import type { ChangeAnswer } from '../application/changes/own.js';
import type { PendingChange } from '../application/changes/pending-changes.js';
import { updateContactDetails } from '../application/changes/update-contact-details.js';
import { updateHousehold } from '../application/changes/update-household.js';
import { PHONE_TYPES, type Person } from '../domain/person.js';
import { ChangePayloadType, ContactDetailsInputType, HouseholdInputType, PendingChangeType } from './change.type.js';
import type { RequestContext } from './context.js';
import { checked, emailAddress, idempotencyKey, line, tenancyReference } from './input.js';
import { TenantType } from './person.type.js';

/** Only bounds on the work: what may stand in each is judged by its own rules. */
const typed = z.string().max(200, 'Use fewer characters.');
const several = <T>(each: z.ZodType<T>): z.ZodType<T[]> => z.array(each).max(100, 'Send fewer.');

const contactShape = z.object({
  idempotencyKey,
  phones: several(z.object({ type: z.enum(PHONE_TYPES), number: typed })).nullish(),
  correspondenceAddress: z.object({ lines: several(typed), postcode: typed }).nullish(),
  email: emailAddress(254).nullish(),
});

const householdShape = z.object({
  idempotencyKey,
  tenancyReference,
  members: several(z.object({ title: typed.nullish(), forenames: typed, surname: typed, dateOfBirth: z.string().nullish(), relationship: typed.nullish() })),
});

const referenceShape = line(100);
const codeShape = line(100).pipe(z.string().trim().min(1, 'Enter the code from the e-mail.'));

@Resolver()
export class ChangeResolver {
  @Mutation(() => ChangePayloadType, { description: 'Changes the tenant\'s own phone numbers, address for letters, or e-mail address. What is taken reaches the housing system once, in the order of asking.' })
  async updateContactDetails(
    @Arg('input', () => ContactDetailsInputType, { description: 'What is to change.' }) input: ContactDetailsInputType,
    @Ctx() context: RequestContext,
  ): Promise<ChangeAnswer> {
    context.access.requireTenant();
    const answer = await updateContactDetails(context.app, context.access, checked(contactShape, input, 'input'));
    context.renew();
    return answer;
  }

  @Mutation(() => ChangePayloadType, { description: 'Confirms a new e-mail address with the code that was sent to it. A code works once, can be tried five times, and stops working overnight; a newer one takes its place.' })
  async confirmEmail(
    @Arg('changeReference', () => String, { description: 'The change, as `updateContactDetails` named it.' }) changeReference: string,
    @Arg('code', () => String, { description: 'The newest code from the mail. Capital and small letters are different.' }) code: string,
    @Ctx() context: RequestContext,
  ): Promise<ChangeAnswer> {
    context.access.requireTenant();
    const answer = await confirmEmail(context.app, context.access, {
      changeReference: checked(referenceShape, changeReference, 'changeReference'), code: checked(codeShape, code, 'code'),
    });
    context.renew();
    return answer;
  }

  @Mutation(() => ChangePayloadType, { description: 'Tells the landlord who lives in one of the tenant\'s homes, for staff to check. The household stays as it is until they have.' })
  async updateHousehold(
    @Arg('input', () => HouseholdInputType, { description: 'Who lives there.' }) input: HouseholdInputType,
    @Ctx() context: RequestContext,
  ): Promise<ChangeAnswer> {
    context.access.requireTenant();
    const answer = await updateHousehold(context.app, context.access, checked(householdShape, input, 'input'));
    context.renew();
    return answer;
  }
}

@Resolver(() => TenantType)
export class PendingChangesResolver {
  @FieldResolver(() => [PendingChangeType], { description: 'What this person has sent and does not show in their details yet, the newest first.' })
  async pendingChanges(@Root() person: Person, @Ctx() context: RequestContext): Promise<readonly PendingChange[]> {
    return context.loaders.pendingChanges.load(person.reference);
  }
}
