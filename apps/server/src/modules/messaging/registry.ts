import { alipayMini } from './alipay-mini/index.ts';
import { aliyunSms } from './aliyun-sms/index.ts';
import { getui } from './getui/index.ts';
import { jpush } from './jpush/index.ts';
import type { Provider } from './provider.ts';
import { smtp } from './smtp/index.ts';
import { tencentSms } from './tencent-sms/index.ts';
import { wechatMini } from './wechat-mini/index.ts';
import { wechatOfficial } from './wechat-official/index.ts';

/** Every provider. An adapter adds its folder, its line here and its tests; nothing else changes. */
const providers: readonly Provider[] = [
  aliyunSms,
  tencentSms,
  wechatMini,
  wechatOfficial,
  alipayMini,
  jpush,
  getui,
  smtp,
];

const byName = new Map(providers.map((provider) => [provider.description.name, provider]));

/** @throws Error for a name that is registered nowhere: stored names always are */
export function providerOf(name: string): Provider {
  const provider = byName.get(name);
  if (!provider) throw new Error(`no such message provider: ${name}`);
  return provider;
}

export function isProvider(name: string): boolean {
  return byName.has(name);
}

export function allProviders(): readonly Provider[] {
  return providers;
}
