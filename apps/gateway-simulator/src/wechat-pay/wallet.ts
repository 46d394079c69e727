import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { cookiesOf, queryOf, rawBody } from '../inbound.ts';
import type { Deps } from './deps.ts';
import { yuan } from './money.ts';
import { userCookie } from './oauth.ts';
import { findPrepay } from './orders.ts';
import {
  checkPrepayAge,
  chooseOpenid,
  type PayDeps,
  PayRefused,
  pay,
  payOutcomes,
  reasonAgainstPaying,
} from './pay.ts';
import { readSheet } from './payment-sheet.ts';
import { payeeOf } from './records.ts';
import { findUser, type SimulatedUser } from './users.ts';
import { messagePage, nativePage, sendPage, walletPage } from './wallet-pages.ts';

const WALLET_COOKIE = 'sim_wallet=wechat; Path=/; Max-Age=2592000; SameSite=Lax';
const NATIVE_CODE = 'weixin://wxpay/bizpayurl';
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The simulated wallet: it scans, opens pages as WeChat, and pays Native codes. */
export function registerWallet(app: FastifyInstance, deps: PayDeps): void {
  app.get('/wechat-pay/wallet', (request, reply) => {
    const cookies = cookiesOf(request);
    const isOpen = cookies.get('sim_wallet') === 'wechat';
    const link = queryOf(request).get('scan') ?? '';
    return sendPage(reply, walletPage(deps, { link, user: userOf(request), isOpen }));
  });

  app.post('/wechat-pay/wallet', (request, reply) => {
    const form = new URLSearchParams(rawBody(request).toString());
    const user = findUser(form.get('user'));
    const link = (form.get('link') ?? '').trim();
    const problem = user === undefined ? '请选择一位用户。' : problemOf(deps, request, link);
    if (user === undefined || problem !== undefined) {
      const shown = { link, user, isOpen: false, ...(problem ? { problem } : {}) };
      return sendPage(reply.code(400), walletPage(deps, shown));
    }
    // Only links lead elsewhere: our own pages are shown at once, as a proxy may sit in between
    // that rewrites redirects.
    void reply.header('set-cookie', [userCookie(user), WALLET_COOKIE]);
    if (link.startsWith(NATIVE_CODE)) return showNative(deps, reply, link, user);
    return reply.redirect(link, 303);
  });

  app.post('/wechat-pay/leave', (_, reply) => {
    const gone = ['sim_user', 'sim_wallet'].map((name) => `${name}=; Path=/; Max-Age=0`);
    void reply.header('set-cookie', gone);
    return sendPage(reply, walletPage(deps, { link: '', user: undefined, isOpen: false }));
  });

  app.get('/wechat-pay/native', (request, reply) => {
    const codeUrl = queryOf(request).get('code_url') ?? '';
    return showNative(deps, reply, codeUrl, userOf(request));
  });

  app.post('/wechat-pay/native', (request, reply) => {
    const form = new URLSearchParams(rawBody(request).toString());
    return payNative(deps, reply, form, userOf(request));
  });
}

function showNative(
  deps: PayDeps,
  reply: FastifyReply,
  codeUrl: string,
  user: SimulatedUser | undefined,
): FastifyReply {
  if (user === undefined) {
    return sendPage(reply, walletPage(deps, { link: codeUrl, user, isOpen: false }));
  }
  const found = findPrepay(deps, { codeUrl });
  const refused =
    found === undefined ? '二维码无效或已被新的二维码取代。' : reasonAgainst(deps, found);
  if (found === undefined || refused !== undefined) {
    return sendPage(reply.code(409), messagePage(deps, '无法付款', refused ?? ''));
  }
  const payee = payeeOf(deps.records, found.order);
  return sendPage(reply, nativePage(deps, { codeUrl, order: found.order, payee, user }));
}

async function payNative(
  deps: PayDeps,
  reply: FastifyReply,
  form: URLSearchParams,
  user: SimulatedUser | undefined,
): Promise<FastifyReply> {
  const codeUrl = form.get('code_url') ?? '';
  const found = findPrepay(deps, { codeUrl });
  if (user === undefined || found === undefined) {
    return sendPage(reply.code(400), messagePage(deps, '无法付款', '请重新扫码。'));
  }
  const choice = readSheet(form, found.order, user);
  if ('problem' in choice) {
    const payee = payeeOf(deps.records, found.order);
    const shown = { codeUrl, order: found.order, payee, user, ...choice };
    return sendPage(reply.code(422), nativePage(deps, shown));
  }
  try {
    checkPrepayAge(deps, found.prepay);
    const openid = chooseOpenid(found.order, { user });
    const order = await pay(deps, { order: found.order, openid, ...choice });
    const text = `${yuan(order.totalFen)}，${payOutcomes[choice.outcome]}。`;
    const title = order.payment === null ? '没有付款' : '支付成功';
    return sendPage(reply, messagePage(deps, title, text));
  } catch (error) {
    if (!(error instanceof PayRefused)) throw error;
    return sendPage(reply.code(409), messagePage(deps, '无法付款', error.message));
  }
}

export function userOf(request: FastifyRequest): SimulatedUser | undefined {
  return findUser(cookiesOf(request).get('sim_user'));
}

function reasonAgainst(deps: PayDeps, found: NonNullable<ReturnType<typeof findPrepay>>) {
  const reason = reasonAgainstPaying(found.order);
  if (reason !== undefined) return `${reason}。`;
  try {
    checkPrepayAge(deps, found.prepay);
    return undefined;
  } catch (error) {
    if (!(error instanceof PayRefused)) throw error;
    return error.message;
  }
}

/** Only our own origin, this machine and registered hosts are opened: no open redirect. */
function problemOf(deps: Deps, request: FastifyRequest, link: string): string | undefined {
  if (link.startsWith(NATIVE_CODE)) return undefined;
  if (!URL.canParse(link) || !/^https?:$/.test(new URL(link).protocol)) {
    return '链接不完整：请粘贴以 http:// 或 https:// 开头的网址，或 weixin:// 开头的支付码。';
  }
  const { host, hostname, origin } = new URL(link);
  const ours = deps.publicUrl === '' ? '' : new URL(deps.publicUrl).origin;
  const isOwn = origin === ours || host === request.headers.host;
  const isRegistered = deps.records.merchants
    .values()
    .some((one) => one.redirectHosts.includes(host) || one.redirectHosts.includes(hostname));
  if (isOwn || LOOPBACK.has(hostname) || isRegistered) return undefined;
  return `不打开 ${host}：只打开本机和已登记域名的链接。`;
}
