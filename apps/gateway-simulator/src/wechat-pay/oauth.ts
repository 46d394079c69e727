import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { cookiesOf, logInbound, queryOf, rawBody } from '../inbound.ts';
import { randomText } from './crypto.ts';
import type { Deps } from './deps.ts';
import type { PayDeps } from './pay.ts';
import { cutOff, playFault, type Unwilling } from './play.ts';
import { findApp } from './records.ts';
import { findUser, openidOf, type SimulatedUser } from './users.ts';
import { choiceOfUserPage, messagePage, sendPage } from './wallet-pages.ts';

/** A code is good once, for five minutes. */
const CODE_LIFE_MS = 300_000;
/** Codes kept; the oldest fall out. */
const CODES_MOST = 10_000;
const ACCESS_TOKEN_SECONDS = 7200;

type LoginKind = 'web' | 'mini-program';
type Code = {
  appid: string;
  user: SimulatedUser;
  scope: string;
  kind: LoginKind;
  expireAt: number;
};
export type LoginCodes = Map<string, Code>;

/**
 * The authorisation page of the wallet, `wx.login` of mini-programs, and the exchange of their
 * codes for an openid.
 */
export function registerOauth(app: FastifyInstance, deps: PayDeps): LoginCodes {
  const codes: LoginCodes = new Map();
  app.get('/connect/oauth2/authorize', (request, reply) =>
    showAuthorize(deps, codes, request, reply),
  );
  app.post('/wechat-pay/bridge/login', (request) => {
    const { appid = '' } = JSON.parse(rawBody(request).toString() || '{}') as { appid?: string };
    const user = findUser(cookiesOf(request).get('sim_user'));
    if (user === undefined) return { reason: '还没有登录模拟微信' };
    if (findApp(deps.records, appid) === undefined) return { reason: 'appid 没有登记' };
    return { code: grantCode(deps, codes, { appid, user, kind: 'mini-program' }) };
  });
  app.get('/sns/oauth2/access_token', (request, reply) =>
    answer(deps, request, reply, () => exchange(deps, codes, queryOf(request), 'web')),
  );
  app.get('/sns/jscode2session', (request, reply) =>
    answer(deps, request, reply, () => exchange(deps, codes, queryOf(request), 'mini-program')),
  );
  return codes;
}

/** A fresh code with which a merchant's server learns who this is. */
export function grantCode(
  deps: Deps,
  codes: LoginCodes,
  granted: { appid: string; user: SimulatedUser; kind: LoginKind; scope?: string },
): string {
  const code = randomText(32);
  const expireAt = deps.clock.scheduleNow() + CODE_LIFE_MS;
  codes.set(code, { scope: 'snsapi_base', ...granted, expireAt });
  if (codes.size > CODES_MOST) codes.delete(codes.keys().next().value ?? '');
  return code;
}

/** Remembers the simulated user in the browser for 30 days. */
export function userCookie(user: SimulatedUser): string {
  return `sim_user=${user.no}; Path=/; Max-Age=2592000; SameSite=Lax`;
}

const UNSIGNED = { body: '', outTradeNo: null, signature: 'none' };

function showAuthorize(
  deps: Deps,
  codes: LoginCodes,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const asked = readAuthorize(deps, queryOf(request));
  if (typeof asked === 'string') return refuse(deps, request, reply, asked);
  const user = findUser(queryOf(request).get('sim_user') ?? cookiesOf(request).get('sim_user'));
  // Without a signed-in user the wallet would show its own sign-in; ours offers three people.
  if (user === undefined) return sendPage(reply, choiceOfUserPage(deps, request.url));
  const { appid, scope } = asked;
  const target = new URL(asked.redirectUri);
  target.searchParams.set('code', grantCode(deps, codes, { appid, user, scope, kind: 'web' }));
  target.searchParams.set('state', asked.state);
  const headers = { location: target.href };
  logInbound(deps, request, { ...UNSIGNED, status: 302, headers, startedAt: Date.now() });
  return reply.header('set-cookie', userCookie(user)).redirect(target.href, 302);
}

function readAuthorize(deps: Deps, query: URLSearchParams) {
  const appid = query.get('appid') ?? '';
  const redirectUri = query.get('redirect_uri') ?? '';
  const scope = query.get('scope') ?? '';
  const merchant = findApp(deps.records, appid)?.merchant;
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

type Plain = { status: number; body: string };

/** Answers an exchange, spoilt by faults at `login`; nothing here is signed. */
async function answer(
  deps: PayDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  run: () => object,
): Promise<FastifyReply> {
  const startedAt = Date.now();
  const fault = deps.faults.takeForAnswer('login', null, 'wechat-pay');
  const isUnparsable = fault?.fault === 'unparsable';
  const played = await playFault<Plain>(deps, {
    fault,
    isPrepay: false,
    order: () => undefined,
    run: () => {
      const body = JSON.stringify(run());
      return { status: 200, body: isUnparsable ? '<html>502 Bad Gateway' : body };
    },
    refuse: (how) => unwilling[how],
  });
  // The real endpoint says text/plain as well.
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  const shown = { ...UNSIGNED, status: 0, headers, fault: fault?.fault, startedAt };
  logInbound(deps, request, { ...shown, ...played.answer });
  if (played.answer === null) return cutOff(reply, played.silentMs ?? 0);
  return reply.code(played.answer.status).headers(headers).send(played.answer.body);
}

const unwilling: Record<Unwilling, Plain> = {
  'system-error': { status: 200, body: '{"errcode":-1,"errmsg":"system error"}' },
  unavailable: { status: 503, body: '' },
  'rate-limited': {
    status: 200,
    body: '{"errcode":45011,"errmsg":"api minute-quota reach limit"}',
  },
};

function exchange(deps: Deps, codes: LoginCodes, query: URLSearchParams, kind: LoginKind) {
  const appid = query.get('appid') ?? '';
  const secret = findApp(deps.records, appid)?.secret;
  if (secret === undefined) return { errcode: 40013, errmsg: 'invalid appid' };
  if (query.get('secret') !== secret) return { errcode: 40125, errmsg: 'invalid appsecret' };
  if (query.get('grant_type') !== 'authorization_code') {
    return { errcode: 40002, errmsg: 'invalid grant_type' };
  }
  const code = query.get(kind === 'web' ? 'code' : 'js_code') ?? '';
  const granted = codes.get(code);
  codes.delete(code); // Good once, whatever comes of it.
  const isGood = granted?.appid === appid && granted.kind === kind;
  if (!isGood || granted.expireAt <= deps.clock.scheduleNow()) {
    return { errcode: 40029, errmsg: 'invalid code' };
  }
  const openid = openidOf(appid, granted.user);
  if (kind === 'mini-program') return { openid, session_key: randomText(24) };
  return {
    access_token: randomText(64),
    expires_in: ACCESS_TOKEN_SECONDS,
    refresh_token: randomText(64),
    openid,
    scope: granted.scope,
  };
}

function refuse(deps: Deps, request: FastifyRequest, reply: FastifyReply, reason: string) {
  const headers = {};
  const refused = { ...UNSIGNED, status: 400, body: reason, headers, startedAt: Date.now() };
  logInbound(deps, request, refused);
  return sendPage(reply.code(400), messagePage(deps, '无法打开授权页面', reason));
}
