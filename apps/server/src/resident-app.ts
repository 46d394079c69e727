import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';

type FileRoute = { Params: { name: string } };
type PageRoute = { Params: { company: string; '*': string } };

/** The part of Vite's manifest that is read: the built file of a source, and what it imports. */
type Manifest = Readonly<
  Record<
    string,
    {
      readonly file: string;
      readonly css?: readonly string[];
      readonly imports?: readonly string[];
    }
  >
>;

interface BuiltApp {
  readonly page: string;
  readonly manifest: Manifest;
}

const publicRoute = { config: { permission: 'public' as const } };
/** Built files carry their hash in their name. */
const yearMs = 365 * 24 * 3_600_000;
const root = join(import.meta.dirname, '..', '..', 'resident', 'dist');
/** The page that an address opens when it names none; its data is asked for with its files. */
const home = { page: 'bills', data: '/api/resident/bills' };

/** Scripts and styles only from us; older WeChat on iOS carries its bridge calls in a frame. */
const policy = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  'frame-src weixin:',
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The residents' app under /r/<company>/. Its files lie under /r/_/; no company's code begins so. */
export async function serveResidentApp(
  app: FastifyInstance,
  { demo }: { readonly demo: boolean },
): Promise<void> {
  // The build left compressed copies beside the files. The console may have brought the server.
  if (!app.hasReplyDecorator('sendFile')) {
    await app.register(fastifyStatic, { root, serve: false, preCompressed: true });
  }
  app.get<FileRoute>('/r/_/:name', publicRoute, async (request, reply) => {
    const { name } = request.params;
    if (!/^[\w-]+\.(js|css)$/.test(name)) return reply.callNotFound();
    return reply.sendFile(`_/${name}`, root, { maxAge: yearMs, immutable: true });
  });
  app.get('/r/sw.js', publicRoute, async (_request, reply) =>
    reply.sendFile('sw.js', root, { maxAge: 0, cacheControl: true }),
  );
  app.get<PageRoute>('/r/:company', publicRoute, async (request, reply) =>
    reply.redirect(`/r/${encodeURIComponent(request.params.company)}/`),
  );
  app.get<PageRoute>('/r/:company/*', publicRoute, async (request, reply) => {
    if (!/^[a-z][a-z0-9]{1,6}$/.test(request.params.company)) return reply.callNotFound();
    const built = await readBuilt();
    const tags = preloads(built, request.params['*']) + (demo ? bridge(request) : '');
    reply.header('content-security-policy', policy);
    reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8');
    return reply.send(built.page.replace('</head>', `${tags}</head>`));
  });
}

let reading: Promise<BuiltApp> | undefined;

/** Read once; not remembered when it failed, because it may be built later. */
function readBuilt(): Promise<BuiltApp> {
  reading ??= Promise.all([
    readFile(join(root, 'index.html'), 'utf8'),
    readFile(join(root, 'manifest.json'), 'utf8'),
  ]).then(([page, manifest]) => ({ page, manifest: JSON.parse(manifest) as Manifest }));
  reading.catch(() => {
    reading = undefined;
  });
  return reading;
}

/** The browser asks for the files of the page while it reads the first script, not after it. */
function preloads({ page, manifest }: BuiltApp, path: string): string {
  const name = path.split('/')[0] || home.page;
  const source = `src/pages/${name}/index.tsx`;
  const files = [...filesOf(manifest, source, new Set())].filter((file) => !page.includes(file));
  const tags = files.map((file) =>
    file.endsWith('.css')
      ? `<link rel="stylesheet" href="/r/${file}">`
      : `<link rel="modulepreload" crossorigin href="/r/${file}">`,
  );
  const isHome = path === '';
  return (
    tags.join('') +
    (isHome ? `<link rel="preload" as="fetch" crossorigin href="${home.data}">` : '')
  );
}

function filesOf(manifest: Manifest, source: string, found: Set<string>): Set<string> {
  const entry = manifest[source];
  if (!entry || found.has(entry.file)) return found;
  found.add(entry.file);
  for (const style of entry.css ?? []) found.add(style);
  for (const imported of entry.imports ?? []) filesOf(manifest, imported, found);
  return found;
}

/** The demo stands in for the wallet, which would put its bridge into the page itself. */
function bridge({ headers, cookies }: FastifyRequest): string {
  const agent = headers['user-agent'] ?? '';
  const isWechat = cookies['sim_wallet'] === 'wechat' || agent.includes('MicroMessenger');
  const isAlipay = cookies['sim_wallet'] === 'alipay' || agent.includes('AlipayClient');
  if (!isWechat && !isAlipay) return '';
  const path = isAlipay ? '/sim/alipay/bridge.js' : '/sim/wechat-pay/bridge.js';
  return `<script async src="${path}"></script>`;
}
