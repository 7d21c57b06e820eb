import { UnreadableDocument } from '../../src/application/identity/documents.js';
import { GatewayError } from '../../src/domain/errors.js';

interface Fault { readonly name?: unknown; readonly message?: unknown; readonly code?: unknown }

const faultOf = (error: unknown): { name: string; message: string; code: string | null } => {
  const { name, message, code } = (typeof error === 'object' && error !== null ? error : {}) as Fault;
  return { name: `${name}`, message: `${message}`, code: typeof code === 'string' ? code : null };
};

/** The server read the command and refused it: it did nothing. */
export const isRefusal = (error: unknown): boolean => faultOf(error).name === 'ReplyError';

/** The server answers, and does not let us in. */
export const isLockedOut = (error: unknown): boolean =>
  isRefusal(error) && /^(WRONGPASS|NOAUTH|NOPERM|ERR invalid password)/.test(faultOf(error).message);

/** What may be logged, in the message and in the name: the client hangs the command on its errors, and with it what was to be stored. */
export function shown(error: unknown): Error {
  const { code, message } = faultOf(error);
  const refusal = isRefusal(error) ? message.split(' ', 1)[0] : null;
  const name = refusal === null ? (code ?? 'RedisUnavailable') : `RedisRefused${refusal}`;
  return Object.assign(new Error(refusal === null ? (code ?? message) : `Redis refused: ${refusal}`), { name, code: name });
}

export const unavailable = (error: unknown): GatewayError => (error instanceof GatewayError ? error
  : new GatewayError('SERVICE_UNAVAILABLE', 'This cannot be done just now. Please try again in a few minutes.', { system: 'store', cause: error instanceof UnreadableDocument ? error : shown(error) }));
