import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SqlError } from '../../../fixtures/legacy/tds/backend.js';
import { lex } from '../../../fixtures/legacy/tds/lexer.js';
import { parseBatch, parseDeclarations } from '../../../fixtures/legacy/tds/parser.js';

const texts = (sql: string): string[] => lex(sql).slice(0, -1).map(({ kind, text }) => `${kind}:${text}`);
const kinds = (sql: string): string[] => parseBatch(sql).map((statement) => statement.kind);
function number(sql: string): number | undefined {
  try {
    parseBatch(sql);
    return undefined;
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    return error.number;
  }
}

describe('the tokens of a batch', () => {
  it('tell text, names, variables and numbers from what only looks like them', () => {
    expect(texts(`SELECT N'it''s', 'a--b /*c*/', [odd]]name], "q""q", @v, @@SPID, 1.5e3, .5, 0xBEEF, Nîf -- 'end`)).toEqual([
      'word:SELECT', "unicode:it's", 'symbol:,', 'text:a--b /*c*/', 'symbol:,', 'name:odd]name', 'symbol:,', 'name:q"q', 'symbol:,', 'variable:@v', 'symbol:,', 'variable:@@SPID',
      'symbol:,', 'number:1.5e3', 'symbol:,', 'number:.5', 'symbol:,', 'binary:0xBEEF', 'symbol:,', 'word:Nîf',
    ]);
  });

  it('leave comments out, also nested ones', () => {
    expect(texts("/* a /* b */ ' */ 1 -- ' \n 2 /**/3")).toEqual(['number:1', 'number:2', 'number:3']);
  });

  it.each([["'open", 105], ["N'it''s", 105], ['[open', 105], ['"open', 105], ['/* open', 113], ['/* /* */', 113], ['SELECT \\', 102], ['SELECT \u0000', 102], ['@', 102]])('%s is error %i', (sql, expected) => {
    expect(number(sql)).toBe(expected);
  });
});

describe('statements', () => {
  it('that clients send when they connect', () => {
    expect(kinds('SET ANSI_NULLS, ANSI_PADDING ON; set textsize 2147483647 SET DATEFORMAT dmy SET TRANSACTION ISOLATION LEVEL READ COMMITTED SET LOCK_TIMEOUT -1')).toEqual(Array(5).fill('option'));
    expect(kinds('IF @@TRANCOUNT > 0 ROLLBACK TRAN')).toEqual(['if']);
    expect(kinds('IF @@TRANCOUNT > 0 COMMIT; ELSE BEGIN SELECT 1 SELECT 2 END BEGIN TRANSACTION t1 SAVE TRAN s USE [housing]')).toEqual(['if', 'begin', 'save', 'use']);
    expect(kinds(';;')).toEqual([]);
    expect(kinds('')).toEqual([]);
  });

  it('that select values, with aliases of every form', () => {
    const [select] = parseBatch("SELECT 1 AS a, b = 2, 3 c, 'x' [d e], @@SPID, (-4) AS 'f', SERVERPROPERTY('Edition') FROM_ ");
    expect(select).toMatchObject({ kind: 'select', items: [{ name: 'a' }, { name: 'b' }, { name: 'c' }, { name: 'd e' }, { name: '' }, { name: 'f' }, { name: 'FROM_' }] });
  });

  it('that call procedures', () => {
    expect(parseBatch("gateway.Echo 'a', @b = N'c', @d = NULL, @e = -5, @f = DEFAULT, @g = @h OUTPUT, @i = word")[0]).toMatchObject({
      kind: 'execute', procedure: 'gateway.Echo', args: [
        { name: '', value: { kind: 'literal', value: 'a' } }, { name: '@b', value: { value: 'c' } }, { name: '@d', value: { value: null } }, { name: '@e' }, { name: '@f', value: undefined },
        { name: '@g', value: { kind: 'variable' }, output: true }, { name: '@i', value: { kind: 'name', text: 'word' } },
      ],
    });
    expect(kinds("EXEC @rc = [housing]..[Ping];1 EXEC('SELECT 1') EXECUTE gateway.Ping SELECT 1")).toEqual(['execute', 'executeText', 'execute', 'select']);
    expect(kinds("DECLARE @t gateway.ReferenceList, @n int = 5; INSERT @t VALUES ('a'), (N'b'); INSERT INTO @t (Reference) SELECT 'c' UNION ALL SELECT 'd'; EXEC gateway.GetPersons @t")).toEqual(['block', 'insert', 'insert', 'execute']);
  });

  it('on tables fail when they run, not before', () => {
    for (const sql of ['SELECT * FROM a.b WHERE x = 1', 'SELECT TOP 5 x FROM t; ', 'INSERT INTO t (a) VALUES (1)', 'UPDATE t SET a = 1', 'DELETE FROM t', 'DELETE t']) expect(parseBatch(sql)).toMatchObject([{ kind: 'fail', error: { number: 208 } }]);
  });

  it.each([
    ['SELECT', 102], ['SELECT 1,', 102], ['SELECT *', 102], ['SELECT 1 +', 102], ['EXEC', 102], ['EXEC p 1 + 1', 102], ['EXEC p @a =', 102], ['EXEC p,', 102], ['BEGIN END', 102], ['BEGIN SELECT 1', 102], ['IF 1 SELECT 1', 102],
    ['DECLARE', 102], ['DECLARE t int', 102], ['CREATE TABLE t (a int)', 102], ['DROP TABLE t', 102], ['SELECT 1 )', 102], ['INSERT INTO @t', 102], ['SET FOO ON', 195], ['SELECT 1; DROP', 102], ['WITH x AS (SELECT 1) SELECT 2', 102], ['SELEC * FROM a', 102],
  ])('%s is error %i', (sql, expected) => {
    expect(number(sql)).toBe(expected);
  });

  it.each([
    ['parentheses', 'SELECT ' + '('.repeat(10_000)], ['minus signs', 'SELECT ' + '- '.repeat(10_000) + '1'], ['a sum', 'SELECT 1' + '+1'.repeat(10_000)], ['IFs', 'IF 1=1 '.repeat(10_000) + 'SELECT 1'],
    ['blocks', 'BEGIN '.repeat(10_000)], ['NOTs', 'IF ' + 'NOT '.repeat(10_000) + '1=1 SELECT 1'], ['ANDs', 'IF 1=1' + ' AND 1=1'.repeat(10_000) + ' SELECT 1'], ['comments', '/*'.repeat(10_000)],
  ])('nested by %s without end are an error and not the end', (_name, sql) => {
    expect([191, 102, 113]).toContain(number(sql));
  });

  it('of any text are statements or an error, and soon', () => {
    const word = fc.constantFrom('SELECT', 'EXEC', 'SET', 'IF', 'BEGIN', 'END', 'DECLARE', 'INSERT', 'INTO', 'VALUES', '@t', '@@SPID', "'a'", "N'b", '[c', '(', ')', ',', ';', '=', '1', '.5', 'gateway.Ping', 'ON', 'NULL', '--', '/*', '*/', 'FROM', 'AS', 'CAST', 'TRAN', 'ELSE', 'UNION');
    fc.assert(fc.property(fc.array(word, { maxLength: 30 }), (words) => void number(words.join(' '))), { numRuns: 3_000 });
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => void number(text)), { numRuns: 2_000 });
  });
});

describe('the declarations of sp_executesql', () => {
  it('are variables and their types', () => {
    expect(parseDeclarations('@a int, @b nvarchar(max), @c decimal(19, 4) OUTPUT, @d [gateway].ReferenceList READONLY, @e int = 5')).toMatchObject([
      { name: '@a', type: { name: 'int', sizes: [] } }, { name: '@b', type: { name: 'nvarchar', sizes: ['max'] } }, { name: '@c', type: { sizes: [19, 4] } }, { name: '@d', type: { name: 'gateway.ReferenceList' } }, { name: '@e', value: { value: 5 } },
    ]);
    expect(parseDeclarations('')).toEqual([]);
    for (const text of ['a int', '@a', '@a int,', '@a int x']) expect(() => parseDeclarations(text)).toThrow(SqlError);
  });
});
