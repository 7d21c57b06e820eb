/**
 * Staff's sessions in a browser: signing in through the council's own provider, signing out, and GraphQL for whoever the cookie's
 * session belongs to. It is apart from /graphql, which never looks at a cookie, so that no other page can use one in passing.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addressBelow } from '../application/address-below.js';
import type { App } from '../application/app.js';
import { viewerOf } from '../application/identity/sessions.js';
import { endStaffSession, openStaffSession, STAFF_IDLE_MINUTES, staffSessionViewer } from '../application/staff/sessions.js';
import { beginStaffSignIn, completeStaffSignIn } from '../application/staff/sign-in.js';
import { GatewayError } from '../domain/errors.js';
import { bearerToken, contextOf, RequestContext } from '../graphql/context.js';
import { problem, sendUnavailable, type AnswerGraphql } from '../server.js';
import { sessionCookie, signInCookie } from './cookies.js';
import { sendTrouble, type SignInTrouble } from './pages.js';

export interface PlaygroundOptions {
  readonly app: App;
  readonly graphql: AnswerGraphql;
  /** In the demo a tenant's token works in the playground. */
  readonly demo: boolean;
  /** PUBLIC_URL; null where browsers reach the gateway where it listens. */
  readonly publicUrl: string | null;
  /** The settings without which staff cannot sign in, for where there are none. */
  readonly settings: readonly string[];
}

const PAGE = '/playground';

/** A browser on the machine itself may call 127.0.0.1 by its name. */
const byName = (origin: string): string => origin.replace('//127.0.0.1', '//localhost');

export function servePlaygroundSignIn(server: FastifyInstance, { app, graphql, demo, publicUrl, settings }: PlaygroundOptions): void {
  const secure = publicUrl?.startsWith('https:') === true;
  const [session, attempt] = [sessionCookie(secure), signInCookie(secure)];
  const landlord = app.landlord.name;
  // It may not be known before the gateway listens.
  const own = (path: string): string => addressBelow(app.ownUrl(), path);
  const origin = (): string => new URL(app.ownUrl()).origin;
  const trouble = (reply: FastifyReply, code: SignInTrouble): FastifyReply => sendTrouble(reply, code, landlord, code === 'NOT_SET_UP' ? settings : []);

  /** Browsers name the page that sends a POST, and pages cannot change that: only the gateway's own may. */
  const ownPagesOnly = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const from = request.headers.origin;
    if (from !== origin() && !(publicUrl === null && from === byName(origin()))) {
      return reply.status(403).send(problem('FORBIDDEN', 'Only the gateway\'s own pages may send this.', 'origin'));
    }
    // A form of another site's cannot send it.
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
      return reply.status(415).send(problem('INVALID_INPUT', 'Send JSON, with content-type: application/json.', 'content-type'));
    }
    if (!demo && request.headers.authorization !== undefined) {
      return reply.status(403).send(problem('FORBIDDEN', 'The playground takes no token: sign in. Tokens are for /graphql.', 'authorization'));
    }
    return undefined;
  };

  const contextOfPlayground = async (request: FastifyRequest): Promise<RequestContext> => {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const token = bearerToken(authorization);
      return contextOf(app, request.ip, async () => (token === null ? null : viewerOf(app, token)));
    }
    const id = session.read(request);
    return id === undefined ? new RequestContext(app, null, false, request.ip) : contextOf(app, request.ip, () => staffSessionViewer(app, id, true));
  };

  server.get(`${PAGE}/sign-in`, async (request, reply) => {
    const { staff } = app;
    if (!staff) return trouble(reply, 'NOT_SET_UP');
    // The provider sends the browser to the gateway's own address, where it must find its cookies.
    if (publicUrl === null && `http://${request.headers.host}` === byName(origin()) && byName(origin()) !== origin()) return reply.redirect(own(`${PAGE}/sign-in`), 302);
    try {
      const { url, browser } = await beginStaffSignIn({ ...app, staff }, own(`${PAGE}/callback`));
      attempt.set(reply, browser);
      return reply.redirect(url, 302);
    } catch (error) {
      if (error instanceof GatewayError) return trouble(reply, 'UNAVAILABLE');
      throw error;
    }
  });

  server.get(`${PAGE}/callback`, async (request, reply) => {
    const { staff } = app;
    if (!staff) return trouble(reply, 'NOT_SET_UP');
    try {
      const answered = new URL(own(`${PAGE}/callback`));
      answered.search = request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : '';
      const outcome = await completeStaffSignIn({ ...app, staff }, answered, attempt.read(request));
      // Another sign-in of this browser may be on its way: its cookie stays.
      if (outcome !== 'NOT_BEGUN_HERE') attempt.clear(reply);
      if (typeof outcome === 'string') return trouble(reply, outcome);
      session.set(reply, await openStaffSession(app, outcome, session.read(request)));
      return reply.redirect(PAGE, 303);
    } catch (error) {
      if (error instanceof GatewayError) return trouble(reply, 'UNAVAILABLE');
      throw error;
    }
  });

  server.get(`${PAGE}/session`, async (request, reply) => {
    const id = session.read(request);
    try {
      const viewer = id === undefined ? null : await staffSessionViewer(app, id, false);
      const about = { available: app.staff !== null, demo, landlord };
      return reply.send(viewer ? { signedIn: true, name: viewer.displayName, role: viewer.role, idleMinutes: STAFF_IDLE_MINUTES, ...about } : { signedIn: false, ...about });
    } catch (error) {
      return sendUnavailable(reply, error);
    }
  });

  server.post(`${PAGE}/sign-out`, { onRequest: ownPagesOnly }, async (request, reply) => {
    const id = session.read(request);
    try {
      if (id !== undefined) await endStaffSession(app, id);
    } catch (error) {
      // The cookie stays: the session does, too.
      return sendUnavailable(reply, error);
    }
    session.clear(reply);
    // A provider that is away keeps nobody from signing out here.
    const elsewhere = id === undefined ? null : await app.staff?.endSessionUrl(own(PAGE)).catch(() => null);
    return reply.send({ redirect: elsewhere ?? PAGE });
  });

  server.post(`${PAGE}/graphql`, { onRequest: ownPagesOnly }, graphql(contextOfPlayground));
}
