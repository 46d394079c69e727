import iconv from 'iconv-lite';
import type { AnswerFault } from '../faults.ts';
import type { Charset } from './form.ts';
import { signerOf } from './keys.ts';
import type { Application } from './records.ts';
import { randomText, signBytes } from './signing.ts';

export type Reply = { status: number; headers: Record<string, string>; body: Buffer };

/** Ways of writing the same reply; a reader that serialises it anew fails on some of them. */
const STYLES = ['plain', 'slashes', 'sign-first', 'unicode'] as const;
type Style = (typeof STYLES)[number];

/** Writes replies in turn in every style that the real gateway is known to use. */
export function createReplyWriter() {
  let written = 0;
  return (input: {
    key: string;
    value: Record<string, unknown>;
    /** Without an application there is no key to sign with. */
    app: Application | undefined;
    charset: Charset;
    fault?: AnswerFault | undefined;
  }): Reply => {
    const style = STYLES[written % STYLES.length] ?? 'plain';
    written += 1;
    if (input.fault === 'unparsable') return asReply('<html>502 Bad Gateway</html>', 'utf-8');
    const raw = rawValue(input.value, style);
    if (input.app === undefined || input.fault === 'unsigned') {
      return asReply(`{"${input.key}":${raw}}`, input.charset);
    }
    const { privateKeyPem, certSn } = signerOf(input.app);
    const right = signBytes(iconv.encode(raw, input.charset), privateKeyPem);
    const sign = spoiltSign(right, certSn !== null, input.fault);
    const sn = input.fault === 'unknown-serial' ? randomText(32, '0123456789abcdef') : certSn;
    const shown = input.fault === 'body-changed' ? changed(raw) : raw;
    const object = `"${input.key}":${shown}`;
    const named = certSn === null ? '' : `"alipay_cert_sn":"${sn}",`;
    const text =
      style === 'sign-first'
        ? `{"sign":"${sign}",${named}${object}}`
        : `{${object},${named}"sign":"${sign}"}`;
    return asReply(text, input.charset);
  };
}

/** The reply object in the very characters that are signed and sent. */
function rawValue(value: Record<string, unknown>, style: Style): string {
  const text = JSON.stringify(value);
  // Inside JSON these characters stand in strings only.
  if (style === 'slashes') return text.replaceAll('/', '\\/');
  if (style !== 'unicode') return text;
  return text.replace(
    /[^ -~]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Replies have no time stamp, and in key mode no serial number: then the signature is wrong. */
function spoiltSign(right: string, isCertificateMode: boolean, fault: AnswerFault | undefined) {
  const isSpoilt =
    fault === 'bad-signature' ||
    fault === 'old-timestamp' ||
    (fault === 'unknown-serial' && !isCertificateMode);
  return isSpoilt ? `${randomText(342)}==` : right;
}

/** Another object than the signed one, and one that still parses. */
function changed(raw: string): string {
  const other = raw.replace('"msg":"Success"', '"msg":"Succeed"');
  return other === raw ? `${raw.slice(0, -1)},"changed":"1"}` : other;
}

function asReply(text: string, charset: Charset): Reply {
  return {
    status: 200,
    // The real gateway calls its JSON text/html as well.
    headers: { 'content-type': `text/html;charset=${charset}` },
    body: iconv.encode(text, charset),
  };
}
