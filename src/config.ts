/** The environment, read once and checked whole: every fault is reported together, each by its variable's name. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { landlords } from './landlords/index.js';

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly opsPort: number;
  readonly landlord: string;
  readonly production: boolean;
  /** Neither legacy address is set and this is not production: everything is simulated. */
  readonly demo: boolean;
  readonly dataDir: string;
  /** Null where the gateway's own address, known once it listens, will do. */
  readonly publicUrl: string | null;
  /** The front end's address; null, in the demo alone, where the gateway's own will do. */
  readonly portalUrl: string | null;
  /** Whom mail comes from; the landlord's own address where nothing else is said. */
  readonly mailFrom: string;
  readonly trustProxy: boolean;
  readonly logLevel: string;
  /** The card provider's address. */
  readonly paymentsUrl: string;
  /** Origins that tenants may be sent back to after a payment; null, in the demo alone, where the gateway's own will do. */
  readonly returnOrigins: readonly string[] | null;
  /** How long after a broken connection the legacy system may still commit. */
  readonly settleSeconds: number;
  /** Where the audit trail's head is kept, apart from the store, and for how many days its entries are. */
  readonly audit: { readonly headFile: string; readonly retentionDays: number };
  /** Where staff sign in; null where nothing of it is set: the demo has a provider of its own, and elsewhere staff cannot sign in. */
  readonly staff: StaffConfig | null;
  /** Where the demo's own provider listens; 0 takes a free port. */
  readonly staffProviderPort: number;
  readonly simulator: { readonly sqlPort: number; readonly soapPort: number; readonly controlPort: number | null; readonly rowsFile: string | null; readonly paymentsPort: number; readonly postSeconds: number };
}

/** The council's own sign-in, by OpenID Connect. */
export interface StaffConfig {
  /** Exactly as the provider names itself. */
  readonly issuer: string;
  readonly clientId: string;
  /** Whom access tokens must be for. */
  readonly audience: string;
  readonly scope: string;
  readonly groupsClaim: string;
  readonly staffGroups: readonly string[];
  readonly adminGroups: readonly string[];
}

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

export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Six years: as long as a claim under a tenancy can be brought (Limitation Act 1980, section 5). */
const AUDIT_DAYS = 6 * 365 + 2;

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Least entropy of the pepper: as much as the hash that it goes into is meant to have. */
const PEPPER_BYTES = 32;

class Reader {
  readonly faults: string[] = [];

  constructor(private readonly environment: Environment) {}

  text(name: string): string | null {
    return this.environment[name]?.trim() || null;
  }

  port(name: string, fallback: number): number {
    const text = this.text(name);
    if (text === null) return fallback;
    const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
    if (!(port <= 65_535)) this.faults.push(`${name}: a port is a number from 0 to 65535`);
    return port;
  }

  number(name: string, fallback: number, what: string, least: number, most: number): number {
    const text = this.text(name);
    if (text === null) return fallback;
    const number = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
    if (!(number >= least && number <= most)) this.faults.push(`${name}: a number of ${what} from ${least} to ${most}`);
    return number;
  }

  oneOf(name: string, values: readonly string[], fallback: string): string {
    const text = this.text(name) ?? fallback;
    if (!values.includes(text)) this.faults.push(`${name}: one of ${values.join(', ')}`);
    return text;
  }

  url(name: string, protocols: readonly string[]): string | null {
    const text = this.text(name);
    if (text === null) return null;
    if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol)) {
      this.faults.push(`${name}: an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`);
    }
    return text;
  }

  /** An address that only this machine, or whoever holds a certificate for it, can answer at. */
  secureUrl(name: string): string | null {
    const text = this.text(name);
    if (text === null) return null;
    const url = URL.canParse(text) ? new URL(text) : null;
    const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname));
    if (!safe || url.username !== '' || url.search !== '' || url.hash !== '') this.faults.push(`${name}: an address that begins with https://, or http:// on this machine, and ends with its path`);
    return text;
  }

  /** Values with commas between them. */
  list(name: string): readonly string[] {
    return (this.text(name) ?? '').split(',').map((value) => value.trim()).filter((value) => value !== '');
  }

  /** Origins, separated by commas. */
  origins(name: string): readonly string[] | null {
    const text = this.text(name);
    if (text === null) return null;
    const origins = text.split(',').map((part) => part.trim()).filter(Boolean);
    const good = (origin: string): boolean => /^https?:/i.test(origin) && URL.canParse(origin) && new URL(origin).href === `${new URL(origin).origin}/`;
    if (!origins.every(good)) this.faults.push(`${name}: origins such as https://portal.example.org, separated by commas, with no path`);
    return origins.filter(good).map((origin) => new URL(origin).origin);
  }

  /** One word in a file: what a header or a signature is made with. */
  secret(name: string): string | null {
    const text = this.file(name)?.toString('utf8').trim() ?? null;
    if (text !== null && !/^[\x21-\x7e]+$/.test(text)) this.faults.push(`${name}: the file holds the one secret, of letters, digits and signs without blanks, and nothing else`);
    return text;
  }

  email(name: string): string | null {
    const text = this.text(name);
    if (text !== null && !z.email().safeParse(text).success) this.faults.push(`${name}: an e-mail address`);
    return text;
  }

  /** The content of the file that a variable names. */
  file(name: string): Buffer | null {
    const path = this.text(name);
    if (path === null) return null;
    try {
      return readFileSync(path);
    } catch {
      this.faults.push(`${name}: the file cannot be read`);
      return null;
    }
  }

  required(names: readonly string[], because: string): void {
    for (const name of names) {
      if (this.text(name) === null) this.faults.push(`${name}: must be set ${because}`);
    }
  }
}

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

/** Without these nobody can be recognised as staff. */
export const STAFF_REQUIRED = ['STAFF_OIDC_ISSUER', 'STAFF_OIDC_CLIENT_ID', 'STAFF_OIDC_STAFF_GROUPS', 'STAFF_OIDC_ADMIN_GROUPS'] as const;
const STAFF_OPTIONAL = ['STAFF_OIDC_CLIENT_SECRET_FILE', 'STAFF_OIDC_AUDIENCE', 'STAFF_OIDC_GROUPS_CLAIM', 'STAFF_OIDC_SCOPE'];

function staffOf(reader: Reader): StaffConfig | null {
  if ([...STAFF_REQUIRED, ...STAFF_OPTIONAL].every((name) => reader.text(name) === null)) return null;
  reader.required(STAFF_REQUIRED, 'where other settings of STAFF_OIDC are');
  const clientId = reader.text('STAFF_OIDC_CLIENT_ID') ?? '';
  const scope = reader.text('STAFF_OIDC_SCOPE') ?? 'openid profile email';
  if (!scope.split(/\s+/).includes('openid')) reader.faults.push('STAFF_OIDC_SCOPE: names with spaces between them, openid among them');
  const groups = (name: string): readonly string[] => {
    const values = reader.list(name);
    if (reader.text(name) !== null && values.length === 0) reader.faults.push(`${name}: one group or several, with commas between them`);
    return values;
  };
  return {
    issuer: reader.secureUrl('STAFF_OIDC_ISSUER') ?? '', clientId, scope,
    audience: reader.text('STAFF_OIDC_AUDIENCE') ?? clientId,
    groupsClaim: reader.text('STAFF_OIDC_GROUPS_CLAIM') ?? 'groups',
    staffGroups: groups('STAFF_OIDC_STAFF_GROUPS'), adminGroups: groups('STAFF_OIDC_ADMIN_GROUPS'),
  };
}

function staffClientSecret(reader: Reader): string | null {
  const file = reader.file('STAFF_OIDC_CLIENT_SECRET_FILE');
  if (file === null) return null;
  const secret = file.toString('utf8').trim();
  if (secret === '') reader.faults.push('STAFF_OIDC_CLIENT_SECRET_FILE: the file is empty');
  return secret;
}

const GOVUK_PAY = 'https://publicapi.payments.service.gov.uk';

/** The key goes with every call, so that nothing but TLS will do off this machine. */
function paymentsUrl(reader: Reader): string {
  const url = reader.url('PAYMENTS_URL', ['https:', 'http:']) ?? GOVUK_PAY;
  if (URL.canParse(url) && new URL(url).protocol === 'http:' && !/^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(url).hostname)) {
    reader.faults.push('PAYMENTS_URL: an address that begins with https:// where it is not on this machine');
  }
  return url;
}

/** @throws ConfigError with every fault of the environment. */
export function readConfig(environment: Environment): { config: Config; secrets: Secrets } {
  const reader = new Reader(environment);
  const production = reader.text('NODE_ENV') === 'production';
  const legacySqlUrl = reader.text('LEGACY_SQL_URL');
  const legacySoapUrl = reader.url('LEGACY_SOAP_URL', ['http:', 'https:']);
  const demo = legacySqlUrl === null && legacySoapUrl === null && !production;
  const landlord = reader.oneOf('LANDLORD', [...landlords.keys()], 'wiltshire');
  const landlordEmail = landlords.get(landlord)?.email;
  const forMail = ['SMTP_URL', 'PORTAL_URL', ...(landlordEmail === undefined ? ['MAIL_FROM'] : [])];
  if (production) {
    reader.required(['LEGACY_SQL_URL', 'LEGACY_SOAP_URL', 'PASSWORD_PEPPER_FILE', 'SIGNING_KEYS_FILE', 'PUBLIC_URL', ...forMail], 'in production');
  } else if (!demo) {
    reader.required(['LEGACY_SQL_URL', 'LEGACY_SOAP_URL', 'PASSWORD_PEPPER_FILE', 'SIGNING_KEYS_FILE', ...forMail], 'outside the demo (which is: neither legacy address set)');
  }
  const dataDir = reader.text('DATA_DIR') ?? './data';
  const portalUrl = reader.url('PORTAL_URL', ['http:', 'https:']);
  const simulatorPort = (name: string): number => reader.port(name, 0);
  const config: Config = {
    host: reader.text('HOST') ?? '127.0.0.1',
    port: reader.port('PORT', 4000),
    opsPort: reader.port('OPS_PORT', 9464),
    landlord,
    production,
    demo,
    dataDir,
    publicUrl: reader.url('PUBLIC_URL', ['http:', 'https:']),
    portalUrl,
    mailFrom: reader.email('MAIL_FROM') ?? landlordEmail ?? `no-reply@${landlord}.example`,
    trustProxy: reader.oneOf('TRUST_PROXY', ['true', 'false'], 'false') === 'true',
    logLevel: reader.oneOf('LOG_LEVEL', ['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'info'),
    settleSeconds: reader.number('LEGACY_SETTLE_SECONDS', 300, 'seconds', 1, 86_400),
    audit: {
      headFile: reader.text('AUDIT_HEAD_FILE') ?? `${dataDir}/audit-head.json`,
      retentionDays: reader.number('AUDIT_RETENTION_DAYS', AUDIT_DAYS, 'days', 1, 36_500),
    },
    paymentsUrl: paymentsUrl(reader),
    returnOrigins: reader.origins('RETURN_ORIGINS') ?? (portalUrl !== null && URL.canParse(portalUrl) ? [new URL(portalUrl).origin] : null),
    simulator: {
      sqlPort: simulatorPort('SIM_SQL_PORT'),
      soapPort: simulatorPort('SIM_SOAP_PORT'),
      controlPort: reader.text('SIM_CONTROL_PORT') === null ? null : simulatorPort('SIM_CONTROL_PORT'),
      rowsFile: reader.text('SIM_ROWS'),
      paymentsPort: simulatorPort('SIM_PAYMENTS_PORT'),
      postSeconds: reader.number('SIM_PAYMENTS_POST_SECONDS', 60, 'seconds', 0, 86_400),
    },
    staff: staffOf(reader),
    staffProviderPort: simulatorPort('SIM_STAFF_PORT'),
  };
  const storeUrl = reader.text('STORE_URL') ?? 'file:./data/gateway.db';
  if (!/^(file:|rediss?:\/\/)/.test(storeUrl) || !URL.canParse(storeUrl)) reader.faults.push('STORE_URL: an address that begins with file:, redis:// or rediss://');
  const secrets: Secrets = {
    legacySqlUrl, legacySoapUrl, storeUrl, smtpUrl: reader.url('SMTP_URL', ['smtp:', 'smtps:']), pepper: pepperOf(reader), signingKeys: signingKeys(reader),
    staffClientSecret: staffClientSecret(reader),
    paymentsApiKey: reader.secret('PAYMENTS_API_KEY_FILE'), paymentsWebhookSecret: reader.secret('PAYMENTS_WEBHOOK_SECRET_FILE'),
  };
  if (reader.faults.length > 0) throw new ConfigError(reader.faults);
  return { config, secrets };
}
