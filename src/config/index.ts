/** The environment, read once and checked whole: every fault is reported together, each by its variable's name. */
import { landlords } from '../landlords/index.js';
import { paymentsUrl } from './payments.js';
import { Reader, type Environment } from './reader.js';
import { secretsOf, type Secrets } from './secrets.js';
import { simulatorOf, type SimulatorConfig } from './simulator.js';
import { staffOf, type StaffConfig } from './staff.js';

export type { Secrets } from './secrets.js';
export { STAFF_REQUIRED, type StaffConfig } from './staff.js';

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
  readonly simulator: SimulatorConfig;
}

export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Six years: as long as a claim under a tenancy can be brought (Limitation Act 1980, section 5). */
const AUDIT_DAYS = 6 * 365 + 2;

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
  if (!demo) {
    reader.required(['LEGACY_SQL_URL', 'LEGACY_SOAP_URL', 'PASSWORD_PEPPER_FILE', 'SIGNING_KEYS_FILE', ...(production ? ['PUBLIC_URL'] : []), ...forMail],
      production ? 'in production' : 'outside the demo (which is: neither legacy address set)');
  }
  const dataDir = reader.text('DATA_DIR') ?? './data';
  const portalUrl = reader.url('PORTAL_URL', ['http:', 'https:']);
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
    simulator: simulatorOf(reader),
    staff: staffOf(reader),
    staffProviderPort: reader.port('SIM_STAFF_PORT', 0),
  };
  const secrets = secretsOf(reader, { legacySqlUrl, legacySoapUrl });
  if (reader.faults.length > 0) throw new ConfigError(reader.faults);
  return { config, secrets };
}
