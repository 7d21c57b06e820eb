/** Debian's Chromium, headless, and what a page in it does that nobody sees. */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';

export const chromiumIsThere = (): boolean => existsSync(CHROMIUM);

/** Its sandbox does not run as root. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });

export interface Watched {
  /** Origins that anything was asked of. */
  readonly origins: Set<string>;
  /** Errors and warnings in the console, uncaught errors, violations of the Content-Security-Policy, requests that failed. */
  readonly troubles: string[];
  /** Every address that was asked for, with its method and body. */
  readonly requests: { readonly method: string; readonly url: string; readonly headers: Record<string, string>; readonly body: string | null }[];
}

/** Watches all pages of a context, from before the first script runs. */
export async function watched(context: BrowserContext): Promise<Watched> {
  const seen: Watched = { origins: new Set(), troubles: [], requests: [] };
  context.on('request', (request) => {
    seen.origins.add(new URL(request.url()).origin);
    seen.requests.push({ method: request.method(), url: request.url(), headers: request.headers(), body: request.postData() });
  });
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') seen.troubles.push(`${message.type()}: ${message.text()}`);
  });
  context.on('weberror', (error) => seen.troubles.push(`uncaught: ${error.error().message}`));
  context.on('requestfailed', (request) => {
    // A page that is left takes its own requests back.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') seen.troubles.push(`failed: ${request.url()}`);
  });
  await context.exposeBinding('tellViolation', (_source, text: string) => void seen.troubles.push(`policy: ${text}`));
  await context.addInitScript(`document.addEventListener('securitypolicyviolation', (event) => tellViolation(event.violatedDirective + ' ' + event.blockedURI));`);
  return seen;
}
