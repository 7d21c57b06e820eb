/** The bar above the editor: whose system it is, who is signed in, that views are recorded, and the way out. */
import type { SignedIn } from './session.js';

const ROLES: Readonly<Record<SignedIn['role'], string>> = { STAFF: 'Staff', STAFF_ADMIN: 'Administrator' };

export function Bar({ session, onSignOut }: { session: SignedIn; onSignOut: () => void }) {
  return (
    <header className="bar">
      <h1 className="place">{session.landlord} <span>Playground{session.demo && ' (demo)'}</span></h1>
      <p className="recorded"><span className="dot" aria-hidden="true" />Views are recorded</p>
      <p className="who"><span className="visually-hidden">Signed in as </span>{session.name} <span className="role">{ROLES[session.role]}</span></p>
      <button type="button" onClick={onSignOut}>Sign out</button>
    </header>
  );
}
