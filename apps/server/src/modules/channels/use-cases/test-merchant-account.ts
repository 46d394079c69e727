import type { ChannelContext } from '../channel.ts';
import type { Words } from '../description.ts';
import { channelsErrors } from '../errors.ts';
import { type ChannelDeps, openAccount } from '../open-account.ts';
import { channelOf } from '../registry.ts';

export interface TestOutcome {
  readonly ok: boolean;
  readonly code: string;
  readonly message: string;
  readonly durationMs: number;
}

/** What every channel's test may come to; its description has words for its own codes. */
const commonWords: Readonly<Record<string, Words>> = {
  OK: {
    zh: '连接正常：渠道认可了我们的签名',
    en: 'Connected: the channel accepts our signature',
  },
  NO_CLEAR_ANSWER: {
    zh: '没有得到明确答复：请检查网络，或稍后再试',
    en: 'No clear answer: please check the network or try again later',
  },
};
const otherWords: Words = {
  zh: '渠道拒绝了请求：请按代码在服务商的文档中查找原因',
  en: 'The channel refused the request: look up the code in its documents',
};

/** @throws MERCHANT_ACCOUNT_NOT_FOUND */
export async function testMerchantAccount(
  deps: ChannelDeps,
  input: { readonly companyId: string; readonly id: string; readonly language: 'zh' | 'en' },
): Promise<TestOutcome> {
  const context = await openAccount(deps, input.companyId, { id: input.id });
  if (!context) throw channelsErrors.MERCHANT_ACCOUNT_NOT_FOUND();
  return await testContext(context, input.language);
}

/** Makes the adapter's test call, and says what came of it. */
export async function testContext(
  context: ChannelContext,
  language: 'zh' | 'en',
): Promise<TestOutcome> {
  const startedMs = performance.now();
  const channel = channelOf(context.account.channel);
  const { ok, code } = await channel.test(context);
  const durationMs = Math.round(performance.now() - startedMs);
  const words = channel.description.testWords[code] ?? commonWords[code] ?? otherWords;
  return { ok, code, durationMs, message: words[language] };
}
