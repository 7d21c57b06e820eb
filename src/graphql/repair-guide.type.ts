import { Field, ID, ObjectType } from 'type-graphql';
import type { RepairCategory, RepairComponent, RepairElement, RepairGuide, RepairProblem } from '../domain/guide.js';

/** What the housing system is told about a problem is no business of the public's, so two fields of it are not shown. */
@ObjectType('RepairProblem', { description: 'Something that can be wrong with a part of the home.' })
export class RepairProblemType implements Omit<RepairProblem, 'sorCode' | 'priority'> {
  @Field(() => ID, { simple: true, description: 'Send it with a request for a repair. It stays understood in later versions of the guide.' })
  id!: string;

  @Field(() => String, { simple: true, description: 'The problem in a few words, to be read after the title of its component.' })
  title!: string;

  @Field(() => String, { simple: true, nullable: true, description: 'What to do until it is mended; null where there is nothing to say.' })
  advice!: string | null;

  @Field(() => Boolean, { simple: true, description: 'Whether it is an emergency: tell the tenant to phone at once, since it is never taken online. A request with an urgent problem that is not marked may be answered in the same way.' })
  emergency!: boolean;
}

@ObjectType('RepairComponent', { description: 'A part with a list of problems to choose from. Choosing none of them means that it is all right.' })
export class RepairComponentType implements Omit<RepairComponent, 'problems'> {
  @Field(() => ID, { simple: true, description: 'Its id, good for the address of its page: it changes only where the guide\'s `version` does.' })
  id!: string;

  @Field(() => String, { simple: true, description: 'The heading of its list.' })
  title!: string;

  @Field(() => String, { simple: true, nullable: true, description: 'Advice on all of its problems; null where there is none.' })
  advice!: string | null;

  @Field(() => [RepairProblemType], { simple: true, description: 'What can be wrong with it.' })
  problems!: RepairProblemType[];
}

@ObjectType('RepairElement', { description: 'A place or a fixture of the home, such as the gutters, downpipes and drains.' })
export class RepairElementType implements Omit<RepairElement, 'components'> {
  @Field(() => ID, { simple: true, description: 'Its id, good for the address of its page: it changes only where the guide\'s `version` does.' })
  id!: string;

  @Field(() => String, { simple: true, description: 'The heading of its page.' })
  title!: string;

  @Field(() => String, { simple: true, nullable: true, description: 'Advice on all of it; null where there is none.' })
  advice!: string | null;

  @Field(() => [RepairComponentType], { simple: true, description: 'Its parts, each a list of problems.' })
  components!: RepairComponentType[];
}

@ObjectType('RepairCategory', { description: 'A page of the repair guide\'s start, such as Plumbing.' })
export class RepairCategoryType implements Omit<RepairCategory, 'elements'> {
  @Field(() => ID, { simple: true, description: 'Its id, good for the address of its page: it changes only where the guide\'s `version` does.' })
  id!: string;

  @Field(() => String, { simple: true, description: 'The heading of its page.' })
  title!: string;

  @Field(() => String, { simple: true, nullable: true, description: 'Advice on all of it, safety first; null where there is none.' })
  advice!: string | null;

  @Field(() => [RepairElementType], { simple: true, description: 'What it covers.' })
  elements!: RepairElementType[];
}

@ObjectType('RepairGuide', { description: 'The way from a part of the home to what is wrong with it, for a request for a repair.' })
export class RepairGuideType implements Pick<RepairGuide, 'version'> {
  @Field(() => String, { simple: true, description: 'Changes whenever an id does: a front end that keeps the guide fetches it again then.' })
  version!: string;

  @Field(() => [RepairCategoryType], { simple: true, description: 'Its categories, in the order in which they are shown.' })
  categories!: RepairCategoryType[];
}
