import type { FastifyRequest } from 'fastify';

/** `wecom` and `mini-program` are WeChat, but cannot pay from a page. */
export type Wallet = 'wechat' | 'wecom' | 'mini-program' | 'alipay' | 'union-pay' | 'browser';

/** Whether this looks like a phone: its browser opens other pages to pay. */
export function deviceOf(userAgent: string): 'phone' | 'computer' {
  return /Mobile|Android|iPhone|iPad|HarmonyOS/.test(userAgent) ? 'phone' : 'computer';
}

/** A hint for the page to show; whoever pays is known by the wallet's login, never by this. */
function walletOf(userAgent: string): Wallet {
  if (/wxwork/i.test(userAgent)) return 'wecom';
  if (userAgent.includes('MicroMessenger')) {
    return /miniProgram/i.test(userAgent) ? 'mini-program' : 'wechat';
  }
  if (userAgent.includes('AlipayClient')) return 'alipay';
  if (/UnionPay\/|CloudPay/.test(userAgent)) return 'union-pay';
  return 'browser';
}

/** Wallets that the demo's browser can stand in for. */
const demoWallets: readonly Wallet[] = ['wechat', 'alipay', 'union-pay'];

/** In the demo a browser that opened a simulated wallet stands in for that wallet. */
export function walletFor({ demo }: { readonly demo: boolean }, request: FastifyRequest): Wallet {
  const played = demoWallets.find((wallet) => wallet === request.cookies.sim_wallet);
  if (demo && played) return played;
  return walletOf(userAgentOf(request));
}

export function userAgentOf(request: FastifyRequest): string {
  return request.headers['user-agent'] ?? '';
}
