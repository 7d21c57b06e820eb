/** The council's own sign-in by OpenID Connect: discovery and the code flow by openid-client, access tokens by jose. */
import { createRemoteJWKSet, decodeJwt, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import * as oidc from 'openid-client';
import type { Clock, Log, Random } from '../../src/application/ports.js';
import { staffPerson, type StaffIdentity, type StaffPerson, type StaffRefusal, type StaffRules } from '../../src/application/staff/identity.js';
import { GatewayError } from '../../src/domain/errors.js';
import { remembered } from '../remembered.js';

/** Signatures that only the provider can make: none, and none made with a secret that the gateway shares. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
/** For connecting and answering together. */
const ANSWER_SECONDS = 5;
/** While the provider is away it is asked this often, and not by every request. */
const ASK_AGAIN_MS = 2_000;
/** A key that nobody knows has the keys fetched again, but not more often than this. */
const KEYS_COOL_DOWN_MS = 30_000;
/** How far the provider's clock and ours may be apart: for what is not valid yet. What has expired has expired. */
const TOLERANCE_SECONDS = 30;
const MOST_REMEMBERED = 1_000;

export interface StaffOptions extends StaffRules {
  readonly issuer: string;
  readonly clientId: string;
  /** Null for a public client. */
  readonly clientSecret: string | null;
  readonly audience: string;
  readonly scope: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

interface Provider {
  readonly metadata: oidc.ServerMetadata;
  readonly keys: JWTVerifyGetKey;
}

/** Staff sign-in at a provider, which is looked for when it is first needed: the gateway starts without it. */
export function oidcStaff(options: StaffOptions): StaffIdentity {
  const { clientId, clientSecret, clock, random, log } = options;
  const insecure = options.issuer.startsWith('http:');
  let found: Promise<Provider> | undefined;
  let askAgainAt = -Infinity;

  const away = (cause: unknown): GatewayError => {
    askAgainAt = clock().getTime() + ASK_AGAIN_MS;
    log.warn({ event: 'staff_provider_away', cause: causeOf(cause) }, 'the staff sign-in provider does not answer');
    return unavailable(cause);
  };

  const provider = (): Promise<Provider> => {
    if (clock().getTime() < askAgainAt) return Promise.reject(unavailable());
    found ??= discover(options.issuer, clientId, insecure).then((metadata) => {
      const remote = createRemoteJWKSet(new URL(metadata.jwks_uri ?? ''), { timeoutDuration: ANSWER_SECONDS * 1000, cooldownDuration: KEYS_COOL_DOWN_MS });
      return {
        metadata,
        keys: async (header, token) => {
          try {
            return await remote(header, token);
          } catch (cause) {
            if (cause instanceof errors.JWKSNoMatchingKey || cause instanceof errors.JWKSMultipleMatchingKeys) throw cause;
            throw away(cause);
          }
        },
      } satisfies Provider;
    }).catch((cause: unknown) => {
      found = undefined;
      throw away(cause);
    });
    return found;
  };

  /** The library's view of both sides, with our clock: it reads the machine's own. */
  const configuration = ({ metadata }: Provider): oidc.Configuration => {
    const client = { [oidc.clockSkew]: Math.round((clock().getTime() - Date.now()) / 1000), [oidc.clockTolerance]: TOLERANCE_SECONDS };
    const configured = new oidc.Configuration(metadata, clientId, client, clientSecret === null ? oidc.None() : oidc.ClientSecretPost(clientSecret));
    configured.timeout = ANSWER_SECONDS;
    if (insecure) oidc.allowInsecureRequests(configured);
    // The ID token's signature is checked too, although it comes straight from the provider.
    oidc.enableNonRepudiationChecks(configured);
    return configured;
  };

  const letIn = (claims: JWTPayload, issuer: string): StaffPerson | StaffRefusal | null => {
    if (typeof claims.sub !== 'string' || claims.sub === '') return null;
    const outcome = staffPerson({ ...claims, iss: issuer, sub: claims.sub }, options);
    if (outcome === 'GROUPS_LEFT_OUT') {
      log.warn({ event: 'staff_groups_left_out' }, 'somebody is in more groups than a token holds and was refused: use app roles (STAFF_OIDC_GROUPS_CLAIM=roles), or send only the groups assigned to the application');
    }
    return outcome;
  };

  const check = async (token: string): Promise<{ readonly says: StaffPerson; readonly until: number } | null> => {
    const { metadata, keys } = await provider();
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        algorithms: ALGORITHMS, issuer: metadata.issuer, audience: options.audience, currentDate: clock(), clockTolerance: TOLERANCE_SECONDS, requiredClaims: ['exp', 'sub'],
      });
      const until = (payload.exp ?? 0) * 1000;
      if (until <= clock().getTime()) throw new errors.JWTExpired('expired', payload, 'exp', 'check_failed');
      const outcome = isAccessToken(protectedHeader.typ, payload) ? letIn(payload, metadata.issuer) : null;
      if (outcome !== null && typeof outcome !== 'string') return { says: outcome, until };
      log.info({ event: 'staff_token_refused', reason: outcome ?? 'NOT_AN_ACCESS_TOKEN' }, 'a staff token was refused');
    } catch (error) {
      if (error instanceof GatewayError) throw error;
      log.info({ event: 'staff_token_refused', reason: error instanceof errors.JOSEError ? error.code : 'UNREADABLE' }, 'a staff token was refused');
    }
    return null;
  };

  return {
    claims(token) {
      try {
        return sameIssuer(decodeJwt(token).iss, options.issuer);
      } catch {
        return false;
      }
    },
    verify: remembered({ most: MOST_REMEMBERED, clock, check }),
    async begin(redirectUri) {
      const configured = configuration(await provider());
      const [state, nonce, verifier] = [random.token(32), random.token(32), random.token(32)];
      const url = oidc.buildAuthorizationUrl(configured, {
        redirect_uri: redirectUri, scope: options.scope, state, nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
      });
      return { url: url.href, state, nonce, verifier };
    },
    async complete(answered, { state, nonce, verifier }) {
      const known = await provider();
      try {
        const tokens = await oidc.authorizationCodeGrant(configuration(known), answered,
          { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true });
        const claims = tokens.claims();
        return claims === undefined ? null : letIn(claims, known.metadata.issuer);
      } catch (error) {
        if (isAway(error)) throw away(error);
        log.info({ event: 'staff_sign_in_answer', cause: causeOf(error) }, 'the staff sign-in provider\'s answer was no good');
        return null;
      }
    },
    async endSessionUrl(afterwards) {
      const known = await provider();
      if (known.metadata.end_session_endpoint === undefined) return null;
      // Without the ID token as a hint: it would stand in an address.
      return oidc.buildEndSessionUrl(configuration(known), { post_logout_redirect_uri: afterwards }).href;
    },
  };
}

async function discover(issuer: string, clientId: string, insecure: boolean): Promise<oidc.ServerMetadata> {
  const discovered = await oidc.discovery(new URL(issuer), clientId, undefined, oidc.None(), { timeout: ANSWER_SECONDS, ...(insecure && { execute: [oidc.allowInsecureRequests] }) });
  const metadata = discovered.serverMetadata();
  const reachable = (address: string | undefined): boolean => address !== undefined && URL.canParse(address) && (insecure || address.startsWith('https:'));
  // Entra ID's addresses for every tenant at once ("common") have a blank in their issuer, which no token matches.
  if (!sameIssuer(metadata.issuer, issuer)) throw Object.assign(new Error('another issuer'), { code: 'ANOTHER_ISSUER' });
  if (![metadata.jwks_uri, metadata.authorization_endpoint, metadata.token_endpoint].every(reachable)) throw Object.assign(new Error('addresses are missing'), { code: 'ADDRESSES_MISSING' });
  return metadata;
}

/** Some providers end their name with a slash, and people who copy it leave that out. */
const sameIssuer = (said: unknown, issuer: string): boolean => typeof said === 'string' && said.replace(/\/$/, '') === issuer.replace(/\/$/, '');

/**
 * Whether a token is for calling somebody with. An ID token may be for the same audience and well signed, but tells a client who
 * signed in and opens nothing; access tokens say so in their type (RFC 9068), or name what their holder agreed to.
 */
const isAccessToken = (type: string | undefined, { scp, scope }: JWTPayload): boolean =>
  /^(application\/)?at\+jwt$/i.test(type ?? '') || [scp, scope].some((agreed) => typeof agreed === 'string' && agreed !== '');

const unavailable = (cause?: unknown): GatewayError =>
  new GatewayError('SERVICE_UNAVAILABLE', 'The staff sign-in cannot be reached just now. Please try again in a few minutes.', { system: 'staff-sign-in', cause });

/** Whether it was no answer, rather than a bad one. */
function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, status } = error as { code?: unknown; status?: unknown };
  if (code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT') return true;
  // How `fetch` says that nobody answered.
  if (error instanceof TypeError) return error.cause instanceof Error;
  return Number(error.cause instanceof Response ? error.cause.status : status) >= 500;
}

/** What providers may answer with (RFC 6749, OpenID Connect Core). Any other word may have come by a browser, which writes what it likes. */
const ANSWERS = new Set([
  'access_denied', 'account_selection_required', 'consent_required', 'interaction_required', 'invalid_client', 'invalid_grant', 'invalid_request', 'invalid_scope',
  'login_required', 'server_error', 'temporarily_unavailable', 'unauthorized_client', 'unsupported_grant_type', 'unsupported_response_type',
]);

/** A word for the log: messages may quote a token or an address. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { error: answer, code } = error as { error?: unknown; code?: unknown };
  if (typeof answer === 'string' && ANSWERS.has(answer)) return answer;
  const codes = [(error.cause as { code?: unknown } | undefined)?.code, code];
  return codes.find((word): word is string => typeof word === 'string' && /^[A-Z\d_]{1,60}$/.test(word)) ?? error.name;
}
