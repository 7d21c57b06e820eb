/** `npm run codegen`: typed documents from codegen.yml; with --check it only says whether they are up to date. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import { buildSchema, parse, validate } from 'graphql';
import { parse as parseYaml } from 'yaml';
import { packageRoot } from '../src/package-root.js';

interface Settings { schema: string; documents: string; generates: string; config: Record<string, unknown> }

const root = packageRoot();
const settings = parseYaml(readFileSync(join(root, 'codegen.yml'), 'utf8')) as Settings;
const schema = parse(readFileSync(join(root, settings.schema), 'utf8'));
const folder = join(root, settings.documents);
const documents = readdirSync(folder).filter((name) => name.endsWith('.graphql')).sort()
  .map((name) => ({ location: join(settings.documents, name), document: parse(readFileSync(join(folder, name), 'utf8')) }));

const faults = validate(buildSchema(readFileSync(join(root, settings.schema), 'utf8')), {
  kind: 'Document' as never, definitions: documents.flatMap(({ document }) => document.definitions),
});
if (faults.length > 0) {
  console.error(faults.map(({ message }) => message).join('\n'));
  process.exit(1);
}

const made = await codegen({
  filename: settings.generates,
  schema,
  documents,
  config: settings.config,
  plugins: [{ typescriptOperations: {} }, { typedDocumentNode: {} }],
  pluginMap: { typescriptOperations, typedDocumentNode },
});
const text = `// Made by \`npm run codegen\` from schema/graphql. Do not edit.\n${made}`;
const path = join(root, settings.generates);
if (process.argv.includes('--check')) {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
    console.error(`${settings.generates} is out of date. Run \`npm run codegen\` and commit what it makes.`);
    process.exit(1);
  }
  console.log(`${settings.generates} is up to date.`);
} else {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(`Wrote ${settings.generates}: ${documents.length} files of operations.`);
}
