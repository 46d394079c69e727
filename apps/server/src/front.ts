import { existsSync } from 'node:fs';
import { join } from 'node:path';
import proxy from '@fastify/http-proxy';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { type Database, sql } from './platform/database/index.ts';

const publicRoute = { config: { permission: 'public' as const } };
/** Built files carry their hash in their name. */
const yearMs = 365 * 24 * 3_600_000;

/** Scripts only from us; the widget library writes its styles into the page. */
const consolePolicy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The built console under /console/: every unknown path is a page of it. */
export async function serveConsole(app: FastifyInstance): Promise<void> {
  const root = join(import.meta.dirname, '..', '..', 'console', 'dist');
  // The build left compressed copies beside the files.
  await app.register(fastifyStatic, { root, serve: false, preCompressed: true });
  app.get('/', publicRoute, async (_request, reply) => reply.redirect('/console/'));
  app.get('/console', publicRoute, async (_request, reply) => reply.redirect('/console/'));
  app.get<{ Params: { '*': string } }>('/console/*', publicRoute, async (request, reply) => {
    const path = request.params['*'];
    const isFile = path.startsWith('assets/') && existsSync(join(root, path));
    if (isFile) return reply.sendFile(path, { maxAge: yearMs, immutable: true });
    if (path.startsWith('assets/')) return reply.callNotFound();
    reply.header('content-security-policy', consolePolicy);
    return reply.sendFile('index.html', { maxAge: 0, cacheControl: true });
  });
}

/** The gateway simulator under /sim/, so that one origin shows everything. */
export async function proxySimulator(app: FastifyInstance, simulatorUrl: string): Promise<void> {
  await app.register(proxy, {
    upstream: simulatorUrl,
    prefix: '/sim',
    rewritePrefix: '/',
    config: publicRoute.config,
  });
}

/** For whatever watches the process: alive, and able to serve. */
export function addHealthRoutes(app: FastifyInstance, db: Database): void {
  app.get('/healthz', publicRoute, async () => ({ status: 'ok' }));
  app.get('/readyz', publicRoute, async (request, reply) => {
    try {
      await db.global.one(sql`select 1 as ready`);
      return { status: 'ready' };
    } catch (error) {
      request.log.warn({ err: error }, 'the database does not answer');
      return reply.code(503).send({ status: 'database-away' });
    }
  });
}
