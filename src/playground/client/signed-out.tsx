/** What somebody sees who is not signed in: whom the page is for, one button, and that views are recorded. */
import type { SignedOut } from './session.js';

/** Why nobody is signed in any more; null for whoever has just come. */
export type Ending = 'signed-out' | 'idle' | 'expired' | 'elsewhere' | 'unfinished' | null;

const ENDINGS: Readonly<Record<NonNullable<Ending>, string>> = {
  'signed-out': 'You are signed out. The queries and their results are gone from this page.',
  idle: 'You were signed out because nobody had used this page for a while. The queries and their results are gone from it.',
  expired: 'Your session has ended. Sign in again: the text of your queries is kept, the results are not.',
  elsewhere: 'You signed out in another tab of this browser.',
  unfinished: 'This page is cleared, but the gateway could not be reached to end your session. Close the browser if others use this computer.',
};

export function SignedOutPage({ session, ending }: { session: SignedOut; ending: Ending }) {
  return (
    <main className="welcome">
      <div className="card">
        <p className="landlord">{session.landlord}</p>
        <h1>Playground for housing staff</h1>
        {ending !== null && <p className="notice" role="status">{ENDINGS[ending]}</p>}
        <p>
          Find a tenancy, see a rent account and its repairs as the tenant sees them, and help somebody who cannot sign in.
          It is for the council&rsquo;s staff; tenants use their own portal.
        </p>
        {session.available
          ? <p><a className="button" href="/playground/sign-in">Sign in</a></p>
          : <p className="notice">Staff cannot sign in here yet: the gateway has not been told which provider the council&rsquo;s staff sign in with.</p>}
        <p className="recorded">Everything that you look at is recorded, with your name and the time.</p>
        {session.demo && session.available && (
          <p className="demo">
            This is a demo with invented people. The names and passwords of two staff users stand where it was started, in what the program printed.
          </p>
        )}
      </div>
    </main>
  );
}
