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
  subMerchantForeign: refusal(
    403,
    'NO_AUTH',
    '商户号未授权给当前服务商，请检查sp_mchid与sub_mchid的关系',
    268443705,
  ),
  orderMustBeReversed: refusal(
    400,
    'INVALID_REQUEST',
    '付款码支付的订单不能关闭，请使用撤销接口',
    268449641,
  ),
  orderClosed: refusal(400, 'ORDER_CLOSED', '订单已关闭', 268447914),
  orderPaid: refusal(400, 'INVALID_REQUEST', '该订单已支付', 268449538),
  orderPaidOnClose: refusal(400, 'INVALID_REQUEST', '该订单已支付', 268498689),
  numberUsed: refusal(403, 'OUT_TRADE_NO_USED', '商户订单号重复', 268498688),
  orderNotExist: refusal(404, 'ORDER_NOT_EXIST', '订单不存在', 268512771),
  refundOrderNotExist: refusal(404, 'RESOURCE_NOT_EXISTS', '订单不存在', 268512771),
  refundNotExist: refusal(404, 'RESOURCE_NOT_EXISTS', '退款单不存在', 268512771),
  refundNotPaid: refusal(400, 'INVALID_REQUEST', '订单未支付，不能退款'),
  refundTotalDiffers: refusal(
    400,
    'INVALID_REQUEST',
    '订单金额或退款金额与之前请求不一致，请核实后再试',
    268435461,
  ),
  refundExceeds: refusal(400, 'INVALID_REQUEST', '累计退款金额大于订单支付金额', 268435461),
  refundTooLate: refusal(403, 'TRADE_OVERDUE', '订单已经超过可退款的最大期限'),
  refundTooMany: refusal(400, 'INVALID_REQUEST', '一笔订单最多部分退款50次', 268435461),
  refundNotEnough: refusal(403, 'NOT_ENOUGH', '基本账户余额不足，请充值后重新发起'),
  refundNumberUsed: refusal(
    400,
    'INVALID_REQUEST',
    '此退款单号的参数与之前请求不一致，请核实后再试',
    268498688,
  ),
  refundNotAbnormal: refusal(400, 'INVALID_REQUEST', '退款单不是退款异常状态'),
  fieldNotDecrypted: (name: string) =>
    parameterRefusal({ field: `/body/${name}`, message: '敏感信息解密失败，请检查加密所用的公钥' }),
  contractNotExist: refusal(404, 'RESOURCE_NOT_EXISTS', '签约协议不存在'),
  contractEnded: refusal(400, 'INVALID_REQUEST', '签约协议已解约'),
  statementNone: refusal(400, 'NO_STATEMENT_EXIST', '请求的账单文件不存在'),
  statementCreating: refusal(400, 'STATEMENT_CREATING', '请求的账单正在生成中'),
  downloadExpired: refusal(400, 'INVALID_REQUEST', '下载地址不存在或已过期，请重新申请账单'),
  downloadForeign: refusal(403, 'NO_AUTH', '商户无权下载这份账单'),
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
