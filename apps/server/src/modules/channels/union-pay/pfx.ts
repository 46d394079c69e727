import { createPrivateKey, X509Certificate } from 'node:crypto';
import forge from 'node-forge';

export interface OpenedPfx {
  readonly privateKeyPem: string;
  readonly certificatePem: string;
}

/** Real ones have 3 to 6 KB. */
const maxBase64 = 40_000;

/**
 * The key and its certificate out of the provider's .pfx. OpenSSL 3 no longer reads the ciphers of
 * older files (RC2-40), so a library does.
 * @param base64 the file's bytes, or a data URL of them
 * @returns undefined for another file or another password
 */
export function openPfx(base64: string, password: string): OpenedPfx | undefined {
  const text = base64.replace(/^data:[^,]*,/, '').replace(/\s/g, '');
  if (text.length > maxBase64 || !/^[A-Za-z0-9+/]+=*$/.test(text)) return undefined;
  try {
    return read(Buffer.from(text, 'base64'), password);
  } catch (error) {
    // Its message may quote the file; the clerk is told which of the two to look at.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function read(bytes: Buffer, password: string): OpenedPfx | undefined {
  const { pki, pkcs12, asn1, util } = forge;
  const der = asn1.fromDer(util.createBuffer(bytes.toString('latin1')));
  const bags = pkcs12
    .pkcs12FromAsn1(der, true, password)
    .safeContents.flatMap(({ safeBags }) => safeBags);
  const found = bags.find(({ key }) => key)?.key;
  if (!found) return undefined;
  const key = createPrivateKey(pki.privateKeyToPem(found as forge.pki.rsa.PrivateKey));
  // The file may hold the certificates of the issuers as well.
  const certificate = bags
    .flatMap(({ cert }) => (cert ? [new X509Certificate(pki.certificateToPem(cert))] : []))
    .find((one) => one.checkPrivateKey(key));
  if (!certificate) return undefined;
  return {
    privateKeyPem: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificatePem: certificate.toString(),
  };
}
