import type { LoginProof, PayInstructions, PayResult } from '../types.ts';

interface WechatBridge {
  invoke(name: string, parameters: object, callback: (answer: { err_msg: string }) => void): void;
}
interface AlipayBridge {
  call(name: string, parameters: object, callback: (answer: { resultCode: string }) => void): void;
}

declare global {
  interface Window {
    WeixinJSBridge?: WechatBridge;
    AlipayJSBridge?: AlipayBridge;
  }
}

/** Wallets put the bridge into the page some time after it has loaded. */
const bridgeMs = 8000;

/** By what the browser says it is; in the demo also by the simulated wallet that was opened. */
export function wallet(): 'wechat' | 'alipay' | undefined {
  const played = /(?:^|;\s*)sim_wallet=([\w-]+)/.exec(document.cookie)?.[1];
  if (played === 'wechat' || played === 'alipay') return played;
  const { userAgent } = navigator;
  if (/MicroMessenger/.test(userAgent)) return 'wechat';
  if (/AlipayClient/.test(userAgent)) return 'alipay';
  return undefined;
}

export async function login(): Promise<LoginProof | undefined> {
  return undefined;
}

export function openServerPage(path: string): void {
  location.assign(path);
}

/** Opens the wallet's own payment sheet, or goes to the channel's page. */
export async function pay(instructions: PayInstructions): Promise<PayResult> {
  switch (instructions.kind) {
    case 'jsapi':
      return await withBridge('WeixinJSBridge', (resolve) =>
        window.WeixinJSBridge?.invoke('getBrandWCPayRequest', instructions.params, (answer) => {
          const said = answer.err_msg.split(':')[1];
          resolve(said === 'ok' || said === 'cancel' ? said : 'fail');
        }),
      );
    case 'alipay-trade':
      return await withBridge('AlipayJSBridge', (resolve) =>
        window.AlipayJSBridge?.call('tradePay', { tradeNO: instructions.tradeNo }, (answer) => {
          // 9000 paid, 6001 cancelled; all else is for the server to find out.
          const said = { 9000: 'ok', 6001: 'cancel' }[answer.resultCode] as PayResult | undefined;
          resolve(said ?? 'fail');
        }),
      );
    case 'go':
      location.assign(instructions.url);
      return 'left';
  }
}

export async function openAgreement(url: string): Promise<'left' | 'cancel' | 'fail'> {
  location.assign(url);
  return 'left';
}

function withBridge(
  name: 'WeixinJSBridge' | 'AlipayJSBridge',
  invoke: (resolve: (result: PayResult) => void) => void,
): Promise<PayResult> {
  return new Promise((resolve) => {
    let isCalled = false;
    const call = () => {
      if (isCalled || !window[name]) return;
      isCalled = true;
      invoke(resolve);
    };
    document.addEventListener(`${name}Ready`, call);
    call();
    setTimeout(() => isCalled || resolve('missing'), bridgeMs);
  });
}

/** Scanning and subscription messages need the wallet's own script, which a page does not have. */
export function canScan(): boolean {
  return false;
}

export async function scan(): Promise<string | undefined> {
  return undefined;
}

export async function requestMessages(_templateIds: readonly string[]): Promise<readonly string[]> {
  return [];
}
