import { generateKeyPairSync } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { fen } from '@wuye-pay/money';
import type { ChannelContext, Message, Order, OrderRef } from '../src/modules/channels/channel.ts';
import { readFlatXml, writeFlatXml } from '../src/modules/channels/flat-xml.ts';
import { endpoints } from '../src/modules/channels/union-pay-qr/endpoints.ts';
import { type Fields, signatureOf } from '../src/modules/channels/union-pay-qr/sign.ts';
import { fakeClock } from './fake-clock.ts';

export const md5Key = '0123456789abcdef0123456789abcdef';
export const mchId = 'QRA000000000001';
/** This channel signs with the secret alone. */
const unusedKey = generateKeyPairSync('ed25519').privateKey;

export const order: Order = {
  product: 'jsapi',
  orderNo: 'DEMO0000000000000000000000000002',
  amountFen: fen(254_70),
  description: '示例花园 3-1201 <物业费> & 水费 ]]>',
  payerOpenId: 'Ab+/cd==',
  payerIp: '203.0.113.7',
  returnUrl: 'https://pay.example.com/q/demo/return',
  requestedAt: new Date('2026-12-01T02:00:00Z'),
  expiresAt: new Date('2026-12-01T02:05:00Z'),
};
export const ref: OrderRef = { ...order, tradeNo: null };
/** What the gateway says of the order when it is paid. */
export const paid = {
  out_trade_no: order.orderNo,
  transaction_id: 'QRA2026120100000001',
  total_fee: '25470',
  fee_type: 'CNY',
  time_end: '20261201100130',
  pay_result: '0',
};

export function signedXml(fields: Fields, key = md5Key): string {
  return writeFlatXml({ ...fields, sign: signatureOf(fields, key) });
}

/** Fields that are added to a signed success, or raw words. */
export type Said = Fields | { readonly raw: string; readonly status?: number };

/** A gateway that says what a test wants and signs it. */
export async function startQrGateway() {
  const sent: Fields[] = [];
  let say: Said = {};
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      sent.push(readFlatXml(body) ?? {});
      if ('raw' in say) response.statusCode = Number((say as { status?: number }).status ?? 200);
      const success = { status: '0', result_code: '0', mch_id: mchId, nonce_str: 'n' };
      response.end('raw' in say ? String(say.raw) : signedXml({ ...success, ...say }));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pay/gateway`;
  return {
    sent,
    answer: (next: Said) => {
      say = next;
    },
    context: (changes: Partial<ChannelContext> = {}) => contextAt(url, changes),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function contextAt(url: string, changes: Partial<ChannelContext>) {
  const messages: Message[] = [];
  const context: ChannelContext = {
    account: {
      companyId: '',
      id: '0190a000-0000-7000-8000-000000000002',
      number: 2,
      channel: 'union-pay-qr',
      name: '',
      mchId,
      appId: '',
      subMchId: null,
      subAppId: null,
      endpoints: { ...endpoints, gateway: url },
      mode: 'secret-key',
      state: 'active',
    },
    notifyUrl: 'https://pay.example.com/notify/union-pay-qr/demo/2',
    credentials: { md5Key },
    previousCredentials: undefined,
    signingKey: unusedKey,
    clock: fakeClock('2026-12-01T02:00:00Z'),
    knownKey: () => undefined,
    findKey: async () => undefined,
    record: async (message) => {
      messages.push(message);
    },
  };
  return { ...context, ...changes, messages };
}
