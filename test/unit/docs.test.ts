/** The documents say what is there. */
import { expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = process.cwd();
const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');
const documents = ['README.md', ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md')).map((name) => join('docs', name))];

test('docs/operations.md tells of every metric of ours, and of no other', () => {
  const made = [...read('adapters', 'prometheus', 'metrics.ts').matchAll(/name: '(\w+)'/g)].map(([, name]) => name!);
  const told = [...read('docs', 'operations.md').matchAll(/^\| `(\w+)(?:\{[\w,]*\})?` \| /gm)].map(([, name]) => name!).filter((name) => /_(total|seconds)$/.test(name));
  expect(told.sort()).toEqual(made.sort());
});

test.each(documents)('%s leads to files that are there', (document) => {
  const links = [...read(document).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link!);
  expect(links.filter((link) => !existsSync(join(root, dirname(document), link)))).toEqual([]);
});

test.each(documents)('%s names commands that package.json has', (document) => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = [...read(document).matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name]) => name!);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
