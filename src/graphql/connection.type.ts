import { Field, Int, ObjectType, type ClassType } from 'type-graphql';
import type { Connection, Edge } from '../application/paging.js';
import { PageInfoType } from './common.type.js';

/** The connection and edge types of a node, named after it: every list that is paged looks the same. */
export function connectionOf<T extends object>(name: string, node: () => ClassType<T>, many: string) {
  @ObjectType(`${name}Edge`, { description: `One of the ${many}, with the cursor that stands for its place in the list.` })
  class EdgeType implements Edge<T> {
    @Field(() => String, { simple: true, description: 'Stands for this place: give it as `after` to get what follows.' })
    cursor!: string;

    @Field(node, { simple: true, description: 'What stands at this place.' })
    node!: T;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${many}.` })
  class ConnectionType implements Connection<T> {
    @Field(() => [EdgeType], { simple: true, description: 'What is on this page, each with its cursor.' })
    edges!: EdgeType[];

    @Field(() => [node()], { simple: true, description: 'The same without cursors.' })
    nodes!: T[];

    @Field(() => PageInfoType, { simple: true, description: 'Whether there is more before or after.' })
    pageInfo!: PageInfoType;

    @Field(() => Int, { simple: true, description: 'How many there are in the whole list, not only on this page.' })
    totalCount!: number;
  }
  return ConnectionType;
}
