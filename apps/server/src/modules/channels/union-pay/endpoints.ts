import type { MerchantAccount } from '../channel.ts';

export const endpoints = {
  /** Takes requests of the server. */
  gateway: 'https://gateway.95516.com',
  /** The payer's browser posts its form here. */
  front: 'https://gateway.95516.com/gateway/api/frontTransReq.do',
  /** Gives the clearing files. */
  file: 'https://filedownload.95516.com/',
} as const;

/** Any other gateway than the real one. */
export function isTestEnvironment(account: MerchantAccount): boolean {
  return account.endpoints.gateway !== endpoints.gateway;
}
