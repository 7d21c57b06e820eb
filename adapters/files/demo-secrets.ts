import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the file holds; where there is none yet it is made first, readable by its owner alone. Two starts at once agree on one. */
async function made(path: string, make: () => Promise<Uint8Array | string>): Promise<Buffer> {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  // Written whole under another name first: a start that is cut short must not leave half a key.
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, await make(), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  return readFileSync(path);
}

/** The demo's own pepper and signing keys, made once and kept in the data folder. */
export async function demoSecrets(folder: string, newKey: () => Promise<Record<string, unknown>>): Promise<{
  pepper: Uint8Array; signingKeys: readonly Record<string, unknown>[];
}> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pepper = await made(join(folder, 'password-pepper'), async () => randomBytes(32));
  const keys = await made(join(folder, 'signing-keys.json'), async () => `${JSON.stringify({ keys: [await newKey()] }, null, 2)}\n`);
  return { pepper, signingKeys: (JSON.parse(keys.toString('utf8')) as { keys: Record<string, unknown>[] }).keys };
}
