import { createPublicKey, X509Certificate } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { ControlRefused, type Fields, number, oneOf, readFields, text } from '../control-input.ts';
import { certificateSn, rootSn } from './certificate-sn.ts';
import type { Deps } from './deps.ts';
import {
  authorityOf,
  issueAppCertificate,
  makeAlipayCertificate,
  makeAlipayKey,
  rootBundle,
} from './keys.ts';
import type { Application } from './records.ts';

const FIELDS = [
  'appId',
  'sellerId',
  'name',
  'mode',
  'appPublicKeyPem',
  'appCertificatePem',
  'redirectHosts',
  'identity',
  'feeRateBp',
  'sellerEmail',
] as const;

const REDIRECT_HOSTS_MOST = 20;
const DEFAULT_FEE_BP = 60;

/**
 * Registers an application, or adds to one: another key or certificate while the merchant
 * replaces its own. What Alipay gave before stays the same.
 */
export async function registerApplication(deps: Deps, request: FastifyRequest) {
  const fields = readFields(request, FIELDS);
  const appId = digits(fields, 'appId');
  const sellerId = digits(fields, 'sellerId');
  const name = text(fields, 'name');
  const mode = oneOf(fields, 'mode', ['key', 'certificate'] as const);
  const before = deps.records.applications.get(appId);
  const held =
    mode === 'key'
      ? { ...none(before), appKeys: added(before?.appKeys ?? [], readKey(fields)) }
      : { ...none(before), ...(await certified(deps, fields, { appId, name, before })) };
  const key = before ?? (await makeAlipayKey());
  const app = deps.records.applications.set(appId, {
    appId,
    sellerId,
    name,
    sellerEmail:
      fields.sellerEmail === undefined ? `${sellerId}@example.com` : text(fields, 'sellerEmail'),
    mode,
    identity:
      fields.identity === undefined
        ? (before?.identity ?? 'user_id')
        : oneOf(fields, 'identity', ['user_id', 'open_id'] as const),
    ...held,
    alipayPublicKeyPem: key.alipayPublicKeyPem,
    alipayPrivateKeyPem: key.alipayPrivateKeyPem,
    redirectHosts: readHosts(fields.redirectHosts),
    feeRateBp: number(fields, 'feeRateBp', {
      least: 0,
      most: 10_000,
      fallback: before?.feeRateBp ?? DEFAULT_FEE_BP,
    }),
    lastNotifyUrl: before?.lastNotifyUrl ?? null,
  });
  return viewOf(deps, app);
}

/** A new certificate signs from now on; the old ones can still be downloaded and verified. */
export async function rotateCertificate(deps: Deps, appId: string) {
  const app = deps.records.applications.get(appId);
  if (app === undefined) throw new ControlRefused(`没有登记应用 ${appId}`, 'appId', 404);
  if (app.mode !== 'certificate') throw new ControlRefused('只有证书模式才有证书轮换', 'appId');
  const authority = await authorityOf(deps.records, deps.clock);
  const made = await makeAlipayCertificate(authority, deps.clock, appId);
  const alipayCertificates = [...app.alipayCertificates, made];
  return viewOf(deps, deps.records.applications.set(appId, { ...app, alipayCertificates }));
}

/** What the merchant takes home: keys in one mode, certificates in the other. */
function viewOf(deps: Deps, app: Application) {
  const { appId, sellerId, mode } = app;
  const authority = deps.records.authority.values()[0];
  const alipay = app.alipayCertificates.at(-1);
  const own = app.appCertificates.at(-1);
  if (mode === 'key' || authority === undefined || alipay === undefined || own === undefined) {
    return { appId, sellerId, mode, alipayPublicKeyPem: app.alipayPublicKeyPem };
  }
  const bundle = rootBundle(authority);
  return {
    appId,
    sellerId,
    mode,
    appCertificatePem: own.pem,
    appCertSn: own.sn,
    alipayCertificatePem: alipay.pem,
    alipayCertSn: alipay.sn,
    alipayRootCertificatePem: bundle,
    alipayRootCertSn: rootSn(bundle),
  };
}

type Held = Pick<Application, 'appKeys' | 'appCertificates' | 'alipayCertificates'>;

function none(before: Application | undefined): Held {
  const { appKeys = [], appCertificates = [], alipayCertificates = [] } = before ?? {};
  return { appKeys, appCertificates, alipayCertificates };
}

async function certified(
  deps: Deps,
  fields: Fields,
  { appId, name, before }: { appId: string; name: string; before: Application | undefined },
): Promise<Pick<Held, 'appCertificates' | 'alipayCertificates'>> {
  const authority = await authorityOf(deps.records, deps.clock);
  const known = before?.appCertificates ?? [];
  const brought = readCertificate(fields);
  const publicKeyPem = brought === undefined ? readKey(fields) : '';
  const same = known.find((one) => brought === undefined && keyOf(one.pem) === publicKeyPem);
  const own =
    brought ?? same ?? issueAppCertificate(authority, deps.clock, { appId, name, publicKeyPem });
  const others = known.filter((one) => one.sn !== own.sn);
  const ours = before?.alipayCertificates ?? [];
  const alipay =
    ours.length > 0 ? ours : [await makeAlipayCertificate(authority, deps.clock, appId)];
  return { appCertificates: [...others, own], alipayCertificates: alipay };
}

/** A certificate that the merchant brings along, as for a test with known keys. */
function readCertificate(fields: Fields): { sn: string; pem: string } | undefined {
  if (fields.appCertificatePem === undefined) return undefined;
  const pem = text(fields, 'appCertificatePem');
  try {
    return { sn: certificateSn(pem), pem };
  } catch {
    throw new ControlRefused('appCertificatePem 不是 PEM 格式的证书', 'appCertificatePem');
  }
}

function readKey(fields: Fields): string {
  const pem = text(fields, 'appPublicKeyPem');
  try {
    return createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString();
  } catch {
    throw new ControlRefused('appPublicKeyPem 不是 PEM 格式的公钥', 'appPublicKeyPem');
  }
}

function keyOf(certificatePem: string): string {
  const { publicKey } = new X509Certificate(certificatePem);
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}

function added(known: readonly string[], key: string): string[] {
  return [...known.filter((one) => one !== key), key];
}

function digits(fields: Fields, name: string): string {
  const value = text(fields, name);
  if (/^\d{16}$/.test(value)) return value;
  throw new ControlRefused(`${name} 须是 16 位数字`, name);
}

function readHosts(value: unknown): string[] {
  const isHost = (one: unknown) => typeof one === 'string' && /^[^/\s]+$/.test(one);
  if (Array.isArray(value) && value.length <= REDIRECT_HOSTS_MOST && value.every(isHost)) {
    return value as string[];
  }
  throw new ControlRefused('redirectHosts 须是域名列表，如 ["localhost:8080"]', 'redirectHosts');
}
