import { type Options, Refused } from './callbacks.ts';

type Callbacks = { success(answer: object): void; fail(answer: { errMsg: string }): void };

/** What the simulator's scripts put into the page. */
declare global {
  interface Window {
    simulatedWechat?: {
      miniProgram(appId: string): {
        login(callbacks: {
          success(answer: { code: string }): void;
          fail(answer: object): void;
        }): void;
        requestPayment(parameters: object & Callbacks): void;
      };
    };
    AlipayJSBridge?: {
      call(name: string, parameters: object, done: (result: { resultCode: string }) => void): void;
    };
  }
}

const PAYMENT_FIELDS = ['timeStamp', 'nonceStr', 'package', 'signType', 'paySign'];

/** The simulator's scripts, loaded when the wallet is first needed. */
const scripts = new Map<string, Promise<void>>();
function load(path: string): Promise<void> {
  const known = scripts.get(path);
  if (known) return known;
  const loading = new Promise<void>((resolve, reject) => {
    const script = document.createElement('script');
    script.src = miniHost.simulatorPath + path;
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => reject(new Error(`no ${path}`)));
    document.head.append(script);
  });
  scripts.set(path, loading);
  return loading;
}

export async function loginOfWechat(): Promise<{ code: string }> {
  await load('/wechat-pay/bridge.js');
  return new Promise((resolve, reject) => {
    window.simulatedWechat?.miniProgram(miniHost.appId).login({
      success: resolve,
      fail: (answer) => reject(new Refused({ ...answer })),
    });
  });
}

/** The sheet of the simulator, after WeChat's own check that all five are texts. */
export async function payWithWechat(options: Options): Promise<object> {
  const wrong = PAYMENT_FIELDS.filter(
    (name) => typeof options[name] !== 'string' || options[name] === '',
  );
  if (wrong.length > 0) {
    throw new Refused({ errMsg: `requestPayment:fail parameter error: ${wrong.join(', ')}` });
  }
  await load('/wechat-pay/bridge.js');
  const parameters = Object.fromEntries(PAYMENT_FIELDS.map((name) => [name, options[name]]));
  return new Promise((resolve, reject) => {
    window.simulatedWechat?.miniProgram(miniHost.appId).requestPayment({
      ...parameters,
      success: resolve,
      fail: (answer) => reject(new Refused(answer)),
    });
  });
}

/** Alipay's wallet hands the code to the address behind its own authorisation page. */
export async function codeOfAlipay(): Promise<{ authCode: string }> {
  const { appId, simulatorPath, user } = miniHost;
  const ask = new URL(`${location.origin}${simulatorPath}/oauth2/publicAppAuthorize.htm`);
  ask.searchParams.set('app_id', appId);
  ask.searchParams.set('scope', 'auth_base');
  ask.searchParams.set('redirect_uri', `${location.origin}/mini-host/authorized`);
  ask.searchParams.set('sim_user', String(user));
  const answer = await fetch(ask, { credentials: 'same-origin' });
  const code = new URL(answer.url).searchParams.get('auth_code');
  if (code === null) throw new Refused({ error: 11, errorMessage: '用户取消授权' });
  return { authCode: code };
}

/** A cancelled sheet is a success of the call: only `resultCode` tells. */
export async function payWithAlipay(options: Options): Promise<object> {
  if (typeof options['tradeNO'] !== 'string') {
    throw new Refused({ error: 2, errorMessage: 'tradeNO must be a string' });
  }
  await load('/alipay/bridge.js');
  const { tradeNO } = options;
  return new Promise((resolve) => {
    window.AlipayJSBridge?.call('tradePay', { tradeNO }, resolve);
  });
}
