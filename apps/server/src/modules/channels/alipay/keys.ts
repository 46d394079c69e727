import { createPublicKey, type KeyObject } from 'node:crypto';
import type { ChannelContext, Credentials } from '../channel.ts';
import { type Certificate, readCertificates, rootCertSn } from './certificate.ts';

/** What an account's credentials hold, parsed once. */
export interface Secrets {
  /** The channel's own key, where it was pasted as a key. */
  readonly alipayKey: KeyObject | undefined;
  readonly alipayCertificate: Certificate | undefined;
  readonly roots: readonly Certificate[];
  /** Issuers that came in the same files as the certificates. */
  readonly issuers: readonly Certificate[];
  /** Of our certificate and of the roots: every request names them. */
  readonly serials: { readonly app: string; readonly root: string } | undefined;
  readonly aesKey: Buffer | undefined;
}

const parsed = new WeakMap<Credentials, Secrets>();

export function secretsOf(credentials: Credentials): Secrets {
  const known = parsed.get(credentials);
  if (known) return known;
  const { alipayPublicKeyPem, alipayCertificatePem, appCertificatePem, aesKey } = credentials;
  // What was pasted for the other mode was not checked in this one: it may be anything.
  const read = (pem: string | undefined) => readable(() => readCertificates(pem ?? '')) ?? [];
  const roots = read(credentials.alipayRootCertificatePem);
  const [app, ...appIssuers] = read(appCertificatePem);
  const [alipay, ...alipayIssuers] = read(alipayCertificatePem);
  const made: Secrets = {
    alipayKey: readable(() => createPublicKey(alipayPublicKeyPem ?? '')),
    alipayCertificate: alipay,
    roots,
    issuers: [...alipayIssuers, ...appIssuers],
    serials: app && { app: app.sn, root: rootCertSn(roots) },
    aesKey: aesKey ? Buffer.from(aesKey, 'base64') : undefined,
  };
  parsed.set(credentials, made);
  return made;
}

/**
 * What OpenSSL reads, or undefined where it is no key or certificate: its message may quote the
 * secret, so it goes nowhere.
 */
export function readable<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** These and, while a rotation overlaps, those of before. */
export function allSecrets(context: ChannelContext): readonly Secrets[] {
  const { credentials, previousCredentials } = context;
  return [credentials, ...(previousCredentials ? [previousCredentials] : [])].map(secretsOf);
}

/**
 * The keys under which an answer may be signed: that of the certificate which it names, downloaded
 * if need be, or any that is known.
 */
export async function keysFor(
  context: ChannelContext,
  certificateSn: string | undefined,
): Promise<readonly KeyObject[]> {
  if (certificateSn === undefined) return knownKeys(context);
  const named = goodCertificates(context).find(({ sn }) => sn === certificateSn.toLowerCase());
  if (named) return [named.key];
  const found = await context.findKey(certificateSn);
  return found ? [found] : [];
}

/**
 * Every key that may have signed a notice, which names none: the pasted ones of now and before,
 * whatever the account's mode (while an application moves from keys to certificates both sign),
 * and the certificates that answers made us download.
 */
export function knownKeys(context: ChannelContext): readonly KeyObject[] {
  return [
    ...allSecrets(context).flatMap(({ alipayKey }) => alipayKey ?? []),
    ...goodCertificates(context).map(({ key }) => key),
    ...(context.account.mode === 'certificate' ? (context.knownKeys?.() ?? []) : []),
  ];
}

function goodCertificates(context: ChannelContext): readonly Certificate[] {
  const now = context.clock.now();
  return allSecrets(context)
    .flatMap(({ alipayCertificate }) => alipayCertificate ?? [])
    .filter(({ validFrom, validTo }) => now >= validFrom && now <= validTo);
}
