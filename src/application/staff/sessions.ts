/**
 * Staff's sessions in a browser. The browser holds a random id and the store its hash, with who was let in and when they were last
 * there: no token of the provider's is kept anywhere. The role stands as it was at the sign-in, for as long as the session.
 */
import { doerOf, noteEvent, ofStaff } from '../audit/event.js';
import { SESSION_ABSOLUTE_SECONDS, SESSION_IDLE_SECONDS } from '../identity/tokens.js';
import { transact } from '../identity/transaction.js';
import type { Clock, Random, Store } from '../ports.js';
import { sha256 } from '../sha256.js';
import type { Viewer } from '../viewer.js';
import { staffViewer, type StaffPerson } from './identity.js';

const STAFF_SESSION_KIND = 'staff-session';
export const STAFF_IDLE_MINUTES = SESSION_IDLE_SECONDS / 60;
/** Seen at most this often in the store: a request must not cost a write. */
const SEEN_EVERY_MS = 60_000;
const ID_BYTES = 32;

export interface StaffSessionDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
}

export interface StaffSessionRecord extends StaffPerson {
  /** Instants, ISO. */
  readonly lastSeenAt: string;
  readonly endsAt: string;
}

/** Opens one, and ends the one that the browser had before. @returns its id, for the browser alone. */
export async function openStaffSession({ store, clock, random }: StaffSessionDeps, person: StaffPerson, before?: string): Promise<string> {
  const id = random.token(ID_BYTES);
  const now = clock().getTime();
  const endsAt = now + SESSION_ABSOLUTE_SECONDS * 1000;
  const { role, accountId, actor, displayName } = person;
  const record: StaffSessionRecord = { role, accountId, actor, displayName, lastSeenAt: new Date(now).toISOString(), endsAt: new Date(endsAt).toISOString() };
  await transact(store, async (transaction) => {
    await transaction.get(STAFF_SESSION_KIND, sha256(id));
    transaction.put(STAFF_SESSION_KIND, sha256(id), record, { expiresAt: endsAt });
    await noteEvent(transaction, { random, clock }, doerOf(person), 'signed in', ofStaff(person));
    if (before !== undefined && await transaction.get(STAFF_SESSION_KIND, sha256(before))) transaction.remove(STAFF_SESSION_KIND, sha256(before));
  });
  return id;
}

/**
 * Who holds this session's id; null where it has ended, or never was.
 * @param active whether this is somebody at work, which keeps the session from idling out; a page that only asks is not.
 */
export async function staffSessionViewer({ store, clock }: StaffSessionDeps, id: string, active: boolean): Promise<Viewer | null> {
  const key = sha256(id);
  const found = await store.get<StaffSessionRecord>(STAFF_SESSION_KIND, key);
  const now = clock().getTime();
  if (!found) return null;
  const { lastSeenAt, endsAt } = found.value;
  const [seen, end] = [Date.parse(lastSeenAt), Date.parse(endsAt)];
  if (now >= end || now >= seen + SESSION_IDLE_SECONDS * 1000) return null;
  if (active && now - seen >= SEEN_EVERY_MS) {
    // Losing this race means that another request has just noted the same, or that the session was ended.
    await store.commit([{ kind: STAFF_SESSION_KIND, id: key, ifVersion: found.version, value: { ...found.value, lastSeenAt: new Date(now).toISOString() }, expiresAt: end }]);
  }
  return staffViewer(found.value, key);
}

/** Ends it at once; one that has ended already stays ended. */
export async function endStaffSession({ store, clock, random }: StaffSessionDeps, id: string): Promise<void> {
  await transact(store, async (transaction) => {
    const held = await transaction.get<StaffSessionRecord>(STAFF_SESSION_KIND, sha256(id));
    if (!held) return;
    transaction.remove(STAFF_SESSION_KIND, sha256(id));
    await noteEvent(transaction, { random, clock }, doerOf(held), 'signed out', ofStaff(held));
  });
}
