/** What is written through the legacy web service, and what is known of a try that went wrong. */
import type { HouseholdMember } from '../../src/domain/household-change.js';
import type { Address, PhoneType } from '../../src/domain/person.js';
import type { LegacyWrite, LegacyWrites, TakenWrite, WriteOutcome } from '../../src/application/ports.js';
import { EMPTY_DAY, text, textOrNull } from '../clean.js';
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
function reference(value: unknown): string {
  const found = text(value);
  if (!found) throw new TypeError('a reference is missing');
  return found;
}

const takenRepair = (content: Content): TakenWrite =>
  ({ requestReference: reference(content.RepairRequestReference), orderReference: textOrNull(content.WorksOrderReference) });
const takenChange = (name: string) => (content: Content): TakenWrite => ({ requestReference: reference(content[name]), orderReference: null });

const PHONE_CODES: Readonly<Record<PhoneType, string>> = { HOME: 'H', MOBILE: 'M', WORK: 'W', OTHER: 'X' };

const toAddress = ({ lines: [first, second, third, fourth], postcode }: Address): Content =>
  ({ Line1: first ?? '', Line2: second ?? '', Line3: third ?? '', Line4: fourth ?? '', PostCode: postcode });

const toMember = ({ title, forenames, surname, dateOfBirth, relationship }: HouseholdMember): Content =>
  ({ Title: title ?? '', Forename: forenames, Surname: surname, DateOfBirth: `${dateOfBirth ?? EMPTY_DAY}T00:00:00`, Relationship: relationship ?? '' });

/** Fields stand in the order of the contract, which the service insists on. */
function sent(service: SoapService, write: LegacyWrite, callerReference: string): Promise<TakenWrite> {
  switch (write.kind) {
    case 'repair': {
      const { propertyReference, text: problem, sorCode, priority, contactPhone } = write.repair;
      return service.call('CreateRepairRequest', {
        PropertyReference: propertyReference, Problem: problem, SorCode: sorCode, PriorityCode: priority, ContactPhone: contactPhone,
        CallerReference: callerReference,
      }, takenRepair);
    }
    case 'contact-details': {
      const { phones, correspondenceAddress, email } = write.contact;
      return service.call('UpdateContactDetails', {
        PersonReference: write.personReference,
        Phones: phones && { Phone: phones.map(({ type, number }) => ({ Type: PHONE_CODES[type], Number: number })) },
        CorrespondenceAddress: correspondenceAddress && toAddress(correspondenceAddress),
        Email: email, CallerReference: callerReference,
      }, takenChange('ChangeReference'));
    }
    case 'household':
      return service.call('UpdateHousehold', {
        TenancyReference: write.tenancyReference, Members: { Member: write.members.map(toMember) }, CallerReference: callerReference,
      }, takenChange('ChangeReference'));
  }
}

export function soapWrites(service: SoapService): LegacyWrites {
  return {
    deadlineMs: TOTAL_MS + GRACE_MS,
    send: async (write, callerReference) => {
      try {
        return { outcome: 'taken', taken: await sent(service, write, callerReference) };
      } catch (error) {
        return whatBecameOf(error);
      }
    },
    findByCallerReference: (callerReference) => service.call('FindByCallerReference', { CallerReference: callerReference }, (content) => [
      ...rowsOf(content, 'RepairRequests', 'RepairRequest').map(takenRepair),
      ...rowsOf(content, 'Changes', 'Change').map(takenChange('Reference')),
    ]),
  };
}
