import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CoreDeps } from '../deps.ts';
import { cookiesOf, queryOf, rawBody } from '../inbound.ts';
import { cashierPage, orderOfToken, sendPage } from './cashier.ts';
import { codeOutcomes, makeCode } from './codes.ts';
import { confirmationTable } from './confirmations.ts';
import type { PayDeps } from './deps.ts';
import { originOf } from './origin.ts';
import { messagePage } from './pages.ts';
import { redirectHosts } from './redirect-hosts.ts';
import { findUser, type SimulatedUser } from './users.ts';
import { codePage, type WalletApp, walletApps, walletPage } from './wallet-pages.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
/** Cookies of the wallet last 30 days. */
const cookie = (name: string, value: string | number) =>
  `${name}=${value}; Path=/; Max-Age=2592000; SameSite=Lax`;

/** The simulated 云闪付 or bank app: it scans, opens pages, pays, and shows a payment code. */
export function registerWallet(app: FastifyInstance, deps: PayDeps): void {
  app.get('/union-pay/wallet', (request, reply) =>
    showWallet(deps, request, reply, queryOf(request).get('scan') ?? ''),
  );
  app.post('/union-pay/wallet', (request, reply) => open(deps, request, reply));
  app.post('/union-pay/leave', (_, reply) => {
    const gone = ['sim_user', 'sim_wallet', 'sim_app'];
    const cookies = gone.map((name) => `${name}=; Path=/; Max-Age=0`);
    const shown = { link: '', user: undefined, app: 'CloudPay', isOpen: false } as const;
    return sendPage(reply.header('set-cookie', cookies), walletPage(deps, shown));
  });
  // The address inside a payment code: a browser that is no wallet is told to become one.
  app.get<{ Params: { token: string } }>('/union-pay/qr/:token', (request, reply) => {
    const order = orderOfToken(deps, request.params.token);
    if (order === undefined) {
      return sendPage(reply.code(404), messagePage(deps, '无法付款', '二维码无效。'));
    }
    if (isInWallet(request)) return sendPage(reply, cashierPage(deps, request, order));
    return showWallet(
      deps,
      request,
      reply,
      `${originOf(deps, request)}/union-pay/qr/${order.token}`,
    );
  });
  app.get('/union-pay/code', (request, reply) => showCode(deps, request, reply, 'paid'));
  app.post('/union-pay/code', (request, reply) => {
    const form = new URLSearchParams(rawBody(request).toString());
    return showCode(deps, request, reply, form.get('outcome') ?? '');
  });
}

export function isInWallet(request: FastifyRequest): boolean {
  return cookiesOf(request).get('sim_wallet') === 'union-pay' && userOf(request) !== undefined;
}

export function userOf(request: FastifyRequest): SimulatedUser | undefined {
  return findUser(cookiesOf(request).get('sim_user'));
}

export function userCookie(user: SimulatedUser): string {
  return cookie('sim_user', user.no);
}

function showWallet(deps: PayDeps, request: FastifyRequest, reply: FastifyReply, link: string) {
  const shown = { link, user: userOf(request), app: appOf(request), isOpen: isInWallet(request) };
  return sendPage(reply, walletPage(deps, shown));
}

/** Becomes the wallet, and opens what was scanned or shows a code. */
function open(deps: PayDeps, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const form = new URLSearchParams(rawBody(request).toString());
  const user = findUser(form.get('user'));
  const app = form.get('app') ?? 'CloudPay';
  const link = (form.get('link') ?? '').trim();
  const wantsCode = form.get('action') === 'code';
  const problem = isApp(app) && user ? undefined : '请选择应用和用户。';
  const wrongLink = wantsCode ? undefined : problemOf(deps, request, link);
  if (user === undefined || !isApp(app) || problem !== undefined || wrongLink !== undefined) {
    const shown = { link, user, app: 'CloudPay' as const, isOpen: false };
    const text = problem ?? wrongLink;
    return sendPage(reply.code(400), walletPage(deps, { ...shown, problem: text }));
  }
  void reply.header('set-cookie', [
    userCookie(user),
    cookie('sim_wallet', 'union-pay'),
    cookie('sim_app', app),
  ]);
  if (wantsCode) return sendCode(deps, reply, user, 'paid');
  const order = orderOfToken(deps, tokenIn(link));
  if (order !== undefined) return sendPage(reply, cashierPage(deps, request, order));
  return reply.redirect(link, 303);
}

/** The order of a `tn`, or of a code that we gave out. */
function tokenIn(link: string): string {
  return /^(\d{21})$/.exec(link)?.[1] ?? /\/union-pay\/qr\/(\d{21})$/.exec(link)?.[1] ?? '';
}

function showCode(deps: PayDeps, request: FastifyRequest, reply: FastifyReply, outcome: string) {
  const user = userOf(request);
  return user === undefined
    ? showWallet(deps, request, reply, '')
    : sendCode(deps, reply, user, outcome);
}

function sendCode(deps: PayDeps, reply: FastifyReply, user: SimulatedUser, wanted: string) {
  const outcome = codeOutcomes.find((one) => one === wanted) ?? 'paid';
  const { authCode } = makeCode(deps, user.no, outcome);
  const waiting = confirmationTable(deps.store)
    .values()
    .filter((one) => one.user === user.no);
  return sendPage(reply, codePage(deps, { user, authCode, outcome, waiting }));
}

function appOf(request: FastifyRequest): WalletApp {
  const app = cookiesOf(request).get('sim_app');
  return isApp(app) ? app : 'CloudPay';
}

function isApp(text: unknown): text is WalletApp {
  return typeof text === 'string' && Object.hasOwn(walletApps, text);
}

/** Only our own origin, this machine and registered hosts are opened: no open redirect. */
function problemOf(
  deps: Pick<CoreDeps, 'publicUrl' | 'store'>,
  request: FastifyRequest,
  link: string,
): string | undefined {
  if (/^\d{21}$/.test(link)) return undefined;
  if (!URL.canParse(link) || !/^https?:$/.test(new URL(link).protocol)) {
    return '链接不完整：请粘贴以 http:// 或 https:// 开头的网址，或 21 位的 tn。';
  }
  const { host, hostname, origin } = new URL(link);
  const ours = deps.publicUrl === '' ? '' : new URL(deps.publicUrl).origin;
  const isOwn = origin === ours || host === request.headers.host;
  const registered = redirectHosts(deps.store);
  const isRegistered = registered.has(host) || registered.has(hostname);
  if (isOwn || LOOPBACK.has(hostname) || isRegistered) return undefined;
  return `不打开 ${host}：只打开本机和已登记域名的链接。`;
}
