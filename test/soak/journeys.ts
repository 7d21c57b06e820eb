/** Whole journeys of tenants, one after the other in a few lanes, whatever happens to the gateway meanwhile. */
import type { Random } from '../../fixtures/rows/random.js';
import { CODE_TRIES, SOFT_LOCK_FAILURES } from '../../src/domain/account.js';
import { until } from '../support/until.js';
import { secretIn } from './post.js';
import { Registering } from './registering.js';
import { newPassword, SigningIn } from './signing-in.js';
import { Tenant, type JourneyFindings } from './tenant.js';
import type { World } from './world.js';

/** Journeys that have requests on their way; those that wait for mail are not among them. */
const LANES = 6;

export class Journeys {
  /** Everybody who has set out. */
  readonly tenants: Tenant[] = [];
  /** Those whose journey is over, who may come back. */
  readonly home: Tenant[] = [];
  /** Those who wait for a past with failures in it, that one more makes a hard lock. */
  readonly awaitingPast: { readonly tenant: Tenant; readonly written: (done: boolean) => void }[] = [];
  private readonly registering: Registering;
  private readonly signingIn: SigningIn;
  private readonly underWay = new Set<Promise<void>>();
  private busy = 0;
  private stopped = false;

  constructor(private readonly world: World, private readonly findings: JourneyFindings, private readonly random: Random) {
    this.signingIn = new SigningIn(world, findings);
    this.registering = new Registering(world, findings, this.signingIn);
  }

  /** Sends people on their way until it is stopped. */
  async run(): Promise<void> {
    const waiting = [...this.world.people];
    while (!this.stopped) {
      await until(() => this.stopped || this.busy < LANES, Infinity);
      if (this.stopped) return;
      const comesBack = this.home.length > 0 && this.random.chance(0.35);
      const tenant = comesBack ? this.home.splice(this.random.between(0, this.home.length - 1), 1)[0] : this.newcomer(waiting);
      if (!tenant) throw new Error('everybody has registered: give the council more tenancies');
      this.launch(tenant, comesBack ? this.comeBack(tenant) : this.setOut(tenant));
    }
  }

  /** Lets nobody set out any more, and waits for those who have. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const { written } of this.awaitingPast.splice(0)) written(false);
    await Promise.all(this.underWay);
  }

  /** The end: what is known of one tenant, tried once more. */
  async verify(tenant: Tenant): Promise<void> {
    if (tenant.setAside) return;
    if (tenant.account === 'maybe') return this.findings.violated('whether there is an account was never found out', tenant);
    if (tenant.deadCode) await this.registering.confirmDead(tenant, tenant.deadCode);
    if (tenant.account === 'none') return void await this.signingIn.signIn(tenant, newPassword());
    if (!(await this.signingIn.settle(tenant))) return;
    await this.enter(tenant);
  }

  private newcomer(waiting: World['people'][number][]): Tenant | null {
    const details = waiting.splice(this.random.between(0, waiting.length - 1), 1)[0];
    if (!details) return null;
    const tenant = new Tenant(details);
    this.tenants.push(tenant);
    return tenant;
  }

  private launch(tenant: Tenant, journey: Promise<void>): void {
    this.busy += 1;
    const done = journey.catch((error: unknown) => this.findings.violated(`the journey broke off: ${error instanceof Error ? error.stack : String(error)}`, tenant)).then(() => {
      this.busy -= 1;
      this.findings.journeys += 1;
      this.home.push(tenant);
      this.underWay.delete(done);
    });
    this.underWay.add(done);
  }

  /** Leaves the lane to others while this waits. */
  private async aside<T>(work: Promise<T>): Promise<T> {
    this.busy -= 1;
    try {
      return await work;
    } finally {
      this.busy += 1;
    }
  }

  private async setOut(tenant: Tenant): Promise<void> {
    const { random } = this;
    if (random.chance(0.15)) await this.registering.mistype(tenant);
    const registrationId = await this.registering.register(tenant);
    if (registrationId === null) return;
    const mail = await this.aside(this.world.post.wait(tenant.email, 'code', ({ text }) => text.includes(registrationId)));
    if (!mail) return this.findings.violated('no code came', tenant);
    const code = secretIn(mail);
    if (random.chance(0.08)) {
      await this.registering.wrongCodes(tenant, registrationId, CODE_TRIES);
      tenant.deadCode = { registrationId, code };
      return this.registering.confirmDead(tenant, tenant.deadCode);
    }
    // Some leave it at that: nobody can sign in for them.
    if (random.chance(0.1)) return void await this.signingIn.signIn(tenant, newPassword());
    const wrong = random.chance(0.2) ? await this.registering.wrongCodes(tenant, registrationId, random.between(1, 2)) : 0;
    if (wrong >= CODE_TRIES || !(await this.registering.confirmWith(tenant, registrationId, code))) return;
    if (random.chance(0.5) && tenant.deadCode) await this.registering.confirmDead(tenant, tenant.deadCode);
    if (random.chance(0.8)) await this.comeBack(tenant);
  }

  private async comeBack(tenant: Tenant): Promise<void> {
    const { random } = this;
    if (tenant.setAside || tenant.account !== 'open' || !(await this.signingIn.settle(tenant))) return;
    if (tenant.locked) return this.enter(tenant);
    // Enough was cut off: one more wrong password might be one too many.
    if (tenant.failures.most > 1) return this.enter(tenant);
    const what = random.next();
    if (what < 0.3) await this.signInAndOut(tenant);
    else if (what < 0.5) await this.forget(tenant);
    else if (what < 0.65) await this.change(tenant);
    else if (what < 0.72) await this.registering.registerAgain(tenant);
    else if (what < 0.88) await this.lockSoftly(tenant);
    else await this.lockHard(tenant);
  }

  /** With the right password: by the e-mail address or the user ID, from a device that is known or not. */
  private async enter(tenant: Tenant): Promise<void> {
    const { password, userId } = tenant;
    if (password === null) return;
    if (tenant.locked && tenant.deviceToken !== null) await this.signingIn.signIn(tenant, password, { device: true });
    await this.signingIn.signIn(tenant, password, userId !== null && this.random.chance(0.3) ? { by: userId } : {});
  }

  private async signInAndOut(tenant: Tenant): Promise<void> {
    const { random } = this;
    if (random.chance(0.4)) await this.signingIn.signIn(tenant, newPassword());
    const session = (await this.signingIn.signIn(tenant, tenant.password ?? ''))?.session;
    if (!session) return;
    await this.signingIn.sees(tenant, session, true);
    if (random.chance(0.3)) await this.signingIn.refreshTwice(tenant, session);
    else await this.signingIn.signOut(tenant, session);
  }

  private async forget(tenant: Tenant): Promise<void> {
    const { world, findings } = this;
    const known = new Set(world.post.to(tenant.email, 'temporary').map(({ id }) => id));
    const inDoubt = (): boolean => tenant.mails.temporary.least !== tenant.mails.temporary.most;
    if (!(await this.signingIn.requestReset(tenant))) return;
    const mail = await this.aside(world.post.wait(tenant.email, 'temporary', ({ id }) => !known.has(id)));
    if (!mail) return findings.violated('no temporary password came', tenant);
    const [old, temporary] = [tenant.password ?? '', secretIn(mail)];
    const before = tenant.failures.most;
    const entered = await this.signingIn.signIn(tenant, temporary, { temporary: true });
    // Where an answer was cut off there may be a newer one, or it may be spent.
    if (entered?.outcome === 'REFUSED' && !inDoubt() && before < SOFT_LOCK_FAILURES - 1) findings.violated('a temporary password was refused', tenant);
    if (!entered?.session) return;
    const { outcome } = (await this.signingIn.signIn(tenant, temporary)) ?? {};
    if (outcome !== undefined && outcome !== 'REFUSED') findings.violated('a temporary password was usable twice', tenant);
    if ((await this.signingIn.changePassword(tenant, entered.session, temporary)) && this.random.chance(0.5)) await this.signingIn.signIn(tenant, old);
  }

  private async change(tenant: Tenant): Promise<void> {
    const old = tenant.password ?? '';
    const session = (await this.signingIn.signIn(tenant, old))?.session;
    if (session && (await this.signingIn.changePassword(tenant, session, old))) await this.signingIn.signIn(tenant, old);
  }

  private async lockSoftly(tenant: Tenant): Promise<void> {
    while (!tenant.locked) await this.signingIn.signIn(tenant, newPassword());
    this.findings.softLocks += 1;
    await this.enter(tenant);
  }

  /** One more failure after nine, each long after the one before. */
  private async lockHard(tenant: Tenant): Promise<void> {
    if (this.stopped || !(await this.aside(new Promise<boolean>((written) => this.awaitingPast.push({ tenant, written }))))) return;
    tenant.mails.locked.most = 1;
    for (let tries = 0; ; tries += 1) {
      if (!(await this.signingIn.signIn(tenant, newPassword()))) continue;
      // Where the first was cut off, its owner may not have been told.
      if (tries === 0) tenant.mails.locked.least = 1;
      break;
    }
    tenant.lockedUntil = Infinity;
    this.findings.hardLocks += 1;
    await this.enter(tenant);
  }
}
