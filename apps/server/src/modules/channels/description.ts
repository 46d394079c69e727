import type { KeyMode, Product } from './product.ts';

export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** A wallet whose browser can pay in the page. */
export type WalletName = 'wechat' | 'alipay' | 'union-pay' | 'e-cny';

/** One value that a merchant account consists of, as the console asks for it. */
export interface AccountField {
  readonly name: string;
  readonly label: Words;
  /** Where to find it, or what form it has. */
  readonly hint?: Words;
  /** A regular expression over the whole value. */
  readonly pattern?: string;
  readonly isOptional?: boolean;
  /** Only in these modes; in all where it is left out. */
  readonly modes?: readonly KeyMode[];
}

export interface SecretField extends AccountField {
  /** `pem`: several lines; `secret`: shown as dots; `text`: not secret, kept with the others. */
  readonly kind: 'text' | 'secret' | 'pem';
}

/** An address to enter at the provider; `{notifyUrl}`, `{origin}`, `{host}` are filled in. */
export interface Registration {
  readonly label: Words;
  readonly where: Words;
  readonly value: string;
}

/** All that the console needs to know of a channel, so that it knows no channel by name. */
export interface ChannelDescription {
  readonly name: string;
  readonly label: Words;
  /** What payers call it: 用…支付, 请打开…. */
  readonly payerLabel: Words;
  /** Of its icon and charts; never of text. */
  readonly color: string;
  readonly wallet?: WalletName;
  readonly products: readonly Product[];
  readonly modes: readonly { readonly mode: KeyMode; readonly label: Words }[];
  readonly mchId: AccountField;
  /** Left out where the channel knows no apps. */
  readonly appId?: AccountField;
  /** Left out where the channel knows no partners (服务商). */
  readonly subMchId?: AccountField;
  readonly subAppId?: AccountField;
  readonly secrets: readonly SecretField[];
  /** The channel's own addresses by name. Other ones are accepted in demo mode only. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** What to fetch and do at the provider, in order. */
  readonly guide: readonly Words[];
  readonly registrations: readonly Registration[];
  /** The payer's code (付款码) of this channel, whole. */
  readonly codePattern?: RegExp;
  /** Codes of the test call, and what to do about them. */
  readonly testWords: Readonly<Record<string, Words>>;
  /** Most days after the payment on which a refund is still taken. */
  readonly refundDays: number;
  /** Whether several refunds of one order are taken. */
  readonly partialRefunds: boolean;
  readonly statements: readonly ('trade' | 'fund')[];
}
