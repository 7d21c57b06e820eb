/** Programs of ours as processes of their own, above all the gateway, `dist/src/main.js`: spawned, killed and spawned again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { packageRoot } from '../../src/package-root.js';

/** What `npm run build` makes of src/main.ts. */
export const MAIN = join(packageRoot(), 'dist', 'src', 'main.js');

export interface Running {
  readonly stdout: () => string;
  /** Its log. */
  readonly stderr: () => string;
  /** Whether it still runs. */
  readonly running: () => boolean;
  /** Ends it and waits for its end. @returns its exit code; null where a signal ended it. */
  end(signal?: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

export interface Program extends Running {
  /** `http://HOST:PORT` */
  readonly url: string;
  readonly opsUrl: string;
}

export interface Starting<P extends Running = Program> {
  /** Comes when it is ready. @throws where it ends before. */
  readonly ready: Promise<P>;
  end: Running['end'];
}

/** Those that run: they are groups of their own, so nothing else ends them when this process ends. */
const alive = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of alive) signalGroup(child, 'SIGKILL');
});

/** What a program gets of the environment: the way to other programs, free ports, and what is given. */
export const settingsOf = (folder: string, settings: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '', PORT: '0', OPS_PORT: '0', DATA_DIR: folder, STORE_URL: `file:${folder}/gateway.db`, ...settings,
});

/**
 * Spawns a script, which may be killed before it is ready too.
 * @param readyWhen reads what it has printed until now: what is known of it once it is ready; null before.
 * @param wrapper a command to run it under, such as `faketime` and a time; the whole group is ended with it.
 */
export function spawnScript<F extends object>(
  script: string, environment: Readonly<Record<string, string>>, readyWhen: (stdout: string) => F | null, wrapper: readonly string[] = [],
): Starting<F & Running> {
  if (!existsSync(script)) throw new Error(`there is no ${relative(packageRoot(), script)}: run npm run build`);
  const [command = process.execPath, ...rest] = [...wrapper, process.execPath, script];
  const child = spawn(command, rest, { env: environment, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  alive.add(child);
  const gone = once(child, 'close').then(() => child.exitCode, () => null).finally(() => alive.delete(child));
  const text = { out: '', err: '' };
  child.stderr.on('data', (chunk: Buffer) => {
    text.err += chunk.toString('utf8');
  });
  const running = (): boolean => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  const end: Running['end'] = async (signal = 'SIGKILL') => {
    if (running()) signalGroup(child, signal);
    return gone;
  };
  const ready = new Promise<F & Running>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text.out += chunk.toString('utf8');
      const facts = readyWhen(text.out);
      if (facts !== null) resolve({ ...facts, stdout: () => text.out, stderr: () => text.err, running, end });
    });
    child.once('error', reject);
    void gone.then((code) => reject(new Error(`it ended with ${code} before it was ready: ${text.err.slice(-2_000)}`)));
  });
  // Whoever kills it before it is ready need not wait for it.
  ready.catch(() => undefined);
  return { ready, end };
}

function addressesIn(stdout: string): Pick<Program, 'url' | 'opsUrl'> | null {
  const url = /^Gateway ready at (http:\/\/\S+)\/graphql$/m.exec(stdout)?.[1];
  if (url === undefined) return null;
  return { url, opsUrl: /^ {2}Metrics +(http:\/\/\S+)\/metrics$/m.exec(stdout)?.[1] ?? '' };
}

/** Spawns a gateway. @param wrapper as `spawnScript` takes it. */
export const spawnProgram = (environment: Readonly<Record<string, string>>, wrapper: readonly string[] = []): Starting =>
  spawnScript(MAIN, environment, addressesIn, wrapper);

/** The whole group: a wrapper runs the program as a child of its own. */
function signalGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch (error) {
    // It ended by itself, a moment ago.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

export const startProgram = (environment: Readonly<Record<string, string>>, wrapper: readonly string[] = []): Promise<Program> =>
  spawnProgram(environment, wrapper).ready;
