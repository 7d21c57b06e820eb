import { randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT, type CryptoKey, type JWK } from 'jose';
import type { Clock, TokenIssuer } from '../../src/application/ports.js';
import type { AccessClaims } from '../../src/application/identity/tokens.js';
import { remembered } from '../remembered.js';

const ALGORITHM = 'ES256';
const TYPE = 'at+jwt';
export const AUDIENCE = 'housing-gateway';
/** Verified tokens are remembered until they die: a signature costs 166 µs to check, a look-up 2. */
const MOST_REMEMBERED = 10_000;

/** A private ES256 key as a JWK, for a signing-keys file. */
export async function newSigningKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, alg: ALGORITHM, use: 'sig', kid: await calculateJwkThumbprint(jwk) };
}

export interface TokenOptions {
  /** Private JWKs: the first signs, all of them verify, so that a key can be retired when its last token has died. */
  readonly keys: readonly JWK[];
  /** PUBLIC_URL: whose tokens these are. Asked for at each use, since it may not be known at the start. */
  readonly issuer: () => string;
  readonly clock: Clock;
}

export interface JoseTokens extends TokenIssuer {
  /** The public keys, for `/.well-known/jwks.json`. */
  readonly jwks: { readonly keys: readonly JWK[] };
}

/** @throws where there is no key, or one is not a private ES256 key with a kid. */
export async function joseTokens({ keys, issuer, clock }: TokenOptions): Promise<JoseTokens> {
  const imported = new Map<string, CryptoKey>();
  const publicKeys: JWK[] = [];
  for (const jwk of keys) {
    if (!jwk.kid || !jwk.d || jwk.crv !== 'P-256') throw new Error('a signing key is not a private P-256 JWK with a kid');
    const publicJwk: JWK = { kty: 'EC', crv: jwk.crv, ...(jwk.x && { x: jwk.x }), ...(jwk.y && { y: jwk.y }), kid: jwk.kid, alg: ALGORITHM, use: 'sig' };
    publicKeys.push(publicJwk);
    imported.set(jwk.kid, (await importJWK(publicJwk, ALGORITHM)) as CryptoKey);
  }
  const [signing] = keys;
  if (!signing?.kid) throw new Error('there is no signing key');
  const kid = signing.kid;
  const signingKey = (await importJWK(signing, ALGORITHM)) as CryptoKey;

  const check = async (token: string): Promise<AccessClaims | null> => {
    try {
      const { payload } = await jwtVerify(token, (header) => {
        const key = header.kid === undefined ? undefined : imported.get(header.kid);
        if (!key) throw new Error('a key that is not ours');
        return key;
      }, {
        algorithms: [ALGORITHM], issuer: issuer(), audience: AUDIENCE, typ: TYPE, currentDate: clock(),
        requiredClaims: ['iss', 'aud', 'sub', 'exp', 'iat', 'jti', 'sid'],
      });
      const { sub, sid, iat, exp, jti } = payload;
      if (typeof sub !== 'string' || typeof sid !== 'string' || typeof jti !== 'string' || iat === undefined || exp === undefined) return null;
      if (iat * 1000 > clock().getTime() + 1000) return null;
      return { subject: sub, session: sid, issuedAt: new Date(iat * 1000), expiresAt: new Date(exp * 1000) };
    } catch {
      return null;
    }
  };

  return {
    jwks: { keys: publicKeys },
    issue: ({ subject, session, issuedAt, expiresAt }) =>
      new SignJWT({ sid: session })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid })
        .setIssuer(issuer()).setAudience(AUDIENCE).setSubject(subject).setJti(randomUUID())
        .setIssuedAt(Math.floor(issuedAt.getTime() / 1000)).setExpirationTime(Math.floor(expiresAt.getTime() / 1000))
        .sign(signingKey),
    verify: remembered({
      most: MOST_REMEMBERED, clock,
      check: async (token) => {
        const claims = await check(token);
        return claims && { says: claims, until: claims.expiresAt.getTime() };
      },
    }),
  };
}
