import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { cookiesOf, queryOf, rawBody } from '../inbound.ts';
import { showCashier } from './cashier.ts';
import { agreementPage, cashierPage } from './cashier-pages.ts';
import { codeOutcomes, makeCode } from './codes.ts';
import type { PayDeps } from './deps.ts';
import { openLink, pageMethods } from './pages.ts';
import type { CodeOutcome } from './records.ts';
import { Refusal } from './refusals.ts';
import { readForm } from './request.ts';
import { findByQrCode, findTrade } from './trades.ts';
import { findUser, type SimulatedUser } from './users.ts';
import { sendPage, userCookie, userOf, WALLET_COOKIE } from './wallet-cookies.ts';
import { codePage, messagePage, walletPage } from './wallet-pages.ts';

const QR_CODE = 'https://qr.alipay.com/';
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The simulated wallet: it scans, opens pages, pays codes and shows its own code. */
export function registerWallet(app: FastifyInstance, deps: PayDeps): void {
  app.get('/alipay/wallet', (request, reply) => {
    const isOpen = cookiesOf(request).get('sim_wallet') === 'alipay';
    const link = queryOf(request).get('scan') ?? '';
    return sendPage(reply, start(deps, { link, user: userOf(request), isOpen }));
  });
  app.post('/alipay/wallet', (request, reply) => openScanned(deps, request, reply));
  app.post('/alipay/leave', (_, reply) => {
    const gone = ['sim_user', 'sim_wallet'].map((name) => `${name}=; Path=/; Max-Age=0`);
    void reply.header('set-cookie', gone);
    return sendPage(reply, start(deps, { link: '', user: undefined, isOpen: false }));
  });
  app.get('/alipay/code', (request, reply) =>
    sendPage(reply, codePage(deps, { user: userOf(request), code: undefined })),
  );
  app.post('/alipay/code', (request, reply) => {
    const form = new URLSearchParams(rawBody(request).toString());
    const user = findUser(form.get('user'));
    const outcome = form.get('outcome') ?? 'paid';
    if (user === undefined || !isCodeOutcome(outcome)) {
      return sendPage(reply.code(400), messagePage(deps, '无法出示付款码', '请选择一位用户。'));
    }
    void reply.header('set-cookie', [userCookie(user), WALLET_COOKIE]);
    return sendPage(reply, codePage(deps, { user, code: makeCode(deps, user.no, outcome) }));
  });
  app.get('/alipay/confirm', (request, reply) => confirm(deps, reply, userOf(request)));
}

/** The newest payment that waits for this payer's password. */
function confirm(deps: PayDeps, reply: FastifyReply, user: SimulatedUser | undefined) {
  const waiting = deps.records.trades
    .values()
    .findLast((one) => one.isConfirming && one.userNo === user?.no);
  const trade = waiting && findTrade(deps, waiting.sellerId, waiting.outTradeNo);
  if (user === undefined || trade === undefined) {
    const text = '没有等待确认的付款。请收银员先扫付款码。';
    return sendPage(reply.code(404), messagePage(deps, '没有付款请求', text));
  }
  return showCashier(deps, reply, { trade, user });
}

function openScanned(deps: PayDeps, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const form = new URLSearchParams(rawBody(request).toString());
  const user = findUser(form.get('user'));
  const link = addressIn((form.get('link') ?? '').trim());
  const problem = user === undefined ? '请选择一位用户。' : problemOf(deps, request, link);
  if (user === undefined || problem !== undefined) {
    const shown = { link, user, isOpen: false, ...(problem ? { problem } : {}) };
    return sendPage(reply.code(400), start(deps, shown));
  }
  // Only links lead elsewhere: our own pages are shown at once, as a proxy may sit in between
  // that rewrites redirects.
  void reply.header('set-cookie', [userCookie(user), WALLET_COOKIE]);
  const orderString = orderStringIn(link);
  if (orderString !== undefined) return openOrderString(deps, reply, { orderString, user });
  if (!link.startsWith(QR_CODE)) return reply.redirect(link, 303);
  const trade = findByQrCode(deps, link);
  if (trade !== undefined) return showCashier(deps, reply, { trade, user });
  return sendPage(reply.code(404), messagePage(deps, '无法付款', '二维码无效。'));
}

/** The page that a deep link wants opened in this wallet, or the link itself. */
function addressIn(link: string): string {
  if (!link.startsWith('alipays://')) return link;
  return new URLSearchParams(link.split('?').slice(1).join('?')).get('url') ?? link;
}

/** What an app or a deep link hands over: the parameters of a page method. */
export function orderStringIn(link: string): string | undefined {
  const inScheme = link.startsWith('alipays://') && link.split('?').slice(1).join('?');
  const text = inScheme ? new URLSearchParams(inScheme).get('sign_params') : link;
  if (text === null || /^https?:/.test(text)) return undefined;
  return pageMethods.has(readForm(text).params.get('method') ?? '') ? text : undefined;
}

function openOrderString(
  deps: PayDeps,
  reply: FastifyReply,
  { orderString, user }: { orderString: string; user: SimulatedUser },
): FastifyReply {
  try {
    const opened = openLink(deps, readForm(orderString));
    const text =
      opened.kind === 'trade'
        ? cashierPage(deps, { ...opened, user })
        : agreementPage(deps, { ...opened, user });
    return sendPage(reply, text);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const text = `${error.subMsg}（${error.subCode}）`;
    return sendPage(reply.code(400), messagePage(deps, '无法打开', text));
  }
}

/** Only our own origin, this machine and registered hosts are opened: no open redirect. */
function problemOf(deps: PayDeps, request: FastifyRequest, link: string): string | undefined {
  if (link.startsWith(QR_CODE) || orderStringIn(link) !== undefined) return undefined;
  if (!URL.canParse(link) || !/^https?:$/.test(new URL(link).protocol)) {
    return '链接不完整：请粘贴网址、付款二维码的内容、签约链接或订单串。';
  }
  const { host, hostname, origin } = new URL(link);
  const ours = deps.publicUrl === '' ? '' : new URL(deps.publicUrl).origin;
  const isOwn = origin === ours || host === request.headers.host;
  const isRegistered = deps.records.applications
    .values()
    .some((one) => one.redirectHosts.includes(host) || one.redirectHosts.includes(hostname));
  if (isOwn || LOOPBACK.has(hostname) || isRegistered) return undefined;
  return `不打开 ${host}：只打开本机和已登记域名的链接。`;
}

function start(
  deps: PayDeps,
  shown: { link: string; user: SimulatedUser | undefined; isOpen: boolean; problem?: string },
): string {
  const agreements = deps.records.agreements
    .values()
    .filter((one) => one.status === 'NORMAL' && one.userNo === shown.user?.no)
    .map((agreement) => ({ agreement, app: deps.records.applications.get(agreement.appId) }));
  return walletPage(deps, { ...shown, agreements });
}

function isCodeOutcome(text: string): text is CodeOutcome {
  return Object.hasOwn(codeOutcomes, text);
}
