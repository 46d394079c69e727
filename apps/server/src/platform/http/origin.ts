import type { FastifyRequest } from 'fastify';
import { platformErrors } from '../errors.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

declare module 'fastify' {
  interface FastifyContextConfig {
    /** For a route that changes nothing and that other sites lead browsers to. */
    readonly allowsForeignOrigin?: boolean;
  }
}

/**
 * Cross-site request forgery: cookies are SameSite=Lax, and an unsafe request that a browser
 * sends from another site is refused. Requests without these headers are not from a browser.
 */
export function refuseForeignOrigin(publicUrl: string) {
  const ours = new URL(publicUrl).host;
  return async (request: FastifyRequest): Promise<void> => {
    if (safeMethods.has(request.method)) return;
    if (request.routeOptions.config.allowsForeignOrigin) return;
    if (request.headers['sec-fetch-site'] === 'cross-site') throw platformErrors.ORIGIN_REFUSED();
    const { origin } = request.headers;
    if (origin === undefined) return;
    const host = URL.canParse(origin) ? new URL(origin).host : undefined;
    if (host !== ours && host !== request.headers.host) throw platformErrors.ORIGIN_REFUSED();
  };
}
