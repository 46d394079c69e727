/** `wecom` and `mini-program` are WeChat, but cannot pay from a page. */
export type Wallet = 'wechat' | 'wecom' | 'mini-program' | 'alipay' | 'union-pay' | 'browser';

/** Whether this looks like a phone: its browser opens other pages to pay. */
export function deviceOf(userAgent: string): 'phone' | 'computer' {
  return /Mobile|Android|iPhone|iPad|HarmonyOS/.test(userAgent) ? 'phone' : 'computer';
}

/** A hint for the page to show; whoever pays is known by the wallet's login, never by this. */
export function walletOf(userAgent: string): Wallet {
  if (/wxwork/i.test(userAgent)) return 'wecom';
  if (userAgent.includes('MicroMessenger')) {
    return /miniProgram/i.test(userAgent) ? 'mini-program' : 'wechat';
  }
  if (userAgent.includes('AlipayClient')) return 'alipay';
  if (/UnionPay\/|CloudPay/.test(userAgent)) return 'union-pay';
  return 'browser';
}
