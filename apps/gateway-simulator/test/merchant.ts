import {
  createDecipheriv,
  createPublicKey,
  createSign,
  createVerify,
  generateKeyPairSync,
  randomBytes,
  X509Certificate,
} from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type SimulatorOptions, startSimulator } from '../src/simulator.ts';

/** A merchant with its own reading of the protocol: it shares no code with the simulator. */
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const otherKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });

export const MCHID = '1900000109';
export const APPID = 'wxd678efh567hg6787';
export const SECRET = 'app-secret-of-the-merchant';
export const API_V3_KEY = '0123456789abcdef0123456789abcdef';
const SERIAL = '5B1C7D2A9E3F4C60718293A4B5C6D7E8F9010203';

export type Notice = { headers: IncomingHttpHeaders; body: string };
type Row = Record<string, unknown>;

export type Answer = { status: number; headers: Headers; text: string; json: Row };

/** Starts a simulator with one registered merchant and a place that hears notifications. */
export async function startScene(options: Partial<SimulatorOptions> = {}) {
  const receiver = await startReceiver();
  const simulator = await startSimulator({
    port: 0,
    host: '127.0.0.1',
    answerTimeoutMs: 2_000,
    ...options,
  });
  const control = controlOf(simulator.url);
  const registered = await control('POST', 'wechat-pay/merchants', registration());
  const merchant = merchantOf(simulator.url, receiver.url);
  const close = async () => {
    await simulator.close();
    await receiver.close();
  };
  return { simulator, receiver, control, registered: registered.json, ...merchant, close };
}

export function registration(changes: Row = {}): Row {
  return {
    mchid: MCHID,
    appid: APPID,
    appSecret: SECRET,
    apiV3Key: API_V3_KEY,
    merchantSerialNo: SERIAL,
    merchantPublicKeyPem: keys.publicKey.export({ type: 'spki', format: 'pem' }),
    name: '幸福物业',
    mode: 'certificate',
    redirectHosts: ['pay.example.com'],
    ...changes,
  };
}

export function controlOf(url: string) {
  return async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const headers = { 'content-type': 'application/json' };
    const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
    return read(await fetch(`${url}/control/${path}`, init));
  };
}

export type Signing = {
  headers?: Record<string, string>;
  /** Seconds that the clock of the merchant is off. */
  skew?: number;
  /** Signs with a key that is not the merchant's. */
  forge?: boolean;
  /** Signs another body than the one it sends. */
  signedBody?: string;
  authorization?: string;
};

export function merchantOf(url: string, notifyUrl: string) {
  const call = async (method: string, path: string, body?: unknown, signing: Signing = {}) => {
    const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
    const authorization = signing.authorization ?? authorize(method, path, text, signing);
    const headers: Record<string, string> = {
      accept: 'application/json',
      'user-agent': 'test',
      authorization,
      ...(text === '' ? {} : { 'content-type': 'application/json' }),
      ...signing.headers,
    };
    const init = text === '' ? { method, headers } : { method, headers, body: text };
    return read(await fetch(url + path, init));
  };
  /** A signed GET whose answer is left as it came. */
  const fetchSigned = (path: string) =>
    fetch(url + path, {
      headers: {
        accept: '*/*',
        'user-agent': 'test',
        authorization: authorize('GET', path, '', {}),
      },
    });
  const openid = async (user = 1) => {
    const path = `/connect/oauth2/authorize?appid=${APPID}&redirect_uri=${encodeURIComponent('https://pay.example.com/cb')}&response_type=code&scope=snsapi_base&state=s`;
    const hop = await fetch(url + path, {
      redirect: 'manual',
      headers: { cookie: `sim_user=${user}` },
    });
    const code = new URL(hop.headers.get('location') ?? '').searchParams.get('code');
    const token = `/sns/oauth2/access_token?appid=${APPID}&secret=${SECRET}&code=${code}&grant_type=authorization_code`;
    return String(((await (await fetch(url + token)).json()) as Row).openid);
  };
  const order = async (outTradeNo: string, changes: Row = {}): Promise<Row> => ({
    appid: APPID,
    mchid: MCHID,
    description: '物业费 3号楼2单元501',
    out_trade_no: outTradeNo,
    notify_url: notifyUrl,
    amount: { total: 254_70, currency: 'CNY' },
    payer: { openid: await openid() },
    ...changes,
  });
  const prepay = async (outTradeNo: string, changes: Row = {}, signing: Signing = {}) =>
    call('POST', '/v3/pay/transactions/jsapi', await order(outTradeNo, changes), signing);
  const query = (outTradeNo: string) =>
    call('GET', `/v3/pay/transactions/out-trade-no/${outTradeNo}?mchid=${MCHID}`);
  const closeOrder = (outTradeNo: string) =>
    call('POST', `/v3/pay/transactions/out-trade-no/${outTradeNo}/close`, { mchid: MCHID });
  return { call, fetchSigned, openid, order, prepay, query, closeOrder };
}

function authorize(method: string, path: string, body: string, signing: Signing): string {
  const timestamp = Math.floor(Date.now() / 1000) + (signing.skew ?? 0);
  const nonce = randomBytes(16).toString('hex');
  const message = `${[method, path, timestamp, nonce, signing.signedBody ?? body].join('\n')}\n`;
  const key = signing.forge ? otherKeys.privateKey : keys.privateKey;
  const signature = createSign('RSA-SHA256').update(message).sign(key, 'base64');
  return `WECHATPAY2-SHA256-RSA2048 mchid="${MCHID}",nonce_str="${nonce}",signature="${signature}",timestamp="${timestamp}",serial_no="${SERIAL}"`;
}

/** Signs as the merchant does. */
export function signText(text: string): string {
  return createSign('RSA-SHA256').update(text).sign(keys.privateKey, 'base64');
}

export function paySign(prepayId: string, appId = APPID) {
  const timeStamp = String(Math.floor(Date.now() / 1000));
  const parameters = { appId, timeStamp, nonceStr: 'n0nce', package: `prepay_id=${prepayId}` };
  const message = `${Object.values(parameters).join('\n')}\n`;
  const signature = createSign('RSA-SHA256').update(message).sign(keys.privateKey, 'base64');
  return { ...parameters, signType: 'RSA', paySign: signature };
}

/** Is this answer or notification signed by the holder of the key? */
export function isSigned(signed: Notice | Answer, keyOrCertificatePem: string): boolean {
  const header = (name: string) =>
    signed.headers instanceof Headers
      ? (signed.headers.get(name) ?? '')
      : String(signed.headers[name] ?? '');
  const body = 'text' in signed ? signed.text : signed.body;
  const message = `${header('wechatpay-timestamp')}\n${header('wechatpay-nonce')}\n${body}\n`;
  const key = keyOrCertificatePem.includes('CERTIFICATE')
    ? new X509Certificate(keyOrCertificatePem).publicKey
    : createPublicKey(keyOrCertificatePem);
  return createVerify('RSA-SHA256')
    .update(message)
    .verify(key, header('wechatpay-signature'), 'base64');
}

export function decrypt(resource: Row, key = API_V3_KEY): string {
  const bytes = Buffer.from(String(resource.ciphertext), 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, String(resource.nonce));
  decipher.setAAD(Buffer.from(String(resource.associated_data)));
  decipher.setAuthTag(bytes.subarray(-16));
  return decipher.update(bytes.subarray(0, -16), undefined, 'utf8') + decipher.final('utf8');
}

/** The transaction inside a notification; throws when it cannot be decrypted. */
export function transactionIn(notice: Notice | undefined): Row {
  const body = JSON.parse(notice?.body ?? '{}') as { resource: Row };
  return JSON.parse(decrypt(body.resource)) as Row;
}

async function startReceiver() {
  const notices: Notice[] = [];
  const answers: number[] = [];
  let delayMs = 0;
  let underWay = 0;
  let mostAtOnce = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    underWay += 1;
    mostAtOnce = Math.max(mostAtOnce, underWay);
    response.on('close', () => {
      underWay -= 1;
    });
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      notices.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      setTimeout(() => response.writeHead(answers.shift() ?? 204).end(), delayMs);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify/wechat`,
    notices,
    /** Statuses of the next answers; 204 when none is left. */
    answerWith: (...statuses: number[]) => void answers.push(...statuses),
    answerAfter: (ms: number) => {
      delayMs = ms;
    },
    mostAtOnce: () => mostAtOnce,
    clear: () => {
      mostAtOnce = 0;
      notices.length = 0;
      answers.length = 0;
      delayMs = 0;
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

async function read(answer: Response): Promise<Answer> {
  const text = await answer.text();
  let json: Row = {};
  try {
    json = JSON.parse(text) as Row;
  } catch {
    // Empty and unparsable answers are looked at as text.
  }
  return { status: answer.status, headers: answer.headers, text, json };
}
