import { ControlRefused } from '../control-input.ts';
import type { PayDeps } from './deps.ts';
import { tradeEvent } from './events.ts';
import { type Application, type LatePayment, type Trade, tradeKey } from './records.ts';
import { beginTrade, findTrade, saveTrade } from './trades.ts';
import { type FundSource, userOfNo } from './users.ts';

/** What the payer does at the cashier. */
export const payOutcomes = {
  paid: '支付',
  cancel: '取消',
  fail: '支付失败',
  'paid-no-notification': '已支付，但不通知商户',
  'paid-notification-first': '先通知商户，再返回结果',
  'paid-notified-twice': '已支付，重复通知',
  'paid-after-close': '关单之后才到账',
} as const;
export type PayOutcome = keyof typeof payOutcomes;

/** Why a payer cannot pay. The text is what the wallet would show. */
export class PayRefused extends ControlRefused {
  constructor(message: string) {
    super(message, null, 409);
  }
}

export type PayInput = {
  trade: Trade;
  userNo: number;
  outcome: PayOutcome;
  source?: FundSource | undefined;
  /** Fen really paid, when a test wants another amount than the order's. */
  totalFen?: number | undefined;
};

/** Lets the payer act. Returns the trade as it stands afterwards. */
export async function pay(deps: PayDeps, input: PayInput): Promise<Trade> {
  const { outcome } = input;
  checkPayer(input.trade, input.userNo);
  switch (outcome) {
    case 'cancel':
    case 'fail':
      // Who gives up leaves an unpaid trade behind, until it runs out of time.
      return giveUp(deps, input.trade);
    case 'paid-after-close':
      return payAfterClose(deps, input);
    case 'paid':
    case 'paid-no-notification':
    case 'paid-notification-first':
    case 'paid-notified-twice': {
      const refused = reasonAgainst(deps, input.trade);
      if (refused !== undefined) throw new PayRefused(refused);
      checkBalance(input);
      return collect(deps, { ...input, trade: beginTrade(deps, input.trade) });
    }
  }
}

function giveUp(deps: PayDeps, trade: Trade): Trade {
  const begun = beginTrade(deps, trade);
  return begun.isConfirming ? saveTrade(deps, { ...begun, isConfirming: false }) : begun;
}

/** Why nobody can pay this trade any more. */
export function reasonAgainst(deps: PayDeps, trade: Trade): string | undefined {
  if (trade.state === 'paid') return '该订单已支付';
  if (trade.state === 'closed' || trade.state === 'void') return '该订单已关闭';
  const isOld = trade.state === 'asked' && (trade.qrExpireAt ?? Infinity);
  if (isOld !== false && isOld <= deps.clock.scheduleNow()) return '二维码已过期，请重新获取';
  return undefined;
}

/** Money of a payer who confirmed in time arrives once the trade is closed. */
export async function collectLate(deps: PayDeps, late: LatePayment): Promise<void> {
  const trade = findTrade(deps, late.sellerId, late.outTradeNo);
  if (trade?.state === 'waiting') return;
  deps.records.latePayments.remove(tradeKey(late));
  if (trade === undefined || trade.payment !== null) return;
  await collect(deps, { ...late, trade, outcome: 'paid' });
}

/** Pays whatever state the trade is in; for faults that strike around an answer. */
export async function payAnyhow(deps: PayDeps, trade: Trade): Promise<void> {
  const now = findTrade(deps, trade.sellerId, trade.outTradeNo) ?? trade;
  if (now.payment !== null) return;
  const userNo = now.userNo ?? 1;
  const begun = beginTrade(deps, now);
  await collect(deps, { trade: begun, userNo, outcome: 'paid-notification-first' });
}

export function checkPayer(trade: Trade, userNo: number): void {
  if (trade.userNo === null || trade.userNo === userNo) return;
  throw new PayRefused('这笔订单由另一位用户下单，请用下单的账户付款');
}

export function checkBalance({ trade, source, totalFen }: PayInput): void {
  if (source === undefined || source.balanceFen >= (totalFen ?? trade.totalFen)) return;
  throw new PayRefused('余额不足，请换一种付款方式');
}

/** The money has moved: the trade is paid and the merchant hears of it. */
export async function collect(deps: PayDeps, input: PayInput): Promise<Trade> {
  const { trade, userNo, outcome } = input;
  const source = input.source ?? userOfNo(userNo).sources[0];
  const paidAt = deps.clock.now();
  const paid = saveTrade(deps, {
    ...trade,
    state: 'paid',
    isConfirming: false,
    closedAt: null,
    payment: {
      paidAt,
      userNo,
      totalFen: input.totalFen ?? trade.totalFen,
      fundChannel: source?.fundChannel ?? 'ALIPAYACCOUNT',
      bankCode: source?.bankCode ?? null,
    },
  });
  const event = tradeEvent(
    deps,
    { app: applicationOf(deps, paid.appId), trade: paid },
    {
      withheld: outcome === 'paid-no-notification',
      copies: outcome === 'paid-notified-twice' ? 2 : 1,
    },
  );
  const sent = deps.notifier.announce(event);
  if (outcome === 'paid-notification-first') await sent;
  else logFailure(sent);
  return deps.records.trades.get(tradeKey(paid)) ?? paid;
}

/** A message goes its own way; that it could not be sent at all is an error of ours. */
export function logFailure(sent: Promise<void>): void {
  sent.catch((error: unknown) => console.error('gateway-simulator: not notified', error));
}

export function applicationOf(deps: PayDeps, appId: string): Application {
  const app = deps.records.applications.get(appId);
  if (app === undefined) throw new Error(`application ${appId} has vanished`);
  return app;
}

async function payAfterClose(deps: PayDeps, input: PayInput): Promise<Trade> {
  const { trade, userNo, totalFen } = input;
  if (trade.payment !== null) throw new PayRefused('该订单已支付');
  if (trade.state === 'closed' || trade.state === 'void') {
    return collect(deps, { ...input, outcome: 'paid', trade: revived(deps, trade) });
  }
  const begun = beginTrade(deps, trade);
  const { sellerId, outTradeNo } = begun;
  const late = { sellerId, outTradeNo, userNo, ...(totalFen === undefined ? {} : { totalFen }) };
  deps.records.latePayments.set(tradeKey(late), late);
  return begun;
}

/** A number that was cancelled before a trade existed still takes late money as a trade. */
function revived(deps: PayDeps, trade: Trade): Trade {
  return trade.tradeNo === null ? beginTrade(deps, { ...trade, state: 'asked' }) : trade;
}
