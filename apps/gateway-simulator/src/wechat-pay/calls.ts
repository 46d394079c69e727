import { beijingTime } from '../clock.ts';
import type { FaultPlace } from '../faults.ts';
import { randomText, seal } from './crypto.ts';
import type { Deps } from './deps.ts';
import { readClose } from './order-rules.ts';
import { closeOrder, findOrder, placeOrder } from './orders.ts';
import { validCertificates } from './platform-keys.ts';
import type { Merchant } from './records.ts';
import { parameterRefusal, refusals } from './refusals.ts';
import { transactionOf } from './transaction.ts';

/** What a call is given once its signature is known to be good. */
export type CallInput = {
  merchant: Merchant;
  /** Percent-decoded last variable part of the path. */
  key: string;
  query: URLSearchParams;
  body: Buffer;
};

export type Success = { status: 200 | 204; body: string };

export type Call = {
  method: 'GET' | 'POST';
  path: RegExp;
  at: Exclude<FaultPlace, 'notify'>;
  run(deps: Deps, input: CallInput): Success;
};

/** Every endpoint of the API. Refunds and bills find their place here. */
export const calls: readonly Call[] = [
  { method: 'POST', path: /^\/v3\/pay\/transactions\/jsapi$/, at: 'prepay', run: orderJsapi },
  { method: 'POST', path: /^\/v3\/pay\/transactions\/native$/, at: 'prepay', run: orderNative },
  {
    method: 'GET',
    path: /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)$/,
    at: 'query',
    run: queryByNumber,
  },
  { method: 'GET', path: /^\/v3\/pay\/transactions\/id\/([^/]+)$/, at: 'query', run: queryById },
  {
    method: 'POST',
    path: /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)\/close$/,
    at: 'close',
    run: close,
  },
  { method: 'GET', path: /^\/v3\/certificates$/, at: 'certificates', run: listCertificates },
];

function orderJsapi(deps: Deps, { merchant, body }: CallInput): Success {
  const { prepay } = placeOrder(deps, merchant, 'JSAPI', readJson(body));
  return success({ prepay_id: prepay.prepayId });
}

function orderNative(deps: Deps, { merchant, body }: CallInput): Success {
  const { prepay } = placeOrder(deps, merchant, 'NATIVE', readJson(body));
  return success({ code_url: prepay.codeUrl });
}

function queryByNumber(deps: Deps, { merchant, key, query }: CallInput): Success {
  checkMchid(merchant, query.get('mchid'), '/query/mchid');
  const order = findOrder(deps, merchant.mchid, key);
  if (order === undefined) throw refusals.orderNotExist();
  return success(transactionOf(order));
}

function queryById(deps: Deps, { merchant, key, query }: CallInput): Success {
  checkMchid(merchant, query.get('mchid'), '/query/mchid');
  const order = deps.records.orders.find(
    (one) => one.mchid === merchant.mchid && one.payment?.transactionId === key,
  );
  if (order === undefined) throw refusals.orderNotExist();
  return success(transactionOf(order));
}

function close(deps: Deps, { merchant, key, body }: CallInput): Success {
  checkMchid(merchant, readClose(readJson(body)).mchid, '/body/mchid');
  closeOrder(deps, merchant, key);
  return { status: 204, body: '' };
}

function listCertificates(deps: Deps, { merchant }: CallInput): Success {
  if (merchant.mode === 'public-key') throw refusals.certificatesNone();
  const data = validCertificates(deps.records, deps.clock).map((one) => {
    const nonce = randomText(12);
    const associatedData = 'certificate';
    const how = { key: merchant.apiV3Key, nonce, associatedData };
    return {
      serial_no: one.serialNo,
      effective_time: beijingTime(one.effectiveAt),
      expire_time: beijingTime(one.expireAt),
      encrypt_certificate: {
        algorithm: 'AEAD_AES_256_GCM',
        nonce,
        associated_data: associatedData,
        ciphertext: seal(one.certificatePem, how),
      },
    };
  });
  return success({ data });
}

function success(body: unknown): Success {
  return { status: 200, body: JSON.stringify(body) };
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw parameterRefusal({ field: '/body', message: '请求正文不是正确的JSON' });
  }
}

function checkMchid(merchant: Merchant, mchid: string | null, field: string): void {
  if (mchid === merchant.mchid) return;
  const message =
    mchid === null
      ? `输入源“${field}”映射到字段“直连商户号”必填性规则校验失败，此字段为必填项`
      : '请求中的mchid与Http头Authorization中的mchid不一致';
  throw parameterRefusal({ field, message, value: mchid ?? undefined, no: 268447843 });
}
