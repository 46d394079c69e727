/** How the payer reaches the channel. */
export type { Product } from '@wuye-pay/contract';

/** The name under which registry.ts knows a channel, such as `wechat-pay`. */
export type ChannelName = string;

/** How the channel's words are verified; `secret-key`: both sides hold the same secret. */
export type KeyMode = 'certificate' | 'public-key' | 'secret-key';
