import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Head } from '../../src/application/audit/entry.js';
import type { HeadKeeper } from '../../src/application/audit/trail.js';

const shape: z.ZodType<Head> = z.object({ chain: z.string(), sequence: z.int().min(0), hash: z.string() });

/** The audit trail's head in a file, apart from the store. @returns null where there is no file. @throws where it holds something else. */
export async function readHead(path: string): Promise<Head | null> {
  try {
    return shape.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Error(`AUDIT_HEAD_FILE: ${path} cannot be read as the head of an audit trail`, { cause: error });
  }
}

export function fileHeads(path: string): HeadKeeper {
  return {
    last: () => readHead(path),
    async keep(head) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      // Whole or not at all: a reader never sees half a head.
      const draft = `${path}.${process.pid}`;
      await writeFile(draft, `${JSON.stringify(head)}\n`, { mode: 0o600 });
      await rename(draft, path);
    },
  };
}
