/** The channels that the simulator speaks, as the control API and the faults name them. */
export const channelNames = ['wechat-pay', 'alipay', 'union-pay', 'union-pay-qr', 'e-cny'] as const;
export type ChannelName = (typeof channelNames)[number];

/** What one channel hands to the simulator when it has registered its endpoints. */
export type ChannelPart = {
  /** ms since 1970 on the schedule's clock at which something falls due; null: nothing waits. */
  nextDueAt(): number | null;
  /** Does all that is due (notifications, late payments, refunds). Resolves when it is over. */
  runDue(): Promise<void>;
  /** Forgets orders and what is under way; merchants too when asked. Keys stay. */
  reset(withMerchants: boolean): void;
  stop?(): void;
};
