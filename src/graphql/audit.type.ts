import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import type { AuditEntry } from '../application/audit/read.js';
import type { Role } from '../application/viewer.js';
import { connectionOf } from './connection.type.js';
import { RoleEnum } from './viewer.type.js';

@ObjectType('AuditEntry', { description: 'Something that was done or looked at, as it was written down at the time.' })
export class AuditEntryType implements AuditEntry {
  @Field(() => ID, { simple: true, description: 'Its number: later entries have higher ones, without gaps.' })
  id!: string;

  @Field(() => GraphQLDateTimeISO, { simple: true, description: 'When it was.' })
  at!: Date;

  @Field(() => String, { simple: true, description: 'Who it was: staff by their user name, `tenant` for a tenant (the subject says whose account), `operator:` and a name for a command on the server.' })
  actor!: string;

  @Field(() => RoleEnum, { simple: true, description: 'The role in which they did it.' })
  role!: Role;

  @Field(() => String, { simple: true, description: 'What was done: for looks, the kind of operation and its root fields, such as `query tenancies`.' })
  action!: string;

  @Field(() => String, { simple: true, description: 'What it was about, such as `tenancy 000017/01` or `person 0000000017/1`; `erased` and a meaningless name where that person was erased.' })
  subject!: string;

  @Field(() => String, { simple: true, nullable: true, description: 'The reason that staff gave; null where none is asked for, or the person was erased.' })
  reason!: string | null;
}

export const AuditEntryConnectionType = connectionOf<AuditEntryType>('AuditEntry', () => AuditEntryType, 'entries of the audit trail');
