/** The import rules of the house: dependencies point inwards. */
import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = process.cwd();
const files = ['src', 'adapters', 'fixtures'].flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name)).map((name) => `${folder}/${name}`));

/** The project's own files that a file imports, dynamically or not. */
function imports(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/(?:from\s+|import\s*\(\s*|import\s+)'(\.{1,2}\/[^']+)'/g)]
    .map(([, path]) => relative(root, resolve(root, dirname(file), path!)).replace(/\.js$/, '.ts'));
}

/** Layers of src/: what each may import besides itself. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'src/domain/': [],
  'src/landlords/': ['src/domain/'],
  'src/application/': ['src/domain/'],
  'src/graphql/': ['src/domain/', 'src/application/'],
  'src/playground/': ['src/domain/', 'src/application/', 'src/graphql/', 'src/server.ts'],
  // It runs in a browser.
  'src/playground/client/': ['src/playground/saved-queries.ts'],
  'adapters/': ['src/domain/', 'src/application/'],
  'fixtures/': [],
};

test('there is something to check', () => {
  expect(files.length).toBeGreaterThan(50);
  expect(files.flatMap(imports).length).toBeGreaterThan(100);
});

describe.each(Object.entries(ALLOWED))('%s', (layer, others) => {
  test(`imports itself and ${others.join(', ') || 'nothing else of ours'}`, () => {
    const wrong = files.filter((file) => file.startsWith(layer)).flatMap((file) => imports(file)
      .filter((imported) => ![layer, ...others].some((allowed) => imported.startsWith(allowed))).map((imported) => `${file} imports ${imported}`));
    expect(wrong).toEqual([]);
  });
});

test('only the composition root, and the demo\'s part of it, imports adapters and fixtures', () => {
  const wrong = files.filter((file) => file.startsWith('src/') && file !== 'src/main.ts' && !file.startsWith('src/demo/'))
    .flatMap((file) => imports(file).filter((imported) => /^(adapters|fixtures)\//.test(imported)).map((imported) => `${file} imports ${imported}`));
  expect(wrong).toEqual([]);
});

test('nothing imports the composition root, and adapters do not import each other\'s technologies', () => {
  const wrong = files.flatMap((file) => imports(file).filter((imported) => (imported === 'src/main.ts' && file !== 'src/demo/welcome.ts')
    || (file.startsWith('adapters/') && imported.startsWith('adapters/') && imported.split('/').length > 2 && imported.split('/')[1] !== file.split('/')[1] && file.split('/').length > 2))
    .map((imported) => `${file} imports ${imported}`));
  expect(wrong).toEqual([]);
});

test('nothing below the composition root reads the clock, randomness or the environment by itself', () => {
  const wrong = files.filter((file) => /^src\/(domain|application|graphql|landlords)\//.test(file))
    .filter((file) => /Date\.now\(\)|new Date\(\)|Math\.random|process\.env/.test(readFileSync(join(root, file), 'utf8')));
  expect(wrong).toEqual([]);
});

test('schema/ holds no code', () => {
  expect(readdirSync(join(root, 'schema'), { recursive: true, encoding: 'utf8' }).filter((name) => /\.[tj]s$/.test(name))).toEqual([]);
});
