/** What the gateway says, code by code; those that the simulator has an occasion for. */
export const respTexts = {
  '00': '成功',
  '01': '交易失败',
  '05': '交易已受理，请稍后查询交易结果',
  '06': '系统繁忙，请稍后再试',
  '10': '报文格式错误',
  '11': '验证签名失败',
  '12': '重复交易',
  '13': '报文交易要素缺失',
  '30': '商户不存在或未开通',
  '32': '商户无权限进行此项交易',
  '34': '查无此交易',
  '35': '原交易不存在或状态不正确',
  '36': '与原交易信息不符',
  '37': '已超过最大查询次数或操作过于频繁',
  '39': '交易不在受理时间范围内',
  '45': '原交易已被退货或撤销',
  '64': '余额不足',
  '69': '付款人输入超时，订单已失效',
  '86': '二维码状态不正确或已过期',
  '87': '二维码使用次数已达上限',
  '88': '无此二维码',
  '98': '文件不存在',
} as const;
export type RespCode = keyof typeof respTexts;

/** Seven digits in brackets follow the text, as a number inside the gateway. */
export function respMsg(code: RespCode, detail?: string): string {
  const text = detail === undefined ? respTexts[code] : `${respTexts[code]}：${detail}`;
  return `${text}[${code === '00' ? '0000000' : `${code}00000`}]`;
}

/** A request that the gateway does not carry out. */
export class Refusal extends Error {
  readonly respCode: RespCode;

  constructor(respCode: RespCode, detail?: string) {
    super(respMsg(respCode, detail));
    this.respCode = respCode;
  }
}
