import { Field, ObjectType } from 'type-graphql';
import type { CodedValue } from '../domain/coded.js';

@ObjectType('CodedValue', { description: 'A code of the housing system and what it means. A code that no list explains keeps its code and is labelled as unlisted.' })
export class CodedValueType implements CodedValue {
  @Field(() => String, { simple: true, description: 'The code as the housing system holds it, without padding.' })
  code!: string;

  @Field(() => String, { simple: true, description: 'What the code means, in words that can be shown to a tenant.' })
  label!: string;
}

@ObjectType('PageInfo', { description: 'Where a page stands in its list.' })
export class PageInfoType {
  @Field(() => Boolean, { simple: true, description: 'Whether there are more after this page: ask again with `after: endCursor`.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { simple: true, description: 'Whether there are others before this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { simple: true, nullable: true, description: 'The cursor of the first one on this page; null where the page is empty.' })
  startCursor!: string | null;

  @Field(() => String, { simple: true, nullable: true, description: 'The cursor of the last one on this page; null where the page is empty.' })
  endCursor!: string | null;
}
