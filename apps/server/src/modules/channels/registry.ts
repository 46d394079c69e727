import { alipay } from './alipay/index.ts';
import type { Channel, ChannelName } from './channel.ts';
import { eCny } from './e-cny/index.ts';
import { unionPay } from './union-pay/index.ts';
import { unionPayQr } from './union-pay-qr/index.ts';
import { wechatPay } from './wechat-pay/index.ts';

/** Every channel. An adapter adds its folder, its line here and its tests; nothing else changes. */
const channels: readonly Channel[] = [wechatPay, alipay, unionPay, unionPayQr, eCny];

const byName: ReadonlyMap<ChannelName, Channel> = new Map(
  channels.map((channel) => [channel.description.name, channel]),
);

/** @throws Error for a name that is registered nowhere: stored names always are */
export function channelOf(name: ChannelName): Channel {
  const channel = byName.get(name);
  if (!channel) throw new Error(`no such channel: ${name}`);
  return channel;
}

export function isChannel(name: string): boolean {
  return byName.has(name);
}

export function allChannels(): readonly Channel[] {
  return channels;
}

/** What a page that is open to everybody has to know of each channel. */
export function channelFacts() {
  return channels.map(({ description, login }) => {
    const { name, payerLabel, wallet, products } = description;
    return { name, label: payerLabel, wallet, products, canLogIn: login !== undefined };
  });
}

/** Channels whose wallets show such a payment code (付款码). */
export function channelsOfCode(code: string): string[] {
  return channels.flatMap(({ description: { name, codePattern } }) =>
    codePattern?.test(code) ? [name] : [],
  );
}
