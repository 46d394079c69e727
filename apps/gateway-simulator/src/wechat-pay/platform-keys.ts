import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { Clock } from '../clock.ts';
import { beijingDigits } from '../clock.ts';
import { selfSignedCertificate } from './certificate.ts';
import { randomText } from './crypto.ts';
import type { Merchant, PlatformCertificate, Records } from './records.ts';

/** The key that signs one message, and what `Wechatpay-Serial` says of it. */
export type SigningKey = { serial: string; privateKeyPem: string };

const FIVE_YEARS_MS = 5 * 365 * 86_400_000;
/** A certificate is valid a day before it is made, so that clocks of tests may stand apart. */
const BACKDATED_MS = 86_400_000;
const ROTATION = 'rotation';

const generateRsa = promisify(generateKeyPair);

export async function makePlatformCertificate(
  records: Records,
  clock: Clock,
): Promise<PlatformCertificate> {
  const { publicKey, privateKey } = await generateRsa('rsa', { modulusLength: 2048 });
  const effectiveAt = clock.now() - BACKDATED_MS;
  const expireAt = effectiveAt + FIVE_YEARS_MS;
  const { pem, serialNo } = selfSignedCertificate({
    publicKey,
    privateKey,
    commonName: 'Simulated Payment Platform',
    organization: 'wuye-pay gateway simulator',
    effectiveAt,
    expireAt,
  });
  return records.certificates.set(serialNo, {
    serialNo,
    certificatePem: pem,
    privateKeyPem: privatePem(privateKey),
    effectiveAt,
    expireAt,
  });
}

export async function makePublicKey(mchid: string, clock: Clock) {
  const { publicKey, privateKey } = await generateRsa('rsa', { modulusLength: 2048 });
  const day = beijingDigits(clock.now()).slice(0, 8);
  return {
    publicKeyId: `PUB_KEY_ID_01${mchid}${day}${randomText(14, '0123456789')}`,
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    publicKeyPrivatePem: privatePem(privateKey),
  };
}

/** Certificates in force, oldest first: two of them during a rotation. */
export function validCertificates(records: Records, clock: Clock): PlatformCertificate[] {
  return records.certificates.values().filter((one) => one.expireAt > clock.now());
}

/** Makes a new certificate; the old one stays valid and still signs the rest of the share. */
export async function rotate(records: Records, clock: Clock, newShare: number) {
  const made = await makePlatformCertificate(records, clock);
  records.rotation.set(ROTATION, { newShare, signed: 0 });
  return made;
}

/** The key for an answer: the one the request asks for, else the one of the merchant's mode. */
export function answerKey(
  records: Records,
  clock: Clock,
  merchant: Merchant,
  wanted: string | undefined,
): SigningKey | undefined {
  if (wanted === undefined) {
    return merchant.mode === 'public-key'
      ? publicKeyOf(merchant)
      : certificateInTurn(records, clock);
  }
  if (wanted === merchant.publicKeyId) return publicKeyOf(merchant);
  if (merchant.mode === 'public-key') return undefined; // Such a merchant has no certificates.
  const found = validCertificates(records, clock).find((one) => one.serialNo === wanted);
  return found && { serial: found.serialNo, privateKeyPem: found.privateKeyPem };
}

/** Keys for which the merchant may have sealed a field. */
export function platformPrivateKeys(records: Records, clock: Clock, merchant: Merchant): string[] {
  const certificates = validCertificates(records, clock).map((one) => one.privateKeyPem);
  return [merchant.publicKeyPrivatePem, ...certificates];
}

/** The key for the next notification, by the merchant's share. */
export function notificationKey(records: Records, clock: Clock, merchant: Merchant): SigningKey {
  const share = merchant.mode === 'public-key' ? 100 : merchant.publicKeyShare;
  const sent = merchant.notificationsSent;
  records.merchants.set(merchant.mchid, { ...merchant, notificationsSent: sent + 1 });
  return isTurn(sent, share) ? publicKeyOf(merchant) : certificateInTurn(records, clock);
}

/** Spreads `sharePercent` evenly: true for that share of the numbers 0, 1, 2, … */
function isTurn(index: number, sharePercent: number): boolean {
  const upTo = (count: number) => Math.floor((count * sharePercent) / 100);
  return upTo(index + 1) > upTo(index);
}

function certificateInTurn(records: Records, clock: Clock): SigningKey {
  const valid = validCertificates(records, clock);
  const { newShare, signed } = records.rotation.get(ROTATION) ?? { newShare: 100, signed: 0 };
  const newest = valid.at(-1);
  const older = valid.at(-2);
  if (newest === undefined) throw new Error('all platform certificates have expired: rotate');
  if (older === undefined || newShare === 100) return signingKey(newest);
  records.rotation.set(ROTATION, { newShare, signed: signed + 1 });
  return signingKey(isTurn(signed, newShare) ? newest : older);
}

function signingKey({ serialNo, privateKeyPem }: PlatformCertificate): SigningKey {
  return { serial: serialNo, privateKeyPem };
}

function publicKeyOf(merchant: Merchant): SigningKey {
  return { serial: merchant.publicKeyId, privateKeyPem: merchant.publicKeyPrivatePem };
}

function privatePem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
