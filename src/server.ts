import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import cors from '@fastify/cors';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest, type RouteHandlerMethod } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { App } from './application/app.js';
import type { Html } from './application/mail/render.js';
import { contextFor, type RequestContext } from './graphql/context.js';
import { errorFormatter } from './graphql/errors.js';
import { operationName } from './graphql/operation-name.js';
import { limits, MOST_BODY_BYTES, MOST_TOKENS } from './graphql/limits.js';
import { GatewayError, type ErrorCode } from './domain/errors.js';

export interface ServerOptions {
  readonly app: App;
  readonly schema: GraphQLSchema;
  readonly jwks: object;
  readonly trustProxy: boolean;
  /** Origins of front ends in browsers: exact ones, and in the demo any on this machine. */
  readonly origins: readonly (string | RegExp)[];
  /** Called once an answer is out. */
  readonly onResponse?: (status: number, seconds: number) => void;
}

/** Tells the audit trail what a request does. Once a request: a hook on each field would cost as much as the answer. */
const namesOperation: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ document, operation, contextValue }) => {
      if (operation) contextValue.access.operation = operationName(document, operation);
    },
  }),
};

/** The GraphQL server: made here and nowhere else, so that what executes a query can be replaced without touching a resolver. */
function apolloServer(app: App, schema: GraphQLSchema, plugins: ApolloServerPlugin<RequestContext>[]): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: MOST_TOKENS },
    validationRules: [...limits],
    formatError: errorFormatter(app.log, schema),
    // Cache control hooks every field and doubles the cost of an answer; nothing here may be cached anyway.
    plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginLandingPageDisabled(), namesOperation, ...plugins],
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => app.log.error({ event: 'apollo' }, 'the GraphQL server reported an error') },
  });
}

/** The body of an answer that says no outside GraphQL. */
export const problem = (code: ErrorCode, message: string, field?: string): object =>
  ({ errors: [{ message, extensions: { code, ...(field && { field }) } }] });

/** Answers with a page that is nothing but its text: it loads nothing, runs nothing and sends nothing. */
export const sendPage = (reply: FastifyReply, page: Html): FastifyReply => reply.type('text/html; charset=utf-8')
  .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
  .send(page.markup);

/** Answers that a part which is needed here is away; what nobody foresaw is thrown on. */
export function sendUnavailable(reply: FastifyReply, error: unknown): FastifyReply {
  if (!(error instanceof GatewayError)) throw error;
  return reply.status(503).send(problem(error.code, error.message));
}

/** What is wrong with a request that never became GraphQL; the framework's own messages quote the body. */
function refusal(error: FastifyError): { status: number; body: object } {
  if (error.statusCode === 413) return { status: 413, body: problem('INVALID_INPUT', `The request is too large: at most ${MOST_BODY_BYTES / 1024} kB.`, 'body') };
  if (error.statusCode === 415) return { status: 415, body: problem('INVALID_INPUT', 'Send JSON, with content-type: application/json.', 'content-type') };
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return { status: 400, body: problem('INVALID_INPUT', 'The body is not JSON.', 'body') };
  }
  return { status: 503, body: problem('SERVICE_UNAVAILABLE', 'This cannot be done just now. Please try again in a few minutes.') };
}

/** What every answer says to browsers and to caches on the way. */
function careful(reply: FastifyReply): FastifyReply {
  reply.headers({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  return reply.hasHeader('cache-control') ? reply : reply.header('cache-control', 'no-store');
}

/** Answers GraphQL for another route than /graphql, with viewers that are known by something else than a token. */
export type AnswerGraphql = (context: (request: FastifyRequest) => Promise<RequestContext>) => RouteHandlerMethod;

export interface GatewayServer {
  readonly server: FastifyInstance;
  readonly graphql: AnswerGraphql;
}

/** Everything that listens: GraphQL, health, public keys. Not listening yet. */
export async function createServer({ app, schema, jwks, trustProxy, origins, onResponse }: ServerOptions): Promise<GatewayServer> {
  const server = Fastify({
    bodyLimit: MOST_BODY_BYTES, trustProxy, logger: false,
    // An address that no route is looked up for, such as one with %ff in it: the framework's own answer repeats it. No hook runs.
    frameworkErrors: (_error, _request, reply: FastifyReply) => void careful(reply).status(400).send(problem('INVALID_INPUT', 'The address cannot be read.', 'address')),
  });
  server.removeContentTypeParser('text/plain');
  const apollo = apolloServer(app, schema, [fastifyApolloDrainPlugin(server)]);
  await apollo.start();
  await server.register(cors, { origin: [...origins], methods: ['POST'], allowedHeaders: ['authorization', 'content-type'], maxAge: 600 });

  server.addHook('onSend', async (_request, reply) => {
    careful(reply);
  });
  server.addHook('onResponse', async (request, reply) => {
    onResponse?.(reply.statusCode, reply.elapsedTime / 1000);
    app.log.info({ event: 'request', method: request.method, route: request.routeOptions.url ?? null, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered');
  });
  server.setErrorHandler<FastifyError>((error, _request, reply) => {
    const { status, body } = refusal(error);
    if (status >= 500) app.log.error({ event: 'server_error', name: error.name, code: error.code }, 'a request failed before it reached GraphQL');
    return reply.status(status).send(body);
  });
  server.setNotFoundHandler((_request, reply) => reply.status(404).send(problem('NOT_FOUND', 'There is nothing at this address. GraphQL is at POST /graphql.')));

  const graphql: AnswerGraphql = (context) => fastifyApolloHandler(apollo, { context }) as unknown as RouteHandlerMethod;
  server.post('/graphql', graphql((request) => contextFor(app, request.headers.authorization, request.ip)));
  // Not by GET: variables would stand in addresses, and addresses stand in logs.
  server.get('/graphql', (_request, reply) => reply.status(405).header('allow', 'POST').send(problem('INVALID_INPUT', 'Send queries with POST.', 'method')));
  server.get('/healthz', () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    const parts = Object.fromEntries(await Promise.all(Object.entries(app.parts).map(async ([name, part]) =>
      [name, await part.ping().then(() => 'ok', () => 'unavailable')] as const)));
    const ready = Object.values(parts).every((state) => state === 'ok');
    return reply.status(ready ? 200 : 503).send({ status: ready ? 'ok' : 'unavailable', parts });
  });
  server.get('/.well-known/jwks.json', (_request, reply) => reply.header('cache-control', 'public, max-age=300').send(jwks));
  return { server, graphql };
}
