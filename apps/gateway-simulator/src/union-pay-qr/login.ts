import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { cookiesOf, logInbound, queryOf } from '../inbound.ts';
import { sendPage } from '../union-pay/cashier.ts';
import { messagePage } from '../union-pay/pages.ts';
import { redirectHosts } from '../union-pay/redirect-hosts.ts';
import { findUser, type SimulatedUser } from '../union-pay/users.ts';
import { userCookie } from '../union-pay/wallet.ts';
import { choiceOfUserPage } from '../union-pay/wallet-pages.ts';
import type { Deps } from './deps.ts';

/** Codes of payers who let a merchant know who they are; each is good once, for five minutes. */
export type Grants = {
  give(user: SimulatedUser): string;
  take(code: string): SimulatedUser | undefined;
};

const CODE_LIFE_MS = 300_000;
/** Codes kept; the oldest fall out. */
const CODES_MOST = 10_000;

export function createGrants(deps: Pick<Deps, 'clock'>): Grants {
  const codes = new Map<string, { user: SimulatedUser; expireAt: number }>();
  return {
    give: (user) => {
      const code = randomBytes(24).toString('hex');
      codes.set(code, { user, expireAt: deps.clock.scheduleNow() + CODE_LIFE_MS });
      if (codes.size > CODES_MOST) codes.delete(codes.keys().next().value ?? '');
      return code;
    },
    take: (code) => {
      const granted = codes.get(code);
      codes.delete(code); // Good once, whatever comes of it.
      const isGood = granted !== undefined && granted.expireAt > deps.clock.scheduleNow();
      return isGood ? granted.user : undefined;
    },
  };
}

/** The authorisation page of the wallet: it sends the browser back with a code. */
export function registerLogin(app: FastifyInstance, deps: Deps, grants: Grants): void {
  app.get('/qrcGtwWeb-web/api/userAuth', (request, reply) => {
    const query = queryOf(request);
    const asked = query.get('redirectUrl') ?? '';
    const problem = problemOf(deps, query.get('version'), asked);
    if (problem !== undefined) {
      log(deps, request, 400, {});
      return sendPage(reply.code(400), messagePage(deps, '无法打开授权页面', problem));
    }
    const chosen = query.get('sim_user') ?? cookiesOf(request).get('sim_user');
    const user = findUser(chosen);
    // Without a signed-in user the wallet would show its own sign-in; ours offers three people.
    if (user === undefined && chosen !== 'none') {
      return sendPage(reply, choiceOfUserPage(deps, request.url));
    }
    return sendBack(deps, request, reply, { asked, user, grants });
  });
}

function sendBack(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  { asked, user, grants }: { asked: string; user: SimulatedUser | undefined; grants: Grants },
): FastifyReply {
  const target = new URL(asked);
  if (user !== undefined) {
    target.searchParams.set('userAuthCode', grants.give(user));
    void reply.header('set-cookie', userCookie(user));
  }
  target.searchParams.set('respCode', user === undefined ? '34' : '00');
  log(deps, request, 302, { location: target.href });
  return reply.redirect(target.href, 302);
}

function problemOf(deps: Deps, version: string | null, asked: string): string | undefined {
  if (!/^1\.0\.\d$/.test(version ?? '')) return 'version 参数错误：应为 1.0.0。';
  if (!URL.canParse(asked)) return 'redirectUrl 参数错误：不是完整的网址。';
  const { host, hostname, protocol } = new URL(asked);
  const registered = redirectHosts(deps.store);
  const isRegistered = registered.has(host) || registered.has(hostname);
  if (isRegistered && /^https?:$/.test(protocol)) return undefined;
  return `redirectUrl 参数错误：域名 ${host} 没有登记。`;
}

function log(
  deps: Deps,
  request: FastifyRequest,
  status: number,
  headers: Record<string, string>,
): void {
  const answer = { status, body: '', headers, outTradeNo: null, signature: 'none' };
  logInbound(deps, request, { ...answer, startedAt: Date.now() });
}
