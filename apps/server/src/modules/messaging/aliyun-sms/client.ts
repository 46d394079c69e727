import { randomBytes } from 'node:crypto';
import type { ProviderContext } from '../provider.ts';
import { type Json, readObject, send } from '../transport.ts';
import { authorization, canonicalQuery, sha256 } from './sign.ts';

const version = '2017-05-25';

export interface AliyunAnswer {
  readonly status: number;
  /** Undefined for what is no JSON. */
  readonly body: Json | undefined;
}

/** One action; its parameters go into the query, the body is empty. */
export async function callAliyun(
  { account, values, clock }: ProviderContext,
  action: string,
  query: Readonly<Record<string, string>>,
): Promise<AliyunAnswer> {
  const origin = new URL(account.endpoints['api'] ?? '');
  const headers = {
    host: origin.host,
    'x-acs-action': action,
    'x-acs-content-sha256': sha256(''),
    'x-acs-date': clock
      .now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z'),
    'x-acs-signature-nonce': randomBytes(16).toString('hex'),
    'x-acs-version': version,
  };
  const keys = {
    accessKeyId: values['accessKeyId'] ?? '',
    accessKeySecret: values['accessKeySecret'] ?? '',
  };
  const signed = authorization({ query, headers, body: '' }, keys);
  const { host: _host, ...sent } = headers;
  const answer = await send({
    url: `${origin.origin}/?${canonicalQuery(query)}`,
    method: 'POST',
    headers: { ...sent, authorization: signed, accept: 'application/json' },
    body: '',
  });
  return { status: answer.status, body: readObject(answer.text) };
}
