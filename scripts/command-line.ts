/** What command lines have in common: how they are asked, and how they fail. */
import { pathToFileURL } from 'node:url';
import { parseArgs, type ParseArgsConfig } from 'node:util';

export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: () => Date;
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
}

export type Options = NonNullable<ParseArgsConfig['options']>;
export type Values = Readonly<Record<string, string | boolean | undefined>>;

/** It was asked wrongly. */
export class UsageError extends Error {
  /** @param command whose help tells more; '' for that of the whole. */
  constructor(message: string, readonly command = '') {
    super(message);
  }
}

/** @throws UsageError. */
export function parsed(args: readonly string[], options: Options, command = ''): { readonly values: Values; readonly positionals: readonly string[] } {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true }) as { values: Values; positionals: string[] };
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0] ?? '', command);
  }
}

/** Does what was asked for. @param name the command line's, with which complaints begin. @param reason what is said of a failure. @returns the exit code: 1 where it failed, 2 where it was asked wrongly. */
export async function answered(
  name: string, { complain }: Surroundings, work: () => Promise<0 | 1>, reason: (error: Error) => string = ({ message }) => message,
): Promise<0 | 1 | 2> {
  try {
    return await work();
  } catch (error) {
    complain(`${name}: ${reason(error as Error)}\n`);
    if (!(error instanceof UsageError)) return 1;
    complain(`Try: npm run --silent ${name} -- ${error.command === '' ? '' : `${error.command} `}--help\n`);
    return 2;
  }
}

/** Whether a module is the program that runs. @param url its `import.meta.url`. */
export const isProgram = (url: string): boolean => process.argv[1] !== undefined && url === pathToFileURL(process.argv[1]).href;

/** The surroundings of a program that runs. */
export const PROCESS: Surroundings = {
  environment: process.env, clock: () => new Date(),
  print: (text) => process.stdout.write(text), complain: (text) => process.stderr.write(text),
};
