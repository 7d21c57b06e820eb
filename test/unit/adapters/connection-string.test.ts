import { expect, test } from '@jest/globals';
import { parseConnection } from '../../../adapters/mssql/connection-string.js';

test('a connection string and an address say the same', () => {
  const expected = { server: 'db.example', port: 1435, database: 'housing', user: 'gateway', password: 'p;"=%x', options: { encrypt: true } };
  expect(parseConnection('Server=db.example,1435;Database=housing;User Id=gateway;Password="p;""=%x";Encrypt=true')).toMatchObject(expected);
  expect(parseConnection('mssql://gateway:p%3B%22%3D%25x@db.example:1435/housing?encrypt=true')).toMatchObject(expected);
});

test.each(['', 'Server=db', 'mssql://', 'Server=db;Database=x;Password=secret', 'mssql://db.example/'])('%p is refused by the variable\'s name, without quoting it', (text) => {
  expect(() => parseConnection(text)).toThrow(/^LEGACY_SQL_URL: /);
  expect(() => parseConnection(text)).not.toThrow(/secret|db/);
});
