import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  ControlRefused,
  number,
  oneOf,
  optionalNumber,
  optionalText,
  readFields,
  text,
} from '../control-input.ts';
import { faultsAt, type NotifyFault } from '../faults.ts';
import { queryOf } from '../inbound.ts';
import { codeByControl, userIn } from '../union-pay/control.ts';
import { outcomeNames, PayRefused } from '../union-pay/outcomes.ts';
import { readHosts, registerHosts } from '../union-pay/redirect-hosts.ts';
import { firstUser } from '../union-pay/users.ts';
import { bookOf, orderView, refundView, statementView } from './control-views.ts';
import type { PayDeps } from './deps.ts';
import { eventOf } from './notifier.ts';
import { findOrder } from './orders.ts';
import { collect, digits, pay } from './pay.ts';
import type { Merchant, Order, Refund } from './records.ts';
import { finish } from './refunds.ts';

const FEN = { least: 1, most: Number.MAX_SAFE_INTEGER };
const COPIES_MOST = 1_000;
const FEE_RATE_BP = 60;
const BASE = '/control/union-pay-qr';

type OfOrder = { Params: { outTradeNo: string } };
type OfRefund = { Params: { outRefundNo: string } };

/** What tests and the demo set-up call about the QR access. */
export function registerQrControl(app: FastifyInstance, deps: PayDeps): void {
  app.post(`${BASE}/merchants`, (request) => registerMerchant(deps, request));
  app.post(`${BASE}/pay`, (request) => payByControl(deps, request));
  app.get<OfOrder>(`${BASE}/orders/:outTradeNo`, (request) => {
    const mchid = queryOf(request).get('mchid');
    return orderView(deps, orderOf(deps, request.params.outTradeNo, mchid));
  });
  app.post<OfOrder>(`${BASE}/orders/:outTradeNo/notify`, (request) =>
    notifyNow(deps, request, request.params.outTradeNo),
  );
  app.get(`${BASE}/book`, (request) => bookOf(deps, queryOf(request).get('mchid')));
  app.post(`${BASE}/unknown-order`, (request) => payUnknownOrder(deps, request));
  app.get<OfRefund>(`${BASE}/refunds/:outRefundNo`, (request) =>
    refundView(refundOf(deps, request.params.outRefundNo)),
  );
  app.post<OfRefund>(`${BASE}/refunds/:outRefundNo/finish`, (request) => {
    const refund = refundOf(deps, request.params.outRefundNo);
    const outcome = oneOf(readFields(request, ['outcome']), 'outcome', ['refunded', 'failed']);
    if (refund.state !== 'accepted') throw new ControlRefused('这笔退款已有结果', null, 409);
    return refundView(finish(deps, refund, outcome === 'refunded' ? 'done' : 'failed'));
  });
  app.post(`${BASE}/codes`, (request) => codeByControl(deps, request));
  app.get(`${BASE}/statement`, (request) => statementView(deps, queryOf(request)));
}

/** Registers a merchant, or changes its key; the acquirer makes the key unless one is given. */
function registerMerchant(deps: PayDeps, request: FastifyRequest) {
  const fields = readFields(request, ['mchid', 'name', 'key', 'feeRateBp', 'redirectHosts']);
  const mchid = text(fields, 'mchid');
  if (!/^[0-9A-Za-z]{6,15}$/.test(mchid)) {
    throw new ControlRefused('mchid 须是 6 到 15 位字母或数字', 'mchid');
  }
  const known = deps.records.merchants.get(mchid);
  const key = optionalText(fields, 'key') ?? known?.key ?? randomBytes(16).toString('hex');
  const feeRateBp = number(fields, 'feeRateBp', { least: 0, most: 1000, fallback: FEE_RATE_BP });
  registerHosts(deps.store, readHosts(fields.redirectHosts ?? []));
  const name = text(fields, 'name');
  const lastNotifyUrl = known?.lastNotifyUrl ?? null;
  deps.records.merchants.set(mchid, { mchid, name, key, feeRateBp, lastNotifyUrl });
  return { mchid, key };
}

async function payByControl(deps: PayDeps, request: FastifyRequest) {
  const fields = readFields(request, ['outTradeNo', 'mchid', 'user', 'outcome', 'totalFen']);
  const mchid = optionalText(fields, 'mchid') ?? null;
  const order = orderOf(deps, text(fields, 'outTradeNo'), mchid);
  const user = userIn(fields)?.no ?? order.user ?? firstUser.no;
  const outcome = fields.outcome === undefined ? 'paid' : oneOf(fields, 'outcome', outcomeNames);
  const totalFen = optionalNumber(fields, 'totalFen', FEN);
  return orderView(deps, await pay(deps, { order, user, outcome, totalFen }));
}

async function notifyNow(deps: PayDeps, request: FastifyRequest, outTradeNo: string) {
  const fields = readFields(request, ['times', 'parallel', 'fault', 'totalFen', 'mchid']);
  const order = orderOf(deps, outTradeNo, optionalText(fields, 'mchid') ?? null);
  if (order.payment === null) throw new PayRefused('订单未支付，没有可发的通知');
  const times = number(fields, 'times', { least: 1, most: COPIES_MOST, fallback: 1 });
  const totalFen = optionalNumber(fields, 'totalFen', FEN);
  const kind = fields.fault === undefined ? undefined : oneOf(fields, 'fault', faultsAt('notify'));
  const fault = kind === undefined ? undefined : { fault: kind as NotifyFault, totalFen };
  const parallel = fields.parallel === true;
  const sent = await deps.notifier.sendNow(eventOf(deps, order), { times, parallel, fault });
  return { statuses: sent.map((one) => one.status), answers: sent.map((one) => one.answer) };
}

async function payUnknownOrder(deps: PayDeps, request: FastifyRequest) {
  const fields = readFields(request, ['mchid', 'outTradeNo', 'totalFen', 'notifyUrl', 'user']);
  const merchant = merchantOf(deps, text(fields, 'mchid'));
  const outTradeNo = text(fields, 'outTradeNo');
  if (findOrder(deps, merchant.mchid, outTradeNo) !== undefined) {
    throw new ControlRefused('这个商户订单号已经存在', 'outTradeNo', 409);
  }
  const notifyUrl = optionalText(fields, 'notifyUrl') ?? merchant.lastNotifyUrl;
  if (notifyUrl === null) {
    throw new ControlRefused('商户还没有下过单，请给出 notifyUrl', 'notifyUrl');
  }
  const order: Order = {
    mchid: merchant.mchid,
    outTradeNo,
    service: 'native',
    token: digits(24),
    parameters: '',
    description: '商户未下过的订单',
    attach: '',
    notifyUrl,
    callbackUrl: null,
    totalFen: number(fields, 'totalFen', FEN),
    user: null,
    state: 'open',
    createdAt: deps.clock.now(),
    expireAt: deps.clock.scheduleNow(),
    payment: null,
  };
  const user = (userIn(fields) ?? firstUser).no;
  return orderView(deps, await collect(deps, { order, user, outcome: 'paid-notification-first' }));
}

function orderOf(deps: PayDeps, outTradeNo: string, mchid: string | null): Order {
  const found = deps.records.orders.find(
    (one) => one.outTradeNo === outTradeNo && (mchid === null || one.mchid === mchid),
  );
  const order = found && findOrder(deps, found.mchid, outTradeNo);
  if (order !== undefined) return order;
  throw new ControlRefused(`没有订单 ${outTradeNo}`, 'outTradeNo', 404);
}

function refundOf(deps: PayDeps, outRefundNo: string): Refund {
  const refund = deps.records.refunds.find((one) => one.outRefundNo === outRefundNo);
  if (refund !== undefined) return refund;
  throw new ControlRefused(`没有退款 ${outRefundNo}`, 'outRefundNo', 404);
}

export function merchantOf(deps: PayDeps, mchid: string): Merchant {
  const merchant = deps.records.merchants.get(mchid);
  if (merchant === undefined) throw new ControlRefused(`没有登记商户 ${mchid}`, 'mchid', 404);
  return merchant;
}
