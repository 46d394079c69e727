import { type KeyObject, X509Certificate } from 'node:crypto';
import type { ChannelContext, PlatformKey } from '../channel.ts';
import type { WireAnswer } from '../transport.ts';
import { openWithAny } from './aead.ts';
import { call, type Reply, readRefusal } from './client.ts';
import { secretsOf, withoutZeros } from './credentials.ts';
import { unknown } from './exchange.ts';
import { asRecord, instantOf, parseJson, textOf } from './json.ts';
import { verifySigned } from './verify.ts';

/**
 * Downloads the platform certificates. The list is sealed with our own APIv3 key, and the reply
 * must be signed by a key that we trust already or by one of the list.
 * @returns undefined when the answer cannot be believed, or the merchant has no certificates
 */
export async function fetchKeys(
  context: ChannelContext,
): Promise<readonly PlatformKey[] | undefined> {
  let keys: readonly PlatformKey[] | undefined;
  const reply = await call(
    context,
    { verb: 'certificates', method: 'GET', path: '/v3/certificates' },
    async (answer) => {
      const judged = await judgeCertificates(context, answer);
      keys = judged.keys;
      return judged.reply;
    },
  );
  return reply.kind === 'verified' ? keys : undefined;
}

async function judgeCertificates(
  context: ChannelContext,
  answer: WireAnswer,
): Promise<{ reply: Reply; keys?: readonly PlatformKey[] }> {
  if (answer.status >= 400 && answer.status < 500) return { reply: readRefusal(answer) };
  if (answer.status !== 200) return { reply: unknown(`status ${answer.status}`) };
  const body = answer.body.toString('utf8');
  const keys = readCertificates(body, secretsOf(context, 'apiV3Key'));
  if (!keys) return { reply: unknown('the certificates are not readable') };
  const now = context.clock.now();
  const listed = keyOfList(keys);
  const findKey = async (serial: string) => listed(serial) ?? context.knownKey(serial);
  const verdict = await verifySigned(answer, { now, findKey });
  if (!verdict.authentic) return { reply: unknown(`not verified: ${verdict.reason}`) };
  return { reply: { kind: 'verified', status: answer.status, body }, keys };
}

function keyOfList(keys: readonly PlatformKey[]) {
  return (serial: string): KeyObject | undefined => {
    const found = keys.find((key) => key.serial === serial.toUpperCase());
    return found && new X509Certificate(found.pem).publicKey;
  };
}

/** @returns undefined unless every entry opens and is the certificate that it says it is */
export function readCertificates(
  body: string,
  apiV3Keys: readonly string[],
): readonly PlatformKey[] | undefined {
  const data = asRecord(parseJson(body))?.data;
  if (!Array.isArray(data)) return undefined;
  const keys = data.map((item: unknown) => readCertificate(item, apiV3Keys));
  return keys.every((key) => key !== undefined) ? keys : undefined;
}

function readCertificate(item: unknown, apiV3Keys: readonly string[]): PlatformKey | undefined {
  const wire = asRecord(item);
  const sealed = asRecord(wire?.encrypt_certificate);
  const nonce = textOf(sealed?.nonce);
  const ciphertext = textOf(sealed?.ciphertext);
  if (!nonce || !ciphertext || textOf(sealed?.algorithm) !== 'AEAD_AES_256_GCM') return undefined;
  const associated = textOf(sealed?.associated_data);
  const pem = openWithAny(apiV3Keys, { nonce, ciphertext, associated_data: associated });
  const serial = textOf(wire?.serial_no)?.toUpperCase();
  const validFrom = instantOf(wire?.effective_time);
  const validTo = instantOf(wire?.expire_time);
  if (!pem || !serial || !validFrom || !validTo) return undefined;
  if (withoutZeros(new X509Certificate(pem).serialNumber) !== withoutZeros(serial))
    return undefined;
  return { serial, kind: 'certificate', pem, validFrom, validTo };
}
