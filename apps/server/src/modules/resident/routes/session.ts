import type { SignedIn } from '@wuye-pay/contract';
import type { FastifyReply } from 'fastify';
import { privateCookie } from '../../../platform/http/index.ts';
import { absoluteMs, type Surface, sessionCookieOf } from '../domain/session.ts';
import type { ResidentDeps } from '../doors.ts';
import { meOf } from '../use-cases/show-account.ts';
import type { Begun } from '../use-cases/sign-in.ts';

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
  reply.setCookie(sessionCookieOf(shortCode), token, privateCookie(deps, absoluteMs / 1000));
}

export function forgetSession(reply: FastifyReply, shortCode: string): void {
  reply.clearCookie(sessionCookieOf(shortCode), { path: '/' });
}
