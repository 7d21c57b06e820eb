import { GatewayError, legacyUnavailable } from '../../src/domain/errors.js';

interface SqlFault {
  readonly code?: unknown;
  readonly number?: unknown;
  readonly state?: unknown;
  readonly class?: unknown;
  readonly name?: unknown;
  readonly originalError?: SqlFault;
}

/** Chosen as the victim of a deadlock: the same read may well succeed at once. */
const DEADLOCK = 1205;
/** The first number that procedures' own THROW and RAISERROR use. */
const FIRST_OWN_NUMBER = 50_000;

/** What went wrong, as the log may hold it: codes and numbers. Messages quote values, so they are left out. */
export function shownCause(error: unknown): Record<string, unknown> {
  const fault = (typeof error === 'object' && error !== null ? error : {}) as SqlFault;
  const pick = { name: fault.name, code: fault.code, number: fault.number, state: fault.state, class: fault.class };
  return Object.fromEntries(Object.entries(pick).filter(([, value]) => typeof value === 'string' || typeof value === 'number'));
}

/** A failed call as an error of ours, and whether the same call is worth one more try. */
export function unavailable(error: unknown): { translated: GatewayError; retry: boolean } {
  const fault = (typeof error === 'object' && error !== null ? error : {}) as SqlFault;
  const number = typeof fault.number === 'number' ? fault.number : undefined;
  if (number !== undefined && number >= FIRST_OWN_NUMBER) {
    return { translated: new GatewayError('LEGACY_REFUSED', 'The housing system refused this.', { system: 'sql', cause: error }), retry: false };
  }
  return { translated: legacyUnavailable('sql', error), retry: number === DEADLOCK };
}
