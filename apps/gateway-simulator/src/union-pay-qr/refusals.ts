/** What the access says when it does not carry a request out; `result_code` is 1 then. */
export const refusalTexts = {
  PARAM_ERROR: '参数错误',
  SERVICE_NOT_SUPPORTED: '不支持的接口',
  SYSTEM_BUSY: '系统繁忙，请稍后再试',
  USER_AUTH_CODE_INVALID: '用户授权码无效或已使用',
  USER_NOT_EXIST: '用户标识不存在',
  OUT_TRADE_NO_USED: '商户订单号重复',
  ORDERNOTEXIST: '订单不存在',
  ORDERPAID: '订单已支付',
  ORDERCLOSED: '订单已关闭',
  ORDERNOTPAID: '订单未支付',
  AUTH_CODE_INVALID: '付款码无效',
  AUTHCODEEXPIRE: '付款码已过期，请刷新后再试',
  NOTENOUGH: '余额不足',
  USERPAYING: '需要付款人确认',
  REFUND_FEE_INVALID: '退款金额大于可退金额',
  REFUND_NO_USED: '商户退款单号重复',
  REFUNDNOTEXIST: '退款不存在',
  MCH_NOTENOUGH: '商户可用余额不足',
  BILL_NOT_EXIST: '账单尚未生成或日期无效',
} as const;
export type RefusalCode = keyof typeof refusalTexts;

export class Refusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, detail?: string) {
    super(detail === undefined ? refusalTexts[code] : `${refusalTexts[code]}：${detail}`);
    this.code = code;
  }
}
