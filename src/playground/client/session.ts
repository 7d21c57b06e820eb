/** Who is signed in, as the gateway says; the page itself holds no token. */

export interface SignedOut {
  readonly signedIn: false;
  /** Whether staff can sign in here at all. */
  readonly available: boolean;
  readonly demo: boolean;
  readonly landlord: string;
}

export interface SignedIn extends Omit<SignedOut, 'signedIn'> {
  readonly signedIn: true;
  readonly name: string;
  readonly role: 'STAFF' | 'STAFF_ADMIN';
  readonly idleMinutes: number;
}

export type Session = SignedOut | SignedIn;

/** @throws where the gateway cannot be reached or does not answer. */
export async function readSession(): Promise<Session> {
  const response = await fetch('/playground/session', { credentials: 'same-origin', cache: 'no-store', headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`the gateway answered ${response.status}`);
  return await response.json() as Session;
}

/**
 * Ends the session.
 * @returns where to go next, so that the council's provider ends its own; null where it cannot be said.
 * @throws where the gateway cannot be reached or refuses.
 */
export async function endSession(): Promise<string | null> {
  const response = await fetch('/playground/sign-out', {
    method: 'POST', credentials: 'same-origin', cache: 'no-store', headers: { 'content-type': 'application/json' }, body: '{}',
  });
  if (!response.ok) throw new Error(`the gateway answered ${response.status}`);
  const { redirect } = await response.json() as { redirect?: string };
  if (redirect === undefined || !URL.canParse(redirect, location.href)) return null;
  const url = new URL(redirect, location.href);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
}
