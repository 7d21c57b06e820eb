import { setTimeout as sleep } from 'node:timers/promises';
import { isOpen, type Repair, type RepairLocation } from '../../domain/repair.js';
import { verySimilar, type RepairRequest } from '../../domain/repair-request.js';
import type { Tenancy } from '../../domain/tenancy.js';
import type { Access } from '../housing/access.js';
import { heldRepairs, repairsOf } from '../housing/repairs.js';

/** For how long an answer waits for this, in milliseconds: it is only advice, and a web service that hangs takes longer to give up. */
const WAIT_MS = 2_000;

/**
 * An open repair of the same place that is very likely the same one; null where there is none, or where that cannot be read now, or
 * not soon.
 */
export async function likelyDuplicate(access: Access, tenancy: Tenancy, location: RepairLocation, asked: RepairRequest): Promise<Repair | null> {
  const enough = new AbortController();
  try {
    return await Promise.race([found(access, tenancy, location, asked), sleep(WAIT_MS, null, { signal: enough.signal })]);
  } finally {
    enough.abort();
  }
}

async function found(access: Access, tenancy: Tenancy, location: RepairLocation, asked: RepairRequest): Promise<Repair | null> {
  const property = location === 'PROPERTY' ? tenancy.propertyReference : tenancy.blockReference;
  if (property === null) return null;
  try {
    const held = (await heldRepairs(access, [property], access.today)).get(property) ?? [];
    return repairsOf(access, tenancy, location, held, {}).filter(isOpen)
      .find((repair) => (asked.sorCode !== null && repair.sorCode === asked.sorCode) || verySimilar(repair.description, asked.text)) ?? null;
  } catch {
    // Only advice: a request is taken all the same. The failed call itself has been logged.
    return null;
  }
}
