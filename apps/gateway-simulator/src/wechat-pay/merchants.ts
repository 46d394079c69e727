import { createPublicKey } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import {
  ControlRefused,
  type Fields,
  number,
  oneOf,
  optionalNumber,
  optionalText,
  readFields,
  text,
} from '../control-input.ts';
import type { Deps } from './deps.ts';
import { makePublicKey } from './platform-keys.ts';
import type { Merchant, SubMerchant } from './records.ts';

const FIELDS = [
  'mchid',
  'appid',
  'appSecret',
  'apiV3Key',
  'merchantSerialNo',
  'merchantPublicKeyPem',
  'name',
  'mode',
  'publicKeyShare',
  'redirectHosts',
  'apiV2Key',
  'subMerchants',
  'feeRateBp',
  'balanceFen',
  'refundDelayMs',
  'planIds',
] as const;

const API_KEY_BYTES = 32;
const REDIRECT_HOSTS_MOST = 20;
const HUNDRED_DAYS_MS = 100 * 86_400_000;

/**
 * Registers a merchant, or adds to one: a second app id, or a second key while the merchant
 * replaces its own. The WeChat Pay public key stays the same.
 */
export async function readMerchant(deps: Deps, request: FastifyRequest): Promise<Merchant> {
  const fields = readFields(request, FIELDS);
  const mchid = text(fields, 'mchid');
  const apiV3Key = text(fields, 'apiV3Key');
  if (Buffer.byteLength(apiV3Key) !== API_KEY_BYTES) {
    throw new ControlRefused('apiV3Key 须是 32 个字节', 'apiV3Key');
  }
  const serialNo = text(fields, 'merchantSerialNo').toUpperCase();
  const publicKeyPem = readPublicKey(text(fields, 'merchantPublicKeyPem'));
  const fresh = deps.records.merchants.get(mchid)
    ? undefined
    : await makePublicKey(mchid, deps.clock);
  const known = deps.records.merchants.get(mchid);
  const ours = known ?? fresh;
  if (ours === undefined) throw new Error(`merchant ${mchid} vanished while its key was made`);
  return deps.records.merchants.set(mchid, {
    mchid,
    name: text(fields, 'name'),
    apiV3Key,
    apps: { ...known?.apps, [text(fields, 'appid')]: text(fields, 'appSecret') },
    keys: { ...known?.keys, [serialNo]: publicKeyPem },
    mode: oneOf(fields, 'mode', ['certificate', 'public-key'] as const),
    publicKeyShare: number(fields, 'publicKeyShare', {
      least: 0,
      most: 100,
      isWhole: false,
      fallback: known?.publicKeyShare ?? 0,
    }),
    publicKeyId: ours.publicKeyId,
    publicKeyPem: ours.publicKeyPem,
    publicKeyPrivatePem: ours.publicKeyPrivatePem,
    redirectHosts: readHosts(fields.redirectHosts),
    lastNotifyUrl: known?.lastNotifyUrl ?? null,
    notificationsSent: known?.notificationsSent ?? 0,
    ...readOptions(fields, known),
  });
}

/** What a merchant may have besides; each stays as it was when the call leaves it out. */
function readOptions(fields: Fields, known: Merchant | undefined) {
  const amount = (name: 'feeRateBp' | 'balanceFen' | 'refundDelayMs', most: number) =>
    optionalNumber(fields, name, { least: 0, most }) ?? known?.[name];
  const apiV2Key = optionalText(fields, 'apiV2Key') ?? known?.apiV2Key;
  if (apiV2Key !== undefined && Buffer.byteLength(apiV2Key) !== API_KEY_BYTES) {
    throw new ControlRefused('apiV2Key 须是 32 个字节', 'apiV2Key');
  }
  return {
    apiV2Key,
    subMerchants: { ...known?.subMerchants, ...readSubMerchants(fields.subMerchants) },
    feeRateBp: amount('feeRateBp', 10_000),
    balanceFen: amount('balanceFen', Number.MAX_SAFE_INTEGER),
    refundDelayMs: amount('refundDelayMs', HUNDRED_DAYS_MS),
    planIds: fields.planIds === undefined ? known?.planIds : readTexts(fields, 'planIds'),
  };
}

function readSubMerchants(value: unknown): Record<string, SubMerchant> {
  if (value === undefined) return {};
  if (!Array.isArray(value)) throw new ControlRefused('subMerchants 须是列表', 'subMerchants');
  const read = (one: unknown): [string, SubMerchant] => {
    const sub = (one ?? {}) as Fields;
    const appid = optionalText(sub, 'appid');
    const appSecret = optionalText(sub, 'appSecret');
    return [text(sub, 'mchid'), { name: text(sub, 'name'), appid, appSecret }];
  };
  return Object.fromEntries(value.map(read));
}

function readTexts(fields: Fields, name: string): string[] {
  const value = fields[name];
  const isTexts = Array.isArray(value) && value.every((one) => typeof one === 'string');
  if (isTexts) return value as string[];
  throw new ControlRefused(`${name} 须是文本的列表`, name);
}

/** A public key, or the certificate that holds one. */
function readPublicKey(pem: string): string {
  try {
    return createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString();
  } catch {
    throw new ControlRefused(
      'merchantPublicKeyPem 不是 PEM 格式的公钥或证书',
      'merchantPublicKeyPem',
    );
  }
}

function readHosts(value: unknown): string[] {
  const isHost = (one: unknown) => typeof one === 'string' && /^[^/\s]+$/.test(one);
  if (Array.isArray(value) && value.length <= REDIRECT_HOSTS_MOST && value.every(isHost)) {
    return value as string[];
  }
  throw new ControlRefused('redirectHosts 须是域名列表，如 ["localhost:8080"]', 'redirectHosts');
}
