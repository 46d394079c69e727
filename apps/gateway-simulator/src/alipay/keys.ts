import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { promisify } from 'node:util';
import type { Clock } from '../clock.ts';
import { makeCertificate, type Name } from '../x509.ts';
import { certificateSn } from './certificate-sn.ts';
import { OTHER_ROOTS_PEM } from './other-roots.ts';
import type { AlipayCertificate, Application, Authority, Records } from './records.ts';
import { DAY_MS } from './time.ts';

const FIVE_YEARS_MS = 5 * 365 * DAY_MS;
const ROOT: Name = [
  ['C', 'CN'],
  ['O', 'Simulated Wallet'],
  ['OU', 'Certification Authority'],
  ['CN', 'Simulated Wallet Root R1'],
];
const KEY = 'authority';

const generateRsa = promisify(generateKeyPair);

/** The root of our certificates; made at the first need and kept. */
export async function authorityOf(records: Records, clock: Clock): Promise<Authority> {
  const known = records.authority.get(KEY);
  if (known !== undefined) return known;
  const { publicKey, privateKey } = await generateRsa('rsa', { modulusLength: 2048 });
  const rootPem = makeCertificate({
    ...validity(clock, 4 * FIVE_YEARS_MS),
    serial: newSerial(),
    subject: ROOT,
    issuer: ROOT,
    publicKey,
    issuerKey: privateKey,
    isAuthority: true,
  });
  const made = { rootPem, rootPrivateKeyPem: privatePem(privateKey) };
  return records.authority.get(KEY) ?? records.authority.set(KEY, made);
}

/** What a merchant gets as its bundle of roots (alipayRootCert). */
export function rootBundle(authority: Authority): string {
  return authority.rootPem + OTHER_ROOTS_PEM;
}

/** "支付宝公钥" of an application, with its private half. */
export async function makeAlipayKey() {
  const { publicKey, privateKey } = await generateRsa('rsa', { modulusLength: 2048 });
  return {
    alipayPublicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    alipayPrivateKeyPem: privatePem(privateKey),
  };
}

/** A certificate with which Alipay signs to one application. */
export async function makeAlipayCertificate(
  authority: Authority,
  clock: Clock,
  appId: string,
): Promise<AlipayCertificate> {
  const { publicKey, privateKey } = await generateRsa('rsa', { modulusLength: 2048 });
  const subject: Name = [
    ['C', 'CN'],
    ['O', 'Simulated Wallet Gateway'],
    ['CN', `Simulated Alipay ${appId}`],
  ];
  const pem = issue(authority, clock, subject, publicKey);
  return { sn: certificateSn(pem), pem, privateKeyPem: privatePem(privateKey) };
}

/** The certificate of an application, over the public key of the merchant's request. */
export function issueAppCertificate(
  authority: Authority,
  clock: Clock,
  app: { appId: string; name: string; publicKeyPem: string },
): { sn: string; pem: string } {
  const subject: Name = [
    ['C', 'CN'],
    ['O', app.name],
    ['CN', app.appId],
  ];
  const pem = issue(authority, clock, subject, createPublicKey(app.publicKeyPem));
  return { sn: certificateSn(pem), pem };
}

/** The key that signs to a merchant, and what a reply says of it. */
export function signerOf(app: Application): { privateKeyPem: string; certSn: string | null } {
  const newest = app.alipayCertificates.at(-1);
  if (app.mode === 'certificate' && newest !== undefined) {
    return { privateKeyPem: newest.privateKeyPem, certSn: newest.sn };
  }
  return { privateKeyPem: app.alipayPrivateKeyPem, certSn: null };
}

function issue(authority: Authority, clock: Clock, subject: Name, publicKey: KeyObject): string {
  return makeCertificate({
    ...validity(clock, FIVE_YEARS_MS),
    serial: newSerial(),
    subject,
    issuer: ROOT,
    publicKey,
    issuerKey: createPrivateKey(authority.rootPrivateKeyPem),
    isAuthority: false,
  });
}

/** Backdated by a day, so that clocks of tests may stand apart. */
function validity(clock: Clock, lifeMs: number) {
  const effectiveAt = clock.now() - DAY_MS;
  return { effectiveAt, expireAt: effectiveAt + lifeMs };
}

function newSerial(): bigint {
  return BigInt(`0x4${randomBytes(15).toString('hex')}`);
}

function privatePem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
