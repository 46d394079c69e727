import type { Photo } from '../../../src/platform/types.ts';
import { call, textIn, WalletFailure, type WalletFunction } from './call.ts';
import { paramsIn } from './query.ts';
import type { WalletApp } from './wallet-types.ts';

interface Wechat {
  readonly [name: string]: WalletFunction | undefined;
}
interface WechatNow {
  getStorageSync(name: string): unknown;
  setStorageSync(name: string, text: string): void;
  removeStorageSync(name: string): void;
  onNetworkStatusChange(heard: (answer: { isConnected: boolean }) => void): void;
  offNetworkStatusChange?(heard: (answer: { isConnected: boolean }) => void): void;
  getAppBaseInfo?(): { fontSizeScaleFactor?: number; fontSizeSetting?: number; language?: string };
  getSystemInfoSync(): { fontSizeSetting?: number; language?: string };
  getFileSystemManager(): { readonly readFile: WalletFunction };
}

declare const wx: Wechat & WechatNow;

/** WeChat asks about three templates at a time. */
const templatesAtOnce = 3;
/** Letters of a phone that nobody has changed. */
const usualFontPx = 16;

/** WeChat's own mini-program for 委托代扣. Source: pay.weixin.qq.com/doc/v2/partner/4011989901 */
const agreementProgram = { appId: 'wxbd687630cd02ce1d', path: 'pages/index/index' } as const;

const base = () => wx.getAppBaseInfo?.() ?? wx.getSystemInfoSync();

export const wechatApp: WalletApp = {
  surface: 'wechat',
  async request({ url, method, body, headers, timeoutMs }) {
    const answer = await call(wx['request'], {
      url,
      method,
      header: headers,
      timeout: timeoutMs,
      // Whatever is not `json` is left as it came.
      dataType: 'text',
      ...(body !== undefined && { data: body }),
    });
    return { status: Number(answer['statusCode']), text: textOf(answer['data']) };
  },
  async sendFile({ url, headers, timeoutMs }, filePath) {
    const { data } = await call(wx.getFileSystemManager().readFile, { filePath });
    const options = { url, method: 'POST', header: headers, timeout: timeoutMs, dataType: 'text' };
    const answer = await call(wx['request'], { ...options, data });
    return { status: Number(answer['statusCode']), text: textOf(answer['data']) };
  },
  async uploadFile({ url, headers, timeoutMs }, filePath) {
    const options = { url, filePath, name: 'file', header: headers, timeout: timeoutMs };
    const answer = await call(wx['uploadFile'], options);
    return { status: Number(answer['statusCode']), text: textOf(answer['data']) };
  },
  async download(url, headers) {
    const answer = await call(wx['downloadFile'], { url, header: headers });
    if (answer['statusCode'] !== 200) throw new WalletFailure(answer);
    return textIn(answer['tempFilePath']);
  },
  read(name) {
    const kept = wx.getStorageSync(name);
    return typeof kept === 'string' && kept !== '' ? kept : undefined;
  },
  write(name, text) {
    if (text === undefined) wx.removeStorageSync(name);
    else wx.setStorageSync(name, text);
  },
  onNetwork(changed) {
    const heard = ({ isConnected }: { isConnected: boolean }) => changed(isConnected);
    wx.onNetworkStatusChange(heard);
    return () => wx.offNetworkStatusChange?.(heard);
  },
  navigate: (how, url) => void call(wx[how], { url }).catch(report),
  navigateBack: () => void call(wx['navigateBack'], { delta: 1 }).catch(report),
  async login() {
    const { code } = await call(wx['login']);
    return { wallet: 'wechat', code: textIn(code) };
  },
  async phone(event) {
    const { code } = (event ?? {}) as { code?: string };
    return code ? { wallet: 'wechat', code } : undefined;
  },
  async pay(instructions) {
    if (instructions.kind !== 'jsapi') return 'missing';
    try {
      const { timeStamp, nonceStr, package: prepaid, signType, paySign } = instructions.params;
      const params = { timeStamp, nonceStr, package: prepaid, signType, paySign };
      await call(wx['requestPayment'], params);
      return 'ok';
    } catch (error) {
      return error instanceof WalletFailure && error.isCancel ? 'cancel' : 'fail';
    }
  },
  async openAgreement(request) {
    const extraData = paramsIn(request.replace(/\+/g, ' '));
    await call(wx['navigateToMiniProgram'], { ...agreementProgram, extraData });
  },
  scan: async () => textIn((await call(wx['scanCode']))['result']),
  async requestMessages(templateIds) {
    const tmplIds = templateIds.slice(0, templatesAtOnce);
    const answer = await call(wx['requestSubscribeMessage'], { tmplIds });
    return tmplIds.filter((id) => answer[id] === 'accept');
  },
  fontScale() {
    const { fontSizeScaleFactor, fontSizeSetting = usualFontPx } = base() as ReturnType<
      NonNullable<WechatNow['getAppBaseInfo']>
    >;
    return fontSizeScaleFactor ?? fontSizeSetting / usualFontPx;
  },
  systemLanguage: () => base().language ?? '',
  setTitle: (title) => void call(wx['setNavigationBarTitle'], { title }).catch(report),
  setTab: (index, text) => void call(wx['setTabBarItem'], { index, text }).catch(report),
  openDocument: async (filePath) =>
    void (await call(wx['openDocument'], { filePath, fileType: 'pdf', showMenu: true })),
  async saveImage(filePath) {
    try {
      await call(wx['saveImageToPhotosAlbum'], { filePath });
    } catch {
      // Without leave to use the album a long press on the picture keeps it.
      await call(wx['previewImage'], { urls: [filePath] });
    }
  },
  async choosePhotos(most) {
    const options = { count: most, mediaType: ['image'], sizeType: ['compressed'] };
    const { tempFiles } = await call(wx['chooseMedia'], options);
    return (tempFiles as { tempFilePath: string; size: number }[]).map(
      ({ tempFilePath, size }): Photo => ({ src: tempFilePath, bytes: size, source: tempFilePath }),
    );
  },
  callPhone: (phoneNumber) => void call(wx['makePhoneCall'], { phoneNumber }).catch(report),
  copy: async (text) => void (await call(wx['setClipboardData'], { data: text })),
};

function textOf(data: unknown): string {
  return typeof data === 'string' ? data : JSON.stringify(data ?? '');
}

/** Nothing for a resident to do about it; the developer tools show it. */
function report(error: unknown): void {
  if (!(error instanceof WalletFailure && error.isCancel)) console.warn(error);
}
