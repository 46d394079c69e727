import { Refused, refusal, textIn, wallets } from './callbacks.ts';
import type { Navigation } from './navigation.ts';
import { requestOfAlipay } from './network.ts';
import { toast } from './sheets.ts';
import { codeOfAlipay, payWithAlipay } from './simulator.ts';
import { actionSheet, askForMessages, commonApi, confirm } from './wallet.ts';

/** Alipay, as far as the app uses it. */
export function alipay(navigation: () => Navigation): Record<string, unknown> {
  return {
    ...commonApi(navigation),
    request: wallets('request', requestOfAlipay),
    getAuthCode: wallets('getAuthCode', codeOfAlipay),
    tradePay: wallets('tradePay', payWithAlipay),
    paySignCenter: wallets('paySignCenter', () => ({ resultStatus: '7000' })),
    requestSubscribeMessage: wallets('requestSubscribeMessage', async ({ entityIds }) => {
      const accepted = await askForMessages('requestSubscribeMessage', entityIds as string[]);
      if (accepted.length === 0) return { behavior: 'cancel' };
      return { behavior: 'subscribe', result: { subscribeEntityIds: accepted } };
    }),
    scan: wallets('scan', () => {
      const { scanned } = miniHost;
      if (scanned === '') throw new Refused({ error: 10, errorMessage: '用户取消' });
      return { code: scanned, qrCode: scanned };
    }),
    chooseImage: wallets('chooseImage', () => {
      const { photo } = miniHost;
      if (photo === '') throw new Refused({ error: 11, errorMessage: '用户取消操作' });
      return {
        apFilePaths: [photo],
        tempFilePaths: [photo],
        tempFiles: [{ path: photo, size: photo.length }],
      };
    }),
    getPhoneNumber: wallets('getPhoneNumber', () => ({ response: miniHost.phoneCode })),
    setClipboard: wallets('setClipboard', () => undefined),
    setNavigationBar: wallets('setNavigationBar', ({ title }) => {
      if (title !== undefined) navigation().setTitle(textIn(title));
    }),
    showToast: wallets('showToast', ({ content, duration }) =>
      toast(textIn(content), Number(duration ?? 2000)),
    ),
    alert: wallets('alert', async (options) => {
      await confirm(options, { yes: options['buttonText'] ?? '确定', no: undefined });
    }),
    confirm: wallets('confirm', async (options) => ({
      confirm: await confirm(options, {
        yes: options['confirmButtonText'] ?? '确定',
        no: options['cancelButtonText'] ?? '取消',
      }),
    })),
    showActionSheet: wallets('showActionSheet', async ({ items }) => ({
      index: await actionSheet(items as string[]),
    })),
    getFileSystemManager: () => ({
      readFile: wallets('readFile', async ({ filePath }) => ({
        data: await (await fetch(textIn(filePath))).arrayBuffer(),
      })),
    }),
    getAppIdSync: () => ({ appId: miniHost.appId }),
    saveImage: wallets('saveImage', () => undefined),
    openSetting: wallets('openSetting', () => {
      throw refusal('openSetting', 'cancel');
    }),
  };
}
