/** `GET /playground`, the page for the council's staff, and `GET /playground/assets/<file>`: its own files and no others. */
import { gunzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { problem } from '../server.js';
import type { Asset, PlaygroundAssets } from './assets.js';

/**
 * Scripts and workers are the gateway's own files and nothing else: no inline script, no eval, no blob:. The editor writes styles
 * of its own into the page, so inline styles are allowed. It says so on every file, since a worker obeys the policy it came with.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'", "script-src 'self'", "worker-src 'self'", "style-src 'self' 'unsafe-inline'", "font-src 'self'", "img-src 'self'",
  "connect-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
].join('; ');

const careful = (reply: FastifyReply): FastifyReply => reply.headers({
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
});

const NOT_BUILT = page('<title>Housing Gateway</title>', '<h1>The playground has not been built</h1><p>Run <code>npm run build</code>, then start the gateway again.</p>');

/** A year: a name stands for its content. */
const FOR_GOOD = 'public, max-age=31536000, immutable';

/** @param assets null where the playground was not built: the page then says what to do. */
export function servePlayground(server: FastifyInstance, assets: PlaygroundAssets | null): void {
  const html = assets === null ? NOT_BUILT : page(headOf(assets.page), '<div id="root"><p class="waiting">Loading the playground…</p></div>'
    + '<noscript><p class="waiting">The playground needs JavaScript, from this address alone.</p></noscript>');
  server.get('/playground', (_request, reply) => careful(reply).status(assets === null ? 503 : 200).type('text/html; charset=utf-8').send(html));
  // Typed with a slash at the end; what may follow it is not taken along.
  server.get('/playground/', (_request, reply) => reply.redirect('/playground', 302));
  server.get<{ Params: { file: string } }>('/playground/assets/:file', (request, reply) => {
    const asset = assets?.files.get(request.params.file);
    if (asset === undefined) return careful(reply).status(404).send(problem('NOT_FOUND', 'There is no such file.'));
    const { encoding, body } = encoded(asset, request.headers['accept-encoding']);
    careful(reply).header('cache-control', FOR_GOOD).header('vary', 'accept-encoding').type(asset.type);
    return (encoding === 'identity' ? reply : reply.header('content-encoding', encoding)).send(body);
  });
}

const headOf = ({ script, style, icon }: PlaygroundAssets['page']): string => [
  '<title>Playground for staff: Housing Gateway</title>',
  `<link rel="icon" type="image/svg+xml" href="/playground/assets/${icon}">`,
  `<link rel="stylesheet" href="/playground/assets/${style}">`,
  `<script type="module" src="/playground/assets/${script}"></script>`,
].join('');

function page(head: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${head}</head><body>${body}</body></html>`;
}

/** The shortest form that the browser takes; every browser takes gzip, and whoever does not gets it unpacked. */
function encoded({ bodies }: Asset, accepted = ''): { encoding: 'br' | 'gzip' | 'identity'; body: Buffer } {
  if (bodies.identity !== undefined) return { encoding: 'identity', body: bodies.identity };
  const takes = new Set(accepted.split(',').map((part) => part.trim().toLowerCase()).filter((part) => !/;\s*q=0(\.0*)?$/.test(part)).map((part) => part.split(';')[0]!.trim()));
  for (const encoding of ['br', 'gzip'] as const) {
    const body = bodies[encoding];
    if (takes.has(encoding) && body !== undefined) return { encoding, body };
  }
  return { encoding: 'identity', body: gunzipSync(bodies.gzip!) };
}
