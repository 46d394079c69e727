import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { writeFlatXml } from '../../apps/server/src/modules/channels/flat-xml.ts';
import alipayVectors from '../../apps/server/test/vectors/alipay-keys.json' with { type: 'json' };
import unionPayVectors from '../../apps/server/test/vectors/unionpay-keys.json' with {
  type: 'json',
};
import { notificationOf, type Platform } from './payments-wire.ts';

/** An order as the bench seeded it. */
export interface SeededOrder {
  readonly orderNo: string;
  readonly tradeNo: string;
  readonly amountFen: number;
  /** The transaction as WeChat Pay writes it. */
  readonly body: string;
}

/** A channel as far as the bench plays it: an account of ours, and what its notices look like. */
export interface BenchChannel {
  readonly name: string;
  readonly mchId: string;
  readonly appId: string;
  readonly mode: 'public-key' | 'certificate' | 'secret-key';
  readonly credentials: Readonly<Record<string, string>>;
  /** The key that the adapter looks up by serial, where it does. */
  readonly platformKey?: { readonly serial: string; readonly pem: string };
  /** A signed HTTP request to this address. */
  request(to: Address, order: SeededOrder): Buffer;
}

export interface Address {
  readonly port: number;
  readonly shortCode: string;
  readonly accountNo: number;
}

const alipay = alipayVectors.alipay;
const unionPay = unionPayVectors.unionpay;
const md5Key = '0123456789abcdef0123456789abcdef';
const alipayKey = createPrivateKey(alipay.alipayPrivateKeyPkcs8);
const unionPayKey = createPrivateKey(unionPay.unionpayPrivateKeyPkcs8);

export const alipayChannel: BenchChannel = {
  name: 'alipay',
  mchId: alipay.sellerId,
  appId: alipay.appId,
  mode: 'public-key',
  credentials: {
    privateKeyPem: alipay.appPrivateKeyPkcs8,
    alipayPublicKeyPem: alipay.alipayPublicKeySpki,
  },
  request(to, order) {
    const yuan = (order.amountFen / 100).toFixed(2);
    const said: Record<string, string> = {
      app_id: alipay.appId,
      auth_app_id: alipay.appId,
      buyer_id: '2088102175953034',
      buyer_pay_amount: yuan,
      charset: 'utf-8',
      fund_bill_list: `[{"amount":"${yuan}","fundChannel":"ALIPAYACCOUNT"}]`,
      gmt_create: beijing('-'),
      gmt_payment: beijing('-'),
      invoice_amount: yuan,
      notify_id: createHash('md5').update(order.tradeNo).digest('hex'),
      notify_time: beijing('-'),
      notify_type: 'trade_status_sync',
      out_trade_no: order.orderNo,
      point_amount: '0.00',
      receipt_amount: yuan,
      seller_id: alipay.sellerId,
      subject: '万户新城 1栋1单元 物业费',
      total_amount: yuan,
      trade_no: order.tradeNo,
      trade_status: 'TRADE_SUCCESS',
      version: '1.0',
    };
    const text = joined(said);
    const signature = sign('RSA-SHA256', Buffer.from(text), alipayKey).toString('base64');
    return formPost(to, 'alipay', { ...said, sign: signature, sign_type: 'RSA2' });
  },
};

export const unionPayChannel: BenchChannel = {
  name: 'union-pay',
  mchId: unionPay.merId,
  appId: '',
  mode: 'certificate',
  credentials: {
    privateKeyPem: unionPay.merchantPrivateKeyPkcs8,
    certificatePem: unionPay.merchantCertificate,
    middlePem: unionPay.middleCertificate,
    rootPem: unionPay.rootCertificate,
  },
  request(to, order) {
    const said: Record<string, string> = {
      version: '5.1.0',
      encoding: 'UTF-8',
      signMethod: '01',
      txnType: '01',
      txnSubType: '01',
      bizType: '000201',
      accessType: '0',
      merId: unionPay.merId,
      orderId: order.orderNo,
      txnTime: beijing(''),
      txnAmt: String(order.amountFen),
      currencyCode: '156',
      queryId: order.tradeNo,
      respCode: '00',
      respMsg: '成功[0000000]',
      settleAmt: String(order.amountFen),
      settleCurrencyCode: '156',
      settleDate: beijing('').slice(4, 8),
      traceNo: '000001',
      traceTime: beijing('').slice(4),
      signPubKeyCert: unionPay.unionpayCertificate,
    };
    const hash = createHash('sha256').update(joined(said)).digest('hex');
    const signature = sign('RSA-SHA256', Buffer.from(hash), unionPayKey).toString('base64');
    return formPost(to, 'union-pay', { ...said, signature });
  },
};

export const unionPayQrChannel: BenchChannel = {
  name: 'union-pay-qr',
  mchId: 'QRA000000000001',
  appId: '',
  mode: 'secret-key',
  credentials: { md5Key },
  request(to, order) {
    const said: Record<string, string> = {
      version: '2.0',
      charset: 'UTF-8',
      sign_type: 'MD5',
      status: '0',
      result_code: '0',
      mch_id: 'QRA000000000001',
      nonce_str: createHash('md5').update(order.orderNo).digest('hex'),
      trade_type: 'pay.unionpay.native',
      pay_result: '0',
      transaction_id: order.tradeNo,
      out_trade_no: order.orderNo,
      total_fee: String(order.amountFen),
      fee_type: 'CNY',
      time_end: beijing(''),
    };
    const text = `${joined(said)}&key=${md5Key}`;
    const signature = createHash('md5').update(text).digest('hex').toUpperCase();
    return post(to, 'union-pay-qr', 'text/xml', writeFlatXml({ ...said, sign: signature }));
  },
};

export function wechatChannel(
  signing: { readonly serial: string; readonly pem: string; readonly apiV3Key: string },
  publicPem: string,
  account: { readonly mchId: string; readonly appId: string },
): BenchChannel {
  const { serial, apiV3Key, pem } = signing;
  const platform: Platform = { serial, apiV3Key, key: createPrivateKey(pem) };
  return {
    ...account,
    name: 'wechat-pay',
    mode: 'public-key',
    credentials: { apiV3Key, publicKeyId: serial, publicKeyPem: publicPem, privateKeyPem: pem },
    platformKey: {
      serial,
      pem: createPublicKey(publicPem).export({ type: 'spki', format: 'pem' }).toString(),
    },
    request: (to, { body }) => notificationOf(platform, { ...to, transaction: body }),
  };
}

/** Names in the order of their bytes, values as they are: what all of them sign. */
function joined(fields: Readonly<Record<string, string>>): string {
  const names = Object.keys(fields).sort((a, b) => (a < b ? -1 : 1));
  return names.map((name) => `${name}=${fields[name]}`).join('&');
}

function formPost(to: Address, channel: string, fields: Readonly<Record<string, string>>): Buffer {
  const body = new URLSearchParams(fields).toString();
  return post(to, channel, 'application/x-www-form-urlencoded;charset=utf-8', body);
}

function post(
  { port, shortCode, accountNo }: Address,
  channel: string,
  type: string,
  body: string,
) {
  const head = [
    `POST /notify/${channel}/${shortCode}/${accountNo} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    `Content-Type: ${type}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** The time in Beijing now: 20261125103000, or 2026-11-25 10:30:00 when a mark is given. */
function beijing(mark: '' | '-'): string {
  const text = new Date(Date.now() + 8 * 3_600_000).toISOString();
  return mark === '' ? text.slice(0, 19).replace(/\D/g, '') : text.slice(0, 19).replace('T', ' ');
}
