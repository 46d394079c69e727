import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { cookiesOf, logInbound, queryOf, rawBody } from '../inbound.ts';
import type { Deps, PayDeps } from './deps.ts';
import type { Application } from './records.ts';
import { invalid, missing } from './refusals.ts';
import type { Call } from './request.ts';
import { randomText } from './signing.ts';
import { beijingText } from './time.ts';
import { findUser, openIdOf, type SimulatedUser } from './users.ts';
import { sendPage, userCookie } from './wallet-cookies.ts';
import { choiceOfUserPage, consentPage, messagePage } from './wallet-pages.ts';

/** A code is good once, for three minutes. */
const CODE_LIFE_MS = 180_000;
/** Codes kept; the oldest fall out. */
const CODES_MOST = 10_000;
const TOKEN_SECONDS = 1_296_000;

type Grant = { appId: string; user: SimulatedUser; expireAt: number };

/** Codes and refresh tokens by their text. A restart forgets them: a payer just scans again. */
const grants = new WeakMap<Deps['records'], Map<string, Grant>>();

/** The authorisation page of the wallet. `auth_base` is silent, `auth_user` asks. */
export function registerOauth(app: FastifyInstance, deps: PayDeps): void {
  const path = '/oauth2/publicAppAuthorize.htm';
  app.get(path, (request, reply) => authorize(deps, request, reply, queryOf(request)));
  app.post(path, (request, reply) => {
    const form = new URLSearchParams(rawBody(request).toString());
    return authorize(deps, request, reply, form);
  });
}

function authorize(
  deps: PayDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  fields: URLSearchParams,
): FastifyReply {
  const asked = readAuthorize(deps, fields);
  if (typeof asked === 'string') return refuse(deps, request, reply, asked);
  const user = findUser(fields.get('sim_user') ?? cookiesOf(request).get('sim_user'));
  // Without a signed-in user the wallet would show its own sign-in; ours offers three people.
  if (user === undefined) return sendPage(reply, choiceOfUserPage(deps, fields));
  void reply.header('set-cookie', userCookie(user));
  const isSilent = asked.scope === 'auth_base';
  if (!isSilent && fields.get('consent') !== 'yes') {
    if (fields.get('consent') === 'no') {
      return sendPage(reply, messagePage(deps, '没有授权', '您没有同意授权，对方不会得到信息。'));
    }
    return sendPage(reply, consentPage(deps, { app: asked.app, user, fields }));
  }
  const target = new URL(asked.redirectUri);
  const code = newGrant(deps, { appId: asked.app.appId, user, lifeMs: CODE_LIFE_MS });
  const answer = { app_id: asked.app.appId, source: 'alipay_wallet', scope: asked.scope };
  for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value);
  if (fields.has('state')) target.searchParams.set('state', fields.get('state') ?? '');
  target.searchParams.set('auth_code', code);
  const headers = { location: target.href };
  logInbound(deps, request, { ...UNSIGNED, status: 302, headers, startedAt: Date.now() });
  return reply.redirect(target.href, request.method === 'POST' ? 303 : 302);
}

/** `alipay.system.oauth.token`: its parameters stand at the top level. */
export function exchangeCode(deps: PayDeps, { app, params }: Call): Record<string, unknown> {
  const type = params.get('grant_type') ?? '';
  if (type !== 'authorization_code' && type !== 'refresh_token') {
    throw invalid('grant-type-invalid', 'grant_type参数不正确');
  }
  const isCode = type === 'authorization_code';
  const given = params.get(isCode ? 'code' : 'refresh_token') ?? '';
  if (given === '') throw missing(isCode ? 'code' : 'refresh-token', '缺少授权码');
  const known = grantsOf(deps);
  const grant = known.get(given);
  known.delete(given); // Good once, whatever comes of it.
  if (grant?.appId !== app.appId || grant.expireAt <= deps.clock.scheduleNow()) {
    throw isCode
      ? invalid('code-invalid', '授权码code无效')
      : invalid('refresh-token-invalid', '刷新令牌refresh_token无效');
  }
  const { user } = grant;
  const refresh = newGrant(deps, { appId: app.appId, user, lifeMs: 2 * TOKEN_SECONDS * 1000 });
  return {
    access_token: `authbseB${randomText(32).toLowerCase()}`,
    ...identityOf(app, user),
    auth_start: beijingText(deps.clock.now()),
    expires_in: TOKEN_SECONDS,
    refresh_token: refresh,
    re_expires_in: 2 * TOKEN_SECONDS,
  };
}

function identityOf(app: Application, user: SimulatedUser): Record<string, string> {
  if (app.identity === 'open_id') return { open_id: openIdOf(app.appId, user) };
  return { user_id: user.userId, alipay_user_id: user.userId };
}

function readAuthorize(deps: Deps, fields: URLSearchParams) {
  const app = deps.records.applications.get(fields.get('app_id') ?? '');
  const redirectUri = fields.get('redirect_uri') ?? '';
  const scope = fields.get('scope') ?? '';
  if (app === undefined) return 'app_id 参数错误：没有商户登记过这个应用';
  if (!URL.canParse(redirectUri)) return 'redirect_uri 参数错误：不是完整的网址';
  const { host, hostname, protocol } = new URL(redirectUri);
  const isRegistered = app.redirectHosts.some((one) => one === host || one === hostname);
  if (!isRegistered || !/^https?:$/.test(protocol)) {
    return `redirect_uri 参数错误：${host} 不是登记的授权回调地址`;
  }
  if (scope !== 'auth_base' && scope !== 'auth_user') return 'scope 参数错误';
  return { app, redirectUri, scope };
}

function newGrant(
  deps: Deps,
  { appId, user, lifeMs }: { appId: string; user: SimulatedUser; lifeMs: number },
): string {
  const known = grantsOf(deps);
  const code = randomText(32).toLowerCase();
  known.set(code, { appId, user, expireAt: deps.clock.scheduleNow() + lifeMs });
  if (known.size > CODES_MOST) known.delete(known.keys().next().value ?? '');
  return code;
}

function grantsOf(deps: Deps): Map<string, Grant> {
  const known = grants.get(deps.records) ?? new Map<string, Grant>();
  grants.set(deps.records, known);
  return known;
}

const UNSIGNED = { body: '', outTradeNo: null, signature: 'none' };

function refuse(deps: PayDeps, request: FastifyRequest, reply: FastifyReply, reason: string) {
  const answer = { ...UNSIGNED, status: 400, body: reason, headers: {}, startedAt: Date.now() };
  logInbound(deps, request, answer);
  return sendPage(reply.code(400), messagePage(deps, '无法打开授权页面', reason));
}
