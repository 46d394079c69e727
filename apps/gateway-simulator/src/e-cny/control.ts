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
import { outcomeNames, PayRefused } from '../union-pay/outcomes.ts';
import { digits, makeCode } from './codes.ts';
import { noticeOf } from './notices.ts';
import { findOrder, saveOrder } from './orders.ts';
import { pay } from './pay.ts';
import {
  codeOutcomes,
  keyOf,
  type Merchant,
  type Order,
  type PayDeps,
  type Refund,
} from './records.ts';
import { finish, refundedFenOf } from './refunds.ts';
import { announceBankKey, bankKeyOf, renewBankKey } from './signature.ts';
import { linesOf, yuan } from './statement.ts';

const FEN = { least: 1, most: Number.MAX_SAFE_INTEGER };
const COPIES_MOST = 1_000;
const FEE_RATE_BP = 30;
const ORDER_LIFE_MS = 86_400_000;
const BASE = '/control/e-cny';

type OfOrder = { Params: { outTradeNo: string } };
type OfRefund = { Params: { outRefundNo: string } };

/** What tests and the demo set-up call about e-CNY. */
export function registerEcnyControl(app: FastifyInstance, deps: PayDeps): void {
  app.post(`${BASE}/merchants`, (request) => registerMerchant(deps, request));
  app.post(`${BASE}/announce`, async () => bankKeyView(await announceBankKey(deps.records)));
  app.post(`${BASE}/rotate`, async () => bankKeyView(await renewBankKey(deps.records)));
  app.post(`${BASE}/pay`, (request) => payByControl(deps, request));
  app.get<OfOrder>(`${BASE}/orders/:outTradeNo`, (request) =>
    orderView(deps, orderOf(deps, request.params.outTradeNo, queryOf(request).get('mchid'))),
  );
  app.post<OfOrder>(`${BASE}/orders/:outTradeNo/notify`, (request) =>
    notifyNow(deps, request, request.params.outTradeNo),
  );
  app.get(`${BASE}/book`, (request) => bookOf(deps, queryOf(request).get('mchid')));
  app.post(`${BASE}/unknown-order`, (request) => payUnknownOrder(deps, request));
  app.get<OfRefund>(`${BASE}/refunds/:outRefundNo`, (request) =>
    refundView(refundOf(deps, request.params.outRefundNo)),
  );
  app.post<OfRefund>(`${BASE}/refunds/:outRefundNo/finish`, async (request) => {
    const refund = refundOf(deps, request.params.outRefundNo);
    const outcome = oneOf(readFields(request, ['outcome']), 'outcome', ['refunded', 'failed']);
    if (refund.state !== 'pending') throw new ControlRefused('这笔退款已有结果', null, 409);
    return refundView(await finish(deps, refund, outcome === 'refunded' ? 'done' : 'failed'));
  });
  app.post(`${BASE}/codes`, (request) => {
    const fields = readFields(request, ['user', 'outcome']);
    const outcome = fields.outcome === undefined ? 'paid' : oneOf(fields, 'outcome', codeOutcomes);
    return { authCode: makeCode(deps, userIn(fields), outcome).walletCode };
  });
  app.get(`${BASE}/statement`, (request) => statementView(deps, queryOf(request)));
}

/** Registers a merchant, or adds a key to it. */
async function registerMerchant(deps: PayDeps, request: FastifyRequest) {
  const fields = readFields(request, ['mchid', 'name', 'keyId', 'publicKeyPem', 'feeRateBp']);
  const mchid = text(fields, 'mchid');
  if (!/^DC[0-9]{8}$/.test(mchid)) throw new ControlRefused('mchid 须是 DC 加 8 位数字', 'mchid');
  const known = deps.records.merchants.get(mchid);
  const feeRateBp = number(fields, 'feeRateBp', { least: 0, most: 1000, fallback: FEE_RATE_BP });
  const keys = { ...known?.keys, [text(fields, 'keyId')]: text(fields, 'publicKeyPem') };
  const name = text(fields, 'name');
  const lastNotifyUrl = known?.lastNotifyUrl ?? null;
  deps.records.merchants.set(mchid, { mchid, name, keys, feeRateBp, lastNotifyUrl });
  return { mchid, ...bankKeyView(await bankKeyOf(deps.records)) };
}

function bankKeyView({ id, publicKeyPem }: { id: string; publicKeyPem: string }) {
  return { bankKeyId: id, bankPublicKeyPem: publicKeyPem };
}

async function payByControl(deps: PayDeps, request: FastifyRequest) {
  const fields = readFields(request, ['outTradeNo', 'mchid', 'user', 'outcome', 'totalFen']);
  const mchid = optionalText(fields, 'mchid') ?? null;
  const order = orderOf(deps, text(fields, 'outTradeNo'), mchid);
  const outcome = fields.outcome === undefined ? 'paid' : oneOf(fields, 'outcome', outcomeNames);
  const totalFen = optionalNumber(fields, 'totalFen', FEN);
  return orderView(deps, await pay(deps, { order, user: userIn(fields), outcome, totalFen }));
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
  const sent = await deps.notifier.sendNow(noticeOf(deps, order), { times, parallel, fault });
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
  const order = saveOrder(deps, {
    mchid: merchant.mchid,
    outTradeNo,
    product: 'CODE',
    token: digits(24),
    content: '',
    subject: '商户未下过的订单',
    notifyUrl,
    returnUrl: null,
    totalFen: number(fields, 'totalFen', FEN),
    user: null,
    state: 'open',
    createdAt: deps.clock.now(),
    expireAt: deps.clock.scheduleNow() + ORDER_LIFE_MS,
    payment: null,
  });
  const outcome = 'paid-notification-first';
  return orderView(deps, await pay(deps, { order, user: userIn(fields), outcome }));
}

function orderView(deps: PayDeps, order: Order) {
  const refundedFen = refundedFenOf(deps, order);
  const { payment, mchid, outTradeNo, product, token } = order;
  const totalFen = payment?.totalFen ?? order.totalFen;
  const states = { open: 'unpaid', paying: 'paying', paid: 'paid', closed: 'closed' } as const;
  const isReturned = payment !== null && refundedFen >= totalFen;
  return {
    outTradeNo,
    mchid,
    product,
    token,
    state: isReturned ? 'refunded' : states[order.state],
    totalFen,
    refundedFen,
    tradeNo: payment?.tradeNo ?? null,
    notifications: deps.records.notices
      .values()
      .filter((one) => one.orderKey === keyOf(mchid, outTradeNo))
      .map(({ id, attempts, dueAt, outcome }) => ({ id, attempts, dueAt, outcome })),
  };
}

function refundView(refund: Refund) {
  const states = { pending: 'pending', done: 'refunded', failed: 'failed' } as const;
  const { outRefundNo, outTradeNo, refundFen, bankRefundNo, state } = refund;
  return { outRefundNo, outTradeNo, state: states[state], refundFen, bankRefundNo };
}

/** All the money that the bank has for a merchant: what its books must come to. */
function bookOf(deps: PayDeps, mchid: string | null) {
  const isMine = (one: { mchid: string }) => mchid === null || one.mchid === mchid;
  const payments = deps.records.orders
    .values()
    .filter(isMine)
    .flatMap(({ payment }) => payment ?? []);
  const returned = deps.records.refunds
    .values()
    .filter((one) => isMine(one) && one.state === 'done');
  return {
    count: payments.length,
    totalFen: payments.reduce((sum, one) => sum + one.totalFen, 0),
    refundCount: returned.length,
    refundedFen: returned.reduce((sum, one) => sum + one.refundFen, 0),
  };
}

/** What the file of a day says, without the faults of a file. */
function statementView(deps: PayDeps, query: URLSearchParams) {
  const merchant = merchantOf(deps, query.get('mchid') ?? '');
  const day = query.get('day') ?? '';
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw new ControlRefused('day 须形如 2026-01-31', 'day');
  const lines = linesOf(deps, merchant, day);
  const sum = (kind: string) =>
    lines.filter((line) => line.kind === kind).reduce((total, line) => total + line.amountFen, 0);
  return {
    lines: lines.map((line) => ({
      kind: line.kind,
      outTradeNo: line.order.outTradeNo,
      tradeNo: line.payment.tradeNo,
      outRefundNo: line.refund?.outRefundNo ?? null,
      amountFen: line.amountFen,
      feeYuan: yuan(line.feeFen),
    })),
    totalFen: sum('payment'),
    refundedFen: sum('refund'),
    feeYuan: yuan(lines.reduce((total, line) => total + line.feeFen, 0)),
  };
}

function userIn(fields: Fields): number {
  return number(fields, 'user', { least: 1, most: 3, fallback: 1 });
}

function orderOf(deps: PayDeps, outTradeNo: string, mchid: string | null): Order {
  const isWanted = (one: Order) =>
    one.outTradeNo === outTradeNo && (mchid === null || one.mchid === mchid);
  const found = deps.records.orders.find(isWanted);
  const order = found && findOrder(deps, found.mchid, outTradeNo);
  if (order !== undefined) return order;
  throw new ControlRefused(`没有订单 ${outTradeNo}`, 'outTradeNo', 404);
}

function refundOf(deps: PayDeps, outRefundNo: string): Refund {
  const refund = deps.records.refunds.find((one) => one.outRefundNo === outRefundNo);
  if (refund !== undefined) return refund;
  throw new ControlRefused(`没有退款 ${outRefundNo}`, 'outRefundNo', 404);
}

function merchantOf(deps: PayDeps, mchid: string): Merchant {
  const merchant = deps.records.merchants.get(mchid);
  if (merchant !== undefined) return merchant;
  throw new ControlRefused(`没有登记商户 ${mchid}`, 'mchid', 404);
}
