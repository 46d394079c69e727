import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { companyOfPage, isSessionCookie, sessionCookieOf } from './domain/session.ts';

/**
 * The token that a request carries: `Authorization: Bearer` of a mini-program, or the cookie of
 * the company whose page asks. A page says which in `x-company`, else its own address does, else
 * there is only one cookie.
 */
export function tokenOf(request: FastifyRequest): string | undefined {
  const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  const { cookies, headers } = request;
  const header = headers['x-company'];
  const named = typeof header === 'string' ? header : companyOfPage(headers.referer ?? '');
  if (named !== undefined) return cookies[sessionCookieOf(named)];
  const names = Object.keys(cookies).filter(isSessionCookie);
  return names.length === 1 ? cookies[names[0] ?? ''] : undefined;
}

export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
