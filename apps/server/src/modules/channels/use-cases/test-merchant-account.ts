import { channelsErrors } from '../errors.ts';
import { type ChannelDeps, openAccount } from '../open-account.ts';
import { channelOf } from '../registry.ts';

export interface TestOutcome {
  readonly ok: boolean;
  readonly code: string;
  readonly message: string;
  readonly durationMs: number;
}

type Text = { readonly zh: string; readonly en: string };

const texts: Readonly<Record<string, Text>> = {
  OK: {
    zh: '连接正常：渠道认可了我们的签名',
    en: 'Connected: the channel accepts our signature',
  },
  NO_CLEAR_ANSWER: {
    zh: '没有得到明确答复：请检查网络，或稍后再试',
    en: 'No clear answer: please check the network or try again later',
  },
  SIGN_ERROR: {
    zh: '签名被拒绝：请核对商户私钥与商户证书序列号是否为同一套',
    en: 'Signature refused: check that private key and certificate serial belong together',
  },
  MCH_NOT_EXISTS: {
    zh: '商户号不存在：请核对商户号',
    en: 'No such merchant: please check the merchant number',
  },
  NO_AUTH: {
    zh: '商户号没有此接口的权限：请在商户平台开通 JSAPI 与 Native 支付',
    en: 'No permission: enable JSAPI and Native payments in the channel’s console',
  },
};
const otherText: Text = {
  zh: '渠道拒绝了请求：请按代码在商户平台文档中查找原因',
  en: 'The channel refused the request: look up the code in its documents',
};

/** @throws MERCHANT_ACCOUNT_NOT_FOUND */
export async function testMerchantAccount(
  deps: ChannelDeps,
  input: { readonly companyId: string; readonly id: string; readonly language: 'zh' | 'en' },
): Promise<TestOutcome> {
  const context = await openAccount(deps, input.companyId, { id: input.id });
  if (!context) throw channelsErrors.MERCHANT_ACCOUNT_NOT_FOUND();
  const startedMs = performance.now();
  const { ok, code } = await channelOf(context.account.channel).test(context);
  const durationMs = Math.round(performance.now() - startedMs);
  return { ok, code, durationMs, message: (texts[code] ?? otherText)[input.language] };
}
