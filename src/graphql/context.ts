import { Access } from '../application/housing/access.js';
import type { App } from '../application/app.js';
import { viewerOf } from '../application/identity/sessions.js';
import { unauthenticated } from '../domain/errors.js';
import type { Viewer } from '../application/viewer.js';
import { loadersFor, type Loaders } from './loaders.js';

/** What one request carries. */
export class RequestContext {
  readonly access: Access;
  readonly loaders: Loaders;

  /**
   * @param viewer null where nobody is signed in.
   * @param badToken whether a token came that is not good: `viewer` and protected fields say so, public ones ignore it.
   * @param address the network address; null where it is not known.
   */
  constructor(readonly app: App, readonly viewer: Viewer | null, readonly badToken: boolean, readonly address: string | null = null) {
    this.access = new Access(app, viewer);
    this.loaders = loadersFor(this.access);
  }

  /** Whoever is signed in, for the `viewer` field. @throws UNAUTHENTICATED for a bad token. */
  asking(): Viewer | null {
    if (this.badToken) throw unauthenticated();
    return this.viewer;
  }
}

const BEARER = /^Bearer +([\w.~+/=-]+)$/i;

/** The context of a request with this Authorization header, from this network address. */
export async function contextFor(app: App, authorization: string | undefined, address: string | null = null): Promise<RequestContext> {
  if (authorization === undefined || authorization === '') return new RequestContext(app, null, false, address);
  const token = BEARER.exec(authorization)?.[1];
  const viewer = token === undefined ? null : await viewerOf(app, token);
  return new RequestContext(app, viewer, viewer === null, address);
}
