import type { MerchantAccount, Order } from '../channel.ts';
import { withinBytes } from '../wire-text.ts';
import type { V3Refusal } from './client.ts';
import { isPartner } from './party.ts';

/** Longest description; whether it counts characters or bytes no document says: bytes are safe. */
const maxDescriptionBytes = 127;

/** INVALID_REQUEST with one of these numbers means that the order is paid. */
export const paidNumbers: ReadonlySet<number> = new Set([268449538, 268498689]);
/** A repeated request that differs from the first: an order or refund of this number exists. */
export const numberUsed = 268498688;

export function transactionsPath(account: MerchantAccount): string {
  return isPartner(account) ? '/v3/pay/partner/transactions' : '/v3/pay/transactions';
}

export function orderPath(account: MerchantAccount, orderNo: string): string {
  return `${transactionsPath(account)}/out-trade-no/${encodeURIComponent(orderNo)}`;
}

export function shortDescription({ description }: Pick<Order, 'description'>): string {
  return withinBytes(description, maxDescriptionBytes);
}

export function isNotFound(reply: V3Refusal): boolean {
  return reply.status === 404 && reply.code === 'ORDER_NOT_EXIST';
}
