import { channelOf, isChannel } from '../channels/index.ts';

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** Ways to pay at the desk that are no channels. */
const deskWays: Readonly<Record<string, Words>> = {
  cash: { zh: '现金', en: 'cash' },
  cheque: { zh: '支票', en: 'cheque' },
  pos: { zh: 'POS 刷卡', en: 'card terminal' },
  'bank-transfer': { zh: '银行转账', en: 'bank transfer' },
};

/** How a channel, or a way of the desk, is called in files. */
export function channelLabel(channel: string): string {
  return channelWords(channel).zh;
}

/** The same in both languages, for sentences. */
export function channelWords(channel: string): Words {
  if (isChannel(channel)) return channelOf(channel).description.label;
  return deskWays[channel] ?? { zh: channel, en: channel };
}
