import { beijingDigits } from '../clock.ts';
import { randomText } from './crypto.ts';
import type { Deps } from './deps.ts';
import { type OrderRequest, type Product, readOrder } from './order-rules.ts';
import { isOrderOf, type Party, partyOf } from './party.ts';
import {
  type Merchant,
  type Order,
  orderKey,
  type Prepay,
  type Records,
  type TradeType,
} from './records.ts';
import { parameterRefusal, refusals } from './refusals.ts';
import { userOfOpenid } from './users.ts';

type OrderDeps = Pick<Deps, 'clock' | 'records'>;

/** An order without `time_expire` lives this long. */
const DEFAULT_LIFE_MS = 7 * 86_400_000;
/** `prepay_id` and `code_url` are good for two hours. */
export const PREPAY_LIFE_MS = 2 * 3600_000;

const TRADE_TYPES: Record<Product, TradeType> = {
  jsapi: 'JSAPI',
  native: 'NATIVE',
  h5: 'MWEB',
  app: 'APP',
};

/**
 * Takes an order or a repetition of one.
 * The same number with the same parameters gives a fresh prepay id until the order is paid or
 * closed; with other parameters it is refused.
 */
export function placeOrder(
  deps: OrderDeps,
  merchant: Merchant,
  how: { product: Product; isPartner: boolean },
  body: unknown,
): { order: Order; prepay: Prepay } {
  const request = readOrder(how, body, deps.clock.now());
  const party = partyOf(merchant, how.isPartner, request, 'body');
  const payer = checkApps(merchant, party, request);
  const tradeType = TRADE_TYPES[how.product];
  const parameters = canonical({ tradeType, request });
  const known = findOrder(deps, party.mchid, request.out_trade_no);
  if (known !== undefined) checkRepetition(known, parameters);
  const prepay = newPrepay(deps, tradeType);
  const order = known ?? newOrder(deps, { tradeType, request, parameters, party, payer });
  // A new code takes the place of the old one; earlier prepay ids stay good for their two hours.
  const earlier = tradeType === 'NATIVE' ? [] : order.prepays;
  const placed = saveOrder(deps, { ...order, prepays: [...earlier, prepay] });
  deps.records.merchants.set(merchant.mchid, { ...merchant, lastNotifyUrl: request.notify_url });
  return { order: placed, prepay };
}

/** Closes an unpaid order. Repeatable. */
export function closeOrder(deps: OrderDeps, party: Party, outTradeNo: string): Order {
  const order = orderFor(deps, party, outTradeNo);
  if (order === undefined) throw refusals.orderNotExist();
  if (order.tradeType === 'MICROPAY') throw refusals.orderMustBeReversed();
  if (order.payment !== null) throw refusals.orderPaidOnClose();
  return saveOrder(deps, { ...order, state: 'CLOSED' });
}

/** The order of this number if this party made it. */
export function orderFor(deps: OrderDeps, party: Party, outTradeNo: string): Order | undefined {
  const order = findOrder(deps, party.mchid, outTradeNo);
  return order && isOrderOf(party, order) ? order : undefined;
}

/** The order of this number that the signer made, for itself or for a sub-merchant. */
export function orderOfSigner(
  deps: OrderDeps,
  { mchid }: Merchant,
  outTradeNo: string,
): Order | undefined {
  const found = deps.records.orders.find(
    (one) => one.outTradeNo === outTradeNo && (one.spMchid ?? one.mchid) === mchid,
  );
  return found && findOrder(deps, found.mchid, outTradeNo);
}

/** The paid order of WeChat Pay's number if this party made it. */
export function orderByTransaction(
  { records }: OrderDeps,
  party: Party,
  transactionId: string,
): Order | undefined {
  return records.orders.find(
    (one) => one.payment?.transactionId === transactionId && isOrderOf(party, one),
  );
}

/** The order as it stands now: one that ran out of time reads as closed. */
export function findOrder(deps: OrderDeps, mchid: string, outTradeNo: string): Order | undefined {
  const order = deps.records.orders.get(orderKey(mchid, outTradeNo));
  if (order === undefined || order.expireAt > deps.clock.scheduleNow()) return order;
  if (order.state === 'NOTPAY' && order.tradeType !== 'PAP') {
    return saveOrder(deps, { ...order, state: 'CLOSED' });
  }
  if (order.state === 'USERPAYING') return saveOrder(deps, { ...order, state: 'PAYERROR' });
  return order;
}

export function saveOrder(deps: { records: Records }, order: Order): Order {
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

type Payer = { openid: string; appid: string } | undefined;

/** The apps are bound to the parties, and the payer belongs to one of the apps. */
function checkApps(merchant: Merchant, party: Party, request: OrderRequest): Payer {
  const appid = request.sp_appid ?? request.appid ?? '';
  if (!Object.hasOwn(merchant.apps, appid)) throw refusals.appNotBound();
  const subAppid = request.sub_appid;
  if (subAppid !== undefined && merchant.subMerchants?.[party.mchid]?.appid !== subAppid) {
    throw refusals.appNotBound();
  }
  const { payer } = request;
  if (payer === undefined) return undefined;
  if (payer.sub_openid !== undefined) {
    const field = '/body/sub_appid';
    if (subAppid === undefined) {
      const message = '传入sub_openid时，sub_appid为必填项';
      throw parameterRefusal({ field, message });
    }
    return checkedPayer('/body/payer/sub_openid', payer.sub_openid, subAppid);
  }
  if (payer.sp_openid !== undefined) {
    return checkedPayer('/body/payer/sp_openid', payer.sp_openid, appid);
  }
  if (payer.openid !== undefined) return checkedPayer('/body/payer/openid', payer.openid, appid);
  const message = 'sp_openid和sub_openid须填写其中之一';
  throw parameterRefusal({ field: '/body/payer', message, no: 268501013 });
}

function checkedPayer(field: string, openid: string, appid: string): Payer {
  if (userOfOpenid(appid, openid) !== undefined) return { openid, appid };
  const message = '无效的openid：不属于请求中的appid';
  throw parameterRefusal({ field, message, value: openid });
}

function checkRepetition(order: Order, parameters: string): void {
  if (order.payment !== null) throw refusals.orderPaid();
  if (order.state === 'CLOSED') throw refusals.orderClosed();
  if (order.parameters !== parameters) throw refusals.numberUsed();
}

function newOrder(
  deps: OrderDeps,
  input: {
    tradeType: TradeType;
    request: OrderRequest;
    parameters: string;
    party: Party;
    payer: Payer;
  },
): Order {
  const { tradeType, request, parameters, party, payer } = input;
  const now = deps.clock.now();
  const lifeMs =
    request.time_expire === undefined ? DEFAULT_LIFE_MS : Date.parse(request.time_expire) - now;
  return {
    mchid: party.mchid,
    spMchid: party.spMchid,
    appid: request.sp_appid ?? request.appid ?? '',
    subAppid: request.sub_appid,
    outTradeNo: request.out_trade_no,
    tradeType,
    parameters,
    description: request.description,
    attach: request.attach ?? null,
    notifyUrl: request.notify_url,
    totalFen: request.amount.total,
    openid: payer?.openid ?? null,
    payerAppid: payer?.appid,
    state: 'NOTPAY',
    createdAt: now,
    expireAt: deps.clock.scheduleNow() + lifeMs,
    prepays: [],
    payment: null,
  };
}

function newPrepay(deps: OrderDeps, tradeType: TradeType): Prepay {
  const day = beijingDigits(deps.clock.now());
  return {
    prepayId: `wx${day}${randomText(20, '0123456789abcdef')}`,
    codeUrl: tradeType === 'NATIVE' ? `weixin://wxpay/bizpayurl/up?pr=${randomText(9)}` : null,
    h5Package: tradeType === 'MWEB' ? randomText(10, '0123456789') : undefined,
    createdAt: deps.clock.scheduleNow(),
  };
}

/** JSON with sorted keys, so that the order of fields does not matter. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
