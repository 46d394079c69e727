import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { cookiesOf, queryOf, rawBody } from '../inbound.ts';
import type { PayDeps } from './deps.ts';
import { currentOrder, findOrderBy, isExpired } from './orders.ts';
import { isPayOutcome, type PayOutcome, PayRefused } from './outcomes.ts';
import { cardPage, messagePage, returnPage, sheetPage, yuan } from './pages.ts';
import { pay } from './pay.ts';
import type { Order } from './records.ts';
import { respMsg } from './resp-codes.ts';
import type { Fields } from './signature.ts';
import { signed } from './signed-message.ts';
import { identityFields, noticeFields } from './trade-fields.ts';
import { findUser } from './users.ts';

/** The page where an order is paid: by bank card in any browser, or inside the wallet. */
export function registerCashier(app: FastifyInstance, deps: PayDeps): void {
  app.get('/union-pay/cashier', (request, reply) => {
    const order = orderOfToken(deps, queryOf(request).get('token') ?? '');
    if (order === undefined) return sendPage(reply.code(404), noOrderPage(deps));
    return sendPage(reply, cashierPage(deps, request, order));
  });
  app.post('/union-pay/cashier', async (request, reply) => {
    const form = new URLSearchParams(rawBody(request).toString());
    const order = orderOfToken(deps, form.get('token') ?? '');
    if (order === undefined) return sendPage(reply.code(404), noOrderPage(deps));
    return sendPage(reply, await act(deps, request, order, form));
  });
}

export function orderOfToken(deps: PayDeps, token: string): Order | undefined {
  return token === '' ? undefined : findOrderBy(deps, (one) => one.token === token);
}

/** Where an order that comes by a code or by `tn` is paid is the wallet; else the card page. */
function isOfWallet(order: Order): boolean {
  return order.entry === 'qr' || order.entry === 'code' || order.entry === 'app';
}

export function cashierPage(
  deps: PayDeps,
  request: FastifyRequest,
  order: Order,
  problem?: string,
): string {
  const closed = reasonAgainst(deps, order);
  if (closed !== undefined) return messagePage(deps, '无法付款', closed);
  const { merId, description, totalFen, orderId: outTradeNo, token } = order;
  const payee = deps.records.merchants.get(merId)?.name ?? merId;
  const user = findUser(cookiesOf(request).get('sim_user') ?? order.user);
  const bill = { payee, totalFen, description, outTradeNo };
  const shown = { bill, action: '/union-pay/cashier', token, user, problem };
  return isOfWallet(order) ? sheetPage(deps, shown) : cardPage(deps, shown);
}

function reasonAgainst(deps: PayDeps, order: Order): string | undefined {
  if (order.payment !== null) return '该订单已支付。';
  if (order.state === 'failed') return '该订单已失败，请重新下单。';
  return isExpired(deps, order) ? '该订单已超过支付时间。' : undefined;
}

async function act(
  deps: PayDeps,
  request: FastifyRequest,
  order: Order,
  form: URLSearchParams,
): Promise<string> {
  const outcome = form.get('outcome');
  const user = findUser(form.get('user'));
  if (!isPayOutcome(outcome) || user === undefined) {
    return cashierPage(deps, request, order, '请选择付款的银行卡。');
  }
  if (outcome === 'paid' && !/^\d{6}$/.test(form.get('secret') ?? '')) {
    return cashierPage(deps, request, order, '请输入 6 位数字。');
  }
  try {
    const after = await pay(deps, { order, user: user.no, outcome });
    if (outcome === 'fail' && after.state !== 'failed') {
      return cashierPage(deps, request, after, `付款失败：余额不足。可以换一张银行卡。`);
    }
    return await resultPage(deps, currentOrder(deps, after), outcome);
  } catch (error) {
    if (!(error instanceof PayRefused)) throw error;
    return messagePage(deps, '无法付款', error.message);
  }
}

/** After the end: back to the merchant where it gave an address, else a page of the wallet. */
async function resultPage(deps: PayDeps, order: Order, outcome: PayOutcome): Promise<string> {
  const isPaid = order.payment !== null;
  const isUnderWay = outcome === 'paid-after-close';
  const title = isPaid ? '支付成功' : isUnderWay ? '付款处理中' : '没有付款';
  const text = `${yuan(order.payment?.totalFen ?? order.totalFen)}，${title}。`;
  const failUrl = order.frontFailUrl ?? order.frontUrl;
  const url = isPaid || isUnderWay ? order.frontUrl : failUrl;
  if (url === null) return messagePage(deps, title, text);
  const fields = await returnFields(deps, order, isUnderWay);
  return returnPage(deps, { title, text, url, fields });
}

/** What the browser carries to frontUrl; a merchant must not book on it. */
async function returnFields(deps: PayDeps, order: Order, isUnderWay: boolean): Promise<Fields> {
  const code = isUnderWay ? '05' : '01';
  const unpaid = { ...identityFields(order), respCode: code, respMsg: respMsg(code) };
  const secureKey = deps.records.merchants.get(order.merId)?.secureKey ?? null;
  const fields = order.payment === null ? unpaid : noticeFields(order);
  return signed(deps, fields, { signMethod: order.signMethod, secureKey, fault: undefined });
}

function noOrderPage(deps: PayDeps): string {
  return messagePage(deps, '无法付款', '没有这笔订单，或者二维码已失效。');
}

export function sendPage(reply: FastifyReply, text: string): FastifyReply {
  return reply.header('content-type', 'text/html; charset=utf-8').send(text);
}
