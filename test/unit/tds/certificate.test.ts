import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { selfSignedCertificate } from '../../../fixtures/legacy/tds/certificate.js';

describe('the certificate', () => {
  it.each(['2017-02-08T00:00:00Z', '2045-06-01T12:00:00Z'])('made at %s is what OpenSSL takes for a self-signed one of that name and time', (text) => {
    const now = new Date(text);
    const { key, cert } = selfSignedCertificate('localhost', now);
    const read = new X509Certificate(cert);
    expect(read.subject).toBe('CN=localhost');
    expect(read.issuer).toBe(read.subject);
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(read.checkHost('localhost')).toBe('localhost');
    expect(read.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(read.ca).toBe(true);
    expect(new Date(read.validFrom).getTime()).toBe(now.getTime() - 86_400_000);
    expect(new Date(read.validTo).getTime()).toBe(now.getTime() + 3650 * 86_400_000);
    expect(selfSignedCertificate('localhost', now).cert).not.toBe(cert);
  });
});
