/** Makes the playground's files, `dist/playground`, as a part of `npm run build`; does nothing where nothing has changed. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { packageRoot } from '../src/package-root.js';
import { MANIFEST, type Manifest } from '../src/playground/assets.js';
import { queryTexts } from '../src/playground/query-texts.js';
import { savedQueries } from '../src/playground/saved-queries.js';

const root = packageRoot();
const target = join(root, 'dist', 'playground');
const below = (...path: string[]): string[] => readdirSync(join(root, ...path), { recursive: true, encoding: 'utf8', withFileTypes: true })
  .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();

const operations = below('schema', 'graphql', 'operations');
const inputs = [...below('src', 'playground'), ...operations, join(root, 'scripts', 'playground.ts'), ...below('scripts', 'playground'), join(root, 'package-lock.json')];
const hash = createHash('sha256');
for (const path of inputs) hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
const fingerprint = hash.digest('hex');

function isThere(): boolean {
  const path = join(target, MANIFEST);
  return existsSync(path) && (JSON.parse(readFileSync(path, 'utf8')) as Manifest).inputs === fingerprint;
}

/** Fonts and pictures of points are compressed already. */
const compressible = (name: string): boolean => !/\.(woff2?|png)$/.test(name);

if (!isThere()) {
  // Loaded only where there is something to do: it takes longer than finding out.
  const { bundlePlayground } = await import('./playground/bundle.js');
  const texts = queryTexts(operations.map((path) => readFileSync(path, 'utf8')), savedQueries.map(({ operation }) => operation));
  const { files, ...page } = await bundlePlayground(root, texts);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const [name, content] of files) {
    if (compressible(name)) {
      writeFileSync(join(target, `${name}.br`), brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
      writeFileSync(join(target, `${name}.gz`), gzipSync(content, { level: 9 }));
    } else {
      writeFileSync(join(target, name), content);
    }
  }
  // Last: a build that was broken off is begun again.
  const manifest: Manifest = { inputs: fingerprint, ...page, files: [...files.keys()].map((name) => ({ name, compressed: compressible(name) })) };
  writeFileSync(join(target, MANIFEST), JSON.stringify(manifest, null, 2));
}
