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
import { readMerchant } from './merchants.ts';
import { findOrder, findPrepay, saveOrder } from './orders.ts';
import {
  checkPrepayAge,
  chooseOpenid,
  type PayDeps,
  type PayOutcome,
  PayRefused,
  pay,
  payOutcomes,
} from './pay.ts';
import { rotate, validCertificates } from './platform-keys.ts';
import { type Merchant, type Order, refundedFenOf } from './records.ts';
import { transactionOf } from './transaction.ts';
import { findUser, type SimulatedUser } from './users.ts';

const PERCENT = { least: 0, most: 100, isWhole: false };
const FEN = { least: 1, most: Number.MAX_SAFE_INTEGER };
const OUTCOMES = Object.keys(payOutcomes) as PayOutcome[];
const COPIES_MOST = 1_000;

/** What tests and the demo set-up call about WeChat Pay. */
export function registerWechatControl(app: FastifyInstance, deps: PayDeps): void {
  const { records, clock } = deps;
  const base = '/control/wechat-pay';

  app.post(`${base}/merchants`, async (request) => {
    const merchant = await readMerchant(deps, request);
    const newest = validCertificates(records, clock).at(-1);
    return {
      platformSerialNo: newest?.serialNo,
      platformCertificatePem: newest?.certificatePem,
      publicKeyId: merchant.publicKeyId,
      publicKeyPem: merchant.publicKeyPem,
    };
  });

  app.post(`${base}/pay`, (request) => payByControl(deps, request));
  app.get<{ Params: { outTradeNo: string } }>(`${base}/orders/:outTradeNo`, (request) =>
    viewOf(deps, orderOf(deps, request.params.outTradeNo, queryOf(request).get('mchid'))),
  );
  app.post<{ Params: { outTradeNo: string } }>(`${base}/orders/:outTradeNo/notify`, (request) =>
    notifyNow(deps, request, request.params.outTradeNo),
  );
  app.get(`${base}/book`, (request) => bookOf(deps, queryOf(request).get('mchid')));
  app.post(`${base}/unknown-order`, (request) => payUnknownOrder(deps, request));

  app.post(`${base}/rotate`, async (request) => {
    const fields = readFields(request, ['newShare']);
    const newShare = number(fields, 'newShare', { ...PERCENT, fallback: 100 });
    const made = await rotate(records, clock, newShare);
    const { serialNo: platformSerialNo, certificatePem: platformCertificatePem } = made;
    const validSerialNos = validCertificates(records, clock).map((one) => one.serialNo);
    return { platformSerialNo, platformCertificatePem, validSerialNos };
  });

  app.post(`${base}/mode`, (request) => {
    const fields = readFields(request, ['mchid', 'mode', 'publicKeyShare']);
    const merchant = merchantOf(deps, text(fields, 'mchid'));
    const mode = oneOf(fields, 'mode', ['certificate', 'public-key'] as const);
    const publicKeyShare = number(fields, 'publicKeyShare', { ...PERCENT, fallback: 0 });
    records.merchants.set(merchant.mchid, { ...merchant, mode, publicKeyShare });
    return { mchid: merchant.mchid, mode, publicKeyShare };
  });
}

async function payByControl(deps: PayDeps, request: FastifyRequest) {
  const known = ['outTradeNo', 'prepayId', 'codeUrl', 'mchid', 'user', 'openid', 'outcome'];
  const fields = readFields(request, [...known, 'totalFen']);
  const order = payableOf(deps, fields);
  const user = readUser(fields);
  const openid = optionalText(fields, 'openid');
  const outcome = fields.outcome === undefined ? 'paid' : oneOf(fields, 'outcome', OUTCOMES);
  const payer = chooseOpenid(order, { ...(openid ? { openid } : {}), ...(user ? { user } : {}) });
  const totalFen = optionalNumber(fields, 'totalFen', FEN);
  return viewOf(deps, await pay(deps, { order, openid: payer, outcome, totalFen }));
}

export function readUser(fields: Record<string, unknown>): SimulatedUser | undefined {
  const user = findUser(fields.user);
  if (fields.user === undefined || user !== undefined) return user;
  throw new ControlRefused('user 须是 1 到 3', 'user');
}

function payableOf(deps: PayDeps, fields: Record<string, unknown>): Order {
  const prepayId = optionalText(fields, 'prepayId');
  const codeUrl = optionalText(fields, 'codeUrl');
  if (prepayId === undefined && codeUrl === undefined) {
    const mchid = optionalText(fields, 'mchid') ?? null;
    return orderOf(deps, text(fields, 'outTradeNo'), mchid);
  }
  const found = findPrepay(
    deps,
    prepayId === undefined ? { codeUrl: codeUrl ?? '' } : { prepayId },
  );
  if (found === undefined) throw new ControlRefused('没有这个预支付单', null, 404);
  checkPrepayAge(deps, found.prepay);
  return found.order;
}

async function notifyNow(deps: PayDeps, request: FastifyRequest, outTradeNo: string) {
  const fields = readFields(request, ['times', 'parallel', 'fault', 'totalFen', 'mchid']);
  const order = orderOf(deps, outTradeNo, optionalText(fields, 'mchid') ?? null);
  if (order.payment === null) throw new PayRefused('订单未支付，没有可发的通知');
  const times = number(fields, 'times', { least: 1, most: COPIES_MOST, fallback: 1 });
  const totalFen = optionalNumber(fields, 'totalFen', FEN);
  const fault =
    fields.fault === undefined
      ? undefined
      : { fault: oneOf(fields, 'fault', faultsAt('notify')) as NotifyFault, totalFen };
  const parallel = fields.parallel === true;
  const sent = await deps.notifier.sendNow(order, { times, parallel, fault });
  return { statuses: sent.map((one) => one.status), answers: sent.map((one) => one.answer) };
}

/** Every transaction that the gateway has money for: what the merchant's books must come to. */
function bookOf(deps: PayDeps, mchid: string | null) {
  const paid = deps.records.orders
    .values()
    .filter((order) => order.payment !== null && (mchid === null || isBookOf(order, mchid)));
  const totalFen = paid.reduce((sum, order) => sum + (order.payment?.totalFen ?? 0), 0);
  const refunds = deps.records.refunds
    .values()
    .filter((one) => one.state !== 'CLOSED' && (mchid === null || isBookOf(one, mchid)));
  const refundedFen = refunds.reduce((sum, one) => sum + one.refundFen, 0);
  const transactions = paid.map(transactionOf);
  return { count: paid.length, totalFen, refundCount: refunds.length, refundedFen, transactions };
}

/** A partner's book holds what its sub-merchants took; a sub-merchant's its own. */
function isBookOf(one: { mchid: string; spMchid?: string | undefined }, mchid: string): boolean {
  return one.mchid === mchid || one.spMchid === mchid;
}

async function payUnknownOrder(deps: PayDeps, request: FastifyRequest) {
  const fields = readFields(request, [
    'mchid',
    'outTradeNo',
    'totalFen',
    'appid',
    'notifyUrl',
    'user',
  ]);
  const merchant = merchantOf(deps, text(fields, 'mchid'));
  const outTradeNo = text(fields, 'outTradeNo');
  if (findOrder(deps, merchant.mchid, outTradeNo) !== undefined) {
    throw new ControlRefused('这个商户订单号已经存在', 'outTradeNo', 409);
  }
  const notifyUrl = optionalText(fields, 'notifyUrl') ?? merchant.lastNotifyUrl;
  if (notifyUrl === null) {
    throw new ControlRefused('商户还没有下过单，请给出 notifyUrl', 'notifyUrl');
  }
  const appid = optionalText(fields, 'appid') ?? Object.keys(merchant.apps)[0] ?? '';
  const now = deps.clock.now();
  const order = saveOrder(deps, {
    mchid: merchant.mchid,
    appid,
    outTradeNo,
    tradeType: 'NATIVE',
    parameters: '',
    description: '商户未下过的订单',
    attach: null,
    notifyUrl,
    totalFen: number(fields, 'totalFen', FEN),
    openid: null,
    state: 'NOTPAY',
    createdAt: now,
    expireAt: deps.clock.scheduleNow() + 86_400_000,
    prepays: [],
    payment: null,
  });
  const user = readUser(fields);
  const openid = chooseOpenid(order, user ? { user } : {});
  return transactionOf(await pay(deps, { order, openid, outcome: 'paid-notification-first' }));
}

/** The states that every channel of the simulator knows. */
function stateOf(order: Order, refundedFen: number): string {
  switch (order.state) {
    case 'NOTPAY':
      return order.tradeType === 'PAP' ? 'paying' : 'unpaid';
    case 'USERPAYING':
      return 'paying';
    case 'SUCCESS':
      return 'paid';
    case 'REFUND':
      return refundedFen >= (order.payment?.totalFen ?? order.totalFen) ? 'refunded' : 'paid';
    case 'CLOSED':
    case 'REVOKED':
    case 'PAYERROR':
      return 'closed';
  }
}

function viewOf(deps: PayDeps, order: Order) {
  const refundedFen = refundedFenOf(deps.records, order);
  const notifications = deps.records.notifications
    .values()
    .filter((one) => one.mchid === order.mchid && one.outTradeNo === order.outTradeNo)
    .map(({ id, attempts, dueAt, outcome, kind = 'payment' }) => ({
      id,
      kind,
      attempts,
      dueAt,
      outcome,
    }));
  return {
    outTradeNo: order.outTradeNo,
    mchid: order.mchid,
    state: stateOf(order, refundedFen),
    totalFen: order.payment?.totalFen ?? order.totalFen,
    refundedFen,
    tradeNo: order.payment?.transactionId ?? null,
    ...transactionOf(order),
    trade_type: order.tradeType,
    notify_url: order.notifyUrl,
    prepays: order.prepays,
    notifications,
  };
}

export function orderOf(deps: PayDeps, outTradeNo: string, mchid: string | null): Order {
  const found = deps.records.orders.find(
    (one) => one.outTradeNo === outTradeNo && (mchid === null || isBookOf(one, mchid)),
  );
  const order = found && findOrder(deps, found.mchid, outTradeNo);
  if (order === undefined) throw new ControlRefused(`没有订单 ${outTradeNo}`, 'outTradeNo', 404);
  return order;
}

export function merchantOf(deps: PayDeps, mchid: string): Merchant {
  const merchant = deps.records.merchants.get(mchid);
  if (merchant === undefined) throw new ControlRefused(`没有登记商户 ${mchid}`, 'mchid', 404);
  return merchant;
}
