import type { TFunction } from 'i18next';
import type { Channels } from '../choices/use-channels.ts';

type T = TFunction<['payment', 'ui'] | 'payment'>;

const actors = ['cashier', 'desk', 'takeover', 'payment.sweep'] as const;
const proofs = ['notification', 'query', 'statement'] as const;
const closes = ['expired', 'taken-over', 'channel-closed', 'other-amount', 'refused'] as const;

/** Who did it: a part of the system in the reader's words, a channel, or a member of staff. */
export function actorText(t: T, channels: Channels, actor: string): string {
  const known = actors.find((one) => one === actor);
  return known ? t(`payment.actor.${known}`) : channels.label(actor);
}

/** Why an order at the channel ended: what proved it paid, or what closed it. */
export function endText(t: T, reason: string): string {
  const proof = proofs.find((one) => one === reason);
  if (proof) return t(`payment.end.${proof}`);
  const close = closes.find((one) => one === reason);
  return close ? t(`payment.close.${close}`) : reason;
}
