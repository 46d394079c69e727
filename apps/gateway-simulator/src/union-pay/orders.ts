import { randomInt } from 'node:crypto';
import { takeCode } from './codes.ts';
import type { Deps } from './deps.ts';
import { type Entry, type Merchant, type Order, type Trade, tradeKey } from './records.ts';
import { checkFields, checkIsRecent, rules } from './request-rules.ts';
import { Refusal, type RespCode, respMsg } from './resp-codes.ts';
import { type Fields, signedText } from './signature.ts';
import { readDigits } from './time.ts';

const LIFE_MS = 1_800_000;
/** The owner of a payment code is asked to confirm for this long. */
const CONFIRM_MS = 300_000;

/**
 * Makes the order of a request. A repetition is refused with 12, except that a browser may post
 * the same form again and sees the same cashier.
 */
export function placeOrder(deps: Deps, merchant: Merchant, fields: Fields, entry: Entry): Order {
  checkFields(fields, rules[entry]);
  const parameters = signedText(fields);
  const known = deps.records.trades.get(keyOf(fields));
  if (known !== undefined) {
    const isSame = known.kind === 'consume' && known.parameters === parameters;
    if (entry === 'front' && isSame) return known;
    throw new Refusal('12');
  }
  checkIsRecent(fields.txnTime ?? '', deps.clock.now());
  const order = newOrder(deps, fields, entry, parameters);
  deps.records.merchants.set(merchant.merId, { ...merchant, lastBackUrl: order.backUrl });
  const placed = entry === 'code' ? readCode(deps, order, fields.qrNo ?? '') : order;
  return saveTrade(deps, placed);
}

export function saveTrade<T extends Trade>(deps: Pick<Deps, 'records'>, trade: T): T {
  deps.records.trades.set(tradeKey(trade), trade);
  return trade;
}

/** Whether the time to pay is over. There is no close in this protocol: orders only expire. */
export function isExpired(deps: Pick<Deps, 'clock'>, order: Order): boolean {
  const isUnpaid = order.state === 'open' || order.state === 'waiting';
  return isUnpaid && order.expireAt <= deps.clock.scheduleNow();
}

export function findOrderBy(deps: Deps, isWanted: (order: Order) => boolean): Order | undefined {
  const found = deps.records.trades.find((one) => one.kind === 'consume' && isWanted(one));
  return found?.kind === 'consume' ? found : undefined;
}

/** The order as it stands now. */
export function currentOrder(deps: Deps, order: Order): Order {
  const now = deps.records.trades.get(tradeKey(order));
  return now?.kind === 'consume' ? now : order;
}

export function keyOf(fields: Fields): string {
  const { merId = '', orderId = '', txnTime = '' } = fields;
  return tradeKey({ merId, orderId, txnTime });
}

function newOrder(deps: Deps, fields: Fields, entry: Entry, parameters: string): Order {
  return {
    kind: 'consume',
    entry,
    ...transactionOf(deps, fields),
    token: Array.from({ length: 21 }, () => randomInt(10)).join(''),
    parameters,
    frontUrl: fields.frontUrl ?? null,
    frontFailUrl: fields.frontFailUrl ?? null,
    description: descriptionOf(fields),
    termId: fields.termId ?? null,
    state: 'open',
    failure: null,
    expireAt: expiryOf(deps, fields, entry),
    user: null,
    payment: null,
  };
}

/** What an order and its reversal are made of alike. */
export function transactionOf(deps: Pick<Deps, 'clock'>, fields: Fields) {
  return {
    merId: fields.merId ?? '',
    orderId: fields.orderId ?? '',
    txnTime: fields.txnTime ?? '',
    txnSubType: fields.txnSubType ?? '',
    bizType: fields.bizType ?? '',
    channelType: fields.channelType ?? '',
    accessType: fields.accessType ?? '',
    currencyCode: fields.currencyCode ?? '156',
    signMethod: fields.signMethod === '11' ? ('11' as const) : ('01' as const),
    backUrl: fields.backUrl ?? '',
    reqReserved: fields.reqReserved ?? null,
    totalFen: Number(fields.txnAmt),
    createdAt: deps.clock.now(),
  };
}

function descriptionOf(fields: Fields): string {
  const commodity = /commodityName=([^&}]+)/.exec(fields.riskRateInfo ?? '')?.[1];
  return fields.orderDesc || commodity || '商户订单';
}

/** `payTimeout` is a time in Beijing; it is kept as an instant of the schedule's clock. */
function expiryOf(deps: Pick<Deps, 'clock'>, fields: Fields, entry: Entry): number {
  const now = deps.clock.scheduleNow();
  const { payTimeout = '' } = fields;
  if (payTimeout === '') return now + (entry === 'code' ? CONFIRM_MS : LIFE_MS);
  const atMs = readDigits(payTimeout);
  if (atMs === undefined) throw new Refusal('10', 'payTimeout 不是存在的时间');
  const leftMs = atMs - deps.clock.now();
  if (leftMs <= 0) throw new Refusal('39', 'payTimeout 已经过去');
  return now + leftMs;
}

/** What a scanned payment code makes of an order. A code that pays is left `open` to be paid. */
function readCode(deps: Deps, order: Order, qrNo: string): Order {
  const code = takeCode(deps, qrNo);
  if (code === 'unknown') return failed(order, '88');
  if (code === 'used') return failed(order, '87');
  const owned = { ...order, user: code.user };
  switch (code.outcome) {
    case 'paid':
      return owned;
    case 'password':
      return { ...owned, state: 'waiting' };
    case 'expired':
      return failed(owned, '86');
    case 'no-money':
      return failed(owned, '64');
  }
}

export function failed(order: Order, respCode: RespCode): Order {
  return { ...order, state: 'failed', failure: { respCode, respMsg: respMsg(respCode) } };
}
