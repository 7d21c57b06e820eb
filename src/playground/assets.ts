/** The playground's files, as `npm run build` made them: read once, and kept as they are sent. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Which files there are, and what they were made from. */
export const MANIFEST = 'manifest.json';

export interface Manifest {
  /** A fingerprint of everything that the files are made from. */
  readonly inputs: string;
  /** Names of the files that the page itself loads. */
  readonly script: string;
  readonly style: string;
  readonly icon: string;
  /** Compressed ones stand there twice, as `.br` and `.gz`; others as they are. */
  readonly files: readonly { readonly name: string; readonly compressed: boolean }[];
}

export interface Asset {
  readonly type: string;
  /** By content coding: `br` and `gzip`, or `identity` alone. */
  readonly bodies: Readonly<Partial<Record<'br' | 'gzip' | 'identity', Buffer>>>;
}

export interface PlaygroundAssets {
  readonly page: Pick<Manifest, 'script' | 'style' | 'icon'>;
  readonly files: ReadonlyMap<string, Asset>;
}

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', svg: 'image/svg+xml', png: 'image/png',
  ttf: 'font/ttf', woff: 'font/woff', woff2: 'font/woff2',
};

/** @returns null where the playground was not built. */
export function readAssets(root: string): PlaygroundAssets | null {
  const folder = join(root, 'dist', 'playground');
  if (!existsSync(join(folder, MANIFEST))) return null;
  const read = (name: string): Buffer => readFileSync(join(folder, name));
  const { files, script, style, icon } = JSON.parse(read(MANIFEST).toString('utf8')) as Manifest;
  return {
    page: { script, style, icon },
    files: new Map(files.map(({ name, compressed }) => [name, {
      type: TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
      bodies: compressed ? { br: read(`${name}.br`), gzip: read(`${name}.gz`) } : { identity: read(name) },
    }])),
  };
}
