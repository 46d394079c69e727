import { createHash } from 'node:crypto';
import type { SignedIn } from '@wuye-pay/contract';
import type { FastifyReply } from 'fastify';
import { privateCookie } from '../../../platform/http/index.ts';
import { absoluteMs, markCookieOf, type Surface, sessionCookieOf } from '../domain/session.ts';
import type { ResidentDeps } from '../doors.ts';
import { meOf } from '../use-cases/show-account.ts';
import type { Begun } from '../use-cases/sign-in.ts';

/** Enough to tell the sessions of one device apart. */
const markLength = 16;

/** A page keeps the session in a cookie that no script reads; a mini-program is told its token. */
export async function signedIn(
  deps: ResidentDeps,
  reply: FastifyReply,
  { companyId, accountId, token, isNew }: Begun,
  surface: Surface,
): Promise<SignedIn> {
  const me = await deps.db.read(companyId, (tx) => meOf(tx, deps, accountId));
  if (surface !== 'h5') return { token, isNew, me };
  keepSession(deps, reply, me.company.shortCode, token);
  return { token: null, isNew, me };
}

export function keepSession(
  deps: ResidentDeps,
  reply: FastifyReply,
  shortCode: string,
  token: string,
): void {
  const cookie = privateCookie(deps, absoluteMs / 1000);
  reply.setCookie(sessionCookieOf(shortCode), token, cookie);
  // What the page keeps on the device belongs to this session; the mark tells it nothing more.
  const mark = createHash('sha256').update(token).digest('base64url').slice(0, markLength);
  reply.setCookie(markCookieOf(shortCode), mark, { ...cookie, httpOnly: false });
}

export function forgetSession(reply: FastifyReply, shortCode: string): void {
  reply.clearCookie(sessionCookieOf(shortCode), { path: '/' });
  reply.clearCookie(markCookieOf(shortCode), { path: '/' });
}
