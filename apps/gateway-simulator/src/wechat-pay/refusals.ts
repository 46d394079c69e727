/**
 * An answer that is not a success.
 * Codes, statuses and texts: the public error tables of WeChat Pay APIv3, and answers observed
 * from the live gateway. `no` is the number at the end of `Request-ID`.
 */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly no: number;
  readonly detail: RefusalDetail | undefined;

  constructor(input: RefusalInput) {
    super(input.message);
    this.status = input.status;
    this.code = input.code;
    this.no = input.no ?? 0;
    this.detail = input.detail;
  }

  /** The JSON body of the answer. */
  body(): string {
    const { code, message, detail } = this;
    return JSON.stringify(detail === undefined ? { code, message } : { code, message, detail });
  }
}

export type RefusalDetail = { field: string; value?: unknown; issue: string; location: string };
type RefusalInput = {
  status: number;
  code: string;
  message: string;
  no?: number;
  detail?: RefusalDetail;
};

const refusal = (status: number, code: string, message: string, no?: number) => () =>
  new Refusal({ status, code, message, ...(no === undefined ? {} : { no }) });

export const refusals = {
  headersMissing: refusal(400, 'INVALID_REQUEST', 'Http头缺少Accept或User-Agent'),
  contentType: refusal(400, 'INVALID_REQUEST', 'Http头Content-Type值必须是application/json'),
  authorizationMalformed: refusal(
    401,
    'SIGN_ERROR',
    'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》',
    268443699,
  ),
  /** What the order endpoints say of a malformed Authorization. */
  authorizationMalformedOnOrders: refusal(401, 'SIGN_ERROR', '签名信息错误，验签失败', 268443699),
  signatureWrong: refusal(401, 'SIGN_ERROR', '签名错误', 268443699),
  timestampStale: refusal(
    401,
    'SIGN_ERROR',
    'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟',
    268443699,
  ),
  serialUnknown: refusal(400, 'PARAM_ERROR', '平台证书序列号Wechatpay-Serial错误', 268435461),
  certificatesNone: refusal(
    404,
    'RESOURCE_NOT_EXISTS',
    '无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥',
  ),
  appNotBound: refusal(400, 'APPID_MCHID_NOT_MATCH', 'appid和mch_id不匹配', 268445527),
  orderClosed: refusal(400, 'ORDER_CLOSED', '订单已关闭', 268447914),
  orderPaid: refusal(400, 'INVALID_REQUEST', '该订单已支付', 268449538),
  orderPaidOnClose: refusal(400, 'INVALID_REQUEST', '该订单已支付', 268498689),
  numberUsed: refusal(403, 'OUT_TRADE_NO_USED', '商户订单号重复', 268498688),
  orderNotExist: refusal(404, 'ORDER_NOT_EXIST', '订单不存在', 268512771),
  rateLimited: refusal(429, 'FREQUENCY_LIMITED', '频率超限', 268447840),
  systemError: refusal(500, 'SYSTEM_ERROR', '系统异常，请用相同参数重新调用'),
  unavailable: refusal(503, 'SERVICE_UNAVAILABLE', '服务不可用，请稍后重试'),
};

/** A parameter that breaks a rule. `field` is a JSON pointer like `/body/amount/total`. */
export function parameterRefusal(input: {
  field: string;
  message: string;
  value?: unknown;
  no?: number;
}): Refusal {
  const { field, message, value, no } = input;
  const location = field.split('/')[1] ?? 'body';
  const detail = { field, issue: message, location, ...(value === undefined ? {} : { value }) };
  return new Refusal({ status: 400, code: 'PARAM_ERROR', message, no: no ?? 268435461, detail });
}
