/** Asks a server on this machine the same thing again and again over a few kept connections, a bounded number of times. */
import { Agent, request } from 'node:http';

const CONNECTIONS = 8;
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

export interface Target { readonly url: string; readonly body: string; readonly headers: Readonly<Record<string, string>> }

/** @returns the answer's text. @throws where the status is not 200. */
export function ask({ url, body, headers }: Target): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => (response.statusCode === 200 ? resolve(Buffer.concat(chunks).toString('utf8')) : reject(new Error(`status ${response.statusCode}`))));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** @returns requests a second over `count` requests. */
export async function load(target: Target, count: number): Promise<number> {
  let left = count;
  const worker = async (): Promise<void> => {
    while (left-- > 0) await ask(target);
  };
  const start = process.hrtime.bigint();
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  return count / (Number(process.hrtime.bigint() - start) / 1e9);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

export const stop = (): void => agent.destroy();
