import { type Order, type Refund, Refusal } from './records.ts';

export type Fields = Record<string, unknown>;

const FEN_MOST = 10_000_000_000;

/** Throws a Refusal that names the field. */
export function textIn(fields: Fields, name: string, form: RegExp): string {
  const value = fields[name];
  if (typeof value === 'string' && form.test(value)) return value;
  throw new Refusal('FIELD_INVALID', `${name} 不符合要求`);
}

export function fenIn(fields: Fields, name: string): number {
  const value = fields[name];
  const isFen = typeof value === 'number' && Number.isSafeInteger(value);
  if (isFen && value > 0 && value <= FEN_MOST) return value;
  throw new Refusal('FIELD_INVALID', `${name} 须是 1 到 ${FEN_MOST} 之间的整数（分）`);
}

/** Seconds since 1970, for messages. */
export function seconds(atMs: number): number {
  return Math.floor(atMs / 1000);
}

/** What the bank says of an order, in answers and notices alike. */
export function orderFields(order: Order): Fields {
  const { payment } = order;
  const states = { open: 'OPEN', paying: 'PAYING', paid: 'PAID', closed: 'CLOSED' };
  return {
    merchantId: order.mchid,
    orderNo: order.outTradeNo,
    status: states[order.state],
    amount: payment?.totalFen ?? order.totalFen,
    currency: 'CNY',
    ...(payment && {
      tradeNo: payment.tradeNo,
      walletId: payment.walletId,
      paidAt: seconds(payment.paidAt),
    }),
  };
}

export function refundFields(refund: Refund): Fields {
  const states = { pending: 'PROCESSING', done: 'DONE', failed: 'FAILED' };
  return {
    merchantId: refund.mchid,
    refundNo: refund.outRefundNo,
    orderNo: refund.outTradeNo,
    bankRefundNo: refund.bankRefundNo,
    status: states[refund.state],
    amount: refund.refundFen,
    ...(refund.doneAt !== null && { doneAt: seconds(refund.doneAt) }),
  };
}
