import type { Bucket } from '../../domain/account.js';
import { GatewayError } from '../../domain/errors.js';
import { noteEvent, ofPerson, TENANT } from '../audit/event.js';
import { sha256 } from '../sha256.js';
import { isStaff, TENANT_ACTOR, type Viewer } from '../viewer.js';
import type { IdentityDeps } from './deps.js';
import { KIND, type AccountRecord, type SessionRecord } from './records.js';
import { ACCESS_TOKEN_SECONDS, SESSION_ABSOLUTE_SECONDS, SESSION_IDLE_SECONDS } from './tokens.js';
import { removeIfThere, transact, type Transaction } from './transaction.js';

/** What a front end keeps of a session. */
export interface Session {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: Date;
  readonly refreshToken: string;
  readonly deviceToken: string | null;
}

/** Seen at most this often in the store: a request must not cost a write. */
const SEEN_EVERY_SECONDS = 60;

export interface NewSession {
  readonly record: SessionRecord;
  readonly refreshToken: string;
}

export interface SessionOptions {
  readonly sharedComputer: boolean;
  /** The seal of the temporary password that opens it; null where it was the account's own. */
  readonly temporarySeal: string | null;
  readonly bucket: Bucket;
}

/** A fresh session of an account; on a shared computer both limits are half as long. */
export function newSession(
  deps: Pick<IdentityDeps, 'clock' | 'random'>, account: Pick<AccountRecord, 'id' | 'personReference' | 'displayName' | 'userId'>, options: SessionOptions,
): NewSession {
  const now = deps.clock().getTime();
  const part = options.sharedComputer ? 0.5 : 1;
  const id = deps.random.uuid();
  const refreshToken = `${id}.${deps.random.token(32)}`;
  return {
    refreshToken,
    record: {
      id,
      accountId: account.id,
      personReference: account.personReference,
      displayName: account.displayName,
      userId: account.userId,
      mustChangePassword: options.temporarySeal !== null,
      temporarySeal: options.temporarySeal,
      bucket: options.bucket,
      lastSeenAt: new Date(now).toISOString(),
      endsAt: new Date(now + SESSION_ABSOLUTE_SECONDS * part * 1000).toISOString(),
      idleSeconds: SESSION_IDLE_SECONDS * part,
      refreshHash: sha256(refreshToken),
      spentRefreshHashes: [],
    },
  };
}

/** More than anybody has open at once; the oldest make room. */
const MOST_SESSIONS = 20;

/** Puts a new session of an account. @returns the account's list with it. */
export async function addSession(transaction: Transaction, account: AccountRecord, session: SessionRecord): Promise<readonly string[]> {
  await transaction.get(KIND.session, session.id);
  putSession(transaction, session);
  const all = [...account.sessions, session.id];
  await removeSessions(transaction, all.slice(0, -MOST_SESSIONS));
  return all.slice(-MOST_SESSIONS);
}

export async function removeSessions(transaction: Transaction, ids: Iterable<string>): Promise<void> {
  for (const id of ids) {
    await removeIfThere(transaction, KIND.session, id);
  }
}

export function putSession(transaction: Transaction, session: SessionRecord): void {
  transaction.put(KIND.session, session.id, session, { expiresAt: Date.parse(session.endsAt) });
}

/** The tokens for a session as it is now. */
export async function tokensFor(deps: IdentityDeps, session: SessionRecord, refreshToken: string, deviceToken: string | null): Promise<Session> {
  const issuedAt = deps.clock();
  const expiresAt = new Date(Math.min(issuedAt.getTime() + ACCESS_TOKEN_SECONDS * 1000, Date.parse(session.endsAt)));
  const accessToken = await deps.tokens.issue({ subject: session.accountId, session: session.id, issuedAt, expiresAt });
  return { accessToken, accessTokenExpiresAt: expiresAt, refreshToken, deviceToken };
}

function alive(session: SessionRecord, now: number): boolean {
  return now < Date.parse(session.endsAt) && now < Date.parse(session.lastSeenAt) + session.idleSeconds * 1000;
}

/** Who holds this access token; null where the token, or its session, is not good (any more). */
export async function viewerOf(deps: IdentityDeps, token: string): Promise<Viewer | null> {
  const claims = await deps.tokens.verify(token);
  if (!claims) return null;
  const found = await deps.store.get<SessionRecord>(KIND.session, claims.session);
  const now = deps.clock().getTime();
  if (!found || found.value.accountId !== claims.subject || !alive(found.value, now)) return null;
  const session = found.value;
  if (now - Date.parse(session.lastSeenAt) >= SEEN_EVERY_SECONDS * 1000) {
    // Losing this race means that another request has just noted the same.
    await deps.store.commit([{ kind: KIND.session, id: session.id, ifVersion: found.version,
      value: { ...session, lastSeenAt: new Date(now).toISOString() }, expiresAt: Date.parse(session.endsAt) }]);
  }
  return {
    role: 'TENANT',
    accountId: session.accountId,
    sessionId: session.id,
    displayName: session.displayName,
    userId: session.userId,
    mustChangePassword: session.mustChangePassword,
    personReference: session.personReference,
    actor: TENANT_ACTOR,
  };
}

/** Spent refresh tokens that are remembered; an older one is refused all the same, but ends nothing. */
const MOST_SPENT = 200;

const refreshRefused = (): GatewayError => new GatewayError('UNAUTHENTICATED', 'This session has ended. Please sign in again.');

/**
 * New tokens for a refresh token, which is spent by it. One that was spent before ends the session: somebody has a copy.
 * @throws UNAUTHENTICATED where the session is not good any more.
 */
export async function refreshSession(
  deps: IdentityDeps, refreshToken: string,
): Promise<{ readonly session: Session; readonly mustChangePassword: boolean }> {
  const sessionId = refreshToken.split('.', 1)[0] ?? '';
  const presented = sha256(refreshToken);
  const next = `${sessionId}.${deps.random.token(32)}`;
  const outcome = await transact(deps.store, async (transaction) => {
    const session = await transaction.get<SessionRecord>(KIND.session, sessionId);
    const now = deps.clock().getTime();
    if (!session || !alive(session, now)) return null;
    if (session.refreshHash !== presented) {
      if (session.spentRefreshHashes.includes(presented)) {
        await endSession(transaction, session);
        await noteEvent(transaction, deps, TENANT, 'had a session ended, for a spent refresh token came back', ofPerson(session.personReference));
        return 'reused' as const;
      }
      return null;
    }
    const renewed: SessionRecord = {
      ...session,
      lastSeenAt: new Date(now).toISOString(),
      refreshHash: sha256(next),
      spentRefreshHashes: [...session.spentRefreshHashes, presented].slice(-MOST_SPENT),
    };
    putSession(transaction, renewed);
    return renewed;
  });
  if (outcome === 'reused') {
    deps.log.warn({ event: 'refresh_token_reused', session: sessionId }, 'a spent refresh token came back; its session was ended');
    throw refreshRefused();
  }
  if (!outcome) throw refreshRefused();
  return { session: await tokensFor(deps, outcome, next, null), mustChangePassword: outcome.mustChangePassword };
}

async function endSession(transaction: Transaction, session: Pick<SessionRecord, 'id' | 'accountId'>): Promise<void> {
  await removeSessions(transaction, [session.id]);
  const account = await transaction.get<AccountRecord>(KIND.account, session.accountId);
  if (account?.sessions.includes(session.id)) {
    transaction.put(KIND.account, account.id, { ...account, sessions: account.sessions.filter((id) => id !== session.id) });
  }
}

/** Ends the viewer's session, or all of their account's. @throws FORBIDDEN for staff, whose sessions are the playground's. */
export async function signOut(deps: IdentityDeps, viewer: Viewer, everywhere: boolean): Promise<void> {
  if (isStaff(viewer)) throw new GatewayError('FORBIDDEN', 'Staff sign out in the playground. An access token of their provider\'s stops working when it expires.');
  await transact(deps.store, async (transaction) => {
    const account = await transaction.get<AccountRecord>(KIND.account, viewer.accountId);
    const ids = new Set(everywhere ? [viewer.sessionId, ...(account?.sessions ?? [])] : [viewer.sessionId]);
    await removeSessions(transaction, ids);
    if (!account) return;
    transaction.put(KIND.account, account.id, { ...account, sessions: account.sessions.filter((id) => !ids.has(id)) });
    await noteEvent(transaction, deps, TENANT, everywhere ? 'signed out everywhere' : 'signed out', ofPerson(account.personReference));
  });
}
