/** The texts of the playground's saved queries. */
import { expect, test } from '@jest/globals';
import { queryTexts } from '../../../src/playground/query-texts.js';
import { exampleOf, type SavedQuery } from '../../../src/playground/saved-queries.js';

const DOCUMENTS = [
  '# Said of the file.\nquery First($a: Int) {\n  one { ...A }\n}\nquery Second { two }',
  'fragment A on One { b { ...B } }\nfragment B on Two { c }\nfragment C on Three { d }',
];

test('an operation comes with the fragments that it uses, near and far, and no others', () => {
  expect(queryTexts(DOCUMENTS, ['First', 'Second'])).toEqual({
    First: 'query First($a: Int) {\n  one { ...A }\n}\n\nfragment A on One { b { ...B } }\n\nfragment B on Two { c }\n',
    Second: 'query Second { two }\n',
  });
});

test('what is missing is named', () => {
  expect(() => queryTexts(DOCUMENTS, ['Third'])).toThrow('Third');
  expect(() => queryTexts(['query First { one { ...Gone } }'], ['First'])).toThrow('Gone');
});

const LOOKS: SavedQuery = { operation: 'First', title: '', about: '', variables: { search: 'Tidcombe', period: 'ONE_MONTH', first: 20 } };

test('an example names somebody in the demo alone', () => {
  expect(JSON.parse(exampleOf(LOOKS, true))).toEqual({ search: 'Tidcombe', period: 'ONE_MONTH', first: 20 });
  expect(JSON.parse(exampleOf(LOOKS, false))).toEqual({ search: '', period: 'ONE_MONTH', first: 20 });
});
