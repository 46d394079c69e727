import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { rawBody } from '../inbound.ts';
import { endAgreement, findAgreement, signAgreement } from './agreements.ts';
import { agreementPage, cashierPage, resultPage } from './cashier-pages.ts';
import type { PayDeps } from './deps.ts';
import { agreementFields, present } from './events.ts';
import { signerOf } from './keys.ts';
import { yuanText } from './money.ts';
import {
  applicationOf,
  type PayOutcome,
  PayRefused,
  pay,
  payOutcomes,
  reasonAgainst,
} from './pay.ts';
import type { Agreement, Trade } from './records.ts';
import { withSignature } from './signing.ts';
import { beijingText } from './time.ts';
import { beginTrade, findTrade } from './trades.ts';
import { findUser, type SimulatedUser } from './users.ts';
import { sendPage, userCookie, userOf } from './wallet-cookies.ts';
import { messagePage } from './wallet-pages.ts';

const WRONG_PASSWORD = '000000';

/** What the payer's forms do: pay a trade, sign or end an agreement. */
export function registerCashier(app: FastifyInstance, deps: PayDeps): void {
  app.post('/alipay/cashier/login', (request, reply) => {
    const form = formOf(request);
    const user = findUser(form.get('user'));
    const trade = tradeIn(deps, form);
    if (user === undefined || trade === undefined) return lost(deps, reply);
    void reply.header('set-cookie', userCookie(user));
    return showCashier(deps, reply, { trade, user });
  });
  app.post('/alipay/cashier', (request, reply) => payAtCashier(deps, request, reply));
  app.post('/alipay/agreement', (request, reply) => signAtPage(deps, request, reply));
  app.post('/alipay/agreement/end', (request, reply) => {
    const agreement = findAgreement(deps, formOf(request).get('agreement') ?? '');
    if (agreement?.status === 'NORMAL') endAgreement(deps, agreement);
    return sendPage(reply, messagePage(deps, '已关闭', '自动扣款已关闭，商户会收到通知。'));
  });
}

/** A trade that a payer came to, by a code or a message on the phone. */
export function showCashier(
  deps: PayDeps,
  reply: FastifyReply,
  { trade, user, problem }: { trade: Trade; user: SimulatedUser | undefined; problem?: string },
): FastifyReply {
  const refused = trade.state === 'paid' ? undefined : reasonAgainst(deps, trade);
  if (refused !== undefined) {
    return sendPage(reply.code(409), messagePage(deps, '无法付款', `${refused}。`));
  }
  const begun = beginTrade(deps, trade);
  const app = applicationOf(deps, trade.appId);
  return sendPage(reply, cashierPage(deps, { app, trade: begun, user, problem }));
}

/** Why the wallet does not take a password. */
export function passwordProblem(password: unknown): string | undefined {
  if (typeof password !== 'string' || !/^\d{6}$/.test(password))
    return '请输入六位数字的支付密码。';
  return password === WRONG_PASSWORD ? '支付密码错误，请重新输入。' : undefined;
}

export function isPayOutcome(text: unknown): text is PayOutcome {
  return typeof text === 'string' && Object.hasOwn(payOutcomes, text);
}

async function payAtCashier(deps: PayDeps, request: FastifyRequest, reply: FastifyReply) {
  const form = formOf(request);
  const trade = tradeIn(deps, form);
  const user = userOf(request);
  const outcome = form.get('outcome');
  if (trade === undefined || user === undefined || !isPayOutcome(outcome)) return lost(deps, reply);
  const problem = outcome.startsWith('paid') ? passwordProblem(form.get('password')) : undefined;
  if (problem !== undefined) {
    return showCashier(deps, reply.code(400), { trade, user, problem });
  }
  const source = user.sources.find((one) => one.id === form.get('source'));
  try {
    const after = await pay(deps, { trade, userNo: user.no, outcome, source });
    return leave(deps, reply, after, outcome);
  } catch (error) {
    if (!(error instanceof PayRefused)) throw error;
    return showCashier(deps, reply.code(409), { trade, user, problem: `${error.message}。` });
  }
}

/** Sends the browser back to the merchant: signed after a payment, plainly after giving up. */
function leave(deps: PayDeps, reply: FastifyReply, trade: Trade, outcome: PayOutcome) {
  const isPaid = trade.payment !== null;
  if (isPaid && trade.returnUrl !== null && trade.method !== 'app') {
    return reply.redirect(signedReturn(deps, trade, trade.returnUrl), 303);
  }
  if (!isPaid && trade.method === 'wap' && trade.quitUrl !== null) {
    return reply.redirect(trade.quitUrl, 303);
  }
  const status = isPaid ? '9000' : outcome === 'fail' ? '4000' : '6001';
  return sendPage(reply, resultPage(deps, trade, outcome, `resultStatus=${status}`));
}

function signedReturn(deps: PayDeps, trade: Trade, returnUrl: string): string {
  const app = applicationOf(deps, trade.appId);
  const params = {
    charset: 'utf-8',
    out_trade_no: trade.outTradeNo,
    method: `alipay.trade.${trade.method}.pay.return`,
    total_amount: yuanText(trade.payment?.totalFen ?? trade.totalFen),
    trade_no: trade.tradeNo ?? '',
    auth_app_id: app.appId,
    version: '1.0',
    app_id: app.appId,
    seller_id: trade.sellerId,
    timestamp: beijingText(deps.clock.now()),
  };
  return addressWith(returnUrl, withSignature(params, signerOf(app).privateKeyPem));
}

function signAtPage(deps: PayDeps, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const form = formOf(request);
  const agreement = findAgreement(deps, form.get('agreement') ?? '');
  if (agreement === undefined) return lost(deps, reply);
  const user = userOf(request) ?? findUser(form.get('user'));
  if (form.get('outcome') !== 'signed') {
    return sendPage(reply, messagePage(deps, '没有开通', '您没有同意，自动扣款没有开通。'));
  }
  const problem = user === undefined ? '请选择一位用户。' : passwordProblem(form.get('password'));
  const app = applicationOf(deps, agreement.appId);
  if (user === undefined || problem !== undefined) {
    const shown = { app, agreement, user, problem };
    return sendPage(reply.code(400), agreementPage(deps, shown));
  }
  try {
    return leaveSigned(deps, reply, signAgreement(deps, agreement, user.no));
  } catch (error) {
    if (!(error instanceof PayRefused)) throw error;
    return sendPage(reply.code(409), messagePage(deps, '无法开通', error.message));
  }
}

function leaveSigned(deps: PayDeps, reply: FastifyReply, agreement: Agreement): FastifyReply {
  if (agreement.returnUrl === null) {
    return sendPage(reply, messagePage(deps, '已开通', '自动扣款已开通，商户会收到通知。'));
  }
  const app = applicationOf(deps, agreement.appId);
  const params = {
    ...present(agreementFields(app, agreement)),
    status: agreement.status,
    app_id: app.appId,
    auth_app_id: app.appId,
    charset: 'utf-8',
    version: '1.0',
    method: 'alipay.user.agreement.page.sign.return',
    timestamp: beijingText(deps.clock.now()),
  };
  const signed = withSignature(params, signerOf(app).privateKeyPem);
  return reply.redirect(addressWith(agreement.returnUrl, signed), 303);
}

/** Parameters of the merchant's own address stay in front, as they are. */
function addressWith(url: string, params: Record<string, string>): string {
  const query = new URLSearchParams(params).toString();
  return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

function tradeIn(deps: PayDeps, form: URLSearchParams): Trade | undefined {
  const [sellerId = '', outTradeNo = ''] = (form.get('trade') ?? '').split('/');
  return findTrade(deps, sellerId, outTradeNo);
}

function formOf(request: FastifyRequest): URLSearchParams {
  return new URLSearchParams(rawBody(request).toString());
}

function lost(deps: PayDeps, reply: FastifyReply): FastifyReply {
  return sendPage(reply.code(400), messagePage(deps, '无法付款', '请重新扫码或重新打开付款页面。'));
}
