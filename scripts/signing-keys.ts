/** `npm run --silent keys`: a file for SIGNING_KEYS_FILE, on standard output. See HELP. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { newSigningKey } from '../adapters/jose/tokens.js';

const HELP = `Usage: npm run --silent keys -- [--before FILE] > signing-keys.json

Prints {"keys": [...]} with a new private signing key, for SIGNING_KEYS_FILE. Keep it readable by the gateway alone.

  --before FILE   rotate: the new key first, which signs from now on, then those of FILE, which still verify.
                  Write to another file than FILE, and take the old keys out when ten minutes have passed.
  --help          print this
`;

const shape = z.object({ keys: z.array(z.looseObject({ kid: z.string() })) });

try {
  const { values } = parseArgs({ options: { before: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) process.stdout.write(HELP);
  else {
    const older = values.before === undefined ? [] : shape.parse(JSON.parse(readFileSync(values.before, 'utf8'))).keys;
    process.stdout.write(`${JSON.stringify({ keys: [await newSigningKey(), ...older] }, null, 2)}\n`);
  }
} catch (error) {
  // A parser's message would quote the file, and the file holds private keys.
  const why = error instanceof SyntaxError || error instanceof z.ZodError ? 'FILE does not hold {"keys": [...]}' : (error as Error).message;
  console.error(`keys: ${why}\nTry --help.`);
  process.exitCode = 2;
}
