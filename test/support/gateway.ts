/** A whole gateway, with its legacy system, on real sockets in this process; and a front end that queries it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { print, type DocumentNode } from 'graphql';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { start, type Gateway } from '../../src/main.js';
import { SignInDocument } from '../../generated/operations.js';

/** The guide's day: nothing in the fixtures moves. */
export const GUIDE_DAY = '2017-02-08T10:00:00Z';

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly data: T | null | undefined;
  readonly errors: readonly { message: string; path?: (string | number)[]; extensions: { code: string; field?: string; system?: string } }[] | undefined;
  readonly text: string;
}

export interface TestGateway extends Gateway {
  /** The clock's hand: set it to move time. */
  readonly clock: { now: Date };
  send<T, V>(document: TypedDocumentNode<T, V> | string, variables?: V, token?: string): Promise<Answer<T>>;
  /** Signs in and gives the access token. @throws where that is refused. */
  signIn(identifier: string, password: string): Promise<string>;
  /** Signs in as the n-th demo account. */
  token(account?: number): Promise<string>;
  /** `legacy_calls_total` by operation, successful ones; and the rest of them under `operation!outcome`. */
  legacyCalls(): Promise<Record<string, number>>;
  metrics(): Promise<string>;
}

export async function sendTo<T>(url: string, document: DocumentNode | string, variables: unknown, token?: string): Promise<Answer<T>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query: typeof document === 'string' ? document : print(document), variables }),
  });
  const text = await response.text();
  const body = JSON.parse(text) as Pick<Answer<T>, 'data' | 'errors'>;
  return { status: response.status, headers: response.headers, data: body.data, errors: body.errors, text };
}

/** Starts one on free ports with a store of its own; `environment` adds to or overrides its settings. */
export async function startGateway(environment: Record<string, string> = {}, at: string = GUIDE_DAY, replace: Parameters<typeof start>[2] = {}): Promise<TestGateway> {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
  const clock = { now: new Date(at) };
  const gateway = await start({
    PORT: '0', OPS_PORT: '0', DATA_DIR: folder, STORE_URL: `file:${folder}/gateway.db`, LOG_LEVEL: 'silent', ...environment,
  }, () => clock.now, replace);
  const send: TestGateway['send'] = (document, variables, token) => sendTo(gateway.url, document, variables, token);
  const metrics = async (): Promise<string> => (await fetch(`${gateway.opsUrl}/metrics`)).text();
  const signIn = async (identifier: string, password: string): Promise<string> => {
    const { data } = await send(SignInDocument, { input: { identifier, password } });
    if (!data?.signIn.session) throw new Error(`signing in came to ${data?.signIn.outcome}`);
    return data.signIn.session.accessToken;
  };
  return {
    ...gateway, clock, send, signIn, metrics,
    token: async (account = 0) => {
      const entry = gateway.demoAccounts[account];
      if (!entry) throw new Error('there is no such demo account');
      return signIn(entry.identifier, entry.password);
    },
    legacyCalls: async () => Object.fromEntries([...(await metrics()).matchAll(/^legacy_calls_total\{system="\w+",operation="(\w+)",outcome="(\w+)"\} (\d+)$/gm)]
      .map(([, operation, outcome, count]) => [outcome === 'ok' ? operation : `${operation}!${outcome}`, Number(count)])),
    close: async () => {
      await gateway.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
