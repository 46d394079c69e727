import type { Deps } from '../../platform/deps.ts';
import * as realChannels from '../channels/index.ts';

/** What the machine asks of the channels. Tests put a scriptable channel in its place. */
export interface ChannelsDoor {
  readonly prepay: typeof realChannels.prepay;
  readonly queryTrade: typeof realChannels.queryTrade;
  readonly closeTrade: typeof realChannels.closeTrade;
  readonly readNotification: typeof realChannels.readNotification;
  readonly refundTrade: typeof realChannels.refundTrade;
  readonly queryRefund: typeof realChannels.queryRefund;
  readonly routeFeeItems: typeof realChannels.routeFeeItems;
  readonly channelsOfCode: typeof realChannels.channelsOfCode;
}

/** What callers hand in: the real channels serve unless others are given. */
export type PaymentInputDeps = Deps & { readonly channels?: ChannelsDoor };
/** What the use-cases work with. */
export type PaymentDeps = Deps & { readonly channels: ChannelsDoor };

export function withChannels(deps: PaymentInputDeps): PaymentDeps {
  return { channels: realChannels, ...deps };
}
