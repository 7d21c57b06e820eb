/** `GET /payments/<id>/return`, where the provider sends tenants back to, and `POST /payments/webhook`, where it tells of payments. */
import type { FastifyInstance } from 'fastify';
import type { App } from './application/app.js';
import { isSigned, returningTo, takeEvent } from './application/payments/coming-back.js';
import { problem, sendUnavailable } from './server.js';

/** 256 bits as base64url. */
const TOKEN = /^[\w-]{43}$/;

/** @param webhookSecret null where none is set: then there is no such address. */
export function servePayments(server: FastifyInstance, app: App, webhookSecret: string | null): void {
  server.get<{ Params: { token: string } }>('/payments/:token/return', async (request, reply) => {
    const { token } = request.params;
    try {
      const address = TOKEN.test(token) ? await returningTo(app, token) : null;
      // 303, so that whatever brought the browser here, it goes on with GET.
      return address === null ? reply.callNotFound() : reply.redirect(address, 303);
    } catch (error) {
      return sendUnavailable(reply, error);
    }
  });
  if (webhookSecret === null) return;
  // In a scope of its own: the signature is of the bytes as they came, so nothing may parse them first.
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.post('/payments/webhook', async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const signature = request.headers['pay-signature'];
      if (typeof signature !== 'string' || !isSigned(webhookSecret, body, signature)) {
        app.log.warn({ event: 'payment_webhook_refused' }, 'a webhook did not bear the provider\'s signature');
        return reply.status(401).send(problem('UNAUTHENTICATED', 'This does not bear the provider\'s signature.'));
      }
      try {
        await takeEvent(app, body);
        return reply.status(200).send({ status: 'ok' });
      } catch (error) {
        return sendUnavailable(reply, error);
      }
    });
  });
}
