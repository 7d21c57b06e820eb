/** Rows of the procedures to the domain's own things: pure, and the one place that knows the columns. */
import { coded } from '../../src/domain/coded.js';
import { money, penceFromPounds } from '../../src/domain/money.js';
import { personName, type Address, type ContactDetails, type Person, type PhoneType } from '../../src/domain/person.js';
import type { RegistrationCandidate } from '../../src/domain/registration.js';
import type { Posting } from '../../src/domain/rent.js';
import type { Charge, ChargeFrequency, HeldMember, HeldTenancy, Property } from '../../src/domain/tenancy.js';
import { day, dayOrNull, text, textOrNull } from '../clean.js';
import type { Row } from './pool.js';

export const personReference = (row: Row): string => `${text(row.HouseRef)}/${Number(row.PersonNo)}`;

const pence = (value: unknown): number => penceFromPounds(Number(value));

function address(row: Row): Address {
  return {
    lines: [row.AddressLine1, row.AddressLine2, row.AddressLine3, row.AddressLine4].map(text).filter(Boolean),
    postcode: text(row.PostCode),
  };
}

/** H M W F X; a fax line is no number to ring anybody on, but it is what is held. */
const PHONE_TYPES: Readonly<Record<string, PhoneType>> = { H: 'HOME', M: 'MOBILE', W: 'WORK' };

export function toPerson(row: Row, phones: readonly Row[], emails: readonly Row[]): Person {
  const correspondence = address(row);
  const contact: ContactDetails = {
    emails: emails.map((email) => text(email.Email)).filter(Boolean),
    phones: phones
      .map((phone) => ({ type: PHONE_TYPES[text(phone.PhoneType)] ?? ('OTHER' as const), number: text(phone.Phone) }))
      .filter((phone) => phone.number),
    correspondenceAddress: correspondence.lines.length || correspondence.postcode ? correspondence : null,
  };
  return {
    reference: personReference(row),
    name: personName(text(row.Title), text(row.Forename), text(row.Surname)),
    dateOfBirth: dayOrNull(row.DateOfBirth),
    contact,
  };
}

const FREQUENCIES: Readonly<Record<string, ChargeFrequency>> = { WK: 'WEEKLY', FN: 'FORTNIGHTLY', MN: 'MONTHLY', AN: 'ANNUALLY' };

function charges(row: Row): Charge[] {
  const frequency = FREQUENCIES[text(row.PeriodCode)] ?? 'WEEKLY';
  const garage = text(row.Tenure) === 'GAR';
  const parts: [string, string, unknown][] = [
    garage ? ['DGA', 'Garage rent', row.Rent] : ['DBR', 'Basic rent', row.Rent],
    ['DSC', 'Service charge', row.Service],
    ['OTH', 'Other charges', row.OtherCharge],
  ];
  return parts
    .map(([code, description, amount]) => ({ code, description, amount: money(pence(amount)), frequency }))
    .filter((charge) => charge.amount.pence !== 0);
}

export function toTenancy(row: Row): HeldTenancy {
  return {
    reference: text(row.TagRef),
    startDate: day(row.StartDate),
    endDate: dayOrNull(row.EndDate),
    terminated: Boolean(row.Terminated),
    tenure: coded(text(row.Tenure), text(row.TenureDescription)),
    charges: charges(row),
    propertyReference: text(row.PropRef),
    blockReference: textOrNull(row.BlockRef),
  };
}

export function toMember(row: Row): HeldMember {
  return {
    personReference: personReference(row),
    name: personName(text(row.Title), text(row.Forename), text(row.Surname)),
    dateOfBirth: dayOrNull(row.DateOfBirth),
    relationship: textOrNull(row.Relationship),
    responsible: Boolean(row.Responsible),
  };
}

/** A tenancy found for a registration; its persons are those of its household. */
export function toCandidate(row: Row, persons: readonly { readonly house: string; readonly person: Person }[]): RegistrationCandidate {
  const house = text(row.HouseRef);
  return {
    tenancy: {
      reference: text(row.TagRef),
      paymentReference: text(row.PaymentRef),
      startDate: day(row.StartDate),
      endDate: dayOrNull(row.EndDate),
      terminated: Boolean(row.Terminated),
    },
    persons: persons.filter((member) => member.house === house).map(({ person }) => person),
  };
}

/** Levels 1 and 2 are estates and blocks. */
export function toProperty(row: Row): Property {
  const block = textOrNull(row.BlockRef);
  const reference = text(row.PropRef);
  return {
    reference,
    address: address(row),
    block: block && block !== reference ? coded(block, text(row.BlockName)) : null,
    isBlock: text(row.LevelCode) === '1' || text(row.LevelCode) === '2',
  };
}

/** The words of the statement: the code's description, else the posting's own reference, else the code itself. */
function wording(row: Row, code: string): string {
  return text(row.ChargeDescription) || text(row.ReceiptDescription) || text(row.TransRef)
    || (code ? `Unlisted (${code})` : 'No description');
}

export function toPosting(row: Row): Posting {
  const code = text(row.TransType);
  return {
    number: Number(row.PostingNo),
    date: day(row.PostDate),
    countedDate: day(row.CountedDate),
    code,
    reference: wording(row, code),
    ownReference: text(row.TransRef),
    pence: pence(row.Amount),
  };
}

export { pence as toPence };
