import { type Options, Refused, refusal, textIn, wallets } from './callbacks.ts';
import type { Navigation } from './navigation.ts';
import { downloadFile, uploadFile } from './network.ts';
import { ask, choose, hideToast, toast } from './sheets.ts';
import { record } from './state.ts';

type Api = Record<string, unknown>;
type Listener = (answer: Record<string, unknown>) => void;

/** What both wallets offer under the same names. `navigation` exists once the app has started. */
export function commonApi(navigation: () => Navigation): Api {
  const act = (name: string, done: (options: Options) => unknown) => ({
    [name]: wallets(name, done),
  });
  const url = (options: Options) => textIn(options['url']);
  return {
    ...act('navigateTo', (options) => navigation().navigateTo(url(options))),
    ...act('redirectTo', (options) => navigation().redirectTo(url(options))),
    ...act('switchTab', (options) => navigation().switchTab(url(options))),
    ...act('reLaunch', (options) => navigation().relaunch(url(options))),
    ...act('navigateBack', (options) => navigation().back(Number(options['delta'] ?? 1))),
    ...act('setNavigationBarTitle', ({ title }) => void navigation().setTitle(textIn(title))),
    ...act('setTabBarBadge', ({ index, text }) =>
      navigation().setBadge(Number(index), textIn(text)),
    ),
    ...act('setTabBarItem', () => undefined),
    ...act('pageScrollTo', ({ scrollTop }) => navigation().scrollTo(Number(scrollTop ?? 0))),
    ...act('showToast', ({ title, duration }) => toast(textIn(title), Number(duration ?? 1500))),
    ...act('hideToast', hideToast),
    ...act('showLoading', () => undefined),
    ...act('hideLoading', () => undefined),
    ...act('stopPullDownRefresh', () => undefined),
    ...act('getNetworkType', () => ({ networkType: miniHost.isOnline ? 'wifi' : 'none' })),
    ...act('uploadFile', uploadFile),
    ...act('downloadFile', downloadFile),
    ...act('openDocument', () => undefined),
    ...act('previewImage', () => undefined),
    ...act('saveImageToPhotosAlbum', () => undefined),
    ...act('makePhoneCall', () => undefined),
    ...storage(),
    ...network(),
    getSystemInfoSync: systemInfo,
    getWindowInfo: systemInfo,
    getDeviceInfo: systemInfo,
    getAppBaseInfo: systemInfo,
    getLaunchOptionsSync: launchOptions,
    getEnterOptionsSync: launchOptions,
    canIUse: () => true,
    nextTick: (done: () => void) => queueMicrotask(done),
    onAppShow: () => undefined,
    onAppHide: () => undefined,
    onError: () => undefined,
    onUnhandledRejection: () => undefined,
    createSelectorQuery: () => ({}),
  };
}

export function launchOptions() {
  const { launch, pack } = miniHost;
  const query = { ...launch.query, ...launch.ofApp };
  return { path: launch.path ?? pack.app.pages[0] ?? '', query, scene: 1001 };
}

/** A phone of ordinary size; its owner may have set larger letters. */
function systemInfo() {
  const { fontFactor } = miniHost;
  return {
    windowWidth: innerWidth,
    windowHeight: innerHeight,
    screenWidth: innerWidth,
    screenHeight: innerHeight,
    pixelRatio: 2,
    platform: 'android',
    system: 'Android 14',
    brand: 'mp-host',
    model: 'mp-host',
    language: 'zh_CN',
    version: '8.0.50',
    SDKVersion: '3.7.0',
    app: 'alipay',
    fontSizeSetting: 16 * fontFactor,
    fontSizeScaleFactor: fontFactor,
    safeArea: { top: 0, bottom: innerHeight, left: 0, right: innerWidth, height: innerHeight },
  };
}

/** Kept by this page's browser, under a name of its own for each mini-program. */
function storage(): Api {
  const key = (name: string) => `${miniHost.pack.platform}:${name}`;
  const read = (name: string): unknown => {
    const text = localStorage.getItem(key(name));
    return text === null ? undefined : (JSON.parse(text) as unknown);
  };
  const isAlipay = () => miniHost.pack.platform === 'alipay';
  const absent = () => (isAlipay() ? null : '');
  const nameOf = (given: unknown) =>
    typeof given === 'object' && given !== null
      ? String((given as { key: unknown }).key)
      : String(given);
  const write = (name: string, value: unknown) => {
    localStorage.setItem(key(name), JSON.stringify(value ?? null));
  };
  return {
    getStorageSync: (given: unknown) => {
      const value = read(nameOf(given)) ?? absent();
      return isAlipay() ? { data: value, success: true } : value;
    },
    setStorageSync: (given: unknown, value: unknown) => {
      if (isAlipay()) write(nameOf(given), (given as { data: unknown }).data);
      else write(nameOf(given), value);
    },
    removeStorageSync: (given: unknown) => localStorage.removeItem(key(nameOf(given))),
    getStorage: wallets('getStorage', ({ key: name }) => {
      const data = read(textIn(name));
      if (data === undefined && !isAlipay()) throw refusal('getStorage', 'data not found');
      return { data: data ?? absent() };
    }),
    setStorage: wallets('setStorage', ({ key: name, data }) => write(textIn(name), data)),
    removeStorage: wallets('removeStorage', ({ key: name }) =>
      localStorage.removeItem(key(textIn(name))),
    ),
  };
}

function network(): Api {
  const listeners = new Set<Listener>();
  miniHost.setOnline = (isOnline) => {
    miniHost.isOnline = isOnline;
    const networkType = isOnline ? 'wifi' : 'none';
    for (const listener of listeners) listener({ isConnected: isOnline, networkType });
  };
  return {
    onNetworkStatusChange: (listener: Listener) => listeners.add(listener),
    offNetworkStatusChange: (listener: Listener) => listeners.delete(listener),
  };
}

/** The person's answer to "may we send you messages?"; a phone refuses it without a tap. */
export async function askForMessages(name: string, ids: readonly string[]): Promise<string[]> {
  if (!navigator.userActivation.isActive)
    throw refusal(name, 'can only be invoked by user TAP gesture');
  const index = await ask({ title: '允许发送消息？', buttons: ['允许', '取消'], fallback: 1 });
  const accepted = index === 0 && miniHost.acceptsSubscriptions ? [...ids] : [];
  record(`${name} answered`, accepted);
  return accepted;
}

export async function confirm(
  options: Options,
  words: { yes: unknown; no: unknown },
): Promise<boolean> {
  const question = {
    title: textIn(options['title']),
    content: textIn(options['content']),
  };
  const buttons = [textIn(words.yes), ...(words.no === undefined ? [] : [textIn(words.no)])];
  return (await ask({ ...question, buttons, fallback: buttons.length - 1 })) === 0;
}

export async function actionSheet(texts: readonly string[]): Promise<number> {
  const index = await choose(texts);
  if (index === undefined) throw new Refused({ errMsg: 'showActionSheet:fail cancel', index: -1 });
  return index;
}
