export type Result = 'ok' | 'cancel' | 'fail' | 'missing';

/** What the server answers; everything that is not a wallet's sheet is a page to go to. */
export type Instructions =
  | { readonly kind: 'jsapi'; readonly params: object }
  | { readonly kind: 'alipay-trade'; readonly tradeNo: string }
  | { readonly kind: 'go' };

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

/**
 * Opens the wallet's own payment sheet. What it says is a hint, never the truth.
 * @returns undefined for what is no sheet
 */
export function openSheet(instructions: Instructions): Promise<Result> | undefined {
  if (instructions.kind === 'go') return undefined;
  return instructions.kind === 'jsapi'
    ? whenReady('WeixinJSBridge', (resolve) =>
        window.WeixinJSBridge?.invoke(
          'getBrandWCPayRequest',
          instructions.params,
          ({ err_msg }) => {
            const said = err_msg.split(':')[1];
            resolve(said === 'ok' || said === 'cancel' ? said : 'fail');
          },
        ),
      )
    : whenReady('AlipayJSBridge', (resolve) =>
        window.AlipayJSBridge?.call(
          'tradePay',
          { tradeNO: instructions.tradeNo },
          // 9000 paid, 6001 cancelled; all else is for the server to find out.
          ({ resultCode }) =>
            resolve(resultCode === '9000' ? 'ok' : resultCode === '6001' ? 'cancel' : 'fail'),
        ),
      );
}

function whenReady(
  name: 'WeixinJSBridge' | 'AlipayJSBridge',
  invoke: (resolve: (result: Result) => void) => void,
): Promise<Result> {
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
