/** What the server says about a payment in a wallet: its own sheet, or a page to go to. */
export type WalletInstructions =
  | { readonly kind: 'jsapi'; readonly params: object }
  | { readonly kind: 'alipay-trade'; readonly tradeNo: string }
  | { readonly kind: 'go' };

/** What the sheet said; `missing`: none came. */
export type SheetResult = 'ok' | 'cancel' | 'fail' | 'missing';

interface WechatBridge {
  invoke(name: string, parameters: object, callback: (answer: { err_msg: string }) => void): void;
}
interface AlipayBridge {
  call(name: string, parameters: object, callback: (answer: { resultCode: string }) => void): void;
}

/** Of the browser, and no more of it than is used: this package knows no page. */
declare const window: { WeixinJSBridge?: WechatBridge; AlipayJSBridge?: AlipayBridge };
declare const document: { addEventListener(name: string, listener: () => void): void };

/** Wallets put the bridge into the page some time after it has loaded. */
const bridgeMs = 8000;

/**
 * Opens the wallet's own payment sheet over a web page. What it says is a hint, never the truth.
 * @returns undefined for what is no sheet
 */
export function openSheet(instructions: WalletInstructions): Promise<SheetResult> | undefined {
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
  invoke: (resolve: (result: SheetResult) => void) => void,
): Promise<SheetResult> {
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
