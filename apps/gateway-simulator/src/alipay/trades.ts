import { beijingDigits } from '../clock.ts';
import type { Deps } from './deps.ts';
import { type Application, type Trade, type TradeMethod, tradeKey } from './records.ts';
import { badParameter, refusals } from './refusals.ts';
import type { Call } from './request.ts';
import { randomDigits, randomText } from './signing.ts';
import { DAY_MS } from './time.ts';
import { type Biz, canonical, type OrderRequest, optionalText, readOrder } from './trade-rules.ts';
import { openIdOf, userOfNo } from './users.ts';

/** A trade without a limit of its own lives this long. */
const DEFAULT_LIFE_MS = 15 * DAY_MS;
/** A precreated code without a limit of its own. */
const QR_LIFE_MS = 2 * 3600_000;
/** A paid trade can be refunded for this long; then it is finished. */
const REFUNDABLE_MS = 365 * DAY_MS;
const NOTIFY_URL_MOST = 256;

/** Takes an order, or finds the one that the same request made before. */
export function placeTrade(
  deps: Deps,
  call: Call,
  how: { method: TradeMethod; userNo: number | null; qrLifeMs?: number | null },
): Trade {
  const now = deps.clock.now();
  const request = readOrder(call.biz, now);
  const parameters = canonical({ method: how.method, ...request, ...partiesOf(call.biz) });
  const known = findTrade(deps, call.app.sellerId, request.outTradeNo);
  if (known !== undefined) return repeated(known, parameters);
  const trade = newTrade(deps, call, { ...how, request, parameters });
  if (trade.notifyUrl !== null) {
    const { app } = call;
    deps.records.applications.set(app.appId, { ...app, lastNotifyUrl: trade.notifyUrl });
  }
  return saveTrade(deps, trade);
}

/** A payer has come to it: from now on the trade exists. */
export function beginTrade(deps: Deps, trade: Trade): Trade {
  if (trade.state !== 'asked') return trade;
  const now = deps.clock.now();
  const ends = deps.clock.scheduleNow() + trade.lifeMs;
  return saveTrade(deps, {
    ...trade,
    state: 'waiting',
    tradeNo: newTradeNo(now),
    createdAt: now,
    expireAt: Math.min(ends, trade.expireAt ?? ends),
  });
}

/** The trade as it stands now: one that ran out of time reads as closed. */
export function findTrade(deps: Deps, sellerId: string, outTradeNo: string): Trade | undefined {
  const trade = deps.records.trades.get(tradeKey({ sellerId, outTradeNo }));
  const isOver = (trade?.expireAt ?? Infinity) <= deps.clock.scheduleNow();
  if (trade === undefined || !isOver) return trade;
  if (trade.state === 'waiting') return closeNow(deps, trade);
  return trade.state === 'asked' ? saveTrade(deps, { ...trade, state: 'void' }) : trade;
}

/** The trade that a query, refund, close or cancel names; `trade_no` wins. */
export function namedTrade(deps: Deps, app: Application, biz: Biz): Trade | undefined {
  const tradeNo = optionalText(biz, 'trade_no', 64);
  const outTradeNo = optionalText(biz, 'out_trade_no', 64);
  if (tradeNo === null && outTradeNo === null) {
    throw badParameter('out_trade_no 与 trade_no 不能同时为空');
  }
  const { sellerId } = app;
  if (tradeNo === null) return findTrade(deps, sellerId, outTradeNo ?? '');
  const found = deps.records.trades.find(
    (one) => one.sellerId === sellerId && one.tradeNo === tradeNo,
  );
  return found && findTrade(deps, sellerId, found.outTradeNo);
}

/** A trade that exists; a code that nobody scanned makes none. */
export function existingTrade(deps: Deps, app: Application, biz: Biz): Trade {
  const trade = namedTrade(deps, app, biz);
  if (trade === undefined || trade.tradeNo === null) throw refusals.tradeNotExist();
  return trade;
}

export function closeNow(deps: Deps, trade: Trade): Trade {
  const closedAt = deps.clock.now();
  return saveTrade(deps, { ...trade, state: 'closed', closedAt, isConfirming: false });
}

export function saveTrade(deps: Deps, trade: Trade): Trade {
  return deps.records.trades.set(tradeKey(trade), trade);
}

export function findByQrCode(deps: Deps, qrCode: string): Trade | undefined {
  const found = deps.records.trades.find((one) => one.qrCode === qrCode);
  return found && findTrade(deps, found.sellerId, found.outTradeNo);
}

/** `trade_status`; null while no trade exists. */
export function statusOf(deps: Deps, trade: Trade): string | null {
  switch (trade.state) {
    case 'asked':
    case 'void':
      return null;
    case 'waiting':
      return 'WAIT_BUYER_PAY';
    case 'closed':
      return 'TRADE_CLOSED';
    case 'paid': {
      const endsAt = (trade.payment?.paidAt ?? 0) + REFUNDABLE_MS;
      return endsAt <= deps.clock.now() ? 'TRADE_FINISHED' : 'TRADE_SUCCESS';
    }
  }
}

function repeated(known: Trade, parameters: string): Trade {
  if (known.state === 'paid') throw refusals.tradePaid();
  if (known.state === 'closed' || known.state === 'void') throw refusals.tradeClosed();
  if (known.parameters !== parameters) throw refusals.inconsistent();
  return known;
}

/** What tells one payer or product from another in a repeated request. */
function partiesOf(biz: Biz): Biz {
  const names = ['buyer_id', 'buyer_open_id', 'product_code', 'seller_id'];
  return Object.fromEntries(names.map((name) => [name, biz[name] ?? null]));
}

function newTrade(
  deps: Deps,
  { app, params, biz }: Call,
  input: {
    method: TradeMethod;
    userNo: number | null;
    qrLifeMs?: number | null;
    request: OrderRequest;
    parameters: string;
  },
): Trade {
  const { request, method, parameters, userNo } = input;
  const { outTradeNo, totalFen, subject, body, passbackParams } = request;
  const isScanned = method === 'precreate';
  const schedule = deps.clock.scheduleNow();
  // An absolute end counts on the clock of what falls due.
  const expireAt = request.expireAt && schedule + request.expireAt - deps.clock.now();
  return {
    ...blankTrade(app, outTradeNo),
    method,
    parameters,
    subject,
    body,
    totalFen,
    passbackParams,
    storeId: request.storeId,
    operatorId: request.operatorId,
    terminalId: request.terminalId,
    notifyUrl: urlOf(params, 'notify_url'),
    returnUrl: urlOf(params, 'return_url'),
    quitUrl: optionalText(biz, 'quit_url', 400),
    userNo,
    qrCode: isScanned ? `https://qr.alipay.com/bax${randomText(20).toLowerCase()}` : null,
    qrExpireAt: isScanned ? schedule + (input.qrLifeMs ?? QR_LIFE_MS) : null,
    lifeMs: request.lifeMs ?? DEFAULT_LIFE_MS,
    expireAt,
  };
}

/** A number without a request of the merchant's behind it. */
export function blankTrade(app: Application, outTradeNo: string): Trade {
  return {
    appId: app.appId,
    sellerId: app.sellerId,
    outTradeNo,
    method: 'page',
    parameters: '',
    subject: '',
    body: null,
    totalFen: 0,
    passbackParams: null,
    storeId: null,
    operatorId: null,
    terminalId: null,
    notifyUrl: null,
    returnUrl: null,
    quitUrl: null,
    userNo: null,
    qrCode: null,
    qrExpireAt: null,
    state: 'asked',
    isConfirming: false,
    tradeNo: null,
    createdAt: null,
    closedAt: null,
    lifeMs: DEFAULT_LIFE_MS,
    expireAt: null,
    payment: null,
    refundNos: [],
  };
}

function urlOf(params: ReadonlyMap<string, string>, name: string): string | null {
  const url = params.get(name) ?? '';
  if (url === '') return null;
  const isWeb = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  if (!isWeb || url.length > NOTIFY_URL_MOST) throw badParameter(`${name} 不是正确的网址`);
  return url;
}

/** The day, a fixed middle and the buyer's digits in reality; 28 digits in all. */
function newTradeNo(nowMs: number): string {
  return `${beijingDigits(nowMs).slice(0, 8)}2200${randomDigits(16)}`;
}

/** Fields of the payer, in the kind of number that the application may see. */
export function buyerFields(app: Application, trade: Trade): Record<string, string> {
  const no = trade.payment?.userNo ?? trade.userNo;
  if (no === null) return {};
  return buyerOf(app, no);
}

export function buyerOf(app: Application, userNo: number): Record<string, string> {
  const user = userOfNo(userNo);
  const buyer_logon_id = user.logonId;
  return app.identity === 'open_id'
    ? { buyer_logon_id, buyer_open_id: openIdOf(app.appId, user) }
    : { buyer_logon_id, buyer_user_id: user.userId };
}
