import type { MessageTo } from '../message.ts';

/** What may stand in a list: enough to tell receivers apart, not enough to reach them. */
export function maskAddress(to: MessageTo): string {
  switch (to.kind) {
    case 'phone':
      return to.phone.length >= 11
        ? `${to.phone.slice(0, 3)}****${to.phone.slice(-4)}`
        : `****${to.phone.slice(-2)}`;
    case 'wallet':
      return `${to.openId.slice(0, 6)}…${to.openId.slice(-3)}`;
    case 'device':
      return `${to.provider} ${to.token.slice(0, 4)}…${to.token.slice(-3)}`;
    case 'email':
      return to.address.replace(/^(.).*(@.*)$/, '$1***$2');
  }
}
