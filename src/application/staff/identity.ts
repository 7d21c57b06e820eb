/** Who staff are: what the council's own sign-in says of somebody, and what that makes them here. */
import { sha256 } from '../sha256.js';
import type { Role, Viewer } from '../viewer.js';

export type StaffRole = Exclude<Role, 'TENANT'>;

/** Somebody whom the provider vouches for and whose groups let them in. */
export interface StaffPerson {
  readonly role: StaffRole;
  /** `staff:` and a hash of who they are at the provider: the same for as long as the provider knows them. */
  readonly accountId: string;
  readonly actor: string;
  readonly displayName: string;
}

/** Which groups let somebody in, and where a token names them. */
export interface StaffRules {
  readonly groupsClaim: string;
  readonly staffGroups: readonly string[];
  readonly adminGroups: readonly string[];
}

/**
 * Why somebody whom the provider knows is not let in: they are in none of the groups; or in so many that the token leaves them
 * out (Entra ID's overage), so that nothing can be told.
 */
export type StaffRefusal = 'NO_GROUP' | 'GROUPS_LEFT_OUT';

/** A sign-in that is on its way: what the browser is sent to, and what its coming back is checked against. */
export interface SignInStart {
  readonly url: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** The council's own sign-in. All of it throws SERVICE_UNAVAILABLE where the provider does not answer. */
export interface StaffIdentity {
  /** Whether a token says that it is the provider's. Nothing of it is checked: this only chooses who checks it. */
  claims(token: string): boolean;
  /** Whose access token it is; null where it is not good, or its holder is not let in. */
  verify(token: string): Promise<StaffPerson | null>;
  /** @param redirectUri where the provider sends the browser back to. */
  begin(redirectUri: string): Promise<SignInStart>;
  /**
   * Who came back. @param answered the address that the browser came to, with what the provider added to it.
   * @returns null where the provider refused, or its answer is not good.
   */
  complete(answered: URL, start: Pick<SignInStart, 'state' | 'nonce' | 'verifier'>): Promise<StaffPerson | StaffRefusal | null>;
  /** Where a browser ends its session with the provider; null where the provider has no such place. */
  endSessionUrl(afterwards: string): Promise<string | null>;
}

/** No name that the provider gives is kept longer, in characters. */
export const MOST_NAME = 256;

/** A text that can be shown, written down and asked for in one line; undefined where there is none. */
function textOf(claim: unknown): string | undefined {
  if (typeof claim !== 'string') return undefined;
  return claim.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').trim().slice(0, MOST_NAME) || undefined;
}

/** Entra ID names claims that it left out in `_claim_names`, and in some tokens says `hasgroups`. */
function leftOut(claims: Readonly<Record<string, unknown>>, claim: string): boolean {
  const names = claims['_claim_names'];
  return (typeof names === 'object' && names !== null && Object.hasOwn(names, claim)) || (claim === 'groups' && claims['hasgroups'] === true);
}

/** What a checked token's claims make of its holder. @param claims with `iss` and `sub` in them. */
export function staffPerson(claims: Readonly<Record<string, unknown>> & { readonly iss: string; readonly sub: string }, rules: StaffRules): StaffPerson | StaffRefusal {
  const held: unknown = Object.hasOwn(claims, rules.groupsClaim) ? claims[rules.groupsClaim] : undefined;
  const groups: readonly unknown[] = Array.isArray(held) ? held : [held];
  const within = (wanted: readonly string[]): boolean => groups.some((group) => typeof group === 'string' && wanted.includes(group));
  const role: StaffRole | null = within(rules.adminGroups) ? 'STAFF_ADMIN' : within(rules.staffGroups) ? 'STAFF' : null;
  if (role === null) return held === undefined && leftOut(claims, rules.groupsClaim) ? 'GROUPS_LEFT_OUT' : 'NO_GROUP';
  const email = claims['email_verified'] === false ? undefined : textOf(claims['email']);
  const actor = textOf(claims['preferred_username']) ?? email ?? claims.sub;
  return { role, accountId: `staff:${sha256(JSON.stringify([claims.iss, claims.sub]))}`, actor, displayName: textOf(claims['name']) ?? actor };
}

/** @param sessionId what their requests have in common: a session's id, or a fixed word where a token came by itself. */
export const staffViewer = ({ role, accountId, actor, displayName }: StaffPerson, sessionId: string): Viewer =>
  ({ role, accountId, sessionId, displayName, actor, userId: null, mustChangePassword: false, personReference: null });
