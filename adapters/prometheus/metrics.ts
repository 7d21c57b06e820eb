import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

/** What is counted. Labels are names from our own code, never from a request. */
export interface Metrics {
  legacyCall(system: 'sql' | 'soap', operation: string, outcome: string): void;
  passwordVerification(kind: 'account' | 'decoy'): void;
  /** A refused sign-in; `alarm` where it was the one too many from its network address. */
  signInFailure(alarm: boolean): void;
  request(status: number, seconds: number): void;
  mail(template: string, outcome: string): void;
  delivery(kind: string, outcome: string): void;
  payment(outcome: string): void;
  text(): Promise<string>;
}

export function prometheusMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const legacyCalls = new Counter({ name: 'legacy_calls_total', help: 'Calls to the legacy system, one a try.', labelNames: ['system', 'operation', 'outcome'], registers });
  const verifications = new Counter({ name: 'password_verifications_total', help: 'Password hashes verified: an account\'s own, or the decoy for a name that may not try.', labelNames: ['kind'], registers });
  const requests = new Histogram({ name: 'http_request_duration_seconds', help: 'How long answers took, by status.', labelNames: ['status'], buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10], registers });
  const mails = new Counter({ name: 'mails_total', help: 'What became of mails: sent, retried (once a try) or given up.', labelNames: ['template', 'outcome'], registers });
  const deliveries = new Counter({ name: 'deliveries_total', help: 'What became of tries to hand requests to the legacy system: delivered, unclear, retried, or needs_attention (staff have to see to it).', labelNames: ['kind', 'outcome'], registers });
  const payments = new Counter({ name: 'payments_total', help: 'Card payments: started, unavailable (the provider did not answer a start), and how they ended: paid, failed, expired; posted once the legacy system has one.', labelNames: ['outcome'], registers });
  const failures = new Counter({ name: 'sign_in_failures_total', help: 'Sign-ins that were refused.', registers });
  const alarms = new Counter({ name: 'sign_in_alarms_total', help: 'Network addresses from which many sign-ins were refused within an hour; the log has one line for each.', registers });
  for (const kind of ['account', 'decoy']) verifications.inc({ kind }, 0);
  return {
    legacyCall: (system, operation, outcome) => legacyCalls.inc({ system, operation, outcome }),
    signInFailure: (alarm) => {
      failures.inc();
      if (alarm) alarms.inc();
    },
    passwordVerification: (kind) => verifications.inc({ kind }),
    request: (status, seconds) => requests.observe({ status: String(status) }, seconds),
    mail: (template, outcome) => mails.inc({ template, outcome }),
    delivery: (kind, outcome) => deliveries.inc({ kind, outcome }),
    payment: (outcome) => payments.inc({ outcome }),
    text: () => registry.metrics(),
  };
}

/** Serves `GET /metrics` and nothing else, on a port of its own that the public never reaches. */
export async function serveMetrics(metrics: Metrics, host: string, port: number): Promise<{ port: number; close(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Only GET /metrics is here.\n');
      return;
    }
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
