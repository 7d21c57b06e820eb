/** Staff of the demo, signing in through the stand-in provider's own pages. */
import type { Visit, Visitor } from '../../fixtures/staff/visitor.js';
import { staffUsers, type StaffUser } from '../../fixtures/staff/users.js';

/** One of fixtures/staff-users.json by the beginning of the user name: `ruth` is STAFF, `gareth` STAFF_ADMIN. */
export function staffNamed(name: string): StaffUser {
  const user = staffUsers().find(({ username }) => username.startsWith(name));
  if (!user) throw new Error(`there is no ${name} among the staff`);
  return user;
}

/** Up to the provider's login page. */
export const toLoginPage = (visitor: Visitor, gateway: string): Promise<Visit> => visitor.go(`${gateway}/playground/sign-in`);

/** Signs in, up to the playground. @throws where there is no login page. */
export async function signInStaff(visitor: Visitor, gateway: string, { username, password }: Pick<StaffUser, 'username' | 'password'>): Promise<Visit> {
  return visitor.submit(await toLoginPage(visitor, gateway), { username, password }, (url) => url === `${gateway}/playground`);
}

/** A POST as the playground's page sends it. */
export const fromPage = (visitor: Visitor, gateway: string, path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Visit> =>
  visitor.send(`${gateway}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', origin: gateway, accept: 'application/json', ...headers }, body: JSON.stringify(body) });

/** What the playground's session is known as. */
export async function sessionOf(visitor: Visitor, gateway: string): Promise<Record<string, unknown>> {
  return JSON.parse((await visitor.send(`${gateway}/playground/session`)).text) as Record<string, unknown>;
}
