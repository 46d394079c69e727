import type { FastifyInstance, FastifyRequest } from 'fastify';
import { beijingDigits } from '../clock.ts';
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
import { renewSigning } from './certificates.ts';
import { codeOutcomes, makeCode } from './codes.ts';
import { bookOf, refundView, statementView, tradeView } from './control-views.ts';
import type { PayDeps } from './deps.ts';
import { registerMerchant } from './merchants.ts';
import { eventOf } from './notifier.ts';
import { transactionOf } from './orders.ts';
import { outcomeNames, PayRefused } from './outcomes.ts';
import { collect, pay } from './pay.ts';
import type { Order, Reversal } from './records.ts';
import { finish } from './reversals.ts';
import { findUser, firstUser } from './users.ts';

const FEN = { least: 1, most: Number.MAX_SAFE_INTEGER };
const COPIES_MOST = 1_000;
const BASE = '/control/union-pay';

type OfOrder = { Params: { outTradeNo: string } };
type OfRefund = { Params: { outRefundNo: string } };

/** What tests and the demo set-up call about the UnionPay gateway. */
export function registerUnionPayControl(app: FastifyInstance, deps: PayDeps): void {
  app.post(`${BASE}/merchants`, (request) => registerMerchant(deps, request));
  app.post(`${BASE}/pay`, (request) => payByControl(deps, request));
  app.get<OfOrder>(`${BASE}/orders/:outTradeNo`, (request) => {
    const query = queryOf(request);
    const named = { mchid: query.get('mchid'), txnTime: query.get('txnTime') };
    return tradeView(deps, orderOf(deps, request.params.outTradeNo, named));
  });
  app.post<OfOrder>(`${BASE}/orders/:outTradeNo/notify`, (request) =>
    notifyNow(deps, request, request.params.outTradeNo),
  );
  app.get(`${BASE}/book`, (request) => bookOf(deps, queryOf(request).get('mchid')));
  app.post(`${BASE}/unknown-order`, (request) => payUnknownOrder(deps, request));
  app.get<OfRefund>(`${BASE}/refunds/:outRefundNo`, (request) =>
    refundView(reversalOf(deps, request.params.outRefundNo)),
  );
  app.post<OfRefund>(`${BASE}/refunds/:outRefundNo/finish`, async (request) => {
    const reversal = reversalOf(deps, request.params.outRefundNo);
    const outcome = oneOf(readFields(request, ['outcome']), 'outcome', ['refunded', 'failed']);
    if (reversal.state !== 'accepted') throw new ControlRefused('这笔退款已有结果', null, 409);
    return refundView(await finish(deps, reversal, outcome === 'refunded' ? 'done' : 'failed'));
  });
  app.post(`${BASE}/codes`, (request) => codeByControl(deps, request));
  app.get(`${BASE}/statement`, (request) => statementView(deps, queryOf(request)));
  app.post(`${BASE}/rotate`, async () => {
    const { signPem, signCertId } = await renewSigning(deps.records, deps.clock);
    return { signCertificatePem: signPem, signCertId };
  });
}

/** The same for both ways to UnionPay: one wallet shows the codes. */
export function codeByControl(deps: Pick<PayDeps, 'clock' | 'store'>, request: FastifyRequest) {
  const fields = readFields(request, ['user', 'outcome']);
  const user = userIn(fields) ?? firstUser;
  const outcome = fields.outcome === undefined ? 'paid' : oneOf(fields, 'outcome', codeOutcomes);
  return { authCode: makeCode(deps, user.no, outcome).authCode };
}

export function userIn(fields: Record<string, unknown>) {
  const user = findUser(fields.user);
  if (fields.user === undefined || user !== undefined) return user;
  throw new ControlRefused('user 须是 1 到 3', 'user');
}

async function payByControl(deps: PayDeps, request: FastifyRequest) {
  const known = ['outTradeNo', 'txnTime', 'mchid', 'user', 'outcome', 'totalFen'];
  const fields = readFields(request, known);
  const order = orderOf(deps, text(fields, 'outTradeNo'), {
    mchid: optionalText(fields, 'mchid') ?? null,
    txnTime: optionalText(fields, 'txnTime') ?? null,
  });
  const user = userIn(fields)?.no ?? order.user ?? firstUser.no;
  const outcome = fields.outcome === undefined ? 'paid' : oneOf(fields, 'outcome', outcomeNames);
  const totalFen = optionalNumber(fields, 'totalFen', FEN);
  return tradeView(deps, await pay(deps, { order, user, outcome, totalFen }));
}

async function notifyNow(deps: PayDeps, request: FastifyRequest, outTradeNo: string) {
  const fields = readFields(request, ['times', 'parallel', 'fault', 'totalFen', 'mchid']);
  const mchid = optionalText(fields, 'mchid') ?? null;
  const order = orderOf(deps, outTradeNo, { mchid, txnTime: null });
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
  const merId = text(fields, 'mchid');
  const merchant = deps.records.merchants.get(merId);
  if (merchant === undefined) throw new ControlRefused(`没有登记商户 ${merId}`, 'mchid', 404);
  const orderId = text(fields, 'outTradeNo');
  const isTaken = deps.records.trades.find((one) => one.merId === merId && one.orderId === orderId);
  if (isTaken) throw new ControlRefused('这个商户订单号已经存在', 'outTradeNo', 409);
  const backUrl = optionalText(fields, 'notifyUrl') ?? merchant.lastBackUrl;
  if (backUrl === null) {
    throw new ControlRefused('商户还没有下过单，请给出 notifyUrl', 'notifyUrl');
  }
  const totalFen = number(fields, 'totalFen', FEN);
  const signMethod = Object.keys(merchant.keys).length === 0 ? '11' : '01';
  const request07 = {
    merId,
    orderId,
    txnTime: beijingDigits(deps.clock.now()),
    txnSubType: '01',
    bizType: '000201',
    channelType: '07',
    accessType: '0',
    signMethod,
    backUrl,
    txnAmt: `${totalFen}`,
  };
  const order: Order = {
    kind: 'consume',
    entry: 'front',
    ...transactionOf(deps, request07),
    token: '',
    parameters: '',
    frontUrl: null,
    frontFailUrl: null,
    description: '商户未下过的订单',
    termId: null,
    state: 'open',
    failure: null,
    expireAt: deps.clock.scheduleNow(),
    user: null,
    payment: null,
  };
  const user = (userIn(fields) ?? firstUser).no;
  const paid = await collect(deps, { order, user, outcome: 'paid-notification-first' });
  return tradeView(deps, paid);
}

/** The order of that number; of several the one with the latest txnTime. */
function orderOf(
  deps: PayDeps,
  outTradeNo: string,
  named: { mchid: string | null; txnTime: string | null },
): Order {
  const found = deps.records.trades
    .values()
    .filter((one) => one.kind === 'consume')
    .filter((one) => one.orderId === outTradeNo)
    .filter((one) => named.mchid === null || one.merId === named.mchid)
    .filter((one) => named.txnTime === null || one.txnTime === named.txnTime)
    .sort((one, other) => one.txnTime.localeCompare(other.txnTime))
    .at(-1);
  if (found !== undefined) return found;
  throw new ControlRefused(`没有订单 ${outTradeNo}`, 'outTradeNo', 404);
}

function reversalOf(deps: PayDeps, outRefundNo: string): Reversal {
  const found = deps.records.trades
    .values()
    .filter((one) => one.kind !== 'consume')
    .findLast((one) => one.orderId === outRefundNo);
  if (found !== undefined) return found;
  throw new ControlRefused(`没有退款或撤销 ${outRefundNo}`, 'outRefundNo', 404);
}
