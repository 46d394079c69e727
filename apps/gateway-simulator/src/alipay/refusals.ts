/**
 * An answer that is not a success. Codes and texts: the public error tables of the gateway and of
 * its trade methods.
 */
export class Refusal extends Error {
  readonly code: string;
  readonly msg: string;
  readonly subCode: string;
  readonly subMsg: string;
  /** The gateway itself answers, as `error_response`. */
  readonly isOfGateway: boolean;
  /** Further fields of the answer, such as `retry_flag`. */
  readonly fields: Record<string, unknown>;

  constructor(input: {
    code: string;
    msg: string;
    subCode: string;
    subMsg: string;
    isOfGateway?: boolean;
    fields?: Record<string, unknown>;
  }) {
    super(`${input.subCode} ${input.subMsg}`);
    this.code = input.code;
    this.msg = input.msg;
    this.subCode = input.subCode;
    this.subMsg = input.subMsg;
    this.isOfGateway = input.isOfGateway ?? false;
    this.fields = input.fields ?? {};
  }

  /** The object of the answer. */
  value(): Record<string, unknown> {
    const { code, msg, subCode: sub_code, subMsg: sub_msg } = this;
    return { code, msg, sub_code, sub_msg, ...this.fields };
  }

  with(fields: Record<string, unknown>): Refusal {
    return new Refusal({ ...this, msg: this.msg, fields: { ...this.fields, ...fields } });
  }
}

/** The gateway misses a parameter. */
export function missing(what: string, subMsg: string): Refusal {
  const subCode = `isv.missing-${what}`;
  const msg = 'Missing Required Arguments';
  return new Refusal({ code: '40001', msg, subCode, subMsg, isOfGateway: true });
}

/** The gateway cannot accept a parameter. */
export function invalid(what: string, subMsg: string): Refusal {
  const subCode = `isv.${what}`;
  const msg = 'Invalid Arguments';
  return new Refusal({ code: '40002', msg, subCode, subMsg, isOfGateway: true });
}

/** The method was understood and refused. */
export function failed(subCode: string, subMsg: string): Refusal {
  return new Refusal({ code: '40004', msg: 'Business Failed', subCode, subMsg });
}

export function badParameter(text: string): Refusal {
  return failed('ACQ.INVALID_PARAMETER', `参数无效：${text}`);
}

export const refusals = {
  serviceUnavailable: () =>
    new Refusal({
      code: '20000',
      msg: 'Service Currently Unavailable',
      subCode: 'isp.unknow-error',
      subMsg: '系统繁忙',
    }),
  callLimited: () =>
    new Refusal({
      code: '40005',
      msg: 'Call Limited',
      subCode: 'aop.app-call-limited',
      subMsg: '应用调用频率超限',
    }),
  systemError: () => failed('ACQ.SYSTEM_ERROR', '系统异常'),
  tradeNotExist: () => failed('ACQ.TRADE_NOT_EXIST', '交易不存在'),
  tradePaid: () => failed('ACQ.TRADE_HAS_SUCCESS', '交易已被支付'),
  tradeClosed: () => failed('ACQ.TRADE_HAS_CLOSE', '交易已经关闭'),
  tradeFinished: () => failed('ACQ.TRADE_HAS_FINISHED', '交易已完结'),
  tradeStatus: () => failed('ACQ.TRADE_STATUS_ERROR', '交易状态不合法'),
  inconsistent: () => failed('ACQ.CONTEXT_INCONSISTENT', '交易信息被篡改'),
  codeInvalid: () => failed('ACQ.PAYMENT_AUTH_CODE_INVALID', '支付失败，付款码已失效或已使用'),
  noMoney: () => failed('ACQ.BUYER_BALANCE_NOT_ENOUGH', '买家余额不足'),
  sellerBalance: () => failed('ACQ.SELLER_BALANCE_NOT_ENOUGH', '卖家余额不足'),
  refundTooMuch: () => failed('ACQ.REFUND_AMT_NOT_EQUAL_TOTAL', '退款金额超限'),
  refundRepeat: () => failed('ACQ.DISCORDANT_REPEAT_REQUEST', '同一请求号的退款金额不一致'),
  agreementNone: () => failed('USER_AGREEMENT_NOT_EXIST', '用户协议不存在'),
  agreementInvalid: () => failed('ACQ.AGREEMENT_INVALID', '用户协议失效'),
  billNone: () => failed('BILL_NOT_EXIST', '账单不存在'),
  billArguments: () => failed('INVAILID_ARGUMENTS', '入参不合法'),
};
