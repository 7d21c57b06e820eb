import { ArgsType, Field, Int } from 'type-graphql';
import type { PageRequest } from '../application/paging.js';

/** What every list takes that is paged; a class of its own where the default is another one. */
@ArgsType()
export class PageArgs implements PageRequest {
  @Field(() => Int, { defaultValue: 20, description: 'How many at most, 1 to 100.' })
  first!: number;

  @Field(() => String, { nullable: true, description: 'A cursor of this list: what comes after it.' })
  after?: string | null;
}

@ArgsType()
export class LongPageArgs implements PageRequest {
  @Field(() => Int, { defaultValue: 50, description: 'How many at most, 1 to 100.' })
  first!: number;

  @Field(() => String, { nullable: true, description: 'A cursor of this list: what comes after it.' })
  after?: string | null;
}
