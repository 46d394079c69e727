import type { AnswerFault, FaultPlace, Taken } from '../faults.ts';
import { confirmationTable } from '../union-pay/confirmations.ts';
import { firstUser } from '../union-pay/users.ts';
import { billText, dayEnd, linesOf } from './bill.ts';
import type { PayDeps } from './deps.ts';
import type { Grants } from './login.ts';
import { checkFields, closeOrder, orderOf, placeOrder } from './orders.ts';
import { cashierPath, collect } from './pay.ts';
import { keyOf, type Merchant, type Order, type Service } from './records.ts';
import { placeRefund, refundFields, refundsOf, reverse } from './refunds.ts';
import { Refusal } from './refusals.ts';
import { orderFields, paymentFields } from './trade-fields.ts';
import { userIdOf } from './users.ts';
import type { Fields } from './xml.ts';

/** What a service is given once the signature of the request is known to be good. */
export type ServiceInput = {
  merchant: Merchant;
  fields: Fields;
  fault: Taken<AnswerFault> | undefined;
  grants: Grants;
  /** How a browser reaches the simulator. */
  origin: string;
};

/** The fields of an answer besides the common ones; a text is a file, which is sent as it is. */
export type ServiceAnswer = Fields | { file: string };

export type ServiceCall = {
  at: FaultPlace;
  run(deps: PayDeps, input: ServiceInput): ServiceAnswer | Promise<ServiceAnswer>;
};

export const services: Record<string, ServiceCall> = {
  'pay.unionpay.userid': { at: 'login', run: exchangeCode },
  'pay.unionpay.jspay': placing('jspay', (order, origin) => ({
    pay_url: `${origin}${cashierPath(order)}`,
  })),
  'unified.trade.native': placing('native', (order, origin) => ({
    code_url: `${origin}/union-pay-qr/qr/${order.token}`,
  })),
  'unified.trade.micropay': { at: 'prepay', run: payByCode },
  'unified.micropay.reverse': { at: 'cancel', run: reverseOrder },
  'unified.trade.query': { at: 'query', run: queryOrder },
  'unified.trade.close': { at: 'close', run: close },
  'unified.trade.refund': { at: 'refund', run: refund },
  'unified.trade.refundquery': { at: 'refund-query', run: queryRefunds },
  'pay.bill.merchant': { at: 'statement', run: bill },
};

function exchangeCode(_: PayDeps, { fields, grants }: ServiceInput): Fields {
  checkFields(fields, { app_up_identifier: /^UnionPay\/\S+ [0-9A-Za-z]+$/ });
  const user = grants.take(fields.user_auth_code ?? '');
  if (user === undefined) throw new Refusal('USER_AUTH_CODE_INVALID');
  return { user_id: userIdOf(user) };
}

function placing(service: Service, given: (order: Order, origin: string) => Fields): ServiceCall {
  return {
    at: 'prepay',
    run: (deps, { merchant, fields, origin }) =>
      given(placeOrder(deps, merchant, fields, service), origin),
  };
}

/** The scanner of the desk: paid at once, refused, or to be confirmed by the payer. */
async function payByCode(deps: PayDeps, { merchant, fields }: ServiceInput): Promise<Fields> {
  const order = placeOrder(deps, merchant, fields, 'micropay');
  if (order.state === 'waiting') {
    const href = cashierPath(order);
    const { user, totalFen } = order;
    const row = { href, user: user ?? firstUser.no, payee: merchant.name, totalFen };
    confirmationTable(deps.store).set(href, row);
    throw new Refusal('USERPAYING');
  }
  const paid = await collect(deps, { order, user: order.user ?? firstUser.no, outcome: 'paid' });
  return { ...paymentFields(paid), pay_result: '0' };
}

function reverseOrder(deps: PayDeps, { merchant, fields }: ServiceInput): Fields {
  const order = orderOf(deps, merchant, fields);
  reverse(deps, order);
  confirmationTable(deps.store).remove(cashierPath(order));
  return { out_trade_no: order.outTradeNo };
}

function queryOrder(deps: PayDeps, { merchant, fields }: ServiceInput): Fields {
  const order = orderOf(deps, merchant, fields);
  const trade = order.payment === null ? orderFields(order) : paymentFields(order);
  return { ...trade, trade_state: tradeState(deps, order) };
}

function tradeState(deps: PayDeps, order: Order): string {
  if (order.state === 'reversed') return 'REVOKED';
  if (order.payment !== null) {
    const isReturned = refundsOf(deps, order).some((one) => one.state !== 'failed');
    return isReturned ? 'REFUND' : 'SUCCESS';
  }
  const states = { open: 'NOTPAY', waiting: 'USERPAYING', closed: 'CLOSED', failed: 'PAYERROR' };
  return order.state === 'paid' ? 'SUCCESS' : states[order.state];
}

function close(deps: PayDeps, { merchant, fields }: ServiceInput): Fields {
  const order = orderOf(deps, merchant, fields);
  closeOrder(deps, order);
  confirmationTable(deps.store).remove(cashierPath(order));
  return { out_trade_no: order.outTradeNo };
}

function refund(deps: PayDeps, { merchant, fields, fault }: ServiceInput): Fields {
  const made = placeRefund(deps, merchant, fields, fault);
  const payment = deps.records.orders.get(keyOf(made.mchid, made.outTradeNo))?.payment;
  return {
    out_trade_no: made.outTradeNo,
    transaction_id: payment?.transactionId ?? '',
    out_refund_no: made.outRefundNo,
    refund_id: made.refundId,
    refund_channel: 'ORIGINAL',
    refund_fee: `${made.refundFen}`,
  };
}

/** All refunds of an order, or the one that is named. */
function queryRefunds(deps: PayDeps, { merchant, fields }: ServiceInput): Fields {
  const { out_refund_no: outRefundNo = '', refund_id: refundId = '' } = fields;
  const named = deps.records.refunds.find(
    (one) =>
      one.mchid === merchant.mchid &&
      (one.outRefundNo === outRefundNo || one.refundId === refundId),
  );
  if (outRefundNo + refundId !== '' && named === undefined) throw new Refusal('REFUNDNOTEXIST');
  const order = orderOf(deps, merchant, named ? { out_trade_no: named.outTradeNo } : fields);
  const refunds = named ? [named] : refundsOf(deps, order);
  if (refunds.length === 0) throw new Refusal('REFUNDNOTEXIST');
  return {
    out_trade_no: order.outTradeNo,
    transaction_id: order.payment?.transactionId ?? '',
    ...refundFields(refunds),
  };
}

function bill(deps: PayDeps, { merchant, fields, fault }: ServiceInput): { file: string } {
  checkFields(fields, { bill_date: /^\d{8}$/, bill_type: /^ALL$/ });
  const day = fields.bill_date ?? '';
  const end = dayEnd(day);
  const isThere = end !== undefined && end <= deps.clock.now();
  if (!isThere || fault?.fault === 'statement-not-ready') throw new Refusal('BILL_NOT_EXIST');
  return { file: billText(merchant, linesOf(deps, merchant, day), fault?.fault) };
}
