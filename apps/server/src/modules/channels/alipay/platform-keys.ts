import type { ChannelContext, Credentials, KeyMode, PlatformKey } from '../channel.ts';
import { asRecord, parseJson, textOf } from '../json.ts';
import { type Certificate, isIssuedUnder, readCertificates } from './certificate.ts';
import { call } from './client.ts';
import { secretsOf } from './keys.ts';
import { readReply } from './reply.ts';
import { rawMembers } from './scan.ts';

const method = 'alipay.open.app.alipaycert.download';
/** Answers in that mode name no key. */
const publicKeySerial = 'ALIPAY_PUBLIC_KEY';

/** The channel's key or certificate that was pasted with the credentials. */
export function trustedKeys(credentials: Credentials, mode: KeyMode): readonly PlatformKey[] {
  const { alipayCertificate, alipayKey } = secretsOf(credentials);
  if (mode === 'certificate') return alipayCertificate ? [platformKeyOf(alipayCertificate)] : [];
  if (!alipayKey) return [];
  const pem = alipayKey.export({ type: 'spki', format: 'pem' }).toString();
  // One name for whatever was pasted: a wrong one that came first is replaced.
  return [{ serial: publicKeySerial, kind: 'public-key', pem, validFrom: null, validTo: null }];
}

export function isDownloadable(serial: string): boolean {
  return /^[0-9a-f]{32}$/i.test(serial);
}

/**
 * Downloads the certificate of a serial. It is believed when it leads to the pasted roots; the
 * answer may be signed with its own key, which nobody knew before.
 */
export async function fetchKeys(
  context: ChannelContext,
  serial?: string,
): Promise<readonly PlatformKey[] | undefined> {
  const { account, credentials } = context;
  // Alipay gives a certificate to whoever names it; there is no list to ask for.
  if (serial === undefined) return trustedKeys(credentials, account.mode);
  if (account.mode !== 'certificate') return undefined;
  let found: Certificate | undefined;
  const read: typeof readReply = async (given, name, body) => {
    found = certificateIn(context, body, serial.toLowerCase());
    // Never looks further: whoever waits for the key of this serial waits for this very call.
    const findKey = async (asked: string) =>
      asked.toLowerCase() === serial.toLowerCase() ? found?.key : given.knownKey(asked);
    return await readReply({ ...given, findKey }, name, body);
  };
  const content = { alipay_cert_sn: serial.toLowerCase() };
  const input = { verb: 'certificates', method, content, isPlain: true } as const;
  const reply = await call(context, input, read);
  return reply.kind === 'done' && found ? [platformKeyOf(found)] : undefined;
}

/** @returns the certificate of this serial, if the answer has it and the roots vouch for it */
function certificateIn(
  context: ChannelContext,
  body: string,
  serial: string,
): Certificate | undefined {
  const value = rawMembers(body)?.get(`${method.replaceAll('.', '_')}_response`);
  const content = textOf(asRecord(parseJson(value ?? ''))?.alipay_cert_content);
  if (!content) return undefined;
  const pem = content.includes('BEGIN') ? content : Buffer.from(content, 'base64').toString();
  const all = readCertificates(pem);
  const leaf = all.find(({ sn }) => sn === serial);
  const { roots, issuers } = secretsOf(context.credentials);
  const between = [...all.filter((certificate) => certificate !== leaf), ...issuers];
  const isGood = leaf && isIssuedUnder(leaf, { roots, between }, context.clock.now());
  return isGood ? leaf : undefined;
}

function platformKeyOf({ sn, pem, validFrom, validTo }: Certificate): PlatformKey {
  return { serial: sn, kind: 'certificate', pem, validFrom, validTo };
}
