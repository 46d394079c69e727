import { createPublicKey, X509Certificate } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { ControlRefused, number, optionalText, readFields, text } from '../control-input.ts';
import { issueToMerchant, ourCertificates } from './certificates.ts';
import type { Deps } from './deps.ts';
import { readHosts, registerHosts } from './redirect-hosts.ts';

const FIELDS = [
  'merId',
  'name',
  'certId',
  'merchantCertificatePem',
  'merchantPublicKeyPem',
  'secureKey',
  'feeRateBp',
  'redirectHosts',
] as const;

const FEE_RATE_BP = 60;
const MER_ID = /^[0-9A-Za-z]{15}$/;

/**
 * Registers a merchant, or adds a certificate to one while it replaces its own. A merchant that
 * brings no key is given one, as CFCA would do through UnionPay.
 */
export async function registerMerchant(deps: Deps, request: FastifyRequest) {
  const { records, clock } = deps;
  const fields = readFields(request, FIELDS);
  const merId = text(fields, 'merId');
  if (!MER_ID.test(merId)) throw new ControlRefused('merId 须是 15 位字母或数字', 'merId');
  const name = text(fields, 'name');
  const secureKey = optionalText(fields, 'secureKey') ?? null;
  const feeRateBp = number(fields, 'feeRateBp', { least: 0, most: 1000, fallback: FEE_RATE_BP });
  const hosts = readHosts(fields.redirectHosts ?? []);
  const brought = broughtKey(fields);
  const needsKey = brought === undefined && secureKey === null;
  const issued = needsKey ? await issueToMerchant(records, clock, merId) : undefined;
  const key = brought ?? (issued && keyOfCertificate(issued.certificatePem));
  const ours = await ourCertificates(records, clock);
  const known = records.merchants.get(merId);
  registerHosts(deps.store, hosts);
  records.merchants.set(merId, {
    merId,
    name,
    keys: { ...known?.keys, ...(key ? { [key.certId]: key.publicKeyPem } : {}) },
    secureKey: secureKey ?? known?.secureKey ?? null,
    feeRateBp,
    lastBackUrl: known?.lastBackUrl ?? null,
  });
  return {
    merId,
    certId: key?.certId ?? null,
    ...(issued && {
      merchantCertificatePem: issued.certificatePem,
      merchantPrivateKeyPem: issued.privateKeyPem,
    }),
    rootCertificatePem: ours.rootPem,
    middleCertificatePem: ours.middlePem,
    signCertificatePem: ours.signPem,
    signCertId: ours.signCertId,
    encryptCertificatePem: ours.encryptPem,
    encryptCertId: ours.encryptCertId,
  };
}

type Key = { certId: string; publicKeyPem: string };

function broughtKey(fields: Record<string, unknown>): Key | undefined {
  const certificatePem = optionalText(fields, 'merchantCertificatePem');
  const publicKeyPem = optionalText(fields, 'merchantPublicKeyPem');
  const certId = optionalText(fields, 'certId');
  if (certificatePem !== undefined) {
    const key = keyOfCertificate(certificatePem);
    if (certId === undefined || certId === key.certId) return key;
    throw new ControlRefused(`certId 与证书的序列号 ${key.certId} 不符`, 'certId');
  }
  if (publicKeyPem === undefined && certId === undefined) return undefined;
  if (publicKeyPem === undefined) {
    throw new ControlRefused('给出 certId 时还须给出公钥或证书', 'merchantPublicKeyPem');
  }
  if (certId === undefined || !/^\d+$/.test(certId)) {
    throw new ControlRefused('certId 须是证书序列号的十进制数字', 'certId');
  }
  return { certId, publicKeyPem: readPublicKey(publicKeyPem) };
}

function keyOfCertificate(pem: string): Key {
  try {
    const { serialNumber } = new X509Certificate(pem);
    return { certId: BigInt(`0x${serialNumber}`).toString(), publicKeyPem: readPublicKey(pem) };
  } catch {
    throw new ControlRefused(
      'merchantCertificatePem 不是 PEM 格式的证书',
      'merchantCertificatePem',
    );
  }
}

function readPublicKey(pem: string): string {
  try {
    return createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString();
  } catch {
    throw new ControlRefused('merchantPublicKeyPem 不是 PEM 格式的公钥', 'merchantPublicKeyPem');
  }
}
