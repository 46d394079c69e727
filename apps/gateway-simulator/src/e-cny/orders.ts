import { digits, takeCode } from './codes.ts';
import { type Fields, fenIn, textIn } from './fields.ts';
import { type Deps, keyOf, type Merchant, type Order, type Product, Refusal } from './records.ts';

const orderNo = /^[0-9A-Za-z_-]{1,32}$/;
const address = /^https?:\/\/\S{1,500}$/;
const walletCodeForm = /^01\d{17}$/;

export function orderNoIn(fields: Fields): string {
  return textIn(fields, 'orderNo', orderNo);
}

/** Makes the order of a request; the same request again finds the same order. */
export function placeOrder(deps: Deps, merchant: Merchant, fields: Fields): Order {
  const product = textIn(fields, 'product', /^(H5|CODE|SCAN)$/) as Product;
  const content = JSON.stringify(fields);
  const known = findOrder(deps, merchant.mchid, orderNoIn(fields));
  if (known !== undefined) return repeated(known, content);
  const order = newOrder(deps, merchant, fields, { product, content });
  deps.records.merchants.set(merchant.mchid, { ...merchant, lastNotifyUrl: order.notifyUrl });
  return saveOrder(deps, product === 'SCAN' ? readCode(deps, order, fields) : order);
}

export function saveOrder(deps: Pick<Deps, 'records'>, order: Order): Order {
  return deps.records.orders.set(keyOf(order.mchid, order.outTradeNo), order);
}

/** The order as it stands now: one whose time is over is closed. */
export function findOrder(deps: Deps, mchid: string, outTradeNo: string): Order | undefined {
  const order = deps.records.orders.get(keyOf(mchid, outTradeNo));
  const isUnpaid = order?.state === 'open' || order?.state === 'paying';
  if (order === undefined || !isUnpaid) return order;
  if (order.expireAt > deps.clock.scheduleNow()) return order;
  return saveOrder(deps, { ...order, state: 'closed' });
}

/** Throws Refusal ORDER_NOT_FOUND. */
export function orderIn(deps: Deps, merchant: Merchant, fields: Fields): Order {
  const order = findOrder(deps, merchant.mchid, orderNoIn(fields));
  if (order !== undefined) return order;
  throw new Refusal('ORDER_NOT_FOUND', '订单不存在');
}

function repeated(known: Order, content: string): Order {
  if (known.payment !== null) throw new Refusal('ORDER_PAID', '订单已支付');
  if (known.state === 'closed') throw new Refusal('ORDER_CLOSED', '订单已关闭');
  if (known.content !== content) throw new Refusal('ORDER_NO_USED', '订单号已用于另一笔订单');
  return known;
}

function newOrder(
  deps: Deps,
  merchant: Merchant,
  fields: Fields,
  { product, content }: { product: Product; content: string },
): Order {
  const leftMs = Number(fields.expireAt) * 1000 - deps.clock.now();
  if (!(leftMs > 0)) throw new Refusal('FIELD_INVALID', 'expireAt 须在现在之后（秒）');
  return {
    mchid: merchant.mchid,
    outTradeNo: orderNoIn(fields),
    product,
    token: digits(24),
    content,
    subject: textIn(fields, 'subject', /^[\s\S]{1,60}$/),
    notifyUrl: textIn(fields, 'notifyUrl', address),
    returnUrl: fields.returnUrl === undefined ? null : textIn(fields, 'returnUrl', address),
    totalFen: fenIn(fields, 'amount'),
    user: null,
    state: 'open',
    createdAt: deps.clock.now(),
    expireAt: deps.clock.scheduleNow() + leftMs,
    payment: null,
  };
}

/** What a scanned code makes of an order. A code that pays is left `open` to be paid. */
function readCode(deps: Deps, order: Order, fields: Fields): Order {
  const code = takeCode(deps, textIn(fields, 'walletCode', walletCodeForm));
  if (code === undefined) throw new Refusal('CODE_INVALID', '付款码无效或已使用');
  switch (code.outcome) {
    case 'paid':
      return { ...order, user: code.user };
    case 'password':
      return { ...order, user: code.user, state: 'paying' };
    case 'expired':
      throw new Refusal('CODE_EXPIRED', '付款码已过期，请付款人刷新');
    case 'no-money':
      saveOrder(deps, { ...order, user: code.user, state: 'closed' });
      throw new Refusal('WALLET_BALANCE_TOO_SMALL', '付款人钱包余额不足');
  }
}
