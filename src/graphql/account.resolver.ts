import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { z } from 'zod';
import type { AccountSummary } from '../application/identity/summaries.js';
import type { Connection } from '../application/paging.js';
import { closeAccount, listAccounts, requireIssuing, unlockAccount } from '../application/staff/accounts.js';
import { issueLogin } from '../application/staff/issue-login.js';
import type { Person } from '../domain/person.js';
import { AccountConnectionType, AccountType, IssueLoginInputType } from './account.type.js';
import type { RequestContext } from './context.js';
import { checked, id as idShape, line, personReference, reason as reasonShape } from './input.js';
import { PageArgs } from './page.args.js';
import { TenantType } from './person.type.js';

@ArgsType()
class AccountsArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Part of an e-mail address, a user ID, a name or a person\'s reference; capitals do not count. All when left out.' })
  search?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True for locked ones only, false for the others only; both when left out.' })
  locked?: boolean | null;
}

const searchShape = line(100).nullish().transform((search) => search ?? null);

const issueShape = z.object({
  // What cannot be a reference is nobody's.
  personReference: personReference.transform((found) => found ?? ''),
  email: line(254).pipe(z.string().trim().min(1, 'Enter the e-mail address.')),
  reason: reasonShape,
});

@Resolver(() => AccountType)
export class AccountResolver {
  @Query(() => AccountConnectionType, { nullable: true, description: 'Staff: portal accounts, and registrations that were not confirmed or did not match, in the order of their e-mail addresses.' })
  async accounts(@Args(() => AccountsArgs) args: AccountsArgs, @Ctx() context: RequestContext): Promise<Connection<AccountSummary>> {
    context.access.requireStaff();
    return listAccounts(context.app, context.access, { ...args, search: checked(searchShape, args.search, 'search'), locked: args.locked ?? null });
  }

  @Mutation(() => AccountType, { description: 'Staff: ends every lock of an account, so that its owner can try again at once.' })
  async unlockAccount(
    @Arg('accountId', () => ID, { description: 'The account\'s id, as `accounts` gives it.' }) accountId: string,
    @Arg('reason', () => String, { description: 'Why, for the record: at most 500 characters.' }) reason: string,
    @Ctx() context: RequestContext,
  ): Promise<AccountSummary> {
    context.access.requireStaff();
    return unlockAccount(context.app, context.access, checked(idShape, accountId, 'accountId'), checked(reasonShape, reason, 'reason'));
  }

  @Mutation(() => AccountType, { description: 'Staff: opens an account for a tenant after a written request was checked. A user ID and a temporary password go by e-mail. FORBIDDEN where the landlord\'s tenants register themselves.' })
  async issueLogin(
    @Arg('input', () => IssueLoginInputType, { description: 'For whom, and where the login goes.' }) input: IssueLoginInputType,
    @Ctx() context: RequestContext,
  ): Promise<AccountSummary> {
    requireIssuing(context.app, context.access);
    return issueLogin(context.app, context.access, checked(issueShape, input, 'input'));
  }

  @Mutation(() => Boolean, { description: 'Staff: ends an account and signs its owner out everywhere. The tenant can register anew.' })
  async closeAccount(
    @Arg('accountId', () => ID, { description: 'The account\'s id, as `accounts` gives it.' }) accountId: string,
    @Arg('reason', () => String, { description: 'Why, for the record: at most 500 characters.' }) reason: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    context.access.requireStaff();
    await closeAccount(context.app, context.access, checked(idShape, accountId, 'accountId'), checked(reasonShape, reason, 'reason'));
    return true;
  }

  @FieldResolver(() => TenantType, { nullable: true, description: 'Whose it is, as the housing system holds them; null where it knows them no more.' })
  async tenant(@Root() { personReference }: AccountSummary, @Ctx() context: RequestContext): Promise<Person | null> {
    return context.loaders.person.load(personReference);
  }
}
