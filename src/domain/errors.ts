/** Every way in which the gateway says no, once; src/graphql/errors.ts and adapters translate to and from these. */
export const ERROR_CODES = [
  'UNAUTHENTICATED', 'FORBIDDEN', 'PASSWORD_CHANGE_REQUIRED', 'NOT_FOUND', 'INVALID_INPUT', 'CONFLICT',
  'TOO_MANY_REQUESTS', 'LEGACY_REFUSED', 'LEGACY_UNAVAILABLE', 'SERVICE_UNAVAILABLE',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export interface ErrorDetails {
  /** The input's name, for INVALID_INPUT: `first`, `input.email`. */
  readonly field?: string;
  /** Which back end: `sql`, `soap`, `store`, `payments`. */
  readonly system?: string;
  /** Set where nothing is broken, and so nobody has to look: the part has been left out on purpose. */
  readonly leftOut?: boolean;
  /** For the log alone; never sent to a client. */
  readonly cause?: unknown;
}

/** An error whose message may be shown to whoever asked: it never quotes what they sent, nor anything that is held. */
export class GatewayError extends Error {
  readonly field: string | undefined;
  readonly system: string | undefined;
  readonly leftOut: boolean;

  constructor(readonly code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = 'GatewayError';
    this.field = details.field;
    this.system = details.system;
    this.leftOut = details.leftOut ?? false;
  }
}

/** All that may be logged of an error that nobody foresaw: its message may quote anything. */
export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

export const invalidInput = (field: string, message: string): GatewayError =>
  new GatewayError('INVALID_INPUT', message, { field });

export const unauthenticated = (): GatewayError =>
  new GatewayError('UNAUTHENTICATED', 'Sign in first: this needs a valid access token.');

export const legacyUnavailable = (system: 'sql' | 'soap', cause?: unknown): GatewayError =>
  new GatewayError('LEGACY_UNAVAILABLE', 'The housing system cannot be reached just now. Please try again in a few minutes.',
    { system, cause });
