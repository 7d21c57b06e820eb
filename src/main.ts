/** The composition root: the only place that knows adapters and fixtures, the clock, randomness and the environment. */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Legacy } from '../fixtures/legacy/start.js';
import type { StaffProvider } from '../fixtures/staff/provider.js';
import type { PaymentStandIn } from '../fixtures/payments/provider.js';
import { argon2Hasher } from '../adapters/argon2/hasher.js';
import { csvStatement } from '../adapters/csv/statement.js';
import { fileHeads } from '../adapters/files/audit-head.js';
import { demoSecrets } from '../adapters/files/demo-secrets.js';
import { joseTokens, newSigningKey } from '../adapters/jose/tokens.js';
import { sqlLegacy } from '../adapters/mssql/legacy.js';
import { sqlServer } from '../adapters/mssql/pool.js';
import { oidcStaff } from '../adapters/oidc/staff.js';
import { govukPay } from '../adapters/payments/govuk-pay.js';
import { pdfStatement } from '../adapters/pdf/statement.js';
import { pinoLog } from '../adapters/pino/log.js';
import { prometheusMetrics, serveMetrics } from '../adapters/prometheus/metrics.js';
import { memoryMailer } from '../adapters/smtp/memory.js';
import { smtpMailer } from '../adapters/smtp/mailer.js';
import { soapService } from '../adapters/soap/client.js';
import { soapLegacy } from '../adapters/soap/legacy.js';
import { nodeRandom } from '../adapters/random.js';
import { soapWrites } from '../adapters/soap/writes.js';
import { openStore } from '../adapters/store.js';
import type { App } from './application/app.js';
import { auditTrail } from './application/audit/trail.js';
import { makeDemoAccounts } from './application/identity/demo-accounts.js';
import { startHousekeeping } from './application/housekeeping.js';
import { signInWatch } from './application/identity/watch.js';
import type { Clock, Log, Mailer, Store } from './application/ports.js';
import { commandLine } from './command-line.js';
import { ConfigError, readConfig, STAFF_REQUIRED, type Config } from './config/index.js';
import { demoAccounts, type DemoAccountEntry } from './demo/accounts.js';
import { STAFF_STAND_IN, startStaffSignIn, startStandIns } from './demo/start.js';
import { welcome } from './demo/welcome.js';
import { buildGatewaySchema } from './graphql/schema.js';
import { landlordNamed } from './landlords/index.js';
import { serveMailbox } from './mailbox.js';
import { packageRoot } from './package-root.js';
import { readAssets } from './playground/assets.js';
import { servePlayground } from './playground/page.js';
import { servePlaygroundSignIn } from './playground/sign-in.js';
import { servePayments } from './payments.js';
import { createServer } from './server.js';
import { serveStatements } from './statements.js';
import { workersOn } from './workers.js';

export interface Gateway {
  /** What the use cases work with; benchmarks call them without GraphQL. */
  readonly app: App;
  /** `http://HOST:PORT` */
  readonly url: string;
  readonly opsUrl: string;
  /** Whether mail is kept in memory, and read at `/demo/mailbox`. */
  readonly mailbox: boolean;
  readonly demoAccounts: readonly DemoAccountEntry[];
  /** The simulated legacy system, in the demo. */
  readonly legacy: Legacy | null;
  /** The stand-in for the council's own sign-in, in the demo. */
  readonly staffProvider: StaffProvider | null;
  /** The stand-in of the card provider, in the demo without a provider of its own. */
  readonly paymentStandIn: PaymentStandIn | null;
  close(): Promise<void>;
}

/** Front ends in development, on this machine. */
const LOCAL_ORIGIN = /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/;

const urlOf = (host: string, port: number): string => `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

/**
 * Starts a gateway as the environment says; in the demo, with its own legacy system.
 * @param replace parts to work with instead of the ones made here; benchmarks give a legacy system in memory. @throws ConfigError with every fault of the environment.
 */
export async function start(
  environment: NodeJS.ProcessEnv, clock: Clock = () => new Date(), replace: Partial<Pick<App, 'legacy'>> = {},
): Promise<Gateway> {
  const { config, secrets } = readConfig(environment);
  const log = pinoLog(config.logLevel);
  const random = nodeRandom;
  const metrics = prometheusMetrics();
  const closing: (() => Promise<unknown>)[] = [];
  // The issuer is the gateway's own address, which may be known only once it listens; where it listens, as this machine reaches it.
  let issuer = config.publicUrl ?? '';
  let listening = '';
  let open: Store | null = null;
  const close = async (): Promise<void> => {
    // The last thing opened is the first one closed: nothing is pulled from under what still uses it.
    for (const stop of closing.splice(0).reverse()) await stop();
  };

  try {
    const standIns = config.demo ? await startStandIns({
      config, secrets, clock, store: () => open, webhookUrl: () => (listening === '' ? null : `${listening}/payments/webhook`),
    }) : null;
    const legacy = standIns?.legacy ?? null;
    const standIn = standIns?.payments ?? null;
    for (const part of [legacy, standIn]) if (part) closing.push(() => part.close());
    const sqlUrl = secrets.legacySqlUrl ?? `mssql://gateway:gateway@localhost:${legacy?.sqlPort}/housing?encrypt=true&trustServerCertificate=true`;
    const soapUrl = secrets.legacySoapUrl ?? `http://gateway:gateway@127.0.0.1:${legacy?.soapPort}/housing`;
    const { sql, service } = connections({ sqlUrl, soapUrl }, metrics, log);
    closing.push(() => sql.close());
    const sqlParts = sqlLegacy(sql);
    const soapParts = soapLegacy(service);

    const opened = await openStore(secrets.storeUrl, { migrations: join(packageRoot(), 'schema', 'store'), log });
    closing.push(() => opened.close());
    const audit = auditTrail({ store: opened, clock, random, log, heads: fileHeads(config.audit.headFile) });
    const workers = workersOn(opened, audit, log);
    // Started at the end, but stopped after the server and before the store: what is on its way, or has just happened, is noted.
    closing.push(() => workers.stop());
    const store = open = workers.store;
    const made = config.demo ? await demoSecrets(config.dataDir, newSigningKey) : null;
    const keys = secrets.signingKeys ?? made?.signingKeys ?? [];
    const pepper = secrets.pepper ?? made?.pepper;
    if (!pepper) throw new ConfigError(['PASSWORD_PEPPER_FILE: must be set']);
    const hasher = await argon2Hasher({ pepper, onVerify: (kind) => metrics.passwordVerification(kind) });
    const tokens = await joseTokens({ keys, issuer: () => issuer, clock });

    const staffProvider = config.demo && config.staff === null ? await startStaffSignIn(config, clock, () => issuer) : null;
    if (staffProvider) closing.push(() => staffProvider.close());
    const staffSettings = config.staff ?? (staffProvider && { ...STAFF_STAND_IN, issuer: staffProvider.issuer });
    const paymentsApiKey = secrets.paymentsApiKey ?? standIn?.apiKey ?? null;
    const payments = paymentsApiKey === null ? null : govukPay({
      url: standIn?.provider.url ?? config.paymentsUrl, apiKey: paymentsApiKey,
      onFailure: (operation, cause) => log.warn({ event: 'payment_call_failed', operation, ...cause }, 'a call to the card provider failed'),
    });
    if (payments === null) log.warn({ event: 'payments_off' }, 'no card provider is set, so nothing can be paid here: PAYMENTS_API_KEY_FILE');
    const app: App = {
      staff: staffSettings && oidcStaff({ ...staffSettings, clientSecret: secrets.staffClientSecret, clock, random, log }),
      legacy: replace.legacy ?? { ...sqlParts, ...soapParts }, store, hasher, tokens, landlord: landlordNamed(config.landlord), clock, log, audit,
      random, watch: signInWatch({ clock, random, log, onFailure: metrics.signInFailure }),
      ownUrl: () => issuer, statementFormats: { csv: csvStatement, pdf: pdfStatement },
      parts: { store, sql: sqlParts, soap: soapParts },
      payments, onPayment: metrics.payment,
      returnsTo: (origin) => (config.returnOrigins ?? []).includes(origin) || (config.demo && (origin === new URL(issuer).origin || LOCAL_ORIGIN.test(origin))),
    };
    if (config.staff === null && !config.demo) log.info({ event: 'staff_sign_in_off', missing: STAFF_REQUIRED }, 'staff cannot sign in: no STAFF_OIDC settings are there');
    const accounts = config.demo ? demoAccounts(config.landlord, config.simulator.rowsFile !== null) : [];
    await makeDemoAccounts(app, accounts);

    const { server, graphql } = await createServer({
      app, schema: buildGatewaySchema(), jwks: tokens.jwks, trustProxy: config.trustProxy,
      origins: [
        ...(config.portalUrl === null ? [] : [new URL(config.portalUrl).origin]),
        ...(config.demo ? [LOCAL_ORIGIN] : []),
      ],
      onResponse: metrics.request,
    });
    closing.push(() => server.close());
    serveStatements(server, app);
    servePlayground(server, readAssets(packageRoot()));
    servePlaygroundSignIn(server, { app, graphql, demo: config.demo, publicUrl: config.publicUrl, settings: STAFF_REQUIRED });
    servePayments(server, app, standIn?.webhookSecret ?? secrets.paymentsWebhookSecret);
    const { mailer, mailbox } = mailerFor(config, secrets.smtpUrl, clock);
    if (mailbox) serveMailbox(server, mailbox);
    const ops = await serveMetrics(metrics, '127.0.0.1', config.opsPort);
    closing.push(() => ops.close());
    await server.listen({ host: config.host, port: config.port });
    const url = urlOf(config.host, (server.server.address() as AddressInfo).port);
    listening = url;
    issuer = config.publicUrl ?? url;
    const housekeeping = startHousekeeping({ store: opened, audit, clock, log, auditDays: config.audit.retentionDays });
    closing.push(() => housekeeping.stop());
    workers.start({
      ...app, mailer, portalUrl: () => config.portalUrl ?? issuer, onMail: metrics.mail,
      writes: soapWrites(service), settleSeconds: config.settleSeconds, onDelivery: metrics.delivery,
    });
    return {
      app, url, opsUrl: urlOf('127.0.0.1', ops.port), mailbox: mailbox !== undefined, demoAccounts: accounts, legacy, staffProvider, paymentStandIn: standIn?.provider ?? null, close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The ways to the legacy system: what is called on them is counted, and what fails is logged. */
function connections({ sqlUrl, soapUrl }: { readonly sqlUrl: string; readonly soapUrl: string }, metrics: ReturnType<typeof prometheusMetrics>, log: Log) {
  const observe = (system: 'sql' | 'soap') => ({
    onCall: (operation: string, outcome: string) => metrics.legacyCall(system, operation, outcome),
    onFailure: (operation: string, cause: Record<string, unknown>) => log.warn({ event: 'legacy_call_failed', system, operation, ...cause }, 'a call to the legacy system failed'),
  });
  return {
    sql: sqlServer({ url: sqlUrl, ...observe('sql') }),
    service: soapService({ url: soapUrl, wsdlPath: join(packageRoot(), 'schema', 'legacy', 'housing.wsdl'), ...observe('soap') }),
  };
}

/** By SMTP; the demo without a mail server keeps mail in memory, where its mailbox shows it. */
function mailerFor(config: Config, smtpUrl: string | null, clock: Clock): { mailer: Mailer; mailbox?: ReturnType<typeof memoryMailer>['mails'] } {
  if (smtpUrl === null) {
    const mailer = memoryMailer(clock);
    return { mailer, mailbox: mailer.mails };
  }
  try {
    return { mailer: smtpMailer({ url: smtpUrl, from: { name: landlordNamed(config.landlord).name, address: config.mailFrom }, clock }) };
  } catch (error) {
    throw new ConfigError([`SMTP_URL: ${(error as Error).message}`]);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  commandLine(() => start(process.env), (gateway) => (gateway.legacy ? welcome(gateway) : ''));
}
