import type { Deps } from '../deps.ts';
import { canonical, findOrder, orderByTransaction, orderFor, saveOrder } from '../orders.ts';
import { collectNow, type PayDeps } from '../pay.ts';
import type { AuthCode } from '../payer-records.ts';
import { type Order, orderKey } from '../records.ts';
import { reverseOrder } from '../reversal.ts';
import { stateDescriptions } from '../transaction.ts';
import { findUser, openidOf, type SimulatedUser } from '../users.ts';
import {
  checkLength,
  checkOrderNumber,
  readFen,
  type V2Call,
  type V2Input,
  V2Refused,
} from './call.ts';
import { paymentFields } from './fields.ts';
import type { Fields } from './xml.ts';

/** Payment codes (付款码): the merchant scans what the payer shows. */
export const codeCalls: readonly V2Call[] = [
  {
    paths: ['/pay/micropay'],
    at: 'prepay',
    required: [
      'appid',
      'mch_id',
      'nonce_str',
      'body',
      'out_trade_no',
      'total_fee',
      'spbill_create_ip',
      'auth_code',
    ],
    run: micropay,
  },
  {
    paths: ['/pay/orderquery'],
    at: 'query',
    required: ['appid', 'mch_id', 'nonce_str'],
    run: (deps, input) => queried(askedOrder(deps, input)),
  },
  {
    paths: ['/secapi/pay/reverse'],
    at: 'cancel',
    required: ['appid', 'mch_id', 'nonce_str'],
    run: reverse,
  },
];

/** 18 digits that begin with 10 to 15. */
const AUTH_CODE = /^1[0-5]\d{16}$/;
/** A payer who was asked for the password has this long. */
const PASSWORD_MS = 5 * 60_000;

function micropay(deps: PayDeps, input: V2Input): Fields {
  const { fields, party } = input;
  const outTradeNo = checkOrderNumber(fields);
  const totalFen = readFen(fields, 'total_fee');
  checkLength(fields, 'body', 128);
  checkLength(fields, 'attach', 127);
  checkSubApp(input);
  const parameters = canonical({ ...fields, nonce_str: '', sign: '' });
  const known = findOrder(deps, party.mchid, outTradeNo);
  if (known !== undefined) return repeated(known, parameters);
  const code = takeCode(deps, fields.auth_code ?? '');
  const user = findUser(code.user) as SimulatedUser;
  const order = newCodeOrder(deps, input, { totalFen, parameters, user });
  const usedFor = { mchid: order.mchid, outTradeNo };
  deps.records.codes.set(code.code, { ...code, usedFor });
  switch (code.outcome) {
    case 'password':
      saveOrder(deps, { ...order, state: 'USERPAYING' });
      throw new V2Refused('USERPAYING', '需要用户输入支付密码');
    case 'no-money':
      saveOrder(deps, { ...order, state: 'PAYERROR' });
      throw new V2Refused('NOTENOUGH', '用户帐号余额不足');
    default:
      return paidFields(collectNow(deps, order, order.openid ?? ''));
  }
}

/** The same number again: paid orders say so, others tell how they stand. */
function repeated(order: Order, parameters: string): Fields {
  if (order.payment !== null) throw new V2Refused('ORDERPAID', '商户订单已支付，无需重复操作');
  if (order.parameters !== parameters) throw new V2Refused('OUT_TRADE_NO_USED', '商户订单号重复');
  switch (order.state) {
    case 'USERPAYING':
      throw new V2Refused('USERPAYING', '需要用户输入支付密码');
    case 'REVOKED':
      throw new V2Refused('ORDERREVERSED', '订单已撤销');
    case 'CLOSED':
      throw new V2Refused('ORDERCLOSED', '订单已关闭');
    default:
      throw new V2Refused('OUT_TRADE_NO_USED', '商户订单号重复');
  }
}

function takeCode(deps: PayDeps, given: string): AuthCode {
  if (!AUTH_CODE.test(given)) throw new V2Refused('AUTH_CODE_ERROR', '授权码参数错误');
  const code = deps.records.codes.get(given);
  if (code === undefined) {
    throw new V2Refused('AUTH_CODE_INVALID', '收银员扫描的不是微信支付的条码');
  }
  if (code.usedFor !== null) {
    throw new V2Refused('AUTH_CODE_ERROR', '每个二维码仅限使用一次，请刷新再试');
  }
  if (code.outcome === 'expired' || code.expireAt <= deps.clock.scheduleNow()) {
    throw new V2Refused('AUTHCODEEXPIRE', '二维码已过期，请用户在微信上刷新后再试');
  }
  return code;
}

function newCodeOrder(
  deps: Pick<Deps, 'clock'>,
  { fields, party }: V2Input,
  facts: { totalFen: number; parameters: string; user: SimulatedUser },
): Order {
  const appid = fields.appid ?? '';
  return {
    mchid: party.mchid,
    spMchid: party.spMchid,
    appid,
    subAppid: fields.sub_appid || undefined,
    outTradeNo: fields.out_trade_no ?? '',
    tradeType: 'MICROPAY',
    parameters: facts.parameters,
    description: fields.body ?? '',
    attach: fields.attach || null,
    notifyUrl: '',
    totalFen: facts.totalFen,
    openid: openidOf(appid, facts.user),
    state: 'NOTPAY',
    createdAt: deps.clock.now(),
    expireAt: deps.clock.scheduleNow() + PASSWORD_MS,
    prepays: [],
    payment: null,
  };
}

function checkSubApp({ fields, merchant, party }: V2Input): void {
  if (!fields.sub_appid) return;
  if (merchant.subMerchants?.[party.mchid]?.appid === fields.sub_appid) return;
  throw new V2Refused('APPID_MCHID_NOT_MATCH', 'sub_appid和sub_mch_id不匹配');
}

function paidFields(order: Order): Fields {
  if (order.payment === null) throw new V2Refused('SYSTEMERROR', '系统错误');
  return paymentFields(order, order.payment);
}

/** The order that a call names by either number. */
export function askedOrder(deps: PayDeps, { fields, party }: V2Input): Order {
  const { transaction_id: id, out_trade_no: no } = fields;
  if (!id && !no) throw new V2Refused('PARAM_ERROR', 'transaction_id与out_trade_no须填写其一');
  const order = id ? orderByTransaction(deps, party, id) : orderFor(deps, party, no ?? '');
  if (order === undefined) throw new V2Refused('ORDERNOTEXIST', '此交易订单号不存在');
  return order;
}

export function queried(order: Order): Fields {
  const state = {
    trade_state: order.state,
    trade_state_desc: stateDescriptions[order.state],
  };
  if (order.payment !== null) return { ...paymentFields(order, order.payment), ...state };
  return {
    out_trade_no: order.outTradeNo,
    total_fee: String(order.totalFen),
    trade_type: order.tradeType,
    ...state,
    ...(order.attach === null ? {} : { attach: order.attach }),
  };
}

/** 撤销: an unpaid order is closed for good, a paid one is given back. */
function reverse(deps: PayDeps, input: V2Input): Fields {
  const order = askedOrder(deps, input);
  const reversed = reverseOrder(deps, order);
  if (reversed === 'too-late') {
    throw new V2Refused('REVERSE_EXPIRE', '订单无法撤销', { recall: 'N' });
  }
  if (reversed === 'refunded') {
    throw new V2Refused('TRADE_ERROR', '订单已有退款，不能撤销', { recall: 'N' });
  }
  const current = deps.records.orders.get(orderKey(order.mchid, order.outTradeNo));
  return { out_trade_no: current?.outTradeNo ?? order.outTradeNo, recall: 'N' };
}
