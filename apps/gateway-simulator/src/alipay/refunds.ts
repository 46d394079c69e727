import type { AnswerFault, Taken } from '../faults.ts';
import type { PayDeps } from './deps.ts';
import { tradeEvent } from './events.ts';
import { feeOf, fenOf, yuanText } from './money.ts';
import { applicationOf, logFailure } from './pay.ts';
import { type Application, type Refund, refundKey, type Trade, tradeKey } from './records.ts';
import { badParameter, refusals } from './refusals.ts';
import { beijingText } from './time.ts';
import { type Biz, optionalText, requiredText } from './trade-rules.ts';
import { buyerFields, closeNow, existingTrade, saveTrade, statusOf } from './trades.ts';

/** What a refund that fails later waits before it does, unless the fault says otherwise. */
const FAILS_AFTER_MS = 60_000;

type Value = Record<string, unknown>;

/** `alipay.trade.refund` */
export function refundTrade(
  deps: PayDeps,
  app: Application,
  biz: Biz,
  fault: Taken<AnswerFault> | undefined,
): Value {
  const trade = existingTrade(deps, app, biz);
  const amountFen = fenOf(biz.refund_amount);
  if (amountFen === undefined) throw badParameter('refund_amount 须为 0.01 以上的元数');
  const totalFen = trade.payment?.totalFen ?? 0;
  const given = optionalText(biz, 'out_request_no', 64);
  if (given === null && amountFen !== totalFen) throw badParameter('部分退款须传 out_request_no');
  const outRequestNo = given ?? trade.outTradeNo;
  const known = deps.records.refunds.get(refundKey({ ...trade, outRequestNo }));
  const isRepeat = known !== undefined && known.state !== 'failed';
  if (isRepeat && known.amountFen !== amountFen) throw refusals.refundRepeat();
  if (isRepeat) return refundValue(deps, app, trade, { moved: false });
  checkRefundable(deps, trade, amountFen);
  const reason = optionalText(biz, 'refund_reason', 256);
  if (fault?.fault === 'refund-refused') throw refusals.sellerBalance();
  if (fault?.fault === 'refund-moved-nothing') {
    return refundValue(deps, app, trade, { moved: false });
  }
  const asked = newRefund(deps, { trade, outRequestNo, amountFen, reason, isCancel: false });
  const waiting = waitingOf(deps, fault);
  if (waiting !== undefined) {
    saveRefund(deps, { ...asked, ...waiting });
    return refundValue(deps, app, trade, { moved: false });
  }
  const after = moveMoney(deps, asked);
  return refundValue(deps, app, after, { moved: true });
}

/** `alipay.trade.fastpay.refund.query` */
export function queryRefund(deps: PayDeps, app: Application, biz: Biz): Value {
  const outRequestNo = requiredText(biz, 'out_request_no', 64);
  const trade = existingTrade(deps, app, biz);
  const refund = deps.records.refunds.get(refundKey({ ...trade, outRequestNo }));
  // Not received, still under way and failed look alike: the status is absent.
  if (refund?.state !== 'refunded') return {};
  const options = Array.isArray(biz.query_options) ? biz.query_options : [];
  const refundedAt = beijingText(refund.refundedAt ?? refund.requestedAt);
  const detail = [{ fund_channel: trade.payment?.fundChannel, amount: yuanText(refund.amountFen) }];
  return {
    out_request_no: refund.outRequestNo,
    out_trade_no: trade.outTradeNo,
    trade_no: trade.tradeNo,
    ...(refund.reason === null ? {} : { refund_reason: refund.reason }),
    total_amount: yuanText(trade.payment?.totalFen ?? 0),
    refund_amount: yuanText(refund.amountFen),
    refund_status: 'REFUND_SUCCESS',
    ...(options.includes('gmt_refund_pay') ? { gmt_refund_pay: refundedAt } : {}),
    ...(options.includes('refund_detail_item_list') ? { refund_detail_item_list: detail } : {}),
  };
}

/** Gives back all that is left; for a cancelled trade. */
export function refundAll(deps: PayDeps, trade: Trade): Trade {
  const amountFen = (trade.payment?.totalFen ?? 0) - reservedFen(deps, trade);
  if (amountFen === 0) return trade;
  const outRequestNo = trade.outTradeNo;
  const reason = '撤销';
  return moveMoney(
    deps,
    newRefund(deps, { trade, outRequestNo, amountFen, reason, isCancel: true }),
  );
}

/** A pending refund ends, as its time or a test says. */
export function finishRefund(deps: PayDeps, refund: Refund, outcome: 'refunded' | 'failed') {
  if (outcome === 'failed') {
    saveRefund(deps, { ...refund, state: 'failed', dueAt: null });
    return;
  }
  moveMoney(deps, { ...refund, dueAt: null });
}

export function refundsOf(deps: PayDeps, one: Pick<Trade, 'sellerId' | 'outTradeNo'>): Refund[] {
  const trade = deps.records.trades.get(tradeKey(one));
  return (trade?.refundNos ?? []).flatMap(
    (outRequestNo) => deps.records.refunds.get(refundKey({ ...one, outRequestNo })) ?? [],
  );
}

/** Fen that have gone back. */
export function refundedFen(deps: PayDeps, trade: Pick<Trade, 'sellerId' | 'outTradeNo'>): number {
  const done = refundsOf(deps, trade).filter((one) => one.state === 'refunded');
  return done.reduce((sum, one) => sum + one.amountFen, 0);
}

/** Fen that have gone back or are on their way. */
function reservedFen(deps: PayDeps, trade: Trade): number {
  const held = refundsOf(deps, trade).filter((one) => one.state !== 'failed');
  return held.reduce((sum, one) => sum + one.amountFen, 0);
}

function checkRefundable(deps: PayDeps, trade: Trade, amountFen: number): void {
  const status = statusOf(deps, trade);
  if (trade.payment !== null && trade.state === 'closed') throw refusals.refundTooMuch();
  if (status === 'TRADE_CLOSED') throw refusals.tradeClosed();
  if (status === 'TRADE_FINISHED') throw refusals.tradeFinished();
  if (status !== 'TRADE_SUCCESS' || trade.payment === null) throw refusals.tradeStatus();
  const left = trade.payment.totalFen - reservedFen(deps, trade);
  if (amountFen > left) throw refusals.refundTooMuch();
}

function newRefund(
  deps: PayDeps,
  input: {
    trade: Trade;
    outRequestNo: string;
    amountFen: number;
    reason: string | null;
    isCancel: boolean;
  },
): Refund {
  const { trade, ...rest } = input;
  const { appId, sellerId, outTradeNo } = trade;
  return {
    appId,
    sellerId,
    outTradeNo,
    ...rest,
    state: 'pending',
    requestedAt: deps.clock.now(),
    refundedAt: null,
    feeFen: 0,
    dueAt: null,
    dueOutcome: 'refunded',
  };
}

function waitingOf(deps: PayDeps, fault: Taken<AnswerFault> | undefined) {
  const now = deps.clock.scheduleNow();
  if (fault?.fault === 'refund-pending') {
    const dueAt = fault.delayMs === undefined ? null : now + fault.delayMs;
    return { dueAt, dueOutcome: 'refunded' as const };
  }
  if (fault?.fault === 'refund-fails-later') {
    return { dueAt: now + (fault.delayMs ?? FAILS_AFTER_MS), dueOutcome: 'failed' as const };
  }
  return undefined;
}

function moveMoney(deps: PayDeps, refund: Refund): Trade {
  const app = applicationOf(deps, refund.appId);
  const before = refundedFen(deps, refund);
  const after = before + refund.amountFen;
  // The fee goes back in proportion; all refunds together give back all of it.
  const feeFen = feeOf(after, app.feeRateBp) - feeOf(before, app.feeRateBp);
  const refundedAt = deps.clock.now();
  const done = saveRefund(deps, { ...refund, state: 'refunded', refundedAt, feeFen });
  const trade = deps.records.trades.get(tradeKey(refund));
  if (trade === undefined) throw new Error(`trade ${refund.outTradeNo} has vanished`);
  const left = after >= (trade.payment?.totalFen ?? 0) ? closeNow(deps, trade) : trade;
  const news = { app, trade: left, refund: done, refundedFen: after };
  logFailure(deps.notifier.announce(tradeEvent(deps, news)));
  return left;
}

function refundValue(
  deps: PayDeps,
  app: Application,
  trade: Trade,
  { moved }: { moved: boolean },
): Value {
  const cumulated = yuanText(refundedFen(deps, trade));
  const last = refundsOf(deps, trade)
    .filter((one) => one.refundedAt !== null)
    .at(-1);
  return {
    ...buyerFields(app, trade),
    fund_change: moved ? 'Y' : 'N',
    ...(last?.refundedAt ? { gmt_refund_pay: beijingText(last.refundedAt) } : {}),
    out_trade_no: trade.outTradeNo,
    refund_fee: cumulated,
    send_back_fee: moved && last !== undefined ? yuanText(last.amountFen) : '0.00',
    trade_no: trade.tradeNo,
  };
}

function saveRefund(deps: PayDeps, refund: Refund): Refund {
  const trade = deps.records.trades.get(tradeKey(refund));
  if (trade !== undefined && !trade.refundNos.includes(refund.outRequestNo)) {
    saveTrade(deps, { ...trade, refundNos: [...trade.refundNos, refund.outRequestNo] });
  }
  return deps.records.refunds.set(refundKey(refund), refund);
}
