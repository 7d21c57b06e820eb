/** What only the demo has: the simulated legacy system in this process, and accounts that everybody may use. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from './package-root.js';

const accountsShape = z.record(z.string(), z.object({
  registered: z.array(z.looseObject({ identifier: z.string(), password: z.string(), reference: z.string(), personReference: z.string(), displayName: z.string().default('Tenant'), about: z.string() })),
}));

export type DemoAccountEntry = z.infer<typeof accountsShape>[string]['registered'][number];

/** The accounts of fixtures/demo-accounts.json for a landlord. */
export function demoAccounts(landlord: string): readonly DemoAccountEntry[] {
  const file = readFileSync(join(packageRoot(), 'fixtures', 'demo-accounts.json'), 'utf8');
  return accountsShape.parse(JSON.parse(file))[landlord]?.registered ?? [];
}
