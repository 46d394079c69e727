import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';

/** Serves one file of `src/browser`; the bundle finds the folder beside itself as well. */
export function serveFile(
  app: FastifyInstance,
  { path, file, type }: { path: string; file: string; type: string },
): void {
  const text = readFileSync(new URL(`./browser/${file}`, import.meta.url), 'utf8');
  app.get(path, (_, reply) =>
    reply
      .headers({ 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache' })
      .send(text),
  );
}
