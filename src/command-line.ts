/** `npm start`: the gateway as a program, until a signal ends it. */
import { ConfigError } from './config/index.js';
import { GatewayError } from './domain/errors.js';

const HELP = `Housing Gateway: GraphQL over a council's housing-management system.

  npm start        starts it; without any setting, the demo
  npm start -- --help

Settings are environment variables: docs/configuration.md lists them all.
`;

/** A gateway that listens. */
export interface Listening {
  /** `http://HOST:PORT` */
  readonly url: string;
  close(): Promise<void>;
}

async function run<G extends Listening>(start: () => Promise<G>, welcome: (gateway: G) => string): Promise<void> {
  if (process.argv.slice(2).some((argument) => argument === '--help' || argument === '-h')) {
    process.stdout.write(HELP);
    return;
  }
  const gateway = await start();
  const stop = (): void => {
    gateway.close().then(() => process.exit(0), () => process.exit(1));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.stdout.write(`${welcome(gateway)}Gateway ready at ${gateway.url}/graphql\n`);
}

/** Why it did not start, in a way that helps: the configuration's faults, a store that is away, or the port that was taken; never a value. */
function reason(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const { code, port, syscall, message } = error as NodeJS.ErrnoException & { port?: number };
  if (error instanceof GatewayError && error.system === 'store') return `STORE_URL: the store cannot be used (${(error.cause as Error | undefined)?.message ?? message})`;
  if (syscall === 'listen') return `Port ${port} cannot be listened on (${code}). Set PORT, OPS_PORT or SIM_PAYMENTS_PORT to another one, or to 0 for any free one.`;
  return `The gateway could not start: ${message}`;
}

/** Starts a gateway and says where; ends the process where it cannot. @param welcome what is printed before that: '' for nothing. */
export function commandLine<G extends Listening>(start: () => Promise<G>, welcome: (gateway: G) => string): void {
  run(start, welcome).catch((error: unknown) => {
    process.stderr.write(`${reason(error)}\n`);
    process.exit(1);
  });
}
