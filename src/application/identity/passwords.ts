import { invalidInput } from '../../domain/errors.js';
import type { Landlord } from '../../domain/landlord.js';
import { normalPassword, passwordFault, type CommonPasswords } from '../../domain/password.js';

const MOST_COMMON = 10_000;

let loading: Promise<CommonPasswords> | undefined;

/** The list of common passwords, read once, when it is first needed. */
export function commonPasswords(): Promise<CommonPasswords> {
  loading ??= import('@zxcvbn-ts/language-common').then(({ dictionary }) => {
    const list = dictionary['passwords-common'];
    return { all: new Set(list), most: new Set(list.slice(0, MOST_COMMON)) };
  });
  return loading;
}

export const landlordNames = ({ name, portalName }: Landlord): readonly string[] => [name, portalName];

/**
 * A new password as it will be kept.
 * @param personName null where it is not known yet who is choosing. @throws INVALID_INPUT with the reason.
 */
export async function acceptedPassword(landlord: Landlord, password: string, personName: string | null, field: string): Promise<string> {
  const names = [...landlordNames(landlord), ...(personName === null ? [] : [personName])];
  const fault = passwordFault(password, names, await commonPasswords());
  if (fault !== null) throw invalidInput(field, fault);
  return normalPassword(password);
}
