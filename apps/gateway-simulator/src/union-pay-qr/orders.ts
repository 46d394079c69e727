import { randomInt } from 'node:crypto';
import { takeCode } from '../union-pay/codes.ts';
import { readDigits } from '../union-pay/time.ts';
import type { Deps } from './deps.ts';
import { keyOf, type Merchant, type Order, type Service } from './records.ts';
import { Refusal } from './refusals.ts';
import { userOfId } from './users.ts';
import type { Fields } from './xml.ts';

const LIFE_MS = 1_800_000;
/** The owner of a payment code is asked to confirm for this long. */
const CONFIRM_MS = 300_000;

type Rules = Record<string, RegExp>;

const anyOrder: Rules = {
  out_trade_no: /^[0-9A-Za-z_\-|*]{1,32}$/,
  body: /^[\s\S]{1,127}$/,
  total_fee: /^[1-9]\d{0,9}$/,
  mch_create_ip: /^[0-9a-fA-F.:]{3,45}$/,
};
const notifyUrl = /^https?:\/\/\S{1,248}$/;

const orderRules: Record<Service, Rules> = {
  jspay: { ...anyOrder, user_id: /^\S{1,128}$/, notify_url: notifyUrl },
  native: { ...anyOrder, notify_url: notifyUrl },
  micropay: { ...anyOrder, auth_code: /^\d{1,24}$/ },
};

/** Throws a Refusal that names the field. */
export function checkFields(fields: Fields, rules: Rules): void {
  for (const [name, form] of Object.entries(rules)) {
    if (!form.test(fields[name] ?? '')) throw new Refusal('PARAM_ERROR', name);
  }
}

/** Makes the order of a request; the same request again finds the same order. */
export function placeOrder(
  deps: Deps,
  merchant: Merchant,
  fields: Fields,
  service: Service,
): Order {
  checkFields(fields, orderRules[service]);
  const parameters = parametersOf(fields);
  const known = findOrder(deps, merchant.mchid, fields.out_trade_no ?? '');
  if (known !== undefined) return repeated(known, parameters);
  const order = newOrder(deps, merchant, fields, service, parameters);
  if (order.notifyUrl !== null) {
    const { notifyUrl: lastNotifyUrl } = order;
    deps.records.merchants.set(merchant.mchid, { ...merchant, lastNotifyUrl });
  }
  const placed = service === 'micropay' ? readCode(deps, order, fields.auth_code ?? '') : order;
  return saveOrder(deps, placed);
}

export function saveOrder(deps: Pick<Deps, 'records'>, order: Order): Order {
  return deps.records.orders.set(keyOf(order.mchid, order.outTradeNo), order);
}

/** The order as it stands now: one whose time is over is closed. */
export function findOrder(deps: Deps, mchid: string, outTradeNo: string): Order | undefined {
  const order = deps.records.orders.get(keyOf(mchid, outTradeNo));
  return order && current(deps, order);
}

export function findOrderBy(deps: Deps, isWanted: (order: Order) => boolean): Order | undefined {
  const order = deps.records.orders.find(isWanted);
  return order && current(deps, order);
}

/** By the merchant's number or by ours. Throws Refusal ORDERNOTEXIST. */
export function orderOf(deps: Deps, merchant: Merchant, fields: Fields): Order {
  const { out_trade_no: outTradeNo = '', transaction_id: transactionId = '' } = fields;
  if (outTradeNo === '' && transactionId === '') throw new Refusal('PARAM_ERROR', 'out_trade_no');
  const order =
    outTradeNo === ''
      ? findOrderBy(deps, (one) => one.payment?.transactionId === transactionId)
      : findOrder(deps, merchant.mchid, outTradeNo);
  if (order === undefined || order.mchid !== merchant.mchid) throw new Refusal('ORDERNOTEXIST');
  return order;
}

/** Nobody can pay it from now on. */
export function closeOrder(deps: Deps, order: Order): Order {
  if (order.payment !== null) throw new Refusal('ORDERPAID');
  return saveOrder(deps, { ...order, state: 'closed' });
}

function current(deps: Deps, order: Order): Order {
  const isUnpaid = order.state === 'open' || order.state === 'waiting';
  if (!isUnpaid || order.expireAt > deps.clock.scheduleNow()) return order;
  return saveOrder(deps, { ...order, state: 'closed' });
}

function repeated(known: Order, parameters: string): Order {
  if (known.payment !== null) throw new Refusal('ORDERPAID');
  if (known.state !== 'open') throw new Refusal('ORDERCLOSED');
  if (known.parameters !== parameters) throw new Refusal('OUT_TRADE_NO_USED');
  return known;
}

function newOrder(
  deps: Deps,
  merchant: Merchant,
  fields: Fields,
  service: Service,
  parameters: string,
): Order {
  const payer = service === 'jspay' ? userOfId(fields.user_id ?? '') : undefined;
  if (service === 'jspay' && payer === undefined) throw new Refusal('USER_NOT_EXIST');
  return {
    mchid: merchant.mchid,
    outTradeNo: fields.out_trade_no ?? '',
    service,
    token: Array.from({ length: 24 }, () => randomInt(10)).join(''),
    parameters,
    description: fields.body ?? '',
    attach: fields.attach ?? '',
    notifyUrl: fields.notify_url || null,
    callbackUrl: fields.callback_url || null,
    totalFen: Number(fields.total_fee),
    user: payer?.no ?? null,
    state: 'open',
    createdAt: deps.clock.now(),
    expireAt: expiryOf(deps, fields, service),
    payment: null,
  };
}

/** All that describes the order; a repetition has another nonce and so another signature. */
function parametersOf(fields: Fields): string {
  const ignored = new Set(['nonce_str', 'sign', 'time_start']);
  return JSON.stringify(
    Object.entries(fields)
      .filter(([name]) => !ignored.has(name))
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

/** `time_expire` is a time in Beijing; it is kept as an instant of the schedule's clock. */
function expiryOf(deps: Deps, fields: Fields, service: Service): number {
  const now = deps.clock.scheduleNow();
  const { time_expire: timeExpire = '' } = fields;
  if (timeExpire === '') return now + (service === 'micropay' ? CONFIRM_MS : LIFE_MS);
  const atMs = readDigits(timeExpire);
  const leftMs = (atMs ?? 0) - deps.clock.now();
  if (atMs === undefined || leftMs <= 0) throw new Refusal('PARAM_ERROR', 'time_expire');
  return now + leftMs;
}

/** What a scanned payment code makes of an order. A code that pays is left `open` to be paid. */
function readCode(deps: Deps, order: Order, authCode: string): Order {
  const code = takeCode(deps, authCode);
  if (typeof code === 'string') throw new Refusal('AUTH_CODE_INVALID');
  const owned = { ...order, user: code.user };
  switch (code.outcome) {
    case 'paid':
      return owned;
    case 'password':
      return { ...owned, state: 'waiting' };
    case 'expired':
      throw new Refusal('AUTHCODEEXPIRE');
    case 'no-money':
      saveOrder(deps, { ...owned, state: 'failed' });
      throw new Refusal('NOTENOUGH');
  }
}
