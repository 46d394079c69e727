import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Of the browser's own id. */
const browserCookie = 'visit';
/** Payments of an ordinary browser are known by it: long enough to look at the receipt again. */
const browserSeconds = 30 * 24 * 3600;

export function browserOf(request: FastifyRequest): string | undefined {
  const known = request.cookies[browserCookie];
  return known && /^[0-9a-f]{32}$/.test(known) ? known : undefined;
}

/** The browser's own random id, made at its first visit; binds what it begins to it. */
export function ensureBrowser(
  deps: { readonly publicUrl: string },
  request: FastifyRequest,
  reply: FastifyReply,
): string {
  const browser = browserOf(request) ?? randomBytes(16).toString('hex');
  reply.setCookie(browserCookie, browser, privateCookie(deps, browserSeconds));
  return browser;
}

/** Of a cookie that no script and no other site may use. */
export function privateCookie({ publicUrl }: { readonly publicUrl: string }, maxAge: number) {
  const secure = publicUrl.startsWith('https://');
  return { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge } as const;
}
