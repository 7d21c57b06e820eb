/** A provider that says whatever a test wants it to: forged tokens, none at all, or nothing since it is away. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';

export const CLIENT = 'gateway-client';
export const AUDIENCE = 'gateway-api';

export class TestProvider {
  #server: Server | undefined;
  #port = 0;
  readonly keys = new Map<string, { privateKey: CryptoKey; publicJwk: JWK }>();
  /** Requests by path. */
  readonly asked: string[] = [];
  /** What the token endpoint answers. */
  tokens: () => Promise<{ status?: number; body: object }> = async () => ({ status: 400, body: { error: 'invalid_grant' } });

  get issuer(): string {
    return `http://127.0.0.1:${this.#port}/tenant/v2.0`;
  }

  /** What a gateway needs to know of it. */
  settings(more: Record<string, string> = {}): Record<string, string> {
    return {
      STAFF_OIDC_ISSUER: this.issuer, STAFF_OIDC_CLIENT_ID: CLIENT, STAFF_OIDC_AUDIENCE: AUDIENCE,
      STAFF_OIDC_STAFF_GROUPS: 'helpers, helpers-too', STAFF_OIDC_ADMIN_GROUPS: 'leaders', ...more,
    };
  }

  async start(): Promise<this> {
    for (const [kid, alg] of [['es', 'ES256'], ['rs', 'RS256'], ['ps', 'PS256']] as const) {
      if (!this.keys.has(kid)) await this.addKey(kid, alg);
    }
    this.#server = createServer((request, response) => {
      const path = request.url?.replace('/tenant/v2.0', '') ?? '';
      this.asked.push(path);
      const answer = (body: object, status = 200): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      const at = (place: string): string => `${this.issuer}${place}`;
      if (path === '/.well-known/openid-configuration') {
        answer({
          issuer: this.issuer, authorization_endpoint: at('/authorize'), token_endpoint: at('/token'), jwks_uri: at('/keys'), end_session_endpoint: at('/logout'),
          response_types_supported: ['code'], subject_types_supported: ['pairwise'], id_token_signing_alg_values_supported: ['RS256', 'ES256'],
        });
      } else if (path === '/keys') answer({ keys: [...this.keys.values()].map(({ publicJwk }) => publicJwk) });
      else if (path === '/token') this.tokens().then(({ body, status }) => answer(body, status), () => answer({ error: 'server_error' }, 500));
      else answer({}, 404);
    }).listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  async addKey(kid: string, alg: string): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    this.keys.set(kid, { privateKey, publicJwk: { ...await exportJWK(publicKey), kid, alg, use: 'sig' } });
  }

  /** It is gone; `start` brings it back at the same address, with the same keys. */
  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  /** An access token with these claims and no others. */
  sign(claims: JWTPayload, header: Record<string, unknown> = {}, key = 'es'): Promise<string> {
    const { privateKey, publicJwk } = this.keys.get(key)!;
    return new SignJWT(claims).setProtectedHeader({ alg: publicJwk.alg!, kid: key, typ: 'at+jwt', ...header }).sign(privateKey);
  }
}
