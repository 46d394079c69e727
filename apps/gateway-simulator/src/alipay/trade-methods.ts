import { debit } from './agreements.ts';
import { takeCode } from './codes.ts';
import type { Deps, PayDeps } from './deps.ts';
import { yuanText } from './money.ts';
import { collect } from './pay.ts';
import { type Application, type Trade, tradeKey } from './records.ts';
import { refundAll, refundsOf } from './refunds.ts';
import { badParameter, refusals } from './refusals.ts';
import type { Call } from './request.ts';
import { beijingText } from './time.ts';
import { readLife, requiredText } from './trade-rules.ts';
import {
  beginTrade,
  blankTrade,
  buyerFields,
  closeNow,
  existingTrade,
  namedTrade,
  placeTrade,
  saveTrade,
  statusOf,
} from './trades.ts';
import { userOfId, userOfNo } from './users.ts';

type Value = Record<string, unknown>;

/** `alipay.trade.create`: the buyer is known, so the trade exists at once. */
export function createTrade(deps: PayDeps, call: Call): Value {
  const { app, biz } = call;
  const id = [biz.buyer_open_id, biz.buyer_id].find((one) => typeof one === 'string' && one !== '');
  if (typeof id !== 'string') throw badParameter('buyer_id 与 buyer_open_id 不能同时为空');
  const opAppId = typeof biz.op_app_id === 'string' ? biz.op_app_id : app.appId;
  const user = userOfId(opAppId, id) ?? userOfId(app.appId, id);
  if (user === undefined) throw badParameter('买家不存在，或 open_id 不属于这个应用');
  const trade = beginTrade(deps, placeTrade(deps, call, { method: 'create', userNo: user.no }));
  return { out_trade_no: trade.outTradeNo, trade_no: trade.tradeNo };
}

/** `alipay.trade.precreate`: a code, and no trade before somebody scans it. */
export function precreateTrade(deps: PayDeps, call: Call): Value {
  const qrLifeMs = readLife(call.biz, 'qr_code_timeout_express', deps.clock.now());
  const trade = placeTrade(deps, call, { method: 'precreate', userNo: null, qrLifeMs });
  return { out_trade_no: trade.outTradeNo, qr_code: trade.qrCode };
}

/** `alipay.trade.pay`: a payment code at the desk, or a debit by agreement. */
export async function payTrade(deps: PayDeps, call: Call): Promise<Value> {
  if (call.biz.agreement_params !== undefined) return payByAgreement(deps, call);
  const scene = requiredText(call.biz, 'scene', 32);
  if (!['bar_code', 'wave_code', 'security_code'].includes(scene)) {
    throw badParameter('scene 须为 bar_code、wave_code 或 security_code');
  }
  const authCode = requiredText(call.biz, 'auth_code', 64);
  if (!/^(?:2[5-9]|30)\d{14,22}$/.test(authCode)) throw refusals.codeInvalid();
  const asked = placeTrade(deps, call, { method: 'pay', userNo: null });
  if (asked.isConfirming) return waitingValue(asked);
  const code = takeCode(deps, authCode);
  if (code === undefined || code.outcome === 'expired') throw refusals.codeInvalid();
  if (code.outcome === 'no-money') throw refusals.noMoney();
  const trade = beginTrade(deps, saveTrade(deps, { ...asked, userNo: code.userNo }));
  if (code.outcome === 'password') {
    return waitingValue(saveTrade(deps, { ...trade, isConfirming: true }));
  }
  const paid = await collect(deps, { trade, userNo: code.userNo, outcome: 'paid' });
  return paidValue(deps, call.app, paid);
}

async function payByAgreement(deps: PayDeps, call: Call): Promise<Value> {
  const given = call.biz.agreement_params as Record<string, unknown>;
  const agreementNo = requiredText(given, 'agreement_no', 64);
  const product = requiredText(call.biz, 'product_code', 64);
  if (product !== 'GENERAL_WITHHOLDING' && product !== 'CYCLE_PAY_AUTH') {
    throw badParameter('product_code 须为 GENERAL_WITHHOLDING 或 CYCLE_PAY_AUTH');
  }
  const asked = placeTrade(deps, call, { method: 'withholding', userNo: null });
  const userNo = debit(deps, call.app, { agreementNo, amountFen: asked.totalFen });
  const trade = beginTrade(deps, saveTrade(deps, { ...asked, userNo }));
  return paidValue(deps, call.app, await collect(deps, { trade, userNo, outcome: 'paid' }));
}

/** `alipay.trade.query` */
export function queryTrade(deps: PayDeps, call: Call): Value {
  const trade = existingTrade(deps, call.app, call.biz);
  const amount = yuanText(trade.payment?.totalFen ?? trade.totalFen);
  const optional = {
    body: trade.body,
    store_id: trade.storeId,
    terminal_id: trade.terminalId,
    passback_params: trade.passbackParams,
  };
  const named = Object.entries(optional).filter(([, value]) => value !== null);
  return {
    ...buyerFields(call.app, trade),
    ...moneyFields(trade),
    ...(trade.payment ? { send_pay_date: beijingText(trade.payment.paidAt) } : {}),
    out_trade_no: trade.outTradeNo,
    subject: trade.subject,
    total_amount: amount,
    trade_no: trade.tradeNo,
    trade_status: statusOf(deps, trade),
    ...Object.fromEntries(named),
  };
}

/** `alipay.trade.close`: unpaid trades only. */
export function closeTrade(deps: PayDeps, call: Call): Value {
  const trade = existingTrade(deps, call.app, call.biz);
  if (trade.state !== 'waiting') throw refusals.tradeStatus();
  closeNow(deps, trade);
  return { out_trade_no: trade.outTradeNo, trade_no: trade.tradeNo };
}

/**
 * `alipay.trade.cancel`: closes what is unpaid, gives back what is paid. A number that no trade
 * belongs to is void from now on, so that nobody can pay it late.
 */
export function cancelTrade(deps: PayDeps, call: Call): Value {
  const trade = namedTrade(deps, call.app, call.biz);
  if (trade === undefined) {
    const outTradeNo = requiredText(call.biz, 'out_trade_no', 64);
    saveTrade(deps, { ...blankTrade(call.app, outTradeNo), state: 'void' });
    return { out_trade_no: outTradeNo, retry_flag: 'N', action: 'close' };
  }
  const known = { out_trade_no: trade.outTradeNo, retry_flag: 'N' };
  if (trade.tradeNo === null) {
    saveTrade(deps, { ...trade, state: 'void' });
    return { ...known, action: 'close' };
  }
  const isPaid = trade.payment !== null;
  if (trade.state === 'waiting') closeNow(deps, trade);
  if (trade.state === 'paid') cancelPaid(deps, trade);
  return { ...known, trade_no: trade.tradeNo, action: isPaid ? 'refund' : 'close' };
}

/** What every paid trade answers to the call that paid it. */
export function paidValue(deps: Deps, app: Application, paid: Trade): Value {
  const trade = deps.records.trades.get(tradeKey(paid)) ?? paid;
  const paidAt = trade.payment?.paidAt ?? deps.clock.now();
  return {
    ...buyerFields(app, trade),
    ...moneyFields(trade),
    gmt_payment: beijingText(paidAt),
    out_trade_no: trade.outTradeNo,
    total_amount: yuanText(trade.payment?.totalFen ?? trade.totalFen),
    trade_no: trade.tradeNo,
  };
}

function waitingValue(trade: Trade): Value {
  return {
    code: '10003',
    msg: 'order success pay inprocess',
    ...(trade.userNo === null ? {} : { buyer_logon_id: userOfNo(trade.userNo).logonId }),
    out_trade_no: trade.outTradeNo,
    trade_no: trade.tradeNo,
    total_amount: yuanText(trade.totalFen),
  };
}

function moneyFields(trade: Trade): Value {
  const { payment } = trade;
  const amount = payment === null ? '0.00' : yuanText(payment.totalFen);
  const bank = payment?.bankCode ? { bank_code: payment.bankCode } : {};
  const bill = payment && [{ amount, fund_channel: payment.fundChannel, ...bank }];
  return {
    buyer_pay_amount: amount,
    ...(bill === null ? {} : { fund_bill_list: bill }),
    invoice_amount: amount,
    point_amount: '0.00',
    receipt_amount: amount,
  };
}

/** A trade is cancelled within a day; later it can only be refunded. */
const CANCEL_WITHIN_MS = 86_400_000;

function cancelPaid(deps: PayDeps, trade: Trade): void {
  const isLate = (trade.createdAt ?? 0) + CANCEL_WITHIN_MS <= deps.clock.now();
  const isRefunded = refundsOf(deps, trade).some((one) => one.state !== 'failed');
  if (isLate || isRefunded) throw refusals.tradeStatus().with({ retry_flag: 'N' });
  refundAll(deps, trade);
}
