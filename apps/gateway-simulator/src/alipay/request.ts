import type { FastifyRequest } from 'fastify';
import { rawBody } from '../inbound.ts';
import { rootSn } from './certificate-sn.ts';
import type { Deps } from './deps.ts';
import { type Charset, readCharset, readPairs, textsOf } from './form.ts';
import { rootBundle } from './keys.ts';
import type { Application } from './records.ts';
import { invalid, missing, type Refusal } from './refusals.ts';
import { isSignedBy, signedBytes } from './signing.ts';
import { instantOf } from './time.ts';

/** A request whose signature is good. */
export type Call = {
  app: Application;
  method: string;
  charset: Charset;
  /** Every parameter, decoded once. */
  params: ReadonlyMap<string, string>;
  /** The object in `biz_content`; empty without it. */
  biz: Record<string, unknown>;
};

/** How far the clock of a merchant may be off. */
const TIMESTAMP_TOLERANCE_MS = 600_000;

export type Read = { pairs: Map<string, Buffer>; params: Map<string, string>; charset: Charset };

/** Parameters from query and body in any mix. */
export function readParameters(request: FastifyRequest): Read {
  const query = request.url.split('?').slice(1).join('?');
  return readForm(query, rawBody(request).toString('latin1'));
}

/** The same of a link or an order string, as a payer's phone hands it over. */
export function readForm(...texts: string[]): Read {
  const pairs = readPairs(...texts);
  const charset = readCharset(pairs.get('charset')?.toString() ?? '') ?? 'utf-8';
  return { pairs, charset, params: textsOf(pairs, charset) };
}

export function appOf(deps: Deps, params: ReadonlyMap<string, string>): Application | undefined {
  return deps.records.applications.get(params.get('app_id') ?? '');
}

/** Checks all that the gateway checks before it looks at the business. */
export function checkRequest(deps: Deps, read: Read): Call {
  const { params, pairs, charset } = read;
  const value = (name: string) => params.get(name) ?? '';
  if (value('method') === '') throw missing('method', '缺少方法名参数');
  if (value('app_id') === '') throw missing('app-id', '缺少appId参数');
  const app = appOf(deps, params);
  if (app === undefined) throw invalid('invalid-app-id', '无效的AppID参数');
  const refused = refusalOfPublicParameters(params);
  if (refused !== undefined) throw refused;
  checkSignature(deps, app, params, pairs);
  const at = instantOf(value('timestamp'));
  if (at === undefined || Math.abs(deps.clock.now() - at) > TIMESTAMP_TOLERANCE_MS) {
    throw invalid('invalid-timestamp', '非法的时间戳参数，须为北京时间，且与网关相差不超过10分钟');
  }
  return { app, method: value('method'), charset, params, biz: readBiz(params) };
}

function refusalOfPublicParameters(params: ReadonlyMap<string, string>): Refusal | undefined {
  const value = (name: string) => params.get(name) ?? '';
  if (value('sign_type') === '') return missing('signature-type', '缺少签名类型');
  if (value('sign_type') !== 'RSA2') return invalid('invalid-signature-type', '无效签名类型');
  if (value('sign') === '') return missing('signature', '缺少签名参数');
  if (value('timestamp') === '') return missing('timestamp', '缺少时间戳参数');
  if (value('version') === '') return missing('version', '缺少版本参数');
  if (value('version') !== '1.0') return invalid('invalid-parameter', '版本须为1.0');
  if (readCharset(value('charset')) === undefined) {
    return invalid('invalid-charset', '字符集错误');
  }
  if (params.has('format') && value('format').toLowerCase() !== 'json') {
    return invalid('invalid-format', '无效的数据格式');
  }
  if (params.has('encrypt_type')) return invalid('invalid-encrypt-type', '应用没有开通内容加密');
  return undefined;
}

function checkSignature(
  deps: Deps,
  app: Application,
  params: ReadonlyMap<string, string>,
  pairs: Map<string, Buffer>,
): void {
  const text = signedBytes(pairs, ['sign']);
  const sign = params.get('sign') ?? '';
  const keys = app.mode === 'key' ? app.appKeys : [certificateOf(deps, app, params)];
  if (keys.some((key) => isSignedBy(text, sign, key))) return;
  throw invalid('invalid-signature', '验签出错，请检查签名内容、密钥与字符集');
}

/** In certificate mode a request names the certificate that it is signed with. */
function certificateOf(deps: Deps, app: Application, params: ReadonlyMap<string, string>) {
  const appSn = params.get('app_cert_sn') ?? '';
  const root = params.get('alipay_root_cert_sn') ?? '';
  if (appSn === '') throw missing('app-cert-sn', '缺少应用公钥证书SN');
  if (root === '') throw missing('alipay-root-cert-sn', '缺少支付宝根证书SN');
  const found = app.appCertificates.find((one) => one.sn === appSn);
  if (found === undefined) throw invalid('invalid-app-cert-sn', '应用公钥证书SN不存在');
  const authority = deps.records.authority.values()[0];
  if (authority === undefined || root !== rootSn(rootBundle(authority))) {
    throw invalid('invalid-alipay-root-cert-sn', '支付宝根证书SN不匹配');
  }
  return found.pem;
}

function readBiz(params: ReadonlyMap<string, string>): Record<string, unknown> {
  const text = params.get('biz_content') ?? '{}';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid('invalid-parameter', 'biz_content不是正确的JSON');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw invalid('invalid-parameter', 'biz_content须为JSON对象');
}
