import { channelOf, isChannel } from '../channels/index.ts';

/** Ways to pay at the desk that are no channels. */
const deskWays: Readonly<Record<string, string>> = {
  cash: '现金',
  cheque: '支票',
  pos: 'POS 刷卡',
  'bank-transfer': '银行转账',
};

/** How a channel, or a way of the desk, is called in files. */
export function channelLabel(channel: string): string {
  return isChannel(channel)
    ? channelOf(channel).description.label.zh
    : (deskWays[channel] ?? channel);
}
