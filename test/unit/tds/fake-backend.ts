/** A small legacy system for the tests of the TDS server: procedures that show what reached them. */
import type { Fault } from '../../../fixtures/legacy/faults.js';
import { SqlError, type Argument, type Backend, type Column, type Procedure, type ResultSet, type ScalarType, type TableType, type Value } from '../../../fixtures/legacy/tds/backend.js';

const column = (name: string, type: ScalarType, nullable = true): Column => ({ name, type, nullable });
export const REFERENCE_LIST: TableType = { name: 'gateway.ReferenceList', columns: [column('Reference', { kind: 'varchar', length: 20 })] };
const PAIRS: TableType = { name: 'gateway.Pairs', columns: [column('Id', { kind: 'int' }, false), column('Name', { kind: 'nvarchar', length: 30 })] };
const OTHER: TableType = { name: 'gateway.Other', columns: [column('Reference', { kind: 'varchar', length: 20 })] };

/** One column of every type; `at` is a value, its other row is NULL throughout. */
export const EVERY_TYPE: readonly { column: Column; at: Value }[] = [
  { column: column('Char', { kind: 'char', length: 11 }), at: '000017/01' },
  { column: column('Varchar', { kind: 'varchar', length: 50 }), at: 'Siân O’Brien, Plas Tŷ' },
  { column: column('VarcharMax', { kind: 'varchar', length: 'max' }), at: 'm'.repeat(20_000) },
  { column: column('Nchar', { kind: 'nchar', length: 4 }), at: 'ŷ' },
  { column: column('Nvarchar', { kind: 'nvarchar', length: 50 }), at: 'Tŷ Gŵyr 漢字 😀' },
  { column: column('NvarcharMax', { kind: 'nvarchar', length: 'max' }), at: 'ŵ'.repeat(9_000) },
  { column: column('Tinyint', { kind: 'tinyint' }), at: 255 },
  { column: column('Smallint', { kind: 'smallint' }), at: -32_768 },
  { column: column('Int', { kind: 'int' }), at: -2_147_483_648 },
  { column: column('Bigint', { kind: 'bigint' }), at: -9_223_372_036_854_775_808n },
  { column: column('Bit', { kind: 'bit' }), at: true },
  { column: column('Money', { kind: 'money' }), at: -74.23 },
  { column: column('Decimal', { kind: 'decimal', precision: 19, scale: 4 }), at: '-12345.6789' },
  { column: column('Float', { kind: 'float' }), at: 0.1 },
  { column: column('Date', { kind: 'date' }), at: '1900-01-01' },
  { column: column('Datetime', { kind: 'datetime' }), at: '2017-02-08T09:15:30.123' },
  { column: column('Datetime2', { kind: 'datetime2', scale: 3 }), at: '0001-01-01T23:59:59.999' },
  { column: column('Guid', { kind: 'uniqueidentifier' }), at: '6F9619FF-8B86-D011-B42D-00C04FC964FF' },
];

const ECHOED: readonly (readonly [string, ScalarType])[] = [
  ['Reference', { kind: 'varchar', length: 20 }],
  ['Name', { kind: 'nvarchar', length: 50 }],
  ['Number', { kind: 'int' }],
  ['Big', { kind: 'bigint' }],
  ['Amount', { kind: 'money' }],
  ['Exact', { kind: 'decimal', precision: 19, scale: 4 }],
  ['Day', { kind: 'date' }],
  ['At', { kind: 'datetime' }],
  ['Flag', { kind: 'bit' }],
  ['Id', { kind: 'uniqueidentifier' }],
  ['Ratio', { kind: 'float' }],
  ['Long', { kind: 'nvarchar', length: 'max' }],
];

const COUNTED: readonly Column[] = [
  column('Number', { kind: 'int' }, false),
  column('Reference', { kind: 'char', length: 11 }, false),
  column('PostDate', { kind: 'datetime' }),
  column('Value', { kind: 'money' }, false),
  column('Description', { kind: 'varchar', length: 40 }),
];

function* counted(rows: number, pulled: (row: number) => void = () => {}): Generator<readonly Value[]> {
  for (let i = 1; i <= rows; i++) {
    pulled(i);
    yield [i, '000017/01', '2017-01-30T00:00:00', 100.63, 'Housing Benefit'];
  }
}

const parameter = (name: string, type: Procedure['parameters'][number]['type'], hasDefault = false): Procedure['parameters'][number] => ({ name: `@${name}`, type, hasDefault });
const procedure = (name: string, ...parameters: Procedure['parameters']): Procedure => ({ name: `gateway.${name}`, parameters });

const PROCEDURES: readonly Procedure[] = [
  procedure('Ping'),
  procedure('Echo', ...ECHOED.map(([name, type], index) => parameter(name, type, index > 0))),
  procedure('Count', parameter('Rows', { kind: 'int' })),
  procedure('GetPersons', parameter('References', { kind: 'table', table: REFERENCE_LIST })),
  procedure('Pairs', parameter('Pairs', { kind: 'table', table: PAIRS }), parameter('More', { kind: 'table', table: PAIRS }), parameter('From', { kind: 'date' }, true)),
  procedure('Types'),
  procedure('Several'),
  procedure('Secret'),
  procedure('Fails'),
  procedure('FailsLate'),
  procedure('Bad'),
];

export class FakeBackend implements Backend {
  readonly procedures = PROCEDURES;
  readonly tableTypes = [REFERENCE_LIST, PAIRS, OTHER];
  readonly databases = ['housing', 'master'];
  readonly faults = new Map<string, Fault>();
  /** The operations that were executed, in order. */
  readonly executed: string[] = [];
  /** How many rows of the last Count the server has asked for. */
  pulled = 0;

  login(user: string, password: string): boolean {
    return user === 'gateway' && password === 'gateway£ŵ"]' || (user === 'gateway' && password === 'gateway');
  }

  permitted(_user: string, name: string): boolean {
    return name !== 'gateway.Secret';
  }

  fault(operation: string): Fault | undefined {
    return this.faults.get(operation);
  }

  execute(called: Procedure, args: ReadonlyMap<string, Argument>): readonly ResultSet[] {
    this.executed.push(called.name);
    switch (called.name) {
      case 'gateway.Ping':
        return [{ columns: [column('Alive', { kind: 'int' })], rows: [[1]] }];
      case 'gateway.Echo':
        return [{ columns: ECHOED.map(([name, type]) => column(name, type)), rows: [ECHOED.map(([name]) => (args.get(`@${name}`) ?? null) as Value)] }];
      case 'gateway.Count':
        return [{ columns: COUNTED, rows: counted(Number(args.get('@Rows')), (row) => void (this.pulled = row)) }];
      case 'gateway.GetPersons':
        return [{ columns: REFERENCE_LIST.columns, rows: args.get('@References') as Value[][] }];
      case 'gateway.Pairs':
        return [
          { columns: PAIRS.columns, rows: args.get('@Pairs') as Value[][] },
          { columns: PAIRS.columns, rows: args.get('@More') as Value[][] },
          { columns: [column('From', { kind: 'date' })], rows: [[(args.get('@From') ?? null) as Value]] },
        ];
      case 'gateway.Types':
        return [{ columns: EVERY_TYPE.map((one) => one.column), rows: [EVERY_TYPE.map((one) => one.at), EVERY_TYPE.map(() => null)] }];
      case 'gateway.Several':
        return [
          { columns: [column('First', { kind: 'int' })], rows: [[1], [2]] },
          { columns: [column('Second', { kind: 'varchar', length: 10 })], rows: [] },
          { columns: [column('Third', { kind: 'bit' })], rows: [[false]] },
        ];
      case 'gateway.Fails':
        throw new SqlError(51_000, 'The tenancy is closed.', 16, 7);
      case 'gateway.FailsLate':
        return [{ columns: COUNTED, rows: failing() }];
      case 'gateway.Bad':
        return [{ columns: [column('Number', { kind: 'int' })], rows: [[1], ['not a number']] }];
      default:
        throw new Error('not implemented');
    }
  }
}

function* failing(): Generator<readonly Value[]> {
  yield* counted(3);
  throw new SqlError(51_001, 'Half-way.', 16, 1);
}
