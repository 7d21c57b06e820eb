/** What a tenant with an account does, one request each, asked again where the answer was cut off; and what must come of it. */
import { randomBytes } from 'node:crypto';
import {
  ChangePasswordDocument, RefreshSessionDocument, RequestPasswordResetDocument, SignInDocument, SignOutDocument, type SignedInFragment,
} from '../../generated/operations.js';
import { RESET_MAILS_A_DAY, SOFT_LOCK_FAILURES } from '../../src/domain/account.js';
import type { JourneyFindings, Tenant } from './tenant.js';
import type { World } from './world.js';

export type Session = NonNullable<SignedInFragment['session']>;
interface ViewerQuery { readonly viewer: { readonly userId: string | null } | null }

const VIEWER = '{ viewer { userId } }';

export const newPassword = (): string => `soak ${randomBytes(9).toString('hex')}`;

export class SigningIn {
  constructor(private readonly world: World, private readonly findings: JourneyFindings) {}

  /**
   * Signs in, and holds what comes against what is known. @param options `device`: with the last device's token; `by`: with that
   * name; `temporary`: the password is one from a mail. @returns null where the answer was cut off.
   */
  async signIn(tenant: Tenant, password: string, options: { device?: boolean; by?: string; temporary?: boolean } = {}): Promise<Pick<SignedInFragment, 'outcome' | 'session'> | null> {
    const device = options.device === true && tenant.deviceToken !== null;
    const right = options.temporary === true || tenant.passwords.includes(password);
    const sure = password === tenant.password && (device || !(tenant.mayBeLocked || tenant.locked));
    const { locked } = tenant;
    if (!device) tenant.trying();
    const reply = await this.world.ask(SignInDocument, {
      input: { identifier: options.by ?? tenant.email, password, ...(device && { deviceToken: tenant.deviceToken }) },
    });
    if (!reply) {
      if (!device) tenant.unanswered(right);
      return null;
    }
    const signedIn = reply.data?.signIn;
    if (!signedIn) {
      if (!device) tenant.turnedAway();
      if (reply.code !== 'TOO_MANY_REQUESTS') this.violated(`signing in came to ${reply.code}`, tenant);
      return null;
    }
    if (signedIn.outcome === 'REFUSED') {
      if (sure) this.violated(`the right password was refused${device ? ' on a known device' : ''}`, tenant);
      if (!device) tenant.refused();
      return signedIn;
    }
    this.findings.signIns += 1;
    if (!right) this.violated('a password that nobody has was accepted', tenant);
    if (locked && !device) this.violated('a lock was forgotten', tenant);
    if (options.temporary !== (signedIn.outcome === 'MUST_CHANGE_PASSWORD' ? true : undefined)) this.violated(`a password came to ${signedIn.outcome}`, tenant);
    if (!device) tenant.accepted();
    tenant.deviceToken = signedIn.session?.deviceToken ?? tenant.deviceToken;
    return signedIn;
  }

  /** Finds out which of the passwords it is: exactly one. @returns whether it is known now. */
  async settle(tenant: Tenant): Promise<boolean> {
    for (const password of [...tenant.passwords].reverse()) {
      for (let outcome: string | undefined; tenant.passwords.length > 1 && outcome === undefined;) {
        // One more that is cut off might lock it.
        if (tenant.failures.most >= SOFT_LOCK_FAILURES - 1) {
          tenant.setAside = true;
          return false;
        }
        outcome = (await this.signIn(tenant, password))?.outcome;
        if (outcome === 'SIGNED_IN') {
          const others = tenant.passwords.filter((other) => other !== password);
          tenant.passwords = [password];
          for (const other of others.slice(0, 2)) await this.signIn(tenant, other);
        } else if (outcome === 'REFUSED') tenant.passwords = tenant.passwords.filter((other) => other !== password);
      }
    }
    return tenant.password !== null;
  }

  /** @returns whether it was acknowledged; not where the day's mails may be used up. */
  async requestReset(tenant: Tenant): Promise<boolean> {
    while (tenant.mails.temporary.most < RESET_MAILS_A_DAY) {
      tenant.mails.temporary.most += 1;
      const reply = await this.world.ask(RequestPasswordResetDocument, { input: { identifier: tenant.email } });
      if (!reply) continue;
      tenant.mails.temporary.least += 1;
      if (!reply.data) this.violated(`a reset came to ${reply.code}`, tenant);
      this.findings.resets += 1;
      return true;
    }
    return false;
  }

  /** @returns whether it was changed for certain. */
  async changePassword(tenant: Tenant, session: Session, current: string): Promise<boolean> {
    const [earlier, next] = [[...tenant.passwords], newPassword()];
    tenant.passwords.push(next);
    tenant.mails.changed.most += 1;
    const reply = await this.world.ask(ChangePasswordDocument, { currentPassword: current, newPassword: next }, session.accessToken);
    if (!reply) return false;
    if (reply.data?.changePassword.outcome !== 'SIGNED_IN') {
      this.violated(`changing the password came to ${reply.data?.changePassword.outcome ?? reply.code}`, tenant);
      tenant.passwords = earlier;
      tenant.mails.changed.most -= 1;
      return false;
    }
    tenant.passwords = [next];
    tenant.mails.changed.least += 1;
    this.findings.passwordChanges += 1;
    await this.sees(tenant, session, false);
    return true;
  }

  /** Whether a session lives. @param alive what must come of it. */
  async sees(tenant: Tenant, session: Session, alive: boolean): Promise<void> {
    const reply = await this.world.ask<ViewerQuery, object>(VIEWER, {}, session.accessToken);
    if (!reply) return;
    if (alive !== (reply.data?.viewer !== undefined && reply.data?.viewer !== null)) this.violated(alive ? `a session was forgotten: ${reply.code}` : 'a session that was ended lives on', tenant);
    tenant.userId = reply.data?.viewer?.userId ?? tenant.userId;
  }

  /** Renews a session, and uses the spent token again: then it has ended. */
  async refreshTwice(tenant: Tenant, session: Session): Promise<void> {
    const { refreshToken } = session;
    const reply = await this.world.ask(RefreshSessionDocument, { refreshToken });
    if (!reply) return;
    if (!reply.data?.refreshSession.session) return this.violated(`a refresh came to ${reply.code}`, tenant);
    const again = await this.world.ask(RefreshSessionDocument, { refreshToken });
    if (again?.data?.refreshSession.session) this.violated('a refresh token was usable twice', tenant);
    if (again) await this.sees(tenant, session, false);
  }

  async signOut(tenant: Tenant, session: Session): Promise<void> {
    const reply = await this.world.ask(SignOutDocument, {}, session.accessToken);
    if (!reply) return;
    if (reply.data?.signOut !== true) this.violated(`signing out came to ${reply.code}`, tenant);
    await this.sees(tenant, session, false);
  }

  private violated(what: string, tenant: Tenant): void {
    this.findings.violated(what, tenant);
  }
}
