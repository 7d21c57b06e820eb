/** How the playground's page and its files are served. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Fastify, { type FastifyInstance } from 'fastify';
import { packageRoot } from '../../../src/package-root.js';
import { readAssets, type PlaygroundAssets } from '../../../src/playground/assets.js';
import { CONTENT_SECURITY_POLICY, servePlayground } from '../../../src/playground/page.js';

describe('built', () => {
  let server: FastifyInstance;
  let assets: PlaygroundAssets;
  beforeAll(() => {
    const read = readAssets(packageRoot());
    if (read === null) throw new Error('there is no dist/playground: run npm run build');
    assets = read;
    server = Fastify();
    servePlayground(server, assets);
  });
  afterAll(() => server.close());

  const get = (path: string, encoding = '') => server.inject({ url: path, headers: { 'accept-encoding': encoding } });
  const named = (pattern: RegExp): string[] => [...assets.files.keys()].filter((name) => pattern.test(name));
  const text = async (name: string): Promise<string> => (await get(`/playground/assets/${name}`)).body;

  test('the page is HTML that loads its own files, and says what may run', async () => {
    const { statusCode, headers, body } = await get('/playground');
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': CONTENT_SECURITY_POLICY, 'x-frame-options': 'DENY' });
    const loaded = [...body.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, path]) => path!);
    expect(loaded).toHaveLength(3);
    for (const path of loaded) expect((await get(path)).statusCode).toBe(200);
    expect(body).not.toMatch(/<script(?![^>]* src=)|\son\w+=|style=/);
  });

  test('what stands in its address changes nothing', async () => {
    expect((await get('/playground?query=%7B%20evil%20%7D&variables=x#y')).body).toBe((await get('/playground')).body);
  });

  test('with a slash at the end it is found too', async () => {
    const { statusCode, headers } = await get('/playground/?query=x');
    expect([statusCode, headers.location]).toEqual([302, '/playground']);
  });

  test('the policy allows nothing but files of our own, and inline styles', () => {
    expect(CONTENT_SECURITY_POLICY).toContain("default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline';");
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe-eval|blob:|data:|https?:|\*/);
  });

  test.each([['br', brotliDecompressSync], ['gzip', gunzipSync]] as const)('files are sent as %s, to be kept for good', async (encoding, unpack) => {
    const [name] = named(/^page-.*\.js$/);
    const plain = await get(`/playground/assets/${name}`);
    const packed = await get(`/playground/assets/${name}`, `${encoding}, zstd;q=0.1`);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(packed.headers).toMatchObject({
      'content-encoding': encoding, 'content-type': 'text/javascript; charset=utf-8', vary: 'accept-encoding',
      'cache-control': 'public, max-age=31536000, immutable', 'content-security-policy': CONTENT_SECURITY_POLICY,
    });
    expect(unpack(packed.rawPayload).equals(plain.rawPayload)).toBe(true);
  });

  test('a coding that is refused is not used', async () => {
    const [name] = named(/^page-.*\.js$/);
    expect((await get(`/playground/assets/${name}`, 'br;q=0, gzip;q=0.0')).headers['content-encoding']).toBeUndefined();
  });

  test.each(['../manifest.json', '..%2fmanifest.json', '..%2f..%2fsrc%2fmain.js', 'manifest.json', '%2e%2e%2f%2e%2e%2fpackage.json', 'constructor', '__proto__', ''])('%s is not there', async (name) => {
    expect((await get(`/playground/assets/${name}`)).statusCode).toBe(404);
  });

  test('every file has a type', async () => {
    expect([...assets.files.values()].map(({ type }) => type)).not.toContain('application/octet-stream');
  });

  test('the scripts make no code of text, and load nothing from elsewhere', async () => {
    for (const name of named(/\.js$/)) {
      const code = await text(name);
      expect(code.match(/\bnew Function\(|[^.\w]eval\(|\bimportScripts\(/g) ?? []).toEqual([]);
      expect(code.match(/\b(?:import|Worker)\(\s*["'`]https?:/g) ?? []).toEqual([]);
    }
  });

  test('the styles load nothing but files that are there', async () => {
    for (const name of named(/\.css$/)) {
      const urls = [...(await text(name)).matchAll(/url\(["']?([^"')]*)|@import\s+["']([^"']*)/g)].map(([, url, imported]) => url ?? imported!);
      expect(urls.filter((url) => !assets.files.has(url))).toEqual([]);
    }
  });

  test('no language of the editor is on board but GraphQL and JSON, and the first view is small', () => {
    expect(named(/^(typescript|ts|css|html|python|sql|java)\b/)).toEqual([]);
    const sizes = [...assets.files.values()].map(({ bodies }) => (bodies.br ?? bodies.identity)!.length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(3_000_000);
    expect(assets.files.get(assets.page.script)!.bodies.br!.length).toBeLessThan(120_000);
  });
});

test('not built: the page says what to do', async () => {
  const server = Fastify();
  servePlayground(server, null);
  const { statusCode, body, headers } = await server.inject({ url: '/playground' });
  expect(statusCode).toBe(503);
  expect(body).toContain('npm run build');
  expect(headers['content-security-policy']).toBe(CONTENT_SECURITY_POLICY);
  expect((await server.inject({ url: '/playground/assets/page.js' })).statusCode).toBe(404);
  await server.close();
});
