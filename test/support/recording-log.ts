import type { Log } from '../../src/application/ports.js';

/** A log that is read back. @param lines gets each line whole, as JSON. */
export function recordingLog(lines: string[]): Log {
  const write = (level: string) => (fields: Readonly<Record<string, unknown>>, message: string): void => {
    lines.push(JSON.stringify({ level, ...fields, message }));
  };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}
