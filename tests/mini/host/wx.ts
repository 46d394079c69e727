import { type Options, refusal, textIn, wallets } from './callbacks.ts';
import type { Navigation } from './navigation.ts';
import { requestOfWechat } from './network.ts';
import { loginOfWechat, payWithWechat } from './simulator.ts';
import { actionSheet, askForMessages, commonApi, confirm } from './wallet.ts';

/** WeChat, as far as the app uses it. */
export function wechat(navigation: () => Navigation): Record<string, unknown> {
  return {
    ...commonApi(navigation),
    request: wallets('request', requestOfWechat),
    login: wallets('login', loginOfWechat),
    requestPayment: wallets('requestPayment', payWithWechat),
    navigateToMiniProgram: wallets('navigateToMiniProgram', () => undefined),
    requestSubscribeMessage: wallets('requestSubscribeMessage', subscribe),
    scanCode: wallets('scanCode', () => {
      const { scanned } = miniHost;
      if (scanned === '') throw refusal('scanCode', 'cancel');
      return { result: scanned, scanType: 'QR_CODE' };
    }),
    chooseMedia: wallets('chooseMedia', () => {
      const { photo } = miniHost;
      if (photo === '') throw refusal('chooseMedia', 'cancel');
      return { tempFiles: [{ tempFilePath: photo, size: photo.length, fileType: 'image' }] };
    }),
    setClipboardData: wallets('setClipboardData', () => undefined),
    showModal: wallets('showModal', async (options) => {
      const no = options['showCancel'] === false ? undefined : (options['cancelText'] ?? '取消');
      const isYes = await confirm(options, { yes: options['confirmText'] ?? '确定', no });
      return { confirm: isYes, cancel: !isYes };
    }),
    showActionSheet: wallets('showActionSheet', async ({ itemList }) => ({
      tapIndex: await actionSheet(itemList as string[]),
    })),
    getFileSystemManager: () => ({ readFile }),
    getAccountInfoSync: () => ({
      miniProgram: { appId: miniHost.appId, envVersion: 'release' },
    }),
    getMenuButtonBoundingClientRect: () => ({
      top: 4,
      bottom: 36,
      left: 280,
      right: 367,
      width: 87,
      height: 32,
    }),
  };
}

async function subscribe({ tmplIds }: Options): Promise<Record<string, string>> {
  const ids = tmplIds as string[];
  if (ids.length === 0 || ids.length > 3)
    throw refusal('requestSubscribeMessage', 'tmplIds length');
  const accepted = await askForMessages('requestSubscribeMessage', ids);
  return Object.fromEntries(ids.map((id) => [id, accepted.includes(id) ? 'accept' : 'reject']));
}

function readFile(options: Options): void {
  void wallets('readFile', async ({ filePath }) => ({
    data: await (await fetch(textIn(filePath))).arrayBuffer(),
  }))(options);
}
