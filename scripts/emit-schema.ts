/** `npm run schema`: writes schema/graphql/schema.graphql from the classes; with --check it only says whether they agree. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { buildGatewaySchema } from '../src/graphql/schema.js';
import { packageRoot } from '../src/package-root.js';

const path = join(packageRoot(), 'schema', 'graphql', 'schema.graphql');
const text = `# Made by \`npm run schema\` from the classes in src/graphql. Do not edit.\n\n${printSchema(lexicographicSortSchema(buildGatewaySchema()))}\n`;

if (process.argv.includes('--check')) {
  if (readFileSync(path, 'utf8') !== text) {
    console.error('schema/graphql/schema.graphql is not what the classes say. Run `npm run schema`, look at the difference, commit it.');
    process.exit(1);
  }
  console.log('schema/graphql/schema.graphql agrees with the classes.');
} else {
  writeFileSync(path, text);
  console.log(`Wrote ${path}`);
}
