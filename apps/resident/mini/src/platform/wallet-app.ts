import { alipayApp } from './alipay.ts';
import type { WalletApp } from './wallet-types.ts';
import { wechatApp } from './wechat.ts';

/** Only one of the two is left in a build. */
export const walletApp: WalletApp = process.env.TARO_ENV === 'alipay' ? alipayApp : wechatApp;
