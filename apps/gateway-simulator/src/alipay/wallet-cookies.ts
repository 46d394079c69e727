import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookiesOf } from '../inbound.ts';
import { findUser, type SimulatedUser } from './users.ts';

/** Marks a browser as this wallet for the demo, for 30 days. */
export const WALLET_COOKIE = 'sim_wallet=alipay; Path=/; Max-Age=2592000; SameSite=Lax';

/** Remembers the simulated user in the browser; the same people in every wallet. */
export function userCookie(user: SimulatedUser): string {
  return `sim_user=${user.no}; Path=/; Max-Age=2592000; SameSite=Lax`;
}

export function userOf(request: FastifyRequest): SimulatedUser | undefined {
  return findUser(cookiesOf(request).get('sim_user'));
}

export function sendPage(reply: FastifyReply, text: string): FastifyReply {
  return reply.header('content-type', 'text/html; charset=utf-8').send(text);
}
