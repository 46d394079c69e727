import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { cookiesOf, queryOf, rawBody } from '../inbound.ts';
import { sendPage } from '../union-pay/cashier.ts';
import { isPayOutcome, PayRefused } from '../union-pay/outcomes.ts';
import { leavePage, messagePage, sheetPage, yuan } from '../union-pay/pages.ts';
import { findUser } from '../union-pay/users.ts';
import { isInWallet } from '../union-pay/wallet.ts';
import type { PayDeps } from './deps.ts';
import { findOrderBy } from './orders.ts';
import { pay } from './pay.ts';
import type { Order } from './records.ts';

/** The cashier of the wallet behind `pay_url`; afterwards the browser goes to `callback_url`. */
export function registerCashier(app: FastifyInstance, deps: PayDeps): void {
  app.get('/union-pay-qr/cashier', (request, reply) =>
    showSheet(deps, request, reply, orderOfToken(deps, queryOf(request).get('token'))),
  );
  // The address inside a payment code: a browser that is no wallet is told to become one.
  app.get<{ Params: { token: string } }>('/union-pay-qr/qr/:token', (request, reply) => {
    const order = orderOfToken(deps, request.params.token);
    if (order === undefined || isInWallet(request)) return showSheet(deps, request, reply, order);
    const text = '请用云闪付扫码付款：在模拟云闪付里打开这个网址。';
    return sendPage(reply, messagePage(deps, '请用云闪付打开', text));
  });
  app.post('/union-pay-qr/cashier', async (request, reply) => {
    const form = new URLSearchParams(rawBody(request).toString());
    const order = orderOfToken(deps, form.get('token'));
    if (order === undefined) return showSheet(deps, request, reply, order);
    return sendPage(reply, await act(deps, request, order, form));
  });
}

function orderOfToken(deps: PayDeps, token: string | null): Order | undefined {
  return token ? findOrderBy(deps, (one) => one.token === token) : undefined;
}

function showSheet(
  deps: PayDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  order: Order | undefined,
): FastifyReply {
  if (order !== undefined) return sendPage(reply, sheetOf(deps, request, order));
  const text = '没有这笔订单，或者二维码已失效。';
  return sendPage(reply.code(404), messagePage(deps, '无法付款', text));
}

function sheetOf(deps: PayDeps, request: FastifyRequest, order: Order, problem?: string): string {
  if (order.payment !== null) return messagePage(deps, '无法付款', '该订单已支付。');
  if (order.state !== 'open' && order.state !== 'waiting') {
    return messagePage(deps, '无法付款', '该订单已关闭。');
  }
  const { mchid, totalFen, description, outTradeNo, token } = order;
  const payee = deps.records.merchants.get(mchid)?.name ?? mchid;
  const user = findUser(order.user ?? cookiesOf(request).get('sim_user'));
  const bill = { payee, totalFen, description, outTradeNo };
  return sheetPage(deps, { bill, action: '/union-pay-qr/cashier', token, user, problem });
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
    return sheetOf(deps, request, order, '请选择付款方式。');
  }
  if (outcome === 'paid' && !/^\d{6}$/.test(form.get('secret') ?? '')) {
    return sheetOf(deps, request, order, '请输入 6 位数字。');
  }
  try {
    const after = await pay(deps, { order, user: user.no, outcome });
    if (outcome === 'fail' && after.state === 'open') {
      return sheetOf(deps, request, after, '付款失败：余额不足。可以换一种付款方式。');
    }
    const isPaid = after.payment !== null;
    const title = isPaid ? '支付成功' : outcome === 'paid-after-close' ? '付款处理中' : '没有付款';
    const text = `${yuan(after.payment?.totalFen ?? after.totalFen)}，${title}。`;
    if (after.callbackUrl === null) return messagePage(deps, title, text);
    return leavePage(deps, { title, text, url: after.callbackUrl });
  } catch (error) {
    if (!(error instanceof PayRefused)) throw error;
    return messagePage(deps, '无法付款', error.message);
  }
}
