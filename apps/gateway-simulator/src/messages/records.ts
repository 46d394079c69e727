import type { CoreDeps } from '../deps.ts';
import type { Table } from '../store.ts';

export const providerNames = [
  'aliyun-sms',
  'tencent-sms',
  'wechat',
  'alipay',
  'jpush',
  'getui',
  'smtp',
] as const;
export type ProviderName = (typeof providerNames)[number];

/** What a provider knows of a customer: keys by their own names, and approved templates. */
export type Customer = {
  provider: ProviderName;
  /** Access key id, secret id, app id, app key or user: what a request names. */
  id: string;
  keys: Record<string, string>;
  name: string;
  /** Approved templates by their number: text with places, or the keys of a card. */
  templates: Record<string, string>;
  /** Messages left; null: without limit. */
  balance: number | null;
  receiptUrl: string | null;
};

/** A message as its receiver sees it. */
export type Shown = {
  id: string;
  provider: ProviderName;
  customer: string;
  /** "13900000001", an open id, a device, a mail address. */
  receiver: string;
  title: string;
  body: string;
  /** Lines of a card: name and value. */
  lines: [string, string][];
  link: string | null;
  at: number;
  /** The sender's own number of it. */
  outId: string;
  providerNo: string;
  state: 'accepted' | 'delivered' | 'failed';
};

export type DueReceipt = {
  id: string;
  messageId: string;
  at: number;
  tries: number;
  isDelivered: boolean;
};

export type Records = {
  customers: Table<Customer>;
  shown: Table<Shown>;
  receipts: Table<DueReceipt>;
  /** What an idempotent call answered before. */
  answered: Table<string>;
  /** Access tokens: value → app and end. */
  tokens: Table<{ appId: string; expiresAt: number }>;
  /** Consents left, by app and open id; no row: as many as one likes. */
  consents: Table<number>;
  /** Codes of the phone button → phone. */
  phoneCodes: Table<string>;
};

export type MessageDeps = CoreDeps & { records: Records };

export function openRecords({ store }: CoreDeps): Records {
  return {
    customers: store.table('messages/customers'),
    shown: store.table('messages/shown'),
    receipts: store.table('messages/receipts'),
    answered: store.table('messages/answered'),
    tokens: store.table('messages/tokens'),
    consents: store.table('messages/consents'),
    phoneCodes: store.table('messages/phone-codes'),
  };
}

export function customerOf(
  { customers }: Records,
  provider: ProviderName,
  id: string,
): Customer | undefined {
  return customers.get(`${provider}/${id}`);
}

let count = 0;

/** Digits like those of the provider: unique for this run and the next. */
export function newNumber(now: number): string {
  count += 1;
  return `${now}${String(count % 1_000_000).padStart(6, '0')}`;
}

/** @returns false when the customer's balance is used up */
export function takeFromBalance({ records }: MessageDeps, customer: Customer): boolean {
  if (customer.balance === null) return true;
  if (customer.balance <= 0) return false;
  const balance = customer.balance - 1;
  records.customers.set(`${customer.provider}/${customer.id}`, { ...customer, balance });
  return true;
}
