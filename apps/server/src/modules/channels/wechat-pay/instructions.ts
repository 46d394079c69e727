import type { ChannelContext, PayInstructions } from '../channel.ts';
import { payerAppOf } from './party.ts';
import { signLines } from './sign.ts';

type Signing = Pick<ChannelContext, 'account' | 'signingKey'>;
interface Prepaid {
  readonly prepayId: string;
  /** Seconds since 1970. */
  readonly timestamp: string;
  readonly nonce: string;
}

/** What WeixinJSBridge or wx.requestPayment is given; signed with the merchant's key. */
export function jsapiParameters(
  { account, signingKey }: Signing,
  input: Prepaid,
): PayInstructions & { kind: 'jsapi' } {
  const appId = payerAppOf(account);
  const paid = `prepay_id=${input.prepayId}`;
  return {
    kind: 'jsapi',
    params: {
      appId,
      timeStamp: input.timestamp,
      nonceStr: input.nonce,
      package: paid,
      signType: 'RSA',
      paySign: signLines([appId, input.timestamp, input.nonce, paid], signingKey),
    },
  };
}

/** What a native app is given: other names, and the bare prepay id in the signed text. */
export function appParameters(
  { account, signingKey }: Signing,
  input: Prepaid,
): Readonly<Record<string, string>> {
  const appId = payerAppOf(account);
  return {
    appid: appId,
    partnerid: account.mchId,
    prepayid: input.prepayId,
    package: 'Sign=WXPay',
    noncestr: input.nonce,
    timestamp: input.timestamp,
    sign: signLines([appId, input.timestamp, input.nonce, input.prepayId], signingKey),
  };
}
