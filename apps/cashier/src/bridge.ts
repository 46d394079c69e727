export type Result = 'ok' | 'cancel' | 'fail' | 'missing';

interface Bridge {
  invoke(name: string, parameters: object, callback: (answer: { err_msg: string }) => void): void;
}

declare global {
  interface Window {
    WeixinJSBridge?: Bridge;
  }
}

/** WeChat puts the bridge into the page some time after it has loaded. */
const bridgeMs = 8000;

/** Opens the wallet's own payment sheet. What it says is a hint, never the truth. */
export function invokeBridge(parameters: object): Promise<Result> {
  return new Promise((resolve) => {
    let isCalled = false;
    const call = () => {
      if (isCalled || !window.WeixinJSBridge) return;
      isCalled = true;
      window.WeixinJSBridge.invoke('getBrandWCPayRequest', parameters, ({ err_msg }) => {
        const said = err_msg.split(':')[1];
        resolve(said === 'ok' || said === 'cancel' ? said : 'fail');
      });
    };
    document.addEventListener('WeixinJSBridgeReady', call);
    call();
    setTimeout(() => isCalled || resolve('missing'), bridgeMs);
  });
}
