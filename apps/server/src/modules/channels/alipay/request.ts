import type { ChannelContext } from '../channel.ts';
import { seal } from './encryption.ts';
import { secretsOf } from './keys.ts';
import { encoded, type Parameters, signed, signType } from './sign.ts';
import { alipayTime } from './time.ts';

/** One method of the gateway, version 1.0 of its protocol. */
export interface Call {
  readonly method: string;
  /** Becomes biz_content. */
  readonly content?: object;
  /** For the one method that has no biz_content. */
  readonly parameters?: Parameters;
  /** Whether what comes of it is told to our notify URL. */
  readonly isNotified?: boolean;
  /** Not sealed, whatever the account does: the answer is read before it is believed. */
  readonly isPlain?: boolean;
  readonly returnUrl?: string | undefined;
}

/** All parameters of a call with their signature. */
export function signedParameters(context: ChannelContext, call: Call): Parameters {
  const { account, credentials } = context;
  const { serials, ...secrets } = secretsOf(credentials);
  const aesKey = call.isPlain ? undefined : secrets.aesKey;
  const content = call.content && JSON.stringify(call.content);
  const parameters: Record<string, string> = {
    app_id: account.appId,
    method: call.method,
    format: 'JSON',
    charset: 'utf-8',
    sign_type: signType,
    timestamp: alipayTime(context.clock.now()),
    version: '1.0',
    notify_url: call.isNotified ? context.notifyUrl : '',
    return_url: call.returnUrl ?? '',
    ...call.parameters,
  };
  if (account.mode === 'certificate' && serials) {
    parameters.app_cert_sn = serials.app;
    parameters.alipay_root_cert_sn = serials.root;
  }
  if (content !== undefined) {
    parameters.biz_content = aesKey ? seal(content, aesKey) : content;
    if (aesKey) parameters.encrypt_type = 'AES';
  }
  return signed(parameters, context.signingKey);
}

/** What our own app hands to the wallet's library. */
export function orderString(context: ChannelContext, call: Call): string {
  return encoded(signedParameters(context, call));
}

/** The address at which the payer's browser meets the wallet's own page. */
export function pageUrl(context: ChannelContext, call: Call): string {
  return `${context.account.endpoints.page}?${encoded(signedParameters(context, call))}`;
}

/**
 * The charset must stand in the address for the body to be read in it; so the public parameters
 * go there, and what is long or private into the body.
 */
export function splitParameters(parameters: Parameters): { query: string; body: string } {
  const isPublic = (name: string) => publicNames.has(name);
  const some = (isWanted: (name: string) => boolean) =>
    encoded(
      Object.fromEntries(
        Object.entries(parameters).filter(([name]) => isWanted(name)),
      ) as Parameters,
    );
  return { query: some(isPublic), body: some((name) => !isPublic(name)) };
}

const publicNames = new Set([
  'app_id',
  'method',
  'format',
  'charset',
  'sign_type',
  'sign',
  'timestamp',
  'version',
  'notify_url',
  'return_url',
  'app_cert_sn',
  'alipay_root_cert_sn',
  'encrypt_type',
]);
