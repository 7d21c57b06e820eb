import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { GraphQLLocalDate } from 'graphql-scalars';
import { balanceOf, statementOf } from '../application/housing/account.js';
import { repairsOf } from '../application/housing/repairs.js';
import type { StatementDownloads, TenancyStatement } from '../application/housing/statement-downloads.js';
import { checkPage, page, type Connection } from '../application/paging.js';
import type { LocalDate } from '../domain/calendar.js';
import type { Person } from '../domain/person.js';
import { periodStart, type Balance, type StatementPeriod, type Transaction } from '../domain/rent.js';
import { repairKey, type HeldRepair, type Repair, type RepairLocation, type RepairStatus } from '../domain/repair.js';
import type { Property, Tenancy, TenancyMember } from '../domain/tenancy.js';
import type { RequestContext } from './context.js';
import { reference as asReference, TENANCY_WIDTH } from './input.js';
import { LongPageArgs, PageArgs } from './page.args.js';
import { TenantType } from './person.type.js';
import { BalanceType, StatementDownloadsType, StatementPeriodEnum, StatementType, TransactionConnectionType } from './rent.type.js';
import { RepairConnectionType, RepairStatusEnum } from './repair.type.js';
import { PropertyType, TenancyMemberType, TenancyType } from './tenancy.type.js';

@ArgsType()
class RepairsArgs extends PageArgs {
  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Leaves out repairs that were completed before this day. Open ones always show.' })
  completedOnOrAfter?: LocalDate | null;

  @Field(() => [RepairStatusEnum], { nullable: true, description: 'Only repairs that stand so; all of them when left out.' })
  statuses?: RepairStatus[] | null;
}

/** Posting numbers, made to sort as text. */
const transactionKey = ({ id }: Transaction): string => id.padStart(12, '0');

async function repairsPage(
  context: RequestContext, tenancy: Tenancy, location: RepairLocation, args: RepairsArgs,
): Promise<Connection<Repair>> {
  checkPage('repairs', args);
  const property = location === 'PROPERTY' ? tenancy.propertyReference : tenancy.blockReference;
  const held: readonly HeldRepair[] = property === null ? []
    : await context.loaders.repairs.load({ property, completedSince: args.completedOnOrAfter ?? null });
  return page('repairs', repairsOf(context.access, tenancy, location, held, args), repairKey, args);
}

@Resolver(() => TenantType)
export class TenantResolver {
  @FieldResolver(() => [TenancyType], { description: 'The tenancies that this person answers for: current ones first, then future and ended ones.' })
  async tenancies(
    @Root() person: Person,
    @Ctx() context: RequestContext,
    @Arg('includeEnded', () => Boolean, { defaultValue: true, description: 'Whether to list ended ones too.' }) includeEnded: boolean,
  ): Promise<readonly Tenancy[]> {
    const all = await context.loaders.tenanciesOfPerson.load(person.reference);
    return includeEnded ? all : all.filter(({ status }) => status !== 'ENDED');
  }
}

@Resolver(() => TenancyMemberType)
export class TenancyMemberResolver {
  @FieldResolver(() => TenantType, { nullable: true, description: 'The member\'s own record as a tenant, where you may open it: your own, or any tenant\'s for staff. Null otherwise, and for those who have not signed.' })
  async tenant(@Root() member: TenancyMember, @Ctx() context: RequestContext): Promise<Person | null> {
    return member.tenantReference === null ? null : context.loaders.person.load(member.tenantReference);
  }
}

@Resolver(() => TenancyType)
export class TenancyResolver {
  @Query(() => TenancyType, { nullable: true, description: 'One of your own tenancies by its reference, or any for staff. Null where there is none, and just the same where it is not yours.' })
  async tenancy(
    @Arg('reference', () => String, { description: 'The tenancy\'s reference, such as `000017/01`.' }) reference: string,
    @Ctx() context: RequestContext,
  ): Promise<Tenancy | null> {
    context.access.require();
    const tidy = asReference(reference, TENANCY_WIDTH);
    return tidy === null ? null : context.loaders.tenancy.load(tidy);
  }

  @FieldResolver(() => PropertyType, { description: 'What it is a tenancy of.' })
  async property(@Root() tenancy: Tenancy, @Ctx() context: RequestContext): Promise<Property> {
    const found = await context.loaders.property.load(tenancy.propertyReference);
    // A property that the housing system has lost still has its reference.
    return found ?? { reference: tenancy.propertyReference, address: { lines: [], postcode: '' }, block: null, isBlock: false };
  }

  @FieldResolver(() => [TenancyMemberType], { description: 'Those who signed the agreement, and those who live there.' })
  async members(@Root() tenancy: Tenancy, @Ctx() context: RequestContext): Promise<readonly TenancyMember[]> {
    return context.loaders.members.load(tenancy.reference);
  }

  @FieldResolver(() => BalanceType, { nullable: true, description: 'What the rent account stands at; null, with an error, while that cannot be read.' })
  async balance(@Root() tenancy: Tenancy, @Ctx() context: RequestContext): Promise<Balance | null> {
    const pence = await context.loaders.balance.load(tenancy.reference);
    return pence === null ? null : balanceOf(context.access, pence);
  }

  @FieldResolver(() => StatementType, { nullable: true, description: 'The rent account over a period up to today; null, with an error, while that cannot be read.' })
  async statement(
    @Root() tenancy: Tenancy,
    @Ctx() context: RequestContext,
    @Arg('period', () => StatementPeriodEnum, { defaultValue: 'THREE_MONTHS', description: 'How far back to go.' }) period: StatementPeriod,
  ): Promise<TenancyStatement | null> {
    const { access, loaders } = context;
    const from = periodStart(period, access.today);
    const [extract, pence] = await Promise.all([
      loaders.extract.load({ reference: tenancy.reference, from }),
      loaders.balance.load(tenancy.reference),
    ]);
    return extract === null || pence === null ? null
      : { ...statementOf(access, from, extract, pence), tenancyReference: tenancy.reference };
  }

  @FieldResolver(() => RepairConnectionType, { nullable: true, description: 'Repairs of the home registered in the tenancy\'s time, newest first; null, with an error, while they cannot be read.' })
  async repairs(@Root() tenancy: Tenancy, @Ctx() context: RequestContext, @Args(() => RepairsArgs) args: RepairsArgs): Promise<Connection<Repair> | null> {
    return repairsPage(context, tenancy, 'PROPERTY', args);
  }

  @FieldResolver(() => RepairConnectionType, { nullable: true, description: 'Repairs of what the homes of the block share, registered in the tenancy\'s time, newest first; empty for a house; null, with an error, while they cannot be read.' })
  async blockRepairs(@Root() tenancy: Tenancy, @Ctx() context: RequestContext, @Args(() => RepairsArgs) args: RepairsArgs): Promise<Connection<Repair> | null> {
    return repairsPage(context, tenancy, 'COMMUNAL', args);
  }
}

@Resolver(() => StatementType)
export class StatementResolver {
  @FieldResolver(() => TransactionConnectionType, { description: 'What was posted in the period, newest first, in the order of posting.' })
  transactions(@Root() statement: TenancyStatement, @Args(() => LongPageArgs) args: LongPageArgs): Connection<Transaction> {
    return page('transactions', statement.transactions, transactionKey, args);
  }

  @FieldResolver(() => StatementDownloadsType, { description: 'The same statement as files to keep: good for five minutes.' })
  async downloads(@Root() statement: TenancyStatement, @Ctx() context: RequestContext): Promise<StatementDownloads> {
    return context.loaders.downloads.load({ reference: statement.tenancyReference, from: statement.from });
  }
}
