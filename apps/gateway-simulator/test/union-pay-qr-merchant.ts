import { createHash, randomUUID } from 'node:crypto';
import { type SimulatorOptions, startSimulator } from '../src/simulator.ts';
import { type Fields, type Row, startFormReceiver } from './union-pay-merchant.ts';

/** A merchant of the XML access with its own reading of the protocol. */
export const MCH_ID = 'QRA290454111';

export type QrScene = Awaited<ReturnType<typeof startQrScene>>;

export async function startQrScene(options: Partial<SimulatorOptions> = {}) {
  const receiver = await startFormReceiver();
  receiver.answerAlways(200, 'success');
  const simulator = await startSimulator({ port: 0, host: '127.0.0.1', ...options });
  const control = async (method: string, path: string, body?: unknown) => {
    const json = { 'content-type': 'application/json' };
    const init =
      body === undefined ? { method } : { method, headers: json, body: JSON.stringify(body) };
    const answer = await fetch(`${simulator.url}/control/${path}`, init);
    return { status: answer.status, json: (await answer.json()) as Row };
  };
  const redirectHosts = ['pay.example.com'];
  const merchant = { mchid: MCH_ID, name: '幸福物业', redirectHosts };
  const key = String((await control('POST', 'union-pay-qr/merchants', merchant)).json.key);
  const send = async (xml: string) => {
    const answer = await fetch(`${simulator.url}/pay/gateway`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body: xml,
    });
    const text = await answer.text();
    return { status: answer.status, text, fields: parseXml(text) };
  };
  const call = (service: string, fields: Fields = {}, signingKey = key) => {
    const all: Fields = {
      service,
      version: '2.0',
      charset: 'UTF-8',
      sign_type: 'MD5',
      mch_id: MCH_ID,
      nonce_str: randomUUID(),
      ...fields,
    };
    return send(xmlOf({ ...all, sign: md5(all, signingKey) }));
  };
  const userAuth = async (user: number) => {
    const back = encodeURIComponent('https://pay.example.com/cb/unionpay?state=a%2Bb');
    const path = `/qrcGtwWeb-web/api/userAuth?version=1.0.0&redirectUrl=${back}`;
    const headers = { cookie: `sim_user=${user}` };
    const hop = await fetch(simulator.url + path, { redirect: 'manual', headers });
    return new URL(hop.headers.get('location') ?? '').searchParams;
  };
  const userId = async (user: number) => {
    const code = (await userAuth(user)).get('userAuthCode') ?? '';
    const { fields } = await call('pay.unionpay.userid', {
      user_auth_code: code,
      app_up_identifier: 'UnionPay/1.0 CloudPay',
    });
    return fields.user_id ?? '';
  };
  const jspay = async (outTradeNo: string, changes: Fields = {}) =>
    call('pay.unionpay.jspay', {
      out_trade_no: outTradeNo,
      body: '物业费 3号楼2单元501',
      user_id: await userId(1),
      total_fee: '25470',
      mch_create_ip: '127.0.0.1',
      customer_ip: '127.0.0.1',
      notify_url: receiver.url,
      callback_url: 'https://pay.example.com/done?p=1',
      ...changes,
    });
  const query = async (outTradeNo: string) =>
    (await call('unified.trade.query', { out_trade_no: outTradeNo })).fields;
  const paid = async (outTradeNo: string, changes: Fields = {}) => {
    await jspay(outTradeNo, changes);
    await control('POST', 'union-pay-qr/pay', { outTradeNo });
  };
  const close = async () => {
    await simulator.close();
    await receiver.close();
  };
  const tools = { call, send, control, userAuth, userId, jspay, query, paid, close };
  return { simulator, receiver, key, ...tools };
}

export function md5(fields: Fields, key: string): string {
  const text = Object.entries(fields)
    .filter(([name, value]) => name !== 'sign' && value !== '')
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return createHash('md5').update(`${text}&key=${key}`).digest('hex').toUpperCase();
}

export function xmlOf(fields: Fields): string {
  const parts = Object.entries(fields).map(
    ([name, value]) => `<${name}>${escaped(value)}</${name}>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<xml>${parts.join('')}</xml>`;
}

export function parseXml(text: string): Fields {
  const parts = text.matchAll(/<(\w+)><!\[CDATA\[([\s\S]*?)\]\]><\/\1>/g);
  return Object.fromEntries([...parts].map(([, name, value]) => [name, value])) as Fields;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
