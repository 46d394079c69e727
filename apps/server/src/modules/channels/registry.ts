import type { Channel, ChannelName } from './channel.ts';
import { wechatPay } from './wechat-pay/index.ts';

/** Every channel. An adapter adds its folder, its line here and its tests; nothing else changes. */
const channels: Readonly<Record<ChannelName, Channel>> = {
  'wechat-pay': wechatPay,
};

export function channelOf(name: ChannelName): Channel {
  return channels[name];
}
