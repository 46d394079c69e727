import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { ProviderContext } from '../provider.ts';
import { type Json, readObject, send, textOf } from '../transport.ts';
import { certificateSn, rootSn } from './certificate-sn.ts';
import { encoded, isSignedBy, type Parameters, rawMember, signText, textToSign } from './sign.ts';

export type Values = Readonly<Record<string, string>>;

/** What of an answer is believed: only what Alipay's key has signed. */
export type AlipayReply =
  | { readonly kind: 'signed'; readonly body: Json }
  | { readonly kind: 'unknown'; readonly reason: string };

export async function callAlipay(
  { account, values, clock }: ProviderContext,
  method: string,
  content: object,
): Promise<AlipayReply> {
  const parameters = requestOf(values, {
    appId: account.appId,
    method,
    timestamp: beijing(clock.now()),
    content: JSON.stringify(content),
  });
  const answer = await send({
    url: `${account.endpoints['gateway']}?charset=utf-8`,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
    body: encoded(parameters),
  });
  return readReply(values, method, answer.text);
}

interface Call {
  readonly appId: string;
  readonly method: string;
  readonly timestamp: string;
  readonly content: string;
}

function requestOf(values: Values, { appId, method, timestamp, content }: Call): Parameters {
  const certificates = hasCertificates(values)
    ? {
        app_cert_sn: certificateSn(values['appCertificatePem'] ?? ''),
        alipay_root_cert_sn: rootSn(values['alipayRootCertificatePem'] ?? ''),
      }
    : {};
  const parameters = {
    ...{ app_id: appId, method, timestamp, format: 'JSON', charset: 'utf-8' },
    ...{ sign_type: 'RSA2', version: '1.0', biz_content: content },
    ...certificates,
  };
  const key = createPrivateKey(values['privateKeyPem'] ?? '');
  return { ...parameters, sign: signText(textToSign(parameters), key) };
}

export function hasCertificates(values: Values): boolean {
  return (values['appCertificatePem'] ?? '') !== '';
}

export function readReply(values: Values, method: string, text: string): AlipayReply {
  const name = `${method.replaceAll('.', '_')}_response`;
  const raw = rawMember(text, name) ?? rawMember(text, 'error_response');
  const signature = textOf(readObject(text)?.['sign']);
  if (raw === undefined || signature === '') return { kind: 'unknown', reason: 'not signed' };
  if (hasCertificates(values)) {
    const sn = textOf(readObject(text)?.['alipay_cert_sn']);
    const ours = certificateSn(values['alipayCertificatePem'] ?? '');
    if (sn !== '' && sn !== ours) return { kind: 'unknown', reason: 'another certificate' };
  }
  if (!isSignedBy(alipayKey(values), raw, signature)) {
    return { kind: 'unknown', reason: 'bad signature' };
  }
  const body = readObject(raw);
  return body ? { kind: 'signed', body } : { kind: 'unknown', reason: 'not readable' };
}

export function alipayKey(values: Values): KeyObject {
  return hasCertificates(values)
    ? new X509Certificate(values['alipayCertificatePem'] ?? '').publicKey
    : createPublicKey(values['alipayPublicKeyPem'] ?? '');
}

/** "2026-11-24 10:00:00" */
function beijing(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}
