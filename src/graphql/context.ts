import { Access } from '../application/housing/access.js';
import type { App } from '../application/app.js';
import { viewerOf } from '../application/identity/sessions.js';
import { staffViewer } from '../application/staff/identity.js';
import { GatewayError, unauthenticated } from '../domain/errors.js';
import type { Viewer } from '../application/viewer.js';
import { loadersFor, type Loaders } from './loaders.js';

/** What one request carries. */
export class RequestContext {
  /** Plain properties: the server copies the context, and a copy has no private ones. */
  access: Access;
  loaders: Loaders;

  /**
   * @param viewer null where nobody is signed in.
   * @param badToken whether a token came that is not good: `viewer` and protected fields say so, public ones ignore it.
   * @param address the network address; null where it is not known.
   * @param trouble why it could not be found out whose token came: what asks for the viewer fails with it, the rest goes on.
   */
  constructor(
    readonly app: App, readonly viewer: Viewer | null, readonly badToken: boolean, readonly address: string | null = null,
    private readonly trouble: GatewayError | null = null,
  ) {
    this.access = new Access(app, viewer, trouble);
    this.loaders = loadersFor(app, this.access);
  }

  /** After a change: nothing that was read before it is answered again. */
  renew(): void {
    const { operation } = this.access;
    this.access = new Access(this.app, this.viewer, this.trouble);
    this.access.operation = operation;
    this.loaders = loadersFor(this.app, this.access);
  }

  /** Whoever is signed in, for the `viewer` field. @throws UNAUTHENTICATED for a bad token, SERVICE_UNAVAILABLE while that cannot be told. */
  asking(): Viewer | null {
    if (this.trouble) throw this.trouble;
    if (this.badToken) throw unauthenticated();
    return this.viewer;
  }
}

const BEARER = /^Bearer +([\w.~+/=-]+)$/i;

/** The token in an Authorization header; null where there is none in it. */
export const bearerToken = (authorization: string): string | null => BEARER.exec(authorization)?.[1] ?? null;

/** The sessionId of staff who sent a token of their provider's: they have no session here. */
const NO_SESSION = 'staff-token';

/** Whose token it is, a tenant's or staff's: what it says of its issuer chooses who checks it, and nothing else. */
async function tokenViewer(app: App, token: string): Promise<Viewer | null> {
  if (!app.staff?.claims(token)) return viewerOf(app, token);
  const person = await app.staff.verify(token);
  return person && staffViewer(person, NO_SESSION);
}

/**
 * The context of a request that came with something to know its viewer by.
 * @param find who that is; null where it is not good (any more).
 */
export async function contextOf(app: App, address: string | null, find: () => Promise<Viewer | null>): Promise<RequestContext> {
  try {
    const viewer = await find();
    return new RequestContext(app, viewer, viewer === null, address);
  } catch (error) {
    if (error instanceof GatewayError) return new RequestContext(app, null, false, address, error);
    throw error;
  }
}

/** The context of a request with this Authorization header, from this network address. */
export async function contextFor(app: App, authorization: string | undefined, address: string | null = null): Promise<RequestContext> {
  if (authorization === undefined || authorization === '') return new RequestContext(app, null, false, address);
  const token = bearerToken(authorization);
  return contextOf(app, address, async () => (token === null ? null : tokenViewer(app, token)));
}
