import type { Photo } from '../../../src/platform/types.ts';
import { type Answer, call, textIn, WalletFailure, type WalletFunction } from './call.ts';
import type { WalletApp } from './wallet-types.ts';

interface Alipay {
  readonly [name: string]: WalletFunction | undefined;
}
interface AlipayNow {
  getStorageSync(name: { key: string }): { data?: unknown };
  setStorageSync(entry: { key: string; data: string }): void;
  removeStorageSync(name: { key: string }): void;
  onNetworkStatusChange(heard: (answer: { isConnected: boolean }) => void): void;
  offNetworkStatusChange?(heard: (answer: { isConnected: boolean }) => void): void;
  getSystemInfoSync(): { fontSizeSetting?: number; language?: string };
  getFileSystemManager?(): { readonly readFile: WalletFunction };
}

declare const my: Alipay & AlipayNow;

const usualFontPx = 16;
/** `resultCode` of a payment: paid, given up. All others are for the server to find out. */
const saidPaid = '9000';
const saidCancelled = ['6001', '99'];

export const alipayApp: WalletApp = {
  surface: 'alipay',
  request: ({ url, method, body, headers, timeoutMs }) =>
    answered({
      url,
      method,
      headers,
      timeout: timeoutMs,
      ...(body !== undefined && { data: body }),
    }),
  async sendFile({ url, headers, timeoutMs }, filePath) {
    const { data } = await call(my.getFileSystemManager?.().readFile, { filePath });
    return answered({ url, method: 'POST', headers, timeout: timeoutMs, data });
  },
  async uploadFile({ url, headers }, filePath) {
    const file = { filePath, fileName: 'file', fileType: 'image' };
    const answer = await call(my['uploadFile'], { url, header: headers, ...file });
    const status = Number(answer['statusCode'] ?? answer['status']);
    return { status, text: textIn(answer['data']) };
  },
  async download(url, header) {
    const answer = await call(my['downloadFile'], { url, header });
    const path = answer['apFilePath'] ?? answer['tempFilePath'];
    if (typeof path !== 'string') throw new WalletFailure(answer);
    return path;
  },
  read(name) {
    const { data } = my.getStorageSync({ key: name });
    return typeof data === 'string' && data !== '' ? data : undefined;
  },
  write(name, text) {
    if (text === undefined) my.removeStorageSync({ key: name });
    else my.setStorageSync({ key: name, data: text });
  },
  onNetwork(changed) {
    const heard = ({ isConnected }: { isConnected: boolean }) => changed(isConnected);
    my.onNetworkStatusChange(heard);
    return () => my.offNetworkStatusChange?.(heard);
  },
  navigate: (how, url) => void call(my[how], { url }).catch(report),
  navigateBack: () => void call(my['navigateBack'], { delta: 1 }).catch(report),
  async login() {
    const { authCode } = await call(my['getAuthCode'], { scopes: ['auth_base'] });
    return { wallet: 'alipay', code: textIn(authCode) };
  },
  async phone() {
    const { response } = await call(my['getPhoneNumber']);
    return typeof response === 'string' && response !== ''
      ? { wallet: 'alipay', encrypted: response }
      : undefined;
  },
  async pay(instructions) {
    if (instructions.kind !== 'alipay-trade') return 'missing';
    try {
      // A sheet that was given up is a success of the call: only the code tells.
      const { resultCode } = await call(my['tradePay'], { tradeNO: instructions.tradeNo });
      const said = textIn(resultCode);
      if (said === saidPaid) return 'ok';
      return saidCancelled.includes(said) ? 'cancel' : 'fail';
    } catch {
      return 'fail';
    }
  },
  /** What was signed is wanted once more encoded. A page that was left again is no failure. */
  openAgreement: async (request) =>
    void (await call(my['paySignCenter'], { signStr: encodeURIComponent(request) })),
  async scan() {
    const answer = await call(my['scan'], { scanType: ['qrCode'] });
    return textIn(answer['qrCode'] ?? answer['code']);
  },
  async requestMessages(templateIds) {
    const answer = await call(my['requestSubscribeMessage'], { entityIds: [...templateIds] });
    const { subscribeEntityIds = [] } = (answer['result'] ?? {}) as {
      subscribeEntityIds?: string[];
    };
    return templateIds.filter((id) => subscribeEntityIds.includes(id));
  },
  fontScale: () => (my.getSystemInfoSync().fontSizeSetting ?? usualFontPx) / usualFontPx,
  systemLanguage: () => my.getSystemInfoSync().language ?? '',
  setTitle: (title) => void call(my['setNavigationBar'], { title }).catch(report),
  setTab: (index, text) => void call(my['setTabBarItem'], { index, text }).catch(report),
  openDocument: async (filePath) =>
    void (await call(my['openDocument'], { filePath, fileType: 'pdf' })),
  async saveImage(filePath) {
    try {
      await call(my['saveImageToPhotosAlbum'], { filePath });
    } catch {
      // Without leave to use the album a long press on the picture keeps it.
      await call(my['previewImage'], { urls: [filePath] });
    }
  },
  async choosePhotos(most) {
    const answer = await call(my['chooseImage'], { count: most, sizeType: ['compressed'] });
    const files = (answer['tempFiles'] ?? []) as { path: string; size: number }[];
    return pathsOf(answer).map((path): Photo => {
      const size = files.find((file) => file.path === path)?.size ?? 0;
      return { src: path, bytes: size, source: path };
    });
  },
  callPhone: (number) => void call(my['makePhoneCall'], { number }).catch(report),
  copy: async (text) => void (await call(my['setClipboard'], { text })),
};

/** Alipay calls every status that is no success a failure, and puts the answer into it. */
async function answered(options: Record<string, unknown>) {
  const answer = await call(my['request'], { ...options, dataType: 'text' }).catch(
    (error: unknown) => {
      if (error instanceof WalletFailure && Number(error.answer['status']) > 0) return error.answer;
      throw error;
    },
  );
  const data = answer['data'];
  return {
    status: Number(answer['status']),
    text: typeof data === 'string' ? data : JSON.stringify(data ?? ''),
  };
}

function pathsOf(answer: Answer): string[] {
  return (answer['apFilePaths'] ?? answer['tempFilePaths'] ?? []) as string[];
}

/** Nothing for a resident to do about it; the developer tools show it. */
function report(error: unknown): void {
  if (!(error instanceof WalletFailure && error.isCancel)) console.warn(error);
}
