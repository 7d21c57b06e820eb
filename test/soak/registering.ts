/** Registering and confirming, one request each, asked again where the answer was cut off; and what must come of it. */
import { ConfirmRegistrationDocument, RegisterDocument } from '../../generated/operations.js';
import { newPassword, type SigningIn } from './signing-in.js';
import type { JourneyFindings, Tenant } from './tenant.js';
import type { World } from './world.js';

export class Registering {
  constructor(private readonly world: World, private readonly findings: JourneyFindings, private readonly signingIn: SigningIn) {}

  /** @returns the registration's id; null where the day's codes may be used up. */
  async register(tenant: Tenant): Promise<string | null> {
    // One less than the day's six: the last is never in doubt.
    while (tenant.mails.code.most < 5) {
      tenant.mails.code.most += 1;
      const reply = await this.world.ask(RegisterDocument, { input: tenant.details });
      if (!reply) continue;
      tenant.mails.code.least += 1;
      const { outcome, registrationId } = reply.data?.register ?? {};
      if (outcome !== 'CODE_SENT' || !registrationId) this.violated(`registering came to ${outcome ?? reply.code}`, tenant);
      else this.findings.registrations += 1;
      return registrationId ?? null;
    }
    return null;
  }

  /** Somebody registers the details that have an account. */
  async registerAgain(tenant: Tenant): Promise<void> {
    tenant.mails.already.most += 1;
    const reply = await this.world.ask(RegisterDocument, { input: tenant.details });
    if (!reply) return;
    tenant.mails.already.least += 1;
    if (reply.data?.register.outcome !== 'ALREADY_REGISTERED') this.violated(`registering again came to ${reply.data?.register.outcome ?? reply.code}`, tenant);
  }

  /** One detail is wrong. */
  async mistype(tenant: Tenant): Promise<void> {
    const reply = await this.world.ask(RegisterDocument, { input: { ...tenant.details, dateOfBirth: '1901-01-01' } });
    if (reply && reply.data?.register.outcome !== 'NO_MATCH') this.violated(`a wrong date of birth came to ${reply.data?.register.outcome ?? reply.code}`, tenant);
  }

  /** Tries wrong codes until so many were refused for certain. @returns how many may have been counted. */
  async wrongCodes(tenant: Tenant, registrationId: string, count: number): Promise<number> {
    let most = 0;
    for (let refused = 0; refused < count; most += 1) {
      const reply = await this.confirm(registrationId, 'AAAAAAAAAAAA', newPassword());
      if (!reply) continue;
      if (reply.data?.confirmRegistration.outcome !== 'REFUSED') this.violated('a wrong code was accepted', tenant);
      refused += 1;
    }
    return most;
  }

  /** @returns whether the code opened the account. */
  async confirmWith(tenant: Tenant, registrationId: string, code: string): Promise<boolean> {
    for (;;) {
      const earlier = [...tenant.passwords];
      const password = newPassword();
      tenant.passwords.push(password);
      if (tenant.account === 'none') tenant.account = 'maybe';
      tenant.mails.welcome.most = 1;
      const reply = await this.confirm(registrationId, code, password);
      if (!reply) continue;
      const { outcome, session } = reply.data?.confirmRegistration ?? {};
      if (outcome === 'SIGNED_IN') {
        this.opened(tenant, [password], registrationId, code);
        tenant.deviceToken = session?.deviceToken ?? null;
        for (const old of earlier.slice(0, 2)) await this.signingIn.signIn(tenant, old);
        return true;
      }
      if (outcome === 'REFUSED' && earlier.length > 0) {
        // One before it was done, though its answer was cut off: then that password opens the account, and this one does not.
        this.opened(tenant, earlier, registrationId, code);
        await this.signingIn.signIn(tenant, password);
        return true;
      }
      tenant.passwords = earlier;
      if (earlier.length === 0) {
        tenant.account = 'none';
        tenant.mails.welcome.most = 0;
      }
      this.violated(`a right code came to ${outcome ?? reply.code}`, tenant);
      return false;
    }
  }

  /** A code that is spent, or was tried too often, opens nothing and sets no password. */
  async confirmDead(tenant: Tenant, { registrationId, code }: NonNullable<Tenant['deadCode']>): Promise<void> {
    const reply = await this.confirm(registrationId, code, newPassword());
    if (reply && reply.data?.confirmRegistration.outcome !== 'REFUSED') this.violated(`a dead code came to ${reply.data?.confirmRegistration.outcome ?? reply.code}`, tenant);
  }

  private confirm(registrationId: string, code: string, password: string) {
    return this.world.ask(ConfirmRegistrationDocument, { input: { registrationId, code, password } });
  }

  private opened(tenant: Tenant, passwords: string[], registrationId: string, code: string): void {
    tenant.account = 'open';
    tenant.passwords = passwords;
    tenant.deadCode = { registrationId, code };
    tenant.mails.welcome.least = 1;
    this.findings.confirmations += 1;
  }

  private violated(what: string, tenant: Tenant): void {
    this.findings.violated(what, tenant);
  }
}
