import type { ChannelContext } from '../channel.ts';
import type { WireAnswer, WireRequest } from '../transport.ts';
import { exchange, type Refusal, type Unknown, unknown } from './exchange.ts';
import { foreignV2, v2Ids } from './party.ts';
import { newNonce } from './sign.ts';
import { signedXml, type V2SignType } from './v2.ts';
import { isSignedV2, readV2, type V2Fields } from './v2-message.ts';

export interface V2Call {
  readonly verb: 'prepay' | 'query' | 'close' | 'mandate-query' | 'mandate-end' | 'test';
  readonly path: string;
  readonly orderNo?: string;
  readonly fields: V2Fields;
  /** Contracts know neither a nonce nor HMAC-SHA256. */
  readonly isPlain?: true;
  /** The channel asks for the merchant's certificate in the TLS handshake. */
  readonly withCertificate?: true;
}

/**
 * What came of a call of v2. `verified`: signed with our key and about our account; its
 * `result_code` tells how it went. A `refusal` is an unsigned failure. All else is `unknown`.
 */
export type V2Reply =
  | { readonly kind: 'verified'; readonly fields: V2Fields; readonly raw: string }
  | Refusal
  | Unknown;

export async function callV2(context: ChannelContext, input: V2Call): Promise<V2Reply> {
  const { account, credentials } = context;
  const key = credentials.apiV2Key ?? '';
  const type: V2SignType = input.isPlain ? 'MD5' : 'HMAC-SHA256';
  const usual: V2Fields = input.isPlain ? {} : { nonce_str: newNonce(), sign_type: type };
  const body = signedXml({ ...v2Ids(account), ...input.fields, ...usual }, key, type);
  return await exchange<V2Reply>(context, {
    verb: input.verb,
    orderNo: input.orderNo,
    sentAt: context.clock.now(),
    wire: { ...wireOf(context, input), body },
    judge: (answer) => judge(context, answer),
  });
}

function wireOf({ account, credentials }: ChannelContext, input: V2Call): WireRequest {
  const { merchantCertificatePem: cert, privateKeyPem: key } = credentials;
  return {
    origin: account.endpoints.base ?? '',
    method: 'POST',
    path: input.path,
    headers: { 'content-type': 'text/xml; charset=utf-8', 'user-agent': 'wuye-pay/1.0' },
    body: '',
    ...(input.withCertificate && cert && key && { identity: { cert, key } }),
  };
}

async function judge({ account, credentials }: ChannelContext, answer: WireAnswer) {
  if (answer.status !== 200) return unknown(`status ${answer.status}`);
  const fields = readV2(answer.body);
  if (!fields) return unknown('the answer is not readable');
  if (fields.return_code !== 'SUCCESS') {
    // The caller was not understood: there is no signature, and nothing was done.
    const code = fields.err_code ?? fields.return_code ?? 'FAIL';
    return { kind: 'refusal', code, message: fields.return_msg ?? '' } as const;
  }
  if (!isSignedV2(fields, [credentials.apiV2Key ?? ''])) return unknown('not verified');
  if (foreignV2(account, fields)) return unknown('the answer is about another account');
  return { kind: 'verified', fields, raw: answer.body.toString('utf8') } as const;
}
