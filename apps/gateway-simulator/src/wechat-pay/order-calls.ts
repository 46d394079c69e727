import { beijingTime } from '../clock.ts';
import type { AnswerFault, FaultPlace, Taken } from '../faults.ts';
import { randomText, seal } from './crypto.ts';
import type { Deps } from './deps.ts';
import { type Product, readClose } from './order-rules.ts';
import { closeOrder, orderByTransaction, orderFor, placeOrder } from './orders.ts';
import { type Party, partyOf } from './party.ts';
import type { PayDeps } from './pay.ts';
import { validCertificates } from './platform-keys.ts';
import type { Merchant, Order, Prepay } from './records.ts';
import { parameterRefusal, refusals } from './refusals.ts';
import { transactionOf } from './transaction.ts';

/** What a call is given once its signature is known to be good. */
export type CallInput = {
  merchant: Merchant;
  /** Percent-decoded variable part of the path. */
  key: string;
  query: URLSearchParams;
  body: Buffer;
  /** Where this simulator is reached by the merchant, such as `http://127.0.0.1:9000`. */
  origin: string;
  /** What goes wrong with this call, for calls that do more than answer. */
  fault?: Taken<AnswerFault> | undefined;
};

/** The body of an answer; a file is sent as it is and carries no signature. */
export type Success = { status: 200 | 204; body: string; file?: Buffer };

export type Call = {
  method: 'GET' | 'POST';
  path: RegExp;
  /** Where faults of this call are armed; null: none strike it. */
  at: Exclude<FaultPlace, 'notify'> | null;
  run(deps: PayDeps, input: CallInput): Success;
};

const PRODUCTS: readonly Product[] = ['jsapi', 'native', 'h5', 'app'];

/** The endpoints of orders, and the platform certificates. */
export const orderCalls: readonly Call[] = [
  ...PRODUCTS.flatMap((product) => [orderCall(product, false), orderCall(product, true)]),
  ...[false, true].flatMap((isPartner) => callsOnOrders(isPartner)),
  { method: 'GET', path: /^\/v3\/certificates$/, at: 'certificates', run: listCertificates },
];

function base(isPartner: boolean): string {
  return isPartner ? '^/v3/pay/partner/transactions' : '^/v3/pay/transactions';
}

function orderCall(product: Product, isPartner: boolean): Call {
  return {
    method: 'POST',
    path: new RegExp(`${base(isPartner)}/${product}$`),
    at: 'prepay',
    run: (deps, { merchant, body, origin }) => {
      const how = { product, isPartner };
      const { order, prepay } = placeOrder(deps, merchant, how, readJson(body));
      return success(prepayAnswer(deps, { order, prepay, origin }));
    },
  };
}

function prepayAnswer(
  deps: Deps,
  { order, prepay, origin }: { order: Order; prepay: Prepay; origin: string },
) {
  if (order.tradeType === 'NATIVE') return { code_url: prepay.codeUrl };
  if (order.tradeType !== 'MWEB') return { prepay_id: prepay.prepayId };
  const page = `${deps.publicUrl || origin}/cgi-bin/mmpayweb-bin/checkmweb`;
  const query = `prepay_id=${prepay.prepayId}&package=${prepay.h5Package ?? ''}`;
  return { h5_url: `${page}?${query}` };
}

function callsOnOrders(isPartner: boolean): Call[] {
  const asked = (input: CallInput): Party =>
    partyOf(input.merchant, isPartner, Object.fromEntries(input.query), 'query');
  return [
    {
      method: 'GET',
      path: new RegExp(`${base(isPartner)}/out-trade-no/([^/]+)$`),
      at: 'query',
      run: (deps, input) => queried(orderFor(deps, asked(input), input.key)),
    },
    {
      method: 'GET',
      path: new RegExp(`${base(isPartner)}/id/([^/]+)$`),
      at: 'query',
      run: (deps, input) => queried(orderByTransaction(deps, asked(input), input.key)),
    },
    {
      method: 'POST',
      path: new RegExp(`${base(isPartner)}/out-trade-no/([^/]+)/close$`),
      at: 'close',
      run: (deps, { merchant, key, body }) => {
        const numbers = readClose(readJson(body), isPartner);
        closeOrder(deps, partyOf(merchant, isPartner, numbers, 'body'), key);
        return { status: 204, body: '' };
      },
    },
  ];
}

function queried(order: Order | undefined): Success {
  if (order === undefined) throw refusals.orderNotExist();
  return success(transactionOf(order));
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

export function success(body: unknown): Success {
  return { status: 200, body: JSON.stringify(body) };
}

export function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw parameterRefusal({ field: '/body', message: '请求正文不是正确的JSON' });
  }
}
