import type { FastifyReply, FastifyRequest } from 'fastify';
import { browserOf, languageOf, privateCookie } from '../../../platform/http/index.ts';
import { shortCodeOf } from '../domain/room-link.ts';
import type { CashierDeps } from '../doors.ts';
import type { Look } from '../page/document.ts';
import { payerCookieOf, payerCookieSeconds, type Visitor } from '../payer.ts';

/** Choices of a reader are kept for a year. */
const choiceSeconds = 365 * 24 * 3600;
/** A login that began anew because its code was used up does so once in this time. */
const againSeconds = 60;
const againCookie = 'again';

export function lookOf(request: FastifyRequest): Look {
  return { language: languageOf(request), isLarge: request.cookies.size === 'large' };
}

export function visitorOf(request: FastifyRequest, code: string): Visitor {
  return { payerCookie: payerCookie(request, code), browser: browserOf(request) };
}

/** What a route about one payment is asked. */
export function followed(request: FastifyRequest<{ Params: { code: string; paymentId: string } }>) {
  const { code } = request.params;
  return { ...request.params, ...visitorOf(request, code), look: lookOf(request) };
}

export function payerCookie(request: FastifyRequest, code: string): string | undefined {
  return request.cookies[payerCookieOf(shortCodeOf(code) ?? '')];
}

export function rememberPayer(
  deps: CashierDeps,
  reply: FastifyReply,
  cookie: { readonly name: string; readonly value: string },
): void {
  reply.setCookie(cookie.name, cookie.value, privateCookie(deps, payerCookieSeconds));
}

/** @returns false when the login was begun anew a moment ago: another round would not help */
export function mayBeginAgain(
  deps: CashierDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): boolean {
  if (request.cookies[againCookie]) return false;
  reply.setCookie(againCookie, '1', privateCookie(deps, againSeconds));
  return true;
}

/** `?size=large` and `?lang=en` become cookies. @returns whether there was a choice */
export function keepChoices(
  request: FastifyRequest<{ Querystring: { size?: string; lang?: string } }>,
  reply: FastifyReply,
): boolean {
  const { size, lang } = request.query;
  const options = { path: '/', maxAge: choiceSeconds, sameSite: 'lax' } as const;
  if (size === 'large' || size === 'normal') reply.setCookie('size', size, options);
  if (lang === 'en' || lang === 'zh') reply.setCookie('lang', lang, options);
  return size !== undefined || lang !== undefined;
}
