import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { openNow } from '../domain/opening.js';
import type { Landlord, PhoneLine } from '../domain/landlord.js';
import type { RequestContext } from './context.js';
import { LandlordType, PhoneLineType } from './landlord.type.js';

@Resolver(() => LandlordType)
export class LandlordResolver {
  @Query(() => LandlordType, { description: 'The landlord that this gateway serves. Needs no sign-in.' })
  landlord(@Ctx() context: RequestContext): Landlord {
    return context.app.landlord;
  }
}

@Resolver(() => PhoneLineType)
export class PhoneLineResolver {
  @FieldResolver(() => Boolean, { nullable: true, description: 'Whether it is answered now; null where its hours are not known.' })
  openNow(@Root() line: PhoneLine, @Ctx() { app, access }: RequestContext): boolean | null {
    return openNow(line, app.landlord, access.now);
  }
}
