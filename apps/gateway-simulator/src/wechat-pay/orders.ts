import { beijingDigits } from '../clock.ts';
import { randomText } from './crypto.ts';
import type { Deps } from './deps.ts';
import { type OrderRequest, readOrder } from './order-rules.ts';
import { type Merchant, type Order, orderKey, type Prepay } from './records.ts';
import { parameterRefusal, refusals } from './refusals.ts';
import { userOfOpenid } from './users.ts';

type OrderDeps = Pick<Deps, 'clock' | 'records'>;

/** An order without `time_expire` lives this long. */
const DEFAULT_LIFE_MS = 7 * 86_400_000;
/** `prepay_id` and `code_url` are good for two hours. */
export const PREPAY_LIFE_MS = 2 * 3600_000;

/**
 * Takes an order or a repetition of one.
 * The same number with the same parameters gives a fresh prepay id until the order is paid or
 * closed; with other parameters it is refused.
 */
export function placeOrder(
  deps: OrderDeps,
  merchant: Merchant,
  tradeType: Order['tradeType'],
  body: unknown,
): { order: Order; prepay: Prepay } {
  const request = readOrder(tradeType, body, deps.clock.now());
  checkParties(merchant, request);
  const parameters = canonical({ tradeType, request });
  const known = findOrder(deps, merchant.mchid, request.out_trade_no);
  if (known !== undefined) checkRepetition(known, parameters);
  const prepay = newPrepay(deps, tradeType);
  const order = known ?? newOrder(deps, tradeType, request, parameters);
  // A new code takes the place of the old one; earlier prepay ids stay good for their two hours.
  const earlier = tradeType === 'NATIVE' ? [] : order.prepays;
  const placed = saveOrder(deps, { ...order, prepays: [...earlier, prepay] });
  deps.records.merchants.set(merchant.mchid, { ...merchant, lastNotifyUrl: request.notify_url });
  return { order: placed, prepay };
}

/** Closes an unpaid order. Repeatable. */
export function closeOrder(deps: OrderDeps, merchant: Merchant, outTradeNo: string): Order {
  const order = findOrder(deps, merchant.mchid, outTradeNo);
  if (order === undefined) throw refusals.orderNotExist();
  if (order.payment !== null) throw refusals.orderPaidOnClose();
  return saveOrder(deps, { ...order, state: 'CLOSED' });
}

/** The order as it stands now: one that ran out of time reads as closed. */
export function findOrder(deps: OrderDeps, mchid: string, outTradeNo: string): Order | undefined {
  const order = deps.records.orders.get(orderKey(mchid, outTradeNo));
  if (order?.state === 'NOTPAY' && order.expireAt <= deps.clock.scheduleNow()) {
    return saveOrder(deps, { ...order, state: 'CLOSED' });
  }
  return order;
}

export function saveOrder(deps: Pick<Deps, 'records'>, order: Order): Order {
  return deps.records.orders.set(orderKey(order.mchid, order.outTradeNo), order);
}

/** The order that a prepay id or a code_url belongs to, and when it was made. */
export function findPrepay(
  deps: OrderDeps,
  wanted: { prepayId: string } | { codeUrl: string },
): { order: Order; prepay: Prepay } | undefined {
  const isWanted = (prepay: Prepay) =>
    'prepayId' in wanted ? prepay.prepayId === wanted.prepayId : prepay.codeUrl === wanted.codeUrl;
  const stored = deps.records.orders.find((order) => order.prepays.some(isWanted));
  if (stored === undefined) return undefined;
  const order = findOrder(deps, stored.mchid, stored.outTradeNo);
  const prepay = stored.prepays.find(isWanted);
  return order && prepay && { order, prepay };
}

function checkParties(merchant: Merchant, request: OrderRequest): void {
  if (request.mchid !== merchant.mchid) {
    const message = '请求中的mchid与Http头Authorization中的mchid不一致';
    throw parameterRefusal({ field: '/body/mchid', message, value: request.mchid });
  }
  if (!Object.hasOwn(merchant.apps, request.appid)) throw refusals.appNotBound();
  const openid = request.payer?.openid;
  if (openid !== undefined && userOfOpenid(request.appid, openid) === undefined) {
    const message = '无效的openid：不属于请求中的appid';
    throw parameterRefusal({ field: '/body/payer/openid', message, value: openid });
  }
}

function checkRepetition(order: Order, parameters: string): void {
  if (order.payment !== null) throw refusals.orderPaid();
  if (order.state === 'CLOSED') throw refusals.orderClosed();
  if (order.parameters !== parameters) throw refusals.numberUsed();
}

function newOrder(
  deps: OrderDeps,
  tradeType: Order['tradeType'],
  request: OrderRequest,
  parameters: string,
): Order {
  const now = deps.clock.now();
  const lifeMs =
    request.time_expire === undefined ? DEFAULT_LIFE_MS : Date.parse(request.time_expire) - now;
  return {
    mchid: request.mchid,
    appid: request.appid,
    outTradeNo: request.out_trade_no,
    tradeType,
    parameters,
    description: request.description,
    attach: request.attach ?? null,
    notifyUrl: request.notify_url,
    totalFen: request.amount.total,
    openid: request.payer?.openid ?? null,
    state: 'NOTPAY',
    createdAt: now,
    expireAt: deps.clock.scheduleNow() + lifeMs,
    prepays: [],
    payment: null,
  };
}

function newPrepay(deps: OrderDeps, tradeType: Order['tradeType']): Prepay {
  const day = beijingDigits(deps.clock.now());
  return {
    prepayId: `wx${day}${randomText(20, '0123456789abcdef')}`,
    codeUrl: tradeType === 'NATIVE' ? `weixin://wxpay/bizpayurl/up?pr=${randomText(9)}` : null,
    createdAt: deps.clock.scheduleNow(),
  };
}

/** JSON with sorted keys, so that the order of fields does not matter. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
