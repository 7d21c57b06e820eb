/** `GET /statements/<id>.csv` and `.pdf`: statements to keep, for whoever asked for their addresses and has the token to show it. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { App } from './application/app.js';
import { downloadStatement, FORMATS } from './application/housing/statement-downloads.js';
import { GatewayError, type ErrorCode } from './domain/errors.js';
import { contextFor } from './graphql/context.js';
import { problem } from './server.js';

/** 256 bits as base64url, and a format. */
const fileShape = z.string().regex(/^[\w-]{43}\.[a-z]+$/)
  .transform((file) => ({ id: file.slice(0, 43), format: file.slice(44) }))
  .pipe(z.object({ id: z.string(), format: z.enum(FORMATS) }));

const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  UNAUTHENTICATED: 401, FORBIDDEN: 403, PASSWORD_CHANGE_REQUIRED: 403, TOO_MANY_REQUESTS: 429, LEGACY_REFUSED: 502,
};

export function serveStatements(server: FastifyInstance, app: App): void {
  server.get<{ Params: { file: string } }>('/statements/:file', async (request, reply) => {
    try {
      // Whose token it is comes first: without one, nothing can be told from a good address or a bad one.
      const viewer = (await contextFor(app, request.headers.authorization, request.ip)).access.require();
      const asked = fileShape.safeParse(request.params.file);
      const file = asked.success ? await downloadStatement(app, viewer, asked.data.id, asked.data.format) : null;
      if (file === null) return reply.callNotFound();
      return reply.type(file.mediaType)
        .header('content-disposition', `attachment; filename="${file.name}"`)
        // A front end at another origin may read the name.
        .header('access-control-expose-headers', 'content-disposition')
        .send(Buffer.from(file.bytes));
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      if (error.code === 'UNAUTHENTICATED') reply.header('www-authenticate', 'Bearer');
      return reply.status(STATUS[error.code] ?? 503).send(problem(error.code, error.message));
    }
  });
}
