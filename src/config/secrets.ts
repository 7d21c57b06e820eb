import { z } from 'zod';
import type { Reader } from './reader.js';
import { staffClientSecret } from './staff.js';

/** Kept apart from Config, so that whoever logs a Config logs no secret. Null is "made for the demo". */
export interface Secrets {
  readonly legacySqlUrl: string | null;
  readonly legacySoapUrl: string | null;
  /** Redis's address carries its password. */
  readonly storeUrl: string;
  /** Null, in the demo alone: mail is kept in memory. */
  readonly smtpUrl: string | null;
  /** Null: the demo's own stand-in of the provider, or no payments at all. */
  readonly paymentsApiKey: string | null;
  /** Null: nobody tells of payments, they are asked about. */
  readonly paymentsWebhookSecret: string | null;
  readonly pepper: Uint8Array | null;
  /** Private JWKs. */
  readonly signingKeys: readonly Record<string, unknown>[] | null;
  /** Null: a public client, with PKCE alone. */
  readonly staffClientSecret: string | null;
}

/** Least entropy of the pepper: as much as the hash that it goes into is meant to have. */
const PEPPER_BYTES = 32;

const keysShape = z.union([
  z.object({ keys: z.array(z.looseObject({ kid: z.string(), d: z.string(), crv: z.literal('P-256') })).min(1) }).transform(({ keys }) => keys),
  z.array(z.looseObject({ kid: z.string(), d: z.string(), crv: z.literal('P-256') })).min(1),
]);

function signingKeys(reader: Reader): readonly Record<string, unknown>[] | null {
  const file = reader.file('SIGNING_KEYS_FILE');
  if (file === null) return null;
  try {
    return keysShape.parse(JSON.parse(file.toString('utf8')));
  } catch {
    reader.faults.push('SIGNING_KEYS_FILE: the file holds JSON {"keys": [...]} of private P-256 JWKs, each with a kid; the first one signs');
    return null;
  }
}

function pepperOf(reader: Reader): Uint8Array | null {
  const pepper = reader.file('PASSWORD_PEPPER_FILE');
  if (pepper !== null && pepper.length < PEPPER_BYTES) {
    reader.faults.push(`PASSWORD_PEPPER_FILE: the file holds at least ${PEPPER_BYTES} random bytes`);
  }
  return pepper;
}

/** The store's address: all that the operators' commands need to know. */
export function storeUrlOf(reader: Reader): string {
  const storeUrl = reader.text('STORE_URL') ?? 'file:./data/gateway.db';
  if (!/^(file:|rediss?:\/\/)/.test(storeUrl) || !URL.canParse(storeUrl)) reader.faults.push('STORE_URL: an address that begins with file:, redis:// or rediss://');
  return storeUrl;
}

/** What only the gateway may know. @param legacy the legacy system's addresses, which carry passwords: they were read before, since they decide whether this is the demo. */
export function secretsOf(reader: Reader, legacy: Pick<Secrets, 'legacySqlUrl' | 'legacySoapUrl'>): Secrets {
  return {
    ...legacy, storeUrl: storeUrlOf(reader), smtpUrl: reader.url('SMTP_URL', ['smtp:', 'smtps:']), pepper: pepperOf(reader), signingKeys: signingKeys(reader),
    staffClientSecret: staffClientSecret(reader),
    paymentsApiKey: reader.secret('PAYMENTS_API_KEY_FILE'), paymentsWebhookSecret: reader.secret('PAYMENTS_WEBHOOK_SECRET_FILE'),
  };
}
