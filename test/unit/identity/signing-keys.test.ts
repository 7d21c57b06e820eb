import { describe, expect, it } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import { joseTokens, newSigningKey } from '../../../adapters/jose/tokens.js';

const clock = (): Date => new Date('2017-02-08T12:00:00Z');
const issuer = () => 'http://gateway.test';
const claims = { subject: 'an-account', session: 'a-session', issuedAt: clock(), expiresAt: new Date('2017-02-08T12:10:00Z') };

describe('signing keys', () => {
  it('rotate: the first signs, older ones verify until they are taken away', async () => {
    const [old, next] = [await newSigningKey(), await newSigningKey()];
    const before = await joseTokens({ keys: [old], issuer, clock });
    const during = await joseTokens({ keys: [next, old], issuer, clock });
    const after = await joseTokens({ keys: [next], issuer, clock });
    const [oldToken, nextToken] = [await before.issue(claims), await during.issue(claims)];
    expect([oldToken, nextToken].map((token) => decodeProtectedHeader(token).kid)).toEqual([old.kid, next.kid]);
    expect(await during.verify(oldToken)).toEqual(claims);
    expect(await during.verify(nextToken)).toEqual(claims);
    expect(await after.verify(oldToken)).toBeNull();
    expect(await after.verify(nextToken)).toEqual(claims);
    expect(await before.verify(nextToken)).toBeNull();
  });

  it('are published without their private part, all of them, the signing one first', async () => {
    const [old, next] = [await newSigningKey(), await newSigningKey()];
    const { jwks } = await joseTokens({ keys: [next, old], issuer, clock });
    expect(jwks.keys.map(({ kid, alg, use }) => ({ kid, alg, use }))).toEqual([next, old].map(({ kid }) => ({ kid, alg: 'ES256', use: 'sig' })));
    expect(JSON.stringify(jwks)).not.toContain('"d"');
  });

  it('stop the start where one is missing or is no private key', async () => {
    const publicKey = { ...(await newSigningKey()), d: undefined };
    await expect(joseTokens({ keys: [], issuer, clock })).rejects.toThrow('there is no signing key');
    await expect(joseTokens({ keys: [publicKey], issuer, clock })).rejects.toThrow('not a private P-256 JWK');
  });
});
