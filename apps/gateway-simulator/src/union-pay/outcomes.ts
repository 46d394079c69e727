import { ControlRefused } from '../control-input.ts';

/** What the payer does at the cashier. */
export const payOutcomes = {
  paid: '支付',
  cancel: '取消',
  fail: '支付失败',
  'paid-no-notification': '已支付，但不通知商户',
  'paid-notification-first': '先通知商户，再返回结果',
  'paid-notified-twice': '已支付，重复通知',
  'paid-after-close': '订单失效之后才到账',
} as const;
export type PayOutcome = keyof typeof payOutcomes;

export const outcomeNames = Object.keys(payOutcomes) as PayOutcome[];

export function isPayOutcome(text: unknown): text is PayOutcome {
  return typeof text === 'string' && Object.hasOwn(payOutcomes, text);
}

/** Why a payer cannot pay. The text is what the wallet would show. */
export class PayRefused extends ControlRefused {
  constructor(message: string) {
    super(message, null, 409);
  }
}
