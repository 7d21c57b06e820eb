import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { demoSecrets } from '../../../adapters/files/demo-secrets.js';

const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('are made once, whole, and for their owner alone; starts at the same moment agree on them', async () => {
  let made = 0;
  const newKey = async () => ({ kid: `key-${(made += 1)}` });
  const starts = await Promise.all(Array.from({ length: 5 }, () => demoSecrets(folder, newKey)));
  const later = await demoSecrets(folder, newKey);
  for (const each of starts) expect(each).toEqual(later);
  expect(later.pepper).toHaveLength(32);
  expect(readdirSync(folder).sort()).toEqual(['password-pepper', 'signing-keys.json']);
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
});
