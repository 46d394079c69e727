import { createPrivateKey, generateKeyPair, type KeyObject, randomInt } from 'node:crypto';
import { promisify } from 'node:util';
import type { Clock } from '../clock.ts';
import { makeCertificate, type Name } from '../x509.ts';
import type { Certificates, Records } from './records.ts';

const generateRsa = promisify(generateKeyPair);

const DAY_MS = 86_400_000;
const TEN_YEARS_MS = 3650 * DAY_MS;
const FIVE_YEARS_MS = 1825 * DAY_MS;
/** Valid a day before it is made, so that clocks of tests may stand apart. */
const BACKDATED_MS = DAY_MS;

const authority = (name: string): Name => [
  ['C', 'CN'],
  ['O', 'wuye-pay gateway simulator'],
  ['CN', name],
];
const ROOT = authority('Simulated CFCA Root');
const MIDDLE = authority('Simulated CFCA OCA1');

const CURRENT = 'current';
const underWay = new WeakMap<Records, Promise<Certificates>>();

/** UnionPay's chain. Made when the first merchant registers: five keys take a moment. */
export async function ourCertificates(records: Records, clock: Clock): Promise<Certificates> {
  const known = records.certificates.get(CURRENT);
  if (known !== undefined) return known;
  const making = underWay.get(records) ?? makeChain(records, clock);
  underWay.set(records, making);
  return making.finally(() => underWay.delete(records));
}

/** A new signing certificate of UnionPay, of the same chain. */
export async function renewSigning(records: Records, clock: Clock): Promise<Certificates> {
  const known = await ourCertificates(records, clock);
  const issuerKey = createPrivateKey(known.middleKeyPem);
  const signing = await signingCertificate(issuerKey, clock.now());
  return records.certificates.set(CURRENT, { ...known, ...signing });
}

/** A key and certificate as CFCA would issue them to a merchant. */
export async function issueToMerchant(records: Records, clock: Clock, merId: string) {
  const { middleKeyPem } = await ourCertificates(records, clock);
  const commonName = `041@8100000000000001@${merId}@${digits(8)}`;
  return leaf(createPrivateKey(middleKeyPem), commonName, 'Enterprises', validFrom(clock.now()));
}

export type Impostor = 'expired' | 'foreign';

/**
 * A certificate that looks right and is not: out of its time, or of a chain nobody knows. The
 * signatures made with its key are good.
 */
export async function makeImpostor(certificates: Certificates, kind: Impostor, nowMs: number) {
  const foreign = await generateRsa('rsa', { modulusLength: 2048 });
  const issuerKey =
    kind === 'foreign' ? foreign.privateKey : createPrivateKey(certificates.middleKeyPem);
  const from = kind === 'expired' ? nowMs - TEN_YEARS_MS : nowMs - BACKDATED_MS;
  return leaf(issuerKey, signingName(), 'Local RA', { from, until: from + FIVE_YEARS_MS });
}

async function makeChain(records: Records, clock: Clock): Promise<Certificates> {
  const [root, middle] = await Promise.all([
    generateRsa('rsa', { modulusLength: 2048 }),
    generateRsa('rsa', { modulusLength: 2048 }),
  ]);
  const { from } = validFrom(clock.now());
  const validity = { effectiveAt: from, expireAt: from + TEN_YEARS_MS, isAuthority: true };
  const rootPem = makeCertificate({
    ...validity,
    serial: serial(),
    subject: ROOT,
    issuer: ROOT,
    publicKey: root.publicKey,
    issuerKey: root.privateKey,
  });
  const middlePem = makeCertificate({
    ...validity,
    serial: serial(),
    subject: MIDDLE,
    issuer: ROOT,
    publicKey: middle.publicKey,
    issuerKey: root.privateKey,
  });
  const signing = await signingCertificate(middle.privateKey, clock.now());
  const name = `041@Z12@中国银联股份有限公司@${digits(8)}`;
  const encrypting = await leaf(middle.privateKey, name, 'Local RA', validFrom(clock.now()));
  return records.certificates.set(CURRENT, {
    rootPem,
    middlePem,
    middleKeyPem: privatePem(middle.privateKey),
    ...signing,
    encryptPem: encrypting.certificatePem,
    encryptCertId: encrypting.certId,
  });
}

async function signingCertificate(issuerKey: KeyObject, nowMs: number) {
  const made = await leaf(issuerKey, signingName(), 'Local RA', validFrom(nowMs));
  return {
    signPem: made.certificatePem,
    signKeyPem: made.privateKeyPem,
    signCertId: made.certId,
  };
}

/** The third part of the common name is what a merchant checks. */
function signingName(): string {
  return `041@Z12@中国银联股份有限公司@${digits(8)}`;
}

async function leaf(
  issuerKey: KeyObject,
  commonName: string,
  unit: string,
  validity: { from: number; until: number },
) {
  const { publicKey, privateKey } = await generateRsa('rsa', { modulusLength: 2048 });
  const number = serial();
  const certificatePem = makeCertificate({
    serial: number,
    subject: [
      ['C', 'CN'],
      ['O', 'wuye-pay gateway simulator'],
      ['OU', unit],
      ['CN', commonName],
    ],
    issuer: MIDDLE,
    publicKey,
    issuerKey,
    effectiveAt: validity.from,
    expireAt: validity.until,
    isAuthority: false,
  });
  const privateKeyPem = privatePem(privateKey);
  return { certificatePem, privateKeyPem, certId: number.toString() };
}

function validFrom(nowMs: number) {
  const from = nowMs - BACKDATED_MS;
  return { from, until: from + FIVE_YEARS_MS };
}

/** Beyond 2^53, as real serial numbers are: who reads a certId as a number is wrong. */
function serial(): bigint {
  return BigInt(`0x40${digits(18)}`);
}

function digits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join('');
}

function privatePem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
