import { GraphQLDateTimeISO, GraphQLLocalDate } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import type { StatementDownloads } from '../application/housing/statement-downloads.js';
import type { Balance, Statement, StatementPeriod, Transaction, TransactionType } from '../domain/rent.js';
import type { Position } from '../domain/money.js';
import { connectionOf } from './connection.type.js';
import { enumType } from './enums.js';
import { MoneyType, PositionEnum, RunningBalanceType } from './money.type.js';

@ObjectType('Balance', { description: 'What the rent account stands at now.' })
export class BalanceType implements Balance {
  @Field(() => MoneyType, { simple: true, description: 'How much, never negative.' })
  money!: MoneyType;

  @Field(() => PositionEnum, { simple: true, description: 'Whether that is owed, held, or nothing.' })
  position!: Position;

  @Field(() => GraphQLDateTimeISO, { simple: true, description: 'When it was read from the housing system.' })
  asOf!: Date;

  @Field(() => String, { simple: true, description: 'The balance in a sentence, ready to show.' })
  summary!: string;
}

export const StatementPeriodEnum = enumType<StatementPeriod>('StatementPeriod', 'How far back a statement goes: whole calendar months before today, both days included.', {
  ONE_MONTH: 'The last month.',
  THREE_MONTHS: 'The last three months.',
  SIX_MONTHS: 'The last six months.',
  TWELVE_MONTHS: 'The last twelve months.',
});

export const TransactionTypeEnum = enumType<TransactionType>('TransactionType', 'Which way a transaction moved the account.', {
  DEBIT: 'A charge: more is owed.',
  CREDIT: 'A receipt: less is owed.',
});

@ObjectType('Transaction', { description: 'A posting to the rent account.' })
export class TransactionFieldType implements Transaction {
  @Field(() => ID, { simple: true, description: 'The posting\'s number in the housing system; later postings have higher ones.' })
  id!: string;

  @Field(() => GraphQLLocalDate, { simple: true, description: 'The date held for it. Now and then one is wrong: the order of the list is the order of posting.' })
  date!: string;

  @Field(() => TransactionTypeEnum, { simple: true, description: 'Debit or credit, by the sign of the amount.' })
  type!: TransactionType;

  @Field(() => String, { simple: true, description: 'The transaction code as held; empty where there is none.' })
  code!: string;

  @Field(() => String, { simple: true, description: 'What it was for, in the words of a printed statement, such as `Housing Benefit`.' })
  reference!: string;

  @Field(() => MoneyType, { simple: true, nullable: true, description: 'The amount of a debit; null for a credit.' })
  debit!: MoneyType | null;

  @Field(() => MoneyType, { simple: true, nullable: true, description: 'The amount of a credit; null for a debit.' })
  credit!: MoneyType | null;

  @Field(() => RunningBalanceType, { simple: true, description: 'What the account stood at after it.' })
  balance!: RunningBalanceType;
}

export const TransactionConnectionType = connectionOf<TransactionFieldType>('Transaction', () => TransactionFieldType, 'transactions');

@ObjectType('Statement', { description: 'A rent statement: opening balance, plus debits, minus credits, is the closing balance.' })
export class StatementType implements Omit<Statement, 'transactions'> {
  @Field(() => GraphQLLocalDate, { simple: true, description: 'The first day of the period.' })
  from!: string;

  @Field(() => GraphQLLocalDate, { simple: true, description: 'The last day of the period: today.' })
  to!: string;

  @Field(() => RunningBalanceType, { simple: true, description: 'What the account stood at before the oldest transaction of the period.' })
  openingBalance!: RunningBalanceType;

  @Field(() => RunningBalanceType, { simple: true, description: 'What the account stood at after the newest transaction.' })
  closingBalance!: RunningBalanceType;

  @Field(() => MoneyType, { simple: true, description: 'All debits of the period together.' })
  totalDebits!: MoneyType;

  @Field(() => MoneyType, { simple: true, description: 'All credits of the period together.' })
  totalCredits!: MoneyType;

  @Field(() => Boolean, { simple: true, description: 'Whether the closing balance is the tenancy\'s balance. Where it is not, the landlord has been told; show the balance.' })
  reconciles!: boolean;
}

@ObjectType('StatementDownloads', { description: 'The statement as files to keep. Fetch an address with GET and the same bearer token that asked for it: nobody else gets anything there.' })
export class StatementDownloadsType implements StatementDownloads {
  @Field(() => String, { simple: true, description: 'Where it is as a table for a spreadsheet (CSV). In its Balance column what is owed is positive, and what the account holds for the tenant negative.' })
  csvUrl!: string;

  @Field(() => String, { simple: true, description: 'Where it is as pages to read and print (PDF).' })
  pdfUrl!: string;

  @Field(() => GraphQLDateTimeISO, { simple: true, description: 'When both addresses stop working: five minutes after they were asked for. Ask for new ones then.' })
  expiresAt!: Date;
}
