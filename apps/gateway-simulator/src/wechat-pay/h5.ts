import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { html, page } from '../html.ts';
import { cookiesOf, logInbound, queryOf, rawBody } from '../inbound.ts';
import { yuan } from './money.ts';
import { userCookie } from './oauth.ts';
import { findPrepay } from './orders.ts';
import { chooseOpenid, type PayDeps, PayRefused, pay, reasonAgainstPaying } from './pay.ts';
import { paymentSheet, readSheet } from './payment-sheet.ts';
import { actingMerchant, type Order, payeeOf } from './records.ts';
import { findUser } from './users.ts';
import { userOf } from './wallet.ts';
import { heading, messagePage, sendPage } from './wallet-pages.ts';

/** An h5_url lives this long. */
const H5_LIFE_MS = 300_000;

/** The cashier page to which a browser outside WeChat is sent (H5 payment). */
export function registerH5(app: FastifyInstance, deps: PayDeps): void {
  app.get('/cgi-bin/mmpayweb-bin/checkmweb', (request, reply) => open(deps, request, reply));
  app.post('/wechat-pay/h5', (request, reply) => payH5(deps, request, reply));
}

function open(deps: PayDeps, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const startedAt = Date.now();
  const query = queryOf(request);
  const back = query.get('redirect_url') ?? '';
  const found = findH5(deps, query);
  const refused =
    typeof found === 'string' ? found : reasonAgainstBrowser(deps, request, found, back);
  const outTradeNo = typeof found === 'string' ? null : found.outTradeNo;
  const status = refused === undefined ? 200 : 400;
  const shown = { status, body: refused ?? '', headers: {}, signature: 'none', outTradeNo };
  logInbound(deps, request, { ...shown, startedAt });
  if (typeof found === 'string' || refused !== undefined) {
    return sendPage(reply.code(400), messagePage(deps, '无法支付', refused ?? ''));
  }
  const hidden = {
    prepay_id: query.get('prepay_id') ?? '',
    package: query.get('package') ?? '',
    back: back || (request.headers.referer ?? ''),
  };
  return sendPage(reply, sheetPage(deps, request, { order: found, hidden }));
}

async function payH5(
  deps: PayDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const form = new URLSearchParams(rawBody(request).toString());
  const order = findH5(deps, form);
  const user = findUser(form.get('user')) ?? userOf(request);
  if (typeof order === 'string') {
    return sendPage(reply.code(400), messagePage(deps, '无法支付', order));
  }
  const back = form.get('back') ?? '';
  const hidden = {
    prepay_id: form.get('prepay_id') ?? '',
    package: form.get('package') ?? '',
    back,
  };
  const choice = user === undefined ? { problem: '请选择付款人。' } : readSheet(form, order, user);
  if (user === undefined || 'problem' in choice) {
    const problem = 'problem' in choice ? choice.problem : '';
    return sendPage(reply.code(422), sheetPage(deps, request, { order, hidden, problem }));
  }
  // Only to where a merchant may be returned to: no open redirect.
  const isKnown = back !== '' && isRegistered(deps, order, back);
  try {
    const openid = chooseOpenid(order, { user });
    const paid = await pay(deps, { order, openid, ...choice });
    void reply.header('set-cookie', userCookie(user));
    if (paid.payment === null && isKnown) return reply.redirect(back, 303);
    return sendPage(reply, resultPage(deps, paid, isKnown ? back : ''));
  } catch (error) {
    if (!(error instanceof PayRefused)) throw error;
    return sendPage(reply.code(409), messagePage(deps, '无法支付', error.message));
  }
}

/** The order behind the two parts of an h5_url, or why there is none to pay. */
function findH5(deps: PayDeps, query: URLSearchParams): Order | string {
  const found = findPrepay(deps, { prepayId: query.get('prepay_id') ?? '' });
  const h5Package = found?.prepay.h5Package;
  if (found === undefined || h5Package === undefined || h5Package !== query.get('package')) {
    return '商家参数格式有误，请联系商家解决';
  }
  if (found.prepay.createdAt + H5_LIFE_MS <= deps.clock.scheduleNow()) {
    return '支付请求已失效，请重新发起支付';
  }
  return reasonAgainstPaying(found.order) ?? found.order;
}

/** The page before must be one of the merchant's registered domain, outside WeChat. */
function reasonAgainstBrowser(
  deps: PayDeps,
  request: FastifyRequest,
  order: Order,
  back: string,
): string | undefined {
  const agent = request.headers['user-agent'] ?? '';
  if (cookiesOf(request).get('sim_wallet') === 'wechat' || agent.includes('MicroMessenger/')) {
    return '请在微信外打开订单，进行支付';
  }
  const { referer } = request.headers;
  if (referer === undefined) return '商家参数格式有误，请联系商家解决（没有 Referer）';
  if (!isRegistered(deps, order, referer)) return '商家存在未配置的参数，请联系商家解决';
  if (back !== '' && !isRegistered(deps, order, back)) {
    return '商家存在未配置的参数，请联系商家解决（redirect_url 的域名未登记）';
  }
  return undefined;
}

function isRegistered(deps: PayDeps, order: Order, link: string): boolean {
  if (!URL.canParse(link)) return false;
  const { host, hostname, protocol } = new URL(link);
  const hosts = actingMerchant(deps.records, order)?.redirectHosts ?? [];
  return /^https?:$/.test(protocol) && (hosts.includes(host) || hosts.includes(hostname));
}

function sheetPage(
  deps: PayDeps,
  request: FastifyRequest,
  shown: { order: Order; hidden: Record<string, string>; problem?: string },
): string {
  const title = '微信支付收银台';
  const main = html`${heading(title)}
${paymentSheet({
  action: `${deps.publicPath}/wechat-pay/h5`,
  payee: payeeOf(deps.records, shown.order),
  user: userOf(request),
  ...shown,
})}`;
  return page(deps.publicPath, { title, kind: 'phone', main });
}

function resultPage(deps: PayDeps, order: Order, back: string): string {
  const title = order.payment === null ? '没有付款' : '支付成功';
  const done = html`<p><a class="button primary" href="${back}">完成</a></p>`;
  const main = html`${heading(title)}
<p class="payee">${payeeOf(deps.records, order)}</p>
<p class="amount">${yuan(order.totalFen)}</p>
${back === '' ? html`<p class="lead">可以关闭本页，回到商家页面。</p>` : done}`;
  return page(deps.publicPath, { title, kind: 'phone', main });
}
