/** The name under which registry.ts knows a channel, such as `wechat-pay`. */
export type ChannelName = string;

/**
 * How the payer reaches the channel. `jsapi`: the page in the wallet's browser; `mini-program`:
 * the wallet's mini-program; `native`: a code that the payer scans; `h5` and `page`: the browser of
 * a phone or of a computer; `app`: our own app; `code`: the desk scans the payer's 付款码; `debit`:
 * under a mandate, without the payer.
 */
export const products = [
  'jsapi',
  'mini-program',
  'native',
  'h5',
  'page',
  'app',
  'code',
  'debit',
] as const;
export type Product = (typeof products)[number];

/** How the channel's words are verified; `secret-key`: both sides hold the same secret. */
export type KeyMode = 'certificate' | 'public-key' | 'secret-key';
