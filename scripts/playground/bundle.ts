/** The playground's files: scripts, workers, styles, fonts. Each is named by its content, so that browsers may keep it for good. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { rolldown, type OutputChunk, type Plugin } from 'rolldown';
import { withoutEmbeddedFiles } from './styles.js';

export interface Bundle {
  /** By name. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** What the page itself names. */
  readonly script: string;
  readonly style: string;
  readonly icon: string;
}

const require = createRequire(import.meta.url);

/** The background processes of the editor. */
const WORKERS = {
  editor: 'monaco-editor/esm/vs/editor/editor.worker.js',
  graphql: 'monaco-graphql/esm/graphql.worker.js',
  json: 'monaco-editor/esm/vs/language/json/json.worker.js',
};

/** Underlines of the editor are pictures in data: addresses; a gradient looks much the same and needs no picture. */
const SQUIGGLE = /url\("data:image\/svg\+xml,\$\{getSquigglySVGData\((\w+)\)\}"\) repeat-x bottom left/g;
const UNDERLINE = 'repeating-linear-gradient(90deg, ${$1} 0 3px, transparent 3px 5px) bottom left / 100% 2px no-repeat';

/** What is changed in packages: a pattern that is no longer found is a fault, since what it guards would come back unnoticed. */
const CHANGES: readonly { readonly file: string; readonly from: RegExp; readonly to: string }[] = [
  { file: 'monaco-editor/esm/vs/editor/browser/widget/codeEditor/codeEditorWidget.js', from: SQUIGGLE, to: UNDERLINE },
  // The history keeps queries: in memory, too, not what was asked with them.
  { file: '@graphiql/plugin-history/dist/context.js', from: /(variables|headers): activeTab\.\1 \?\? void 0,/g, to: '' },
];

/** Styles come from one sheet, not from scripts; and the changes above. */
function ours(changed: Set<string>): Plugin {
  return {
    name: 'playground',
    load: (id) => (id.endsWith('.css') ? { code: '', moduleType: 'js' } : null),
    transform(code, id) {
      const change = CHANGES.find(({ file }) => id.endsWith(`/node_modules/${file}`));
      if (change === undefined) return null;
      const text = code.replace(change.from, change.to);
      if (text === code) throw new Error(`${change.file} is no longer as it was: look at what was changed in it, and why`);
      changed.add(change.file);
      return text;
    },
  };
}

/** What the client imports as `playground:built`. */
const built = (values: Readonly<Record<string, unknown>>): Plugin => ({
  name: 'playground-built',
  resolveId: (id) => (id === 'playground:built' ? id : null),
  load: (id) => (id === 'playground:built' ? Object.entries(values).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`).join('\n') : null),
});

async function bundled(root: string, input: Readonly<Record<string, string>>, plugins: Plugin[]): Promise<OutputChunk[]> {
  const bundle = await rolldown({
    cwd: root, input, plugins, platform: 'browser',
    resolve: { extensionAlias: { '.js': ['.ts', '.tsx', '.js'] } },
    transform: { jsx: 'react-jsx', define: { 'process.env.NODE_ENV': '"production"' } },
    onLog: (level, log) => {
      // Packages are as they are; what is wrong with our own files is said by the compiler and by lint.
      if (level === 'warn' && !/node_modules/.test(`${log.id} ${log.message}`)) console.error(log.message);
    },
  });
  const { output } = await bundle.generate({
    format: 'esm', minify: true, entryFileNames: '[name]-[hash].js', chunkFileNames: '[name]-[hash].js',
    comments: { legal: false },
  });
  await bundle.close();
  return output.filter((file) => file.type === 'chunk');
}

const entry = (chunks: readonly OutputChunk[], name: string): string => {
  const chunk = chunks.find((one) => one.isEntry && one.name === name);
  if (chunk === undefined) throw new Error(`the bundle has no entry ${name}`);
  return chunk.fileName;
};

/** @param queries the saved queries' texts by operation. */
export async function bundlePlayground(root: string, queries: Readonly<Record<string, string>>): Promise<Bundle> {
  const files = new Map<string, Buffer>();
  const emit = (stem: string) => (ending: string, content: Buffer): string => {
    const name = `${stem}-${createHash('sha256').update(content).digest('hex').slice(0, 12)}.${ending}`;
    files.set(name, content);
    return name;
  };
  const client = join(root, 'src', 'playground', 'client');
  const changed = new Set<string>();
  const workers = await bundled(root, WORKERS, [ours(changed)]);
  const editorStyle = emit('editor')('css', Buffer.from(withoutEmbeddedFiles(readFileSync(require.resolve('graphiql/style.css'), 'utf8'), emit('editor'))));
  const page = await bundled(root, { page: join(client, 'page.tsx') }, [
    ours(changed),
    built({ workers: Object.fromEntries(Object.keys(WORKERS).map((name) => [name, entry(workers, name)])), editorStyle, queries }),
  ]);
  const missed = CHANGES.filter(({ file }) => !changed.has(file)).map(({ file }) => file);
  if (missed.length > 0) throw new Error(`not in the bundle, though something in it must be changed: ${missed.join(', ')}`);
  for (const { fileName, code } of [...workers, ...page]) files.set(fileName, Buffer.from(code));
  return {
    files,
    script: entry(page, 'page'),
    style: emit('page')('css', readFileSync(join(client, 'page.css'))),
    icon: emit('icon')('svg', readFileSync(join(client, 'icon.svg'))),
  };
}
