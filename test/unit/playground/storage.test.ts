/** What the playground's editor may remember: queries, and nothing about people. */
import { beforeEach, expect, test } from '@jest/globals';
import { editorStorage, type Keeping } from '../../../src/playground/client/storage.js';

const SECRET = 'Tidcombe-and-a-token';

/** As a browser's: the keys are properties, the methods are not. */
class Browser implements Keeping {
  getItem(key: string): string | null {
    return (this as unknown as Record<string, string | undefined>)[key] ?? null;
  }
  setItem(key: string, value: string): void {
    (this as unknown as Record<string, string>)[key] = value;
  }
  removeItem(key: string): void {
    delete (this as unknown as Record<string, string>)[key];
  }
}

let browser: Browser;
let storage: ReturnType<typeof editorStorage>;
beforeEach(() => {
  browser = new Browser();
  storage = editorStorage(browser, (query) => (query === 'query Saved { a }' ? '{"example": 1}' : null));
});

const tab = (query: string): object =>
  ({ id: '1', title: 'T', query, operationName: 'Saved', variables: `{"a":"${SECRET}"}`, headers: `{"Authorization":"${SECRET}"}`, response: SECRET, hash: SECRET });

test('tabs are kept without variables, headers and results', () => {
  storage.setItem('graphiql:tabState', JSON.stringify({ activeTabIndex: 0, tabs: [tab('{ b }')], more: SECRET }));
  expect(JSON.stringify(browser)).not.toContain(SECRET);
  const { tabs } = JSON.parse(storage.getItem('graphiql:tabState')!) as { tabs: { query: string; variables: unknown; response: unknown }[] };
  expect(tabs).toMatchObject([{ query: '{ b }', variables: null, headers: null, response: null }]);
});

test('a saved query comes back with its example, not with what was asked', () => {
  storage.setItem('graphiql:query', 'query Saved { a }');
  storage.setItem('graphiql:tabState', JSON.stringify({ activeTabIndex: 0, tabs: [tab('query Saved { a }')] }));
  expect(JSON.parse(storage.getItem('graphiql:tabState')!)).toMatchObject({ tabs: [{ variables: '{"example": 1}' }] });
  expect(storage.getItem('graphiql:variables')).toBe('{"example": 1}');
});

test.each(['queries', 'favorites'])('the history (%s) keeps queries and their labels', (name) => {
  storage.setItem(`graphiql:${name}`, JSON.stringify({ [name]: [{ ...tab('{ b }'), label: 'mine', favorite: true }] }));
  expect(JSON.stringify(browser)).not.toContain(SECRET);
  expect(JSON.parse(storage.getItem(`graphiql:${name}`)!)).toEqual({ [name]: [{ query: '{ b }', operationName: 'Saved', label: 'mine', favorite: true }] });
});

test.each(['variables', 'headers', 'shouldPersistHeaders', 'anything'])('%s is not kept', (name) => {
  storage.setItem(`graphiql:${name}`, SECRET);
  expect(Object.keys(browser)).toEqual([]);
});

test('how the editor is arranged is kept', () => {
  storage.setItem('graphiql:theme', 'dark');
  expect(storage.getItem('graphiql:theme')).toBe('dark');
  expect(storage.length).toBe(1);
});

test('once closed it is empty, stays empty, and leaves alone what is not its own', () => {
  browser.setItem('other', 'stays');
  storage.setItem('graphiql:query', '{ a }');
  storage.close();
  storage.setItem('graphiql:query', '{ written late }');
  expect({ ...browser }).toEqual({ other: 'stays' });
});
