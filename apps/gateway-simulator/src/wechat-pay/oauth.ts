import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { cookiesOf, logInbound, queryOf } from '../inbound.ts';
import { randomText } from './crypto.ts';
import type { Deps } from './deps.ts';
import { merchantOfApp } from './records.ts';
import { findUser, openidOf, type SimulatedUser } from './users.ts';
import { choiceOfUserPage, messagePage } from './wallet-pages.ts';

/** A code is good once, for five minutes. */
const CODE_LIFE_MS = 300_000;
/** Codes kept; the oldest fall out. */
const CODES_MOST = 10_000;
const ACCESS_TOKEN_SECONDS = 7200;

type Code = { appid: string; user: SimulatedUser; scope: string; expireAt: number };

/** The authorisation page of the wallet, and the exchange of its code for an openid. */
export function registerOauth(app: FastifyInstance, deps: Deps): void {
  const codes = new Map<string, Code>();

  app.get('/connect/oauth2/authorize', (request, reply) => {
    const asked = readAuthorize(deps, queryOf(request));
    if (typeof asked === 'string') return refuse(deps, request, reply, asked);
    const user = findUser(queryOf(request).get('sim_user') ?? cookiesOf(request).get('sim_user'));
    // Without a signed-in user the wallet would show its own sign-in; ours offers three people.
    if (user === undefined) return page(reply, choiceOfUserPage(deps, request.url));
    const code = randomText(32);
    const expireAt = deps.clock.scheduleNow() + CODE_LIFE_MS;
    codes.set(code, { appid: asked.appid, user, scope: asked.scope, expireAt });
    if (codes.size > CODES_MOST) codes.delete(codes.keys().next().value ?? '');
    const target = new URL(asked.redirectUri);
    target.searchParams.set('code', code);
    target.searchParams.set('state', asked.state);
    const headers = { location: target.href };
    logInbound(deps, request, { ...UNSIGNED, status: 302, headers, startedAt: Date.now() });
    return reply.header('set-cookie', userCookie(user)).redirect(target.href, 302);
  });

  app.get('/sns/oauth2/access_token', (request, reply) => {
    const body = JSON.stringify(exchange(deps, codes, queryOf(request)));
    // The real endpoint says text/plain as well.
    const headers = { 'content-type': 'text/plain; charset=utf-8' };
    logInbound(deps, request, { ...UNSIGNED, status: 200, body, headers, startedAt: Date.now() });
    return reply.headers(headers).send(body);
  });
}

/** Remembers the simulated user in the browser for 30 days. */
export function userCookie(user: SimulatedUser): string {
  return `sim_user=${user.no}; Path=/; Max-Age=2592000; SameSite=Lax`;
}

const UNSIGNED = { body: '', outTradeNo: null, signature: 'none' };

function readAuthorize(deps: Deps, query: URLSearchParams) {
  const appid = query.get('appid') ?? '';
  const redirectUri = query.get('redirect_uri') ?? '';
  const scope = query.get('scope') ?? '';
  const merchant = merchantOfApp(deps.records, appid);
  if (merchant === undefined) return 'appid 参数错误：没有商户登记过这个应用';
  if (!URL.canParse(redirectUri)) return 'redirect_uri 参数错误：不是完整的网址';
  const { host, hostname, protocol } = new URL(redirectUri);
  const isRegistered = merchant.redirectHosts.some((one) => one === host || one === hostname);
  if (!isRegistered || !/^https?:$/.test(protocol)) {
    return `redirect_uri 参数错误：域名 ${host} 未登记为网页授权域名（10003）`;
  }
  if (query.get('response_type') !== 'code') return 'response_type 参数错误：只能是 code';
  if (scope !== 'snsapi_base' && scope !== 'snsapi_userinfo') return 'scope 参数错误（10005）';
  return { appid, redirectUri, scope, state: query.get('state') ?? '' };
}

function exchange(deps: Deps, codes: Map<string, Code>, query: URLSearchParams) {
  const appid = query.get('appid') ?? '';
  const secret = merchantOfApp(deps.records, appid)?.apps[appid];
  if (secret === undefined) return { errcode: 40013, errmsg: 'invalid appid' };
  if (query.get('secret') !== secret) return { errcode: 40125, errmsg: 'invalid appsecret' };
  if (query.get('grant_type') !== 'authorization_code') {
    return { errcode: 40002, errmsg: 'invalid grant_type' };
  }
  const code = query.get('code') ?? '';
  const granted = codes.get(code);
  codes.delete(code); // Good once, whatever comes of it.
  if (granted?.appid !== appid || granted.expireAt <= deps.clock.scheduleNow()) {
    return { errcode: 40029, errmsg: 'invalid code' };
  }
  return {
    access_token: randomText(64),
    expires_in: ACCESS_TOKEN_SECONDS,
    refresh_token: randomText(64),
    openid: openidOf(appid, granted.user),
    scope: granted.scope,
  };
}

function refuse(deps: Deps, request: FastifyRequest, reply: FastifyReply, reason: string) {
  const headers = {};
  const answer = { ...UNSIGNED, status: 400, body: reason, headers, startedAt: Date.now() };
  logInbound(deps, request, answer);
  return page(reply.code(400), messagePage(deps, '无法打开授权页面', reason));
}

function page(reply: FastifyReply, html: string): FastifyReply {
  return reply.header('content-type', 'text/html; charset=utf-8').send(html);
}
