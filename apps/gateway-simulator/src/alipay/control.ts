import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  ControlRefused,
  type Fields,
  number,
  oneOf,
  optionalNumber,
  optionalText,
  readFields,
  text,
} from '../control-input.ts';
import { faultsAt, type NotifyFault } from '../faults.ts';
import { queryOf } from '../inbound.ts';
import { findAgreement, saveAgreement, signAgreement } from './agreements.ts';
import { codeOutcomes, makeCode } from './codes.ts';
import { bookOf, orderView, refundView, sellerOf, statementView } from './control-views.ts';
import type { PayDeps } from './deps.ts';
import { tradeEvent } from './events.ts';
import { registerApplication, rotateCertificate } from './merchants.ts';
import { openLink } from './pages.ts';
import { applicationOf, type PayOutcome, PayRefused, pay, payOutcomes } from './pay.ts';
import type { Agreement, CodeOutcome, Trade } from './records.ts';
import { finishRefund } from './refunds.ts';
import { Refusal } from './refusals.ts';
import { readForm } from './request.ts';
import { blankTrade, findByQrCode, findTrade, saveTrade } from './trades.ts';
import { findUser } from './users.ts';
import { orderStringIn } from './wallet.ts';

const FEN = { least: 1, most: 10_000_000_000 };
const OUTCOMES = Object.keys(payOutcomes) as PayOutcome[];
const CODE_OUTCOMES = Object.keys(codeOutcomes) as CodeOutcome[];
const COPIES_MOST = 1_000;
const BASE = '/control/alipay';

type ByOrder = { Params: { outTradeNo: string } };
type ByRefund = { Params: { outRefundNo: string } };
type ByMandate = { Params: { mandateNo: string } };

/** What tests and the demo set-up call about Alipay. */
export function registerAlipayControl(app: FastifyInstance, deps: PayDeps): void {
  app.post(`${BASE}/merchants`, (request) => registerApplication(deps, request));
  app.post(`${BASE}/rotate`, (request) =>
    rotateCertificate(deps, text(readFields(request, ['appId']), 'appId')),
  );
  app.post(`${BASE}/pay`, (request) => payByControl(deps, request));
  app.get<ByOrder>(`${BASE}/orders/:outTradeNo`, (request) =>
    orderView(deps, tradeOf(deps, request.params.outTradeNo, queryOf(request).get('mchid'))),
  );
  app.post<ByOrder>(`${BASE}/orders/:outTradeNo/notify`, (request) =>
    notifyNow(deps, request, request.params.outTradeNo),
  );
  app.get(`${BASE}/book`, (request) => bookOf(deps, queryOf(request).get('mchid')));
  app.post(`${BASE}/unknown-order`, (request) => payUnknownOrder(deps, request));
  app.post(`${BASE}/codes`, (request) => {
    const fields = readFields(request, ['user', 'outcome']);
    const outcome = fields.outcome === undefined ? 'paid' : oneOf(fields, 'outcome', CODE_OUTCOMES);
    return { authCode: makeCode(deps, userNoIn(fields) ?? 1, outcome).authCode };
  });
  app.get(`${BASE}/statement`, (request) => {
    const query = queryOf(request);
    return statementView(deps, sellerOf(deps, query.get('mchid')), query.get('day') ?? '');
  });
  registerRefundControl(app, deps);
  registerMandateControl(app, deps);
}

function registerRefundControl(app: FastifyInstance, deps: PayDeps): void {
  app.get<ByRefund>(`${BASE}/refunds/:outRefundNo`, (request) =>
    refundView(refundOf(deps, request.params.outRefundNo, queryOf(request).get('mchid'))),
  );
  app.post<ByRefund>(`${BASE}/refunds/:outRefundNo/finish`, (request) => {
    const fields = readFields(request, ['outcome', 'mchid']);
    const mchid = optionalText(fields, 'mchid') ?? null;
    const refund = refundOf(deps, request.params.outRefundNo, mchid);
    const outcome = oneOf(fields, 'outcome', ['refunded', 'failed'] as const);
    if (refund.state !== 'pending') throw new ControlRefused('退款已经有结果', null, 409);
    finishRefund(deps, refund, outcome);
    return refundView(refundOf(deps, refund.outRequestNo, refund.sellerId));
  });
}

function registerMandateControl(app: FastifyInstance, deps: PayDeps): void {
  app.get<ByMandate>(`${BASE}/mandates/:mandateNo`, (request) =>
    mandateOf(deps, request.params.mandateNo),
  );
  app.post<ByMandate>(`${BASE}/mandates/:mandateNo/sign`, (request) => {
    const fields = readFields(request, ['user', 'outcome', 'link']);
    const link = optionalText(fields, 'link');
    if (link !== undefined) openOr400(deps, link);
    const mandate = mandateOf(deps, request.params.mandateNo);
    const outcome = oneOf(fields, 'outcome', ['signed', 'cancel'] as const);
    return outcome === 'cancel' ? mandate : signAgreement(deps, mandate, userNoIn(fields) ?? 1);
  });
  app.post<ByMandate>(`${BASE}/mandates/:mandateNo/debits`, (request) => {
    const fields = readFields(request, ['outcome']);
    const debitOutcome = oneOf(fields, 'outcome', ['paid', 'no-money'] as const);
    return saveAgreement(deps, { ...mandateOf(deps, request.params.mandateNo), debitOutcome });
  });
}

async function payByControl(deps: PayDeps, request: FastifyRequest) {
  const known = ['outTradeNo', 'codeUrl', 'link', 'mchid', 'user', 'outcome', 'totalFen'];
  const fields = readFields(request, known);
  const trade = payableOf(deps, fields);
  const outcome = fields.outcome === undefined ? 'paid' : oneOf(fields, 'outcome', OUTCOMES);
  const userNo = userNoIn(fields) ?? trade.userNo ?? 1;
  const totalFen = optionalNumber(fields, 'totalFen', FEN);
  return orderView(deps, await pay(deps, { trade, userNo, outcome, totalFen }));
}

/** By number, by the content of a code, or by what a page or an app would open. */
function payableOf(deps: PayDeps, fields: Fields): Trade {
  const codeUrl = optionalText(fields, 'codeUrl');
  const link = optionalText(fields, 'link');
  if (codeUrl !== undefined) {
    const found = findByQrCode(deps, codeUrl);
    if (found === undefined) throw new ControlRefused('没有这个付款二维码', 'codeUrl', 404);
    return found;
  }
  if (link === undefined) {
    return tradeOf(deps, text(fields, 'outTradeNo'), optionalText(fields, 'mchid') ?? null);
  }
  const opened = openOr400(deps, link);
  if (opened.kind === 'trade') return opened.trade;
  throw new ControlRefused('这是签约链接，不是付款链接', 'link');
}

function openOr400(deps: PayDeps, link: string) {
  const parameters = orderStringIn(link) ?? link.split('?').slice(1).join('?');
  try {
    return openLink(deps, readForm(parameters));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new ControlRefused(`${error.subMsg}（${error.subCode}）`, 'link');
  }
}

async function notifyNow(deps: PayDeps, request: FastifyRequest, outTradeNo: string) {
  const fields = readFields(request, ['times', 'parallel', 'fault', 'totalFen', 'mchid']);
  const trade = tradeOf(deps, outTradeNo, optionalText(fields, 'mchid') ?? null);
  if (trade.payment === null) throw new PayRefused('订单未支付，没有可发的通知');
  const times = number(fields, 'times', { least: 1, most: COPIES_MOST, fallback: 1 });
  const totalFen = optionalNumber(fields, 'totalFen', FEN);
  const fault =
    fields.fault === undefined
      ? undefined
      : { fault: oneOf(fields, 'fault', faultsAt('notify')) as NotifyFault, totalFen };
  const parallel = fields.parallel === true;
  const { sellerId } = trade;
  const known = deps.records.events.find(
    (one) => one.sellerId === sellerId && one.outTradeNo === outTradeNo && one.kind === 'payment',
  );
  const app = applicationOf(deps, trade.appId);
  const event = known ?? tradeEvent(deps, { app, trade }, { withheld: true });
  const sent = await deps.notifier.sendNow(event, { times, parallel, fault });
  return { statuses: sent.map((one) => one.status), answers: sent.map((one) => one.answer) };
}

async function payUnknownOrder(deps: PayDeps, request: FastifyRequest) {
  const fields = readFields(request, ['mchid', 'outTradeNo', 'totalFen', 'notifyUrl', 'user']);
  const sellerId = sellerOf(deps, text(fields, 'mchid'));
  const app = deps.records.applications.find((one) => one.sellerId === sellerId);
  const outTradeNo = text(fields, 'outTradeNo');
  if (app === undefined || findTrade(deps, sellerId, outTradeNo) !== undefined) {
    throw new ControlRefused('这个商户订单号已经存在', 'outTradeNo', 409);
  }
  const notifyUrl = optionalText(fields, 'notifyUrl') ?? app.lastNotifyUrl;
  if (notifyUrl === null) throw new ControlRefused('请给出 notifyUrl', 'notifyUrl');
  const trade = saveTrade(deps, {
    ...blankTrade(app, outTradeNo),
    subject: '商户未下过的订单',
    totalFen: number(fields, 'totalFen', FEN),
    notifyUrl,
  });
  const userNo = userNoIn(fields) ?? 1;
  return orderView(deps, await pay(deps, { trade, userNo, outcome: 'paid-notification-first' }));
}

function tradeOf(deps: PayDeps, outTradeNo: string, mchid: string | null): Trade {
  const sellerId = mchid === null ? null : sellerOf(deps, mchid);
  const found = deps.records.trades.find(
    (one) => one.outTradeNo === outTradeNo && (sellerId === null || one.sellerId === sellerId),
  );
  const trade = found && findTrade(deps, found.sellerId, outTradeNo);
  if (trade === undefined) throw new ControlRefused(`没有订单 ${outTradeNo}`, 'outTradeNo', 404);
  return trade;
}

function refundOf(deps: PayDeps, outRequestNo: string, mchid: string | null) {
  const sellerId = mchid === null ? null : sellerOf(deps, mchid);
  const refund = deps.records.refunds.find(
    (one) => one.outRequestNo === outRequestNo && (sellerId === null || one.sellerId === sellerId),
  );
  if (refund === undefined) {
    throw new ControlRefused(`没有退款 ${outRequestNo}`, 'outRefundNo', 404);
  }
  return refund;
}

function mandateOf(deps: PayDeps, no: string): Agreement {
  const agreement = findAgreement(deps, no);
  if (agreement === undefined) throw new ControlRefused(`没有协议 ${no}`, 'mandateNo', 404);
  return agreement;
}

function userNoIn(fields: Fields): number | undefined {
  if (fields.user === undefined) return undefined;
  const user = findUser(fields.user);
  if (user === undefined) throw new ControlRefused('user 须是 1 到 3', 'user');
  return user.no;
}
