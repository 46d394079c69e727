import {
  createHash,
  createPublicKey,
  createSign,
  createVerify,
  generateKeyPairSync,
  X509Certificate,
} from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import iconv from 'iconv-lite';
import { type SimulatorOptions, startSimulator } from '../src/simulator.ts';
import { controlOf } from './merchant.ts';

/** A merchant with its own reading of the protocol: it shares no code with the simulator. */
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });

export const APP_ID = '2021000000000001';
export const SELLER_ID = '2088000000000001';

export type Row = Record<string, unknown>;
export type Answer = { status: number; text: string; value: Row; isSigned: boolean; key: string };
export type Notice = { form: URLSearchParams; isSigned: boolean };

/** Starts a simulator with one registered application and a place that hears notifications. */
export async function startAlipay(options: Partial<SimulatorOptions> & { mode?: string } = {}) {
  const { mode = 'key', ...simulated } = options;
  const receiver = await startReceiver();
  const simulator = await startSimulator({
    port: 0,
    host: '127.0.0.1',
    answerTimeoutMs: 2_000,
    ...simulated,
  });
  const control = controlOf(simulator.url);
  const registered = (await control('POST', 'alipay/merchants', registration({ mode }))).json;
  const merchant = merchantOf(simulator.url, registered, receiver.url);
  receiver.verifyWith(() => merchant.alipayKey());
  const close = async () => {
    await simulator.close();
    await receiver.close();
  };
  return { simulator, receiver, control, registered, ...merchant, close };
}

export function registration(changes: Row = {}): Row {
  return {
    appId: APP_ID,
    sellerId: SELLER_ID,
    name: '幸福物业',
    mode: 'key',
    appPublicKeyPem: keys.publicKey.export({ type: 'spki', format: 'pem' }),
    redirectHosts: ['pay.example.com'],
    ...changes,
  };
}

export function merchantOf(url: string, given: Row, notifyUrl: string) {
  let alipayPem = String(given.alipayCertificatePem ?? given.alipayPublicKeyPem);
  const alipayKey = () => alipayPem;
  const signed = (method: string, fields: Row, at = Date.now(), changes: Row = {}) => {
    const isOauth = method === 'alipay.system.oauth.token';
    const certificates =
      given.mode === 'certificate'
        ? { app_cert_sn: given.appCertSn, alipay_root_cert_sn: given.alipayRootCertSn }
        : {};
    const params: Row = {
      app_id: APP_ID,
      method,
      charset: 'utf-8',
      sign_type: 'RSA2',
      timestamp: beijing(at),
      version: '1.0',
      ...certificates,
      ...(isOauth ? fields : { notify_url: notifyUrl, biz_content: JSON.stringify(fields) }),
      ...changes,
    };
    const text = Object.entries(params)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${String(value)}`)
      .join('&');
    const sign = createSign('RSA-SHA256').update(text).sign(keys.privateKey, 'base64');
    return new URLSearchParams({ ...params, sign } as Record<string, string>);
  };
  /** A form in another charset: signed over its bytes, percent-encoded byte by byte. */
  const signedIn = (charset: string, method: string, biz: string) => {
    const params: Record<string, string> = {
      app_id: APP_ID,
      biz_content: biz,
      charset,
      method,
      sign_type: 'RSA2',
      timestamp: beijing(Date.now()),
      version: '1.0',
    };
    const text = Object.entries(params).map(([name, value]) => `${name}=${value}`);
    const bytes = iconv.encode(text.join('&'), charset);
    const sign = createSign('RSA-SHA256').update(bytes).sign(keys.privateKey, 'base64');
    return Object.entries({ ...params, sign })
      .map(([name, value]) => {
        const hex = iconv.encode(value, charset).toString('hex').toUpperCase();
        return `${name}=${hex.replace(/../g, '%$&')}`;
      })
      .join('&');
  };
  const send = async (params: URLSearchParams) => {
    const answer = await fetch(`${url}/gateway.do`, { method: 'POST', body: params });
    return readAnswer(answer.status, await answer.text(), alipayPem);
  };
  const call = (method: string, fields: Row, at?: number, changes?: Row) =>
    send(signed(method, fields, at, changes));
  const order = (outTradeNo: string, changes: Row = {}): Row => ({
    out_trade_no: outTradeNo,
    total_amount: '1280.50',
    subject: '物业费 3号楼2单元501 100%+税',
    ...changes,
  });
  return {
    alipayKey,
    trust: (pem: string) => {
      alipayPem = pem;
    },
    signed,
    signedIn,
    send,
    call,
    order,
    pageUrl: (method: string, fields: Row, changes: Row = {}) =>
      `${url}/gateway.do?${signed(method, fields, Date.now(), changes).toString()}`,
    create: (outTradeNo: string, changes: Row = {}) =>
      call('alipay.trade.create', order(outTradeNo, { buyer_id: '2088102146225135', ...changes })),
    precreate: (outTradeNo: string, changes: Row = {}) =>
      call('alipay.trade.precreate', order(outTradeNo, changes)),
    query: (outTradeNo: string) => call('alipay.trade.query', { out_trade_no: outTradeNo }),
    refund: (outTradeNo: string, amount: string, outRequestNo?: string) =>
      call('alipay.trade.refund', {
        out_trade_no: outTradeNo,
        refund_amount: amount,
        ...(outRequestNo ? { out_request_no: outRequestNo } : {}),
      }),
    refundQuery: (outTradeNo: string, outRequestNo: string) =>
      call('alipay.trade.fastpay.refund.query', {
        out_trade_no: outTradeNo,
        out_request_no: outRequestNo,
        query_options: ['gmt_refund_pay'],
      }),
  };
}

/** Finds the reply object in the raw text, as it came, and checks what it is signed with. */
export function readAnswer(status: number, text: string, pem: string): Answer {
  const key = /"(\w+_response)":/.exec(text)?.[1] ?? '';
  if (key === '') return { status, text, value: {}, isSigned: false, key };
  const from = text.indexOf(`"${key}":`) + key.length + 3;
  const raw = objectAt(text, from);
  const sign = /"sign":"([^"]+)"/.exec(text.slice(0, from) + text.slice(from + raw.length))?.[1];
  const isSigned =
    sign !== undefined &&
    createVerify('RSA-SHA256').update(raw).verify(publicKey(pem), sign, 'base64');
  return { status, text, value: JSON.parse(raw) as Row, isSigned, key };
}

function objectAt(text: string, from: number): string {
  let depth = 0;
  let inString = false;
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (inString && sign === '\\') at += 1;
    else if (sign === '"') inString = !inString;
    else if (!inString && sign === '{') depth += 1;
    else if (!inString && sign === '}') depth -= 1;
    if (depth === 0) return text.slice(from, at + 1);
  }
  return '';
}

/** Is what Alipay sent to a merchant's address signed? Neither sign nor sign_type is covered. */
export function isSignedForm(form: URLSearchParams, pem: string): boolean {
  const text = [...form]
    .filter(([name]) => name !== 'sign' && name !== 'sign_type')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const verify = createVerify('RSA-SHA256').update(text);
  return verify.verify(publicKey(pem), form.get('sign') ?? '', 'base64');
}

/** Alipay's serial number of a certificate, read from the text that Node gives. */
export function snOf(pem: string): string {
  const { issuer, serialNumber } = new X509Certificate(pem);
  const name = issuer.split('\n').reverse().join(',');
  const text = name + BigInt(`0x${serialNumber}`).toString();
  return createHash('md5').update(text).digest('hex');
}

export function beijing(at: number): string {
  return new Date(at + 8 * 3600_000).toISOString().slice(0, 19).replace('T', ' ');
}

function publicKey(pem: string) {
  return pem.includes('CERTIFICATE') ? new X509Certificate(pem).publicKey : createPublicKey(pem);
}

async function startReceiver() {
  const notices: Notice[] = [];
  const answers: string[] = [];
  let keyOf = () => '';
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      notices.push({ form, isSigned: isSignedForm(form, keyOf()) });
      response.end(answers.shift() ?? 'success');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify/alipay?tenant=1`,
    notices,
    verifyWith: (key: () => string) => {
      keyOf = key;
    },
    answerWith: (...next: string[]) => void answers.push(...next),
    clear: () => {
      notices.length = 0;
      answers.length = 0;
    },
    heard: async (count: number) => {
      const until = Date.now() + 5_000;
      while (notices.length < count && Date.now() < until) await sleep(10);
      if (notices.length !== count) throw new Error(`${notices.length} notices, not ${count}`);
      return notices;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
