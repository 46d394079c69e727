import {
  createHash,
  createPrivateKey,
  createSign,
  createVerify,
  generateKeyPairSync,
  X509Certificate,
} from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type SimulatorOptions, startSimulator } from '../src/simulator.ts';

/** A merchant of UnionPay with its own reading of the protocol. */
export const MER_ID = '777290058110048';
export const SECURE_MER_ID = '777290058110049';
export const SECRET = 'shared-secret-of-the-merchant';

export type Row = Record<string, unknown>;
export type Fields = Record<string, string>;
export type Scene = Awaited<ReturnType<typeof startUnionPayScene>>;

const otherKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const DAY_MS = 86_400_000;

export async function startUnionPayScene(options: Partial<SimulatorOptions> = {}) {
  const receiver = await startFormReceiver();
  const simulator = await startSimulator({ port: 0, host: '127.0.0.1', ...options });
  const control = async (method: string, path: string, body?: unknown) => {
    const json = { 'content-type': 'application/json' };
    const init =
      body === undefined ? { method } : { method, headers: json, body: JSON.stringify(body) };
    const answer = await fetch(`${simulator.url}/control/${path}`, init);
    return { status: answer.status, json: (await answer.json()) as Row };
  };
  const ours = await control('POST', 'union-pay/merchants', { merId: MER_ID, name: '幸福物业' });
  const registered = ours.json as Fields;
  await control('POST', 'union-pay/merchants', {
    merId: SECURE_MER_ID,
    name: '安居物业',
    secureKey: SECRET,
  });
  let offsetMs = 0;
  /** Moves the clock of the simulator and this merchant's with it. */
  const advance = async (advanceMs: number) => {
    await control('POST', 'clock', { advanceMs });
    offsetMs += advanceMs;
  };
  const now = () => (options.startAt ?? Date.now()) + offsetMs;
  const sign = (fields: Fields, key = createPrivateKey(registered.merchantPrivateKeyPem ?? '')) => {
    const text = textOf({ ...fields, certId: registered.certId ?? '', signMethod: '01' });
    const digest = createHash('sha256').update(text).digest('hex');
    return createSign('RSA-SHA256').update(digest).sign(key, 'base64');
  };
  const base = () => ({
    version: '5.1.0',
    encoding: 'UTF-8',
    certId: registered.certId ?? '',
    signMethod: '01',
    accessType: '0',
    merId: MER_ID,
    txnTime: beijing(now()),
  });
  const signedFields = (fields: Fields, forge = false): Fields => {
    const all: Fields = { ...base(), ...fields };
    return { ...all, signature: forge ? sign(all, otherKey) : sign(all) };
  };
  const post = async (path: string, fields: Fields) => {
    const answer = await fetch(simulator.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' },
      body: new URLSearchParams(fields).toString(),
      redirect: 'manual',
    });
    const text = await answer.text();
    return { status: answer.status, text, fields: parseLine(text) };
  };
  const call = (path: string, fields: Fields, forge = false) =>
    post(path, signedFields(fields, forge));
  const back = (fields: Fields) => call('/gateway/api/backTransReq.do', fields);
  const order = (orderId: string, changes: Fields = {}): Fields => ({
    txnType: '01',
    txnSubType: '07',
    bizType: '000000',
    channelType: '08',
    orderId,
    txnAmt: '128050',
    currencyCode: '156',
    backUrl: receiver.url,
    ...changes,
  });
  const bankOrder = (orderId: string, changes: Fields = {}): Fields =>
    order(orderId, {
      txnSubType: '01',
      bizType: '000201',
      channelType: '07',
      frontUrl: 'https://pay.example.com/return/unionpay',
      riskRateInfo: '{commodityName=物业费}',
      ...changes,
    });
  const query = (orderId: string, txnTime: string, changes: Fields = {}) =>
    call('/gateway/api/queryTrans.do', {
      txnType: '00',
      txnSubType: '00',
      bizType: '000000',
      orderId,
      txnTime,
      ...changes,
    });
  const refund = (orderId: string, origQryId: string, changes: Fields = {}) =>
    back({
      txnType: '04',
      txnSubType: '00',
      bizType: '000000',
      channelType: '08',
      orderId,
      origQryId,
      txnAmt: '28050',
      backUrl: receiver.url,
      ...changes,
    });
  /** Places a QR order and lets the payer pay it. */
  const paid = async (orderId: string, changes: Fields = {}) => {
    const fields = order(orderId, { txnTime: beijing(now()), ...changes });
    await back(fields);
    const { json } = await control('POST', 'union-pay/pay', { outTradeNo: orderId });
    return { txnTime: fields.txnTime ?? '', queryId: String(json.queryId) };
  };
  const close = async () => {
    await simulator.close();
    await receiver.close();
  };
  return {
    simulator,
    receiver,
    control,
    registered,
    advance,
    now,
    signedFields,
    post,
    call,
    back,
    order,
    bankOrder,
    query,
    refund,
    paid,
    close,
  };
}

export function beijing(atMs: number): string {
  return new Date(atMs + 8 * 3_600_000).toISOString().slice(0, 19).replace(/\D/g, '');
}

export function textOf(fields: Fields): string {
  return Object.entries(fields)
    .filter(([name, value]) => name !== 'signature' && value !== '')
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** A line of the gateway: `&` and `=` inside brackets belong to the value. */
export function parseLine(line: string): Fields {
  const fields: Fields = {};
  let depth = 0;
  let start = 0;
  const take = (end: number) => {
    const [name = '', ...rest] = line.slice(start, end).split('=');
    if (name !== '') fields[name] = rest.join('=');
    start = end + 1;
  };
  for (let index = 0; index < line.length; index += 1) {
    const sign = line[index] ?? '';
    if ('{['.includes(sign)) depth += 1;
    if ('}]'.includes(sign)) depth -= 1;
    if (sign === '&' && depth === 0) take(index);
  }
  take(line.length);
  return fields;
}

/** Why a message of UnionPay is not to be believed; empty when it is. */
export function distrust(fields: Fields, registered: Fields, nowMs: number): string {
  const pem = fields.signPubKeyCert ?? '';
  if (!pem.includes('CERTIFICATE')) return 'no certificate';
  const certificate = new X509Certificate(pem);
  const middle = new X509Certificate(registered.middleCertificatePem ?? '');
  const root = new X509Certificate(registered.rootCertificatePem ?? '');
  if (!certificate.verify(middle.publicKey) || !middle.verify(root.publicKey)) return 'chain';
  if (Date.parse(certificate.validTo) < nowMs - DAY_MS) return 'expired';
  const commonName = /CN=(.+)/.exec(certificate.subject)?.[1] ?? '';
  if (commonName.split('@')[2] !== '中国银联股份有限公司') return 'name';
  const digest = createHash('sha256').update(textOf(fields)).digest('hex');
  const verify = createVerify('RSA-SHA256').update(digest);
  return verify.verify(certificate.publicKey, fields.signature ?? '', 'base64') ? '' : 'signature';
}

/** Hears forms and answers them; 200 when nothing else is asked for. */
export async function startFormReceiver() {
  const bodies: string[] = [];
  const answers: { status: number; text: string }[] = [];
  let usual = { status: 200, text: 'ok' };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString());
      const { status, text } = answers.shift() ?? usual;
      response.writeHead(status).end(text);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify/unionpay`,
    bodies,
    forms: () => bodies.map((body) => Object.fromEntries(new URLSearchParams(body)) as Fields),
    answerWith: (...statuses: number[]) =>
      void answers.push(...statuses.map((status) => ({ status, text: '' }))),
    answerAlways: (status: number, text: string) => {
      usual = { status, text };
    },
    heard: async (count: number) => {
      const until = Date.now() + 5_000;
      while (bodies.length < count && Date.now() < until) await sleep(10);
      if (bodies.length !== count) throw new Error(`${bodies.length} notices, not ${count}`);
    },
    clear: () => {
      bodies.length = 0;
      answers.length = 0;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
