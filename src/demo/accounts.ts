/** What only the demo has: accounts whose passwords everybody may know. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../package-root.js';

const entryShape = z.looseObject({
  identifier: z.string(), password: z.string(), reference: z.string(), personReference: z.string(), displayName: z.string(), about: z.string(),
});
const accountsShape = z.record(z.string(), z.object({
  registered: z.array(entryShape),
  /** Of people who are in generated rows alone. */
  generated: z.array(entryShape),
}));

export type DemoAccountEntry = z.infer<typeof entryShape>;

/** The accounts of fixtures/demo-accounts.json for a landlord. @param generatedRows whether the simulator runs on generated rows. */
export function demoAccounts(landlord: string, generatedRows: boolean): readonly DemoAccountEntry[] {
  const file = readFileSync(join(packageRoot(), 'fixtures', 'demo-accounts.json'), 'utf8');
  const accounts = accountsShape.parse(JSON.parse(file))[landlord];
  return [...(accounts?.registered ?? []), ...(generatedRows ? accounts?.generated ?? [] : [])];
}
