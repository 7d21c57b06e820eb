/** Every landlord that the gateway can serve. A new one is a file beside this one and a name in the list. */
import type { Landlord } from '../domain/landlord.js';
import { believe } from './believe.js';
import { wiltshire } from './wiltshire.js';

export const landlords: ReadonlyMap<string, Landlord> = new Map([wiltshire, believe].map((landlord) => [landlord.id, landlord]));

/** The landlord of an id, such as 'wiltshire'. Throws where there is none, and says which there are. */
export function landlordNamed(id: string): Landlord {
  const landlord = landlords.get(id);
  if (landlord === undefined) throw new Error(`There is no landlord of that name; there are ${[...landlords.keys()].join(' and ')}`);
  return landlord;
}
