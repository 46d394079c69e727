import { canonical } from '../orders.ts';
import type { PayDeps } from '../pay.ts';
import { type Order, orderKey, type Refund, refundsOf } from '../records.ts';
import { receivedAccount } from '../refund-object.ts';
import { askRefund, type RefundProblem, RefundRefused } from '../refunds.ts';
import { checkLength, readFen, type V2Call, type V2Input, V2Refused } from './call.ts';
import { askedOrder } from './code-pay.ts';
import { wallTime } from './notification.ts';
import type { Fields } from './xml.ts';

/** Refunds of v2; they share their numbers and their money with those of v3. */
export const refundCalls: readonly V2Call[] = [
  {
    paths: ['/secapi/pay/refund'],
    at: 'refund',
    required: ['appid', 'mch_id', 'nonce_str', 'out_refund_no', 'total_fee', 'refund_fee'],
    run: refund,
  },
  {
    paths: ['/pay/refundquery'],
    at: 'refund-query',
    required: ['appid', 'mch_id', 'nonce_str'],
    run: query,
  },
];

const PROBLEMS: Record<RefundProblem, [code: string, text: string]> = {
  'not-paid': ['TRADE_STATE_ERROR', '订单状态错误'],
  'total-differs': ['REFUND_FEE_MISMATCH', '订单金额或退款金额与之前请求不一致'],
  exceeds: ['INVALID_REQUEST', '累计退款金额大于订单支付金额'],
  'too-late': ['TRADE_OVERDUE', '订单已经超过退款期限'],
  'too-many': ['INVALID_REQUEST', '一笔订单最多部分退款50次'],
  'not-enough': ['NOTENOUGH', '余额不足'],
  'number-used': ['REFUND_FEE_MISMATCH', '订单金额或退款金额与之前请求不一致'],
};

function refund(deps: PayDeps, input: V2Input): Fields {
  const { fields, fault } = input;
  const outRefundNo = fields.out_refund_no ?? '';
  if (!/^[0-9A-Za-z_\-|*@]{1,64}$/.test(outRefundNo)) {
    throw new V2Refused('PARAM_ERROR', 'out_refund_no参数错误');
  }
  checkLength(fields, 'refund_desc', 80);
  const order = askedOrder(deps, input);
  try {
    const asked = askRefund(
      deps,
      {
        order,
        outRefundNo,
        refundFen: readFen(fields, 'refund_fee'),
        totalFen: readFen(fields, 'total_fee'),
        reason: fields.refund_desc || null,
        notifyUrl: fields.notify_url || null,
        fundsAccount: 'UNSETTLED',
        parameters: canonical({ ...fields, nonce_str: '', sign: '' }),
        version: 'v2',
      },
      fault,
    );
    return answerOf(asked);
  } catch (error) {
    if (!(error instanceof RefundRefused)) throw error;
    throw new V2Refused(...PROBLEMS[error.problem]);
  }
}

function answerOf(refund: Refund): Fields {
  return {
    transaction_id: refund.transactionId,
    out_trade_no: refund.outTradeNo,
    out_refund_no: refund.outRefundNo,
    refund_id: refund.refundId,
    refund_fee: String(refund.refundFen),
    settlement_refund_fee: String(refund.refundFen),
    total_fee: String(refund.totalFen),
    cash_fee: String(refund.totalFen),
    cash_refund_fee: String(refund.refundFen),
  };
}

function query(deps: PayDeps, input: V2Input): Fields {
  const found = askedRefunds(deps, input);
  const first = found[0];
  const order = first && deps.records.orders.get(orderKey(input.party.mchid, first.outTradeNo));
  if (first === undefined || order === undefined) {
    throw new V2Refused('REFUNDNOTEXIST', '退款订单查询失败');
  }
  return {
    transaction_id: first.transactionId,
    out_trade_no: first.outTradeNo,
    total_fee: String(first.totalFen),
    cash_fee: String(first.totalFen),
    refund_count: String(found.length),
    ...Object.assign({}, ...found.map((one, index) => listed(order, one, index))),
  };
}

/** By any of the four numbers; the two of the refund find one, those of the order find all. */
function askedRefunds(deps: PayDeps, input: V2Input): Refund[] {
  const { fields, party } = input;
  const mine = (one: Refund) =>
    one.mchid === party.mchid && one.spMchid === party.spMchid && !one.isReversal;
  const { refund_id: id, out_refund_no: no } = fields;
  if (id || no) {
    const isWanted = (one: Refund) => (id ? one.refundId === id : one.outRefundNo === no);
    return deps.records.refunds.values().filter((one) => mine(one) && isWanted(one));
  }
  return refundsOf(deps.records, askedOrder(deps, input)).filter(mine);
}

const STATES = {
  PROCESSING: 'PROCESSING',
  SUCCESS: 'SUCCESS',
  CLOSED: 'REFUNDCLOSE',
  ABNORMAL: 'CHANGE',
};

function listed(order: Order, refund: Refund, index: number): Fields {
  const fields: Fields = {
    out_refund_no: refund.outRefundNo,
    refund_id: refund.refundId,
    refund_channel: refund.channel,
    refund_fee: String(refund.refundFen),
    settlement_refund_fee: String(refund.refundFen),
    refund_status: STATES[refund.state],
    refund_account: 'REFUND_SOURCE_UNSETTLED_FUNDS',
    refund_recv_accout: receivedAccount(order, refund),
    ...(refund.succeededAt === null ? {} : { refund_success_time: wallTime(refund.succeededAt) }),
  };
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [`${name}_${index}`, value]),
  );
}
