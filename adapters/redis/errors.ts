import { GatewayError } from '../../src/domain/errors.js';

/** The server read the command and refused it: it did nothing. */
export const isRefusal = (error: unknown): boolean => error instanceof Error && error.name === 'ReplyError';

/** The server answers, and does not let us in. */
export const isLockedOut = (error: unknown): boolean =>
  isRefusal(error) && /^(WRONGPASS|NOAUTH|NOPERM|ERR invalid password)/.test((error as Error).message);

/** What may be logged: the client hangs the command on its errors, and with it what was to be stored. */
export function shown(error: unknown): Error {
  if (!(error instanceof Error)) return new Error('unknown');
  const { code } = error as NodeJS.ErrnoException;
  return new Error(isRefusal(error) ? `Redis refused: ${error.message.split(' ', 1)[0]}` : (code ?? error.message));
}

export const unavailable = (error: unknown): GatewayError => (error instanceof GatewayError ? error
  : new GatewayError('SERVICE_UNAVAILABLE', 'This cannot be done just now. Please try again in a few minutes.', { system: 'store', cause: shown(error) }));
