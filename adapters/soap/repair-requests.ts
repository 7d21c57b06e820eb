/** Repairs asked for of the legacy web service, and what is known of a try that went wrong. */
import type { RepairRequests, TakenRepair, WriteOutcome } from '../../src/application/ports.js';
import { text, textOrNull } from '../clean.js';
import { Refused, TOTAL_MS, type Content, type SoapService } from './client.js';
import { rowsOf } from './rows.js';

/** For the abort itself, and for a busy event loop. */
const GRACE_MS = 1_000;

interface Failure { readonly code?: unknown; readonly syscall?: unknown; readonly cause?: unknown; readonly errors?: unknown; readonly name?: unknown }

const failure = (error: unknown): Failure => (typeof error === 'object' && error !== null ? error : {});

/** The network's own errors before any socket was connected; nothing else is sure. */
function neverConnected(error: Failure): boolean {
  return (error.code === 'ECONNREFUSED' && error.syscall === 'connect')
    || ((error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') && error.syscall === 'getaddrinfo');
}

/** Whether a call surely never left: the innermost error says so, and where several addresses were tried, that of each. */
export function surelyUnsent(error: unknown): boolean {
  const { cause, errors } = failure(error);
  if (Array.isArray(errors) && errors.length > 0) return errors.every((each) => neverConnected(failure(each)));
  return cause === undefined ? neverConnected(failure(error)) : surelyUnsent(cause);
}

function codeOf(error: unknown): string {
  const { code, name, cause } = failure(error);
  if (typeof code === 'string' && /^[A-Z_]{3,30}$/.test(code) && !code.startsWith('LEGACY_')) return code;
  if (cause !== undefined) return codeOf(cause);
  return typeof name === 'string' ? name : 'unknown';
}

function whatBecameOf(error: unknown): WriteOutcome {
  const { cause } = failure(error);
  if (cause instanceof Refused) return { outcome: 'refused', legacyCode: cause.legacyCode };
  return { outcome: surelyUnsent(cause) ? 'unsent' : 'unknown', cause: codeOf(cause) };
}

/** @throws TypeError where it was taken and no reference came: whether it is there has to be looked up. */
function taken(content: Content): TakenRepair {
  const requestReference = text(content.RepairRequestReference);
  if (!requestReference) throw new TypeError('a reference is missing');
  return { requestReference, orderReference: textOrNull(content.WorksOrderReference) };
}

export function soapRepairRequests(service: SoapService): RepairRequests {
  return {
    deadlineMs: TOTAL_MS + GRACE_MS,
    create: async ({ propertyReference, text: problem, sorCode, priority, contactPhone, callerReference }) => {
      try {
        // In the order of the contract, which the service insists on.
        return { outcome: 'taken', taken: await service.call('CreateRepairRequest', {
          PropertyReference: propertyReference, Problem: problem, SorCode: sorCode, PriorityCode: priority, ContactPhone: contactPhone,
          CallerReference: callerReference,
        }, taken) };
      } catch (error) {
        return whatBecameOf(error);
      }
    },
    findByCallerReference: (reference) => service.call('FindByCallerReference', { CallerReference: reference },
      (content) => rowsOf(content, 'RepairRequests', 'RepairRequest').map(taken)),
  };
}
