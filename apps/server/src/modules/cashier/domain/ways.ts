import type { Product } from '@wuye-pay/contract';
import type { Wallet } from '../../../platform/http/index.ts';

/** What a page has to know of a channel. */
export interface ChannelFacts {
  readonly name: string;
  /** What payers call it. */
  readonly label: { readonly zh: string; readonly en: string };
  /** The wallet in whose browser it can be paid. */
  readonly wallet: string | undefined;
  readonly products: readonly Product[];
  /** Whether the wallet tells who pays. */
  readonly canLogIn: boolean;
}

/** One product of one channel. */
export interface Way {
  readonly channel: string;
  readonly product: Product;
}

export interface Choice extends Way {
  readonly label: ChannelFacts['label'];
}

/**
 * How the page in a wallet is paid, best first: inside the page where the wallet tells who pays,
 * else through the pages of a channel of the same wallet.
 */
export function waysInWallet(wallet: Wallet, channels: readonly ChannelFacts[]): Way[] {
  const own = channels.filter((channel) => channel.wallet === wallet);
  const inside = own.filter(({ canLogIn, products }) => canLogIn && products.includes('jsapi'));
  const outside = own.filter(({ canLogIn, products }) => !canLogIn && products.includes('h5'));
  return [
    ...inside.map(({ name }) => ({ channel: name, product: 'jsapi' as const })),
    ...outside.map(({ name }) => ({ channel: name, product: 'h5' as const })),
  ];
}

/** What an ordinary browser can choose from: one way a channel, the most fitting for the device. */
export function choicesOf(device: 'phone' | 'computer', channels: readonly ChannelFacts[]) {
  const fitting: readonly Product[] = device === 'phone' ? ['h5'] : ['page', 'native'];
  return channels.flatMap(({ name, label, products }): Choice[] => {
    const product = fitting.find((one) => products.includes(one));
    return product ? [{ channel: name, product, label }] : [];
  });
}

/** `alipay.h5`, as it stands in an address. */
export function wayText({ channel, product }: Way): string {
  return `${channel}.${product}`;
}

/** @returns the choice that the text names, if it is one of these */
export function chosenWay(text: string | undefined, choices: readonly Choice[]) {
  return choices.find((choice) => wayText(choice) === text);
}
