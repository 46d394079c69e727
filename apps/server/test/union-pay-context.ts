import { createPrivateKey, sign } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { fen } from '@wuye-pay/money';
import type { ChannelContext, Message, Order } from '../src/modules/channels/channel.ts';
import { endpoints } from '../src/modules/channels/union-pay/endpoints.ts';
import { sha256Hex, signText } from '../src/modules/channels/union-pay/sign.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';
import keys from './vectors/unionpay-keys.json' with { type: 'json' };

export const secrets = keys.unionpay;
const unionPayKey = createPrivateKey(secrets.unionpayPrivateKeyPkcs8);

/** The vectors' certificates begin on 2026-11-23, after the times in the vectors. */
export const startsAt = '2026-12-01T02:00:00Z';

export const order: Order = {
  product: 'native',
  orderNo: 'DEMO0000000000000000000000000001',
  amountFen: fen(254_70),
  description: '示例花园 3-1201 物业费 & 水费 {2026}',
  payerIp: '203.0.113.7',
  returnUrl: 'https://pay.example.com/q/demo/return',
  requestedAt: new Date('2026-12-01T02:00:00.750Z'),
  expiresAt: new Date('2026-12-01T02:05:00Z'),
};

export interface TestContext extends ChannelContext {
  readonly clock: FakeClock;
  readonly messages: Message[];
}

/** The vectors' merchant, without a database. */
export function unionPayContext(changes: Partial<ChannelContext> = {}): TestContext {
  const messages: Message[] = [];
  return {
    account: {
      companyId: '',
      id: '0190a000-0000-7000-8000-000000000001',
      number: 1,
      channel: 'union-pay',
      name: '',
      mchId: secrets.merId,
      appId: '',
      subMchId: null,
      subAppId: null,
      endpoints: { ...endpoints },
      mode: 'certificate',
      state: 'active',
    },
    notifyUrl: 'https://pay.example.com/notify/union-pay/demo/1',
    credentials: {
      privateKeyPem: secrets.merchantPrivateKeyPkcs8,
      certificatePem: secrets.merchantCertificate,
      middlePem: secrets.middleCertificate,
      rootPem: secrets.rootCertificate,
    },
    previousCredentials: undefined,
    signingKey: createPrivateKey(secrets.merchantPrivateKeyPkcs8),
    knownKey: () => undefined,
    findKey: async () => undefined,
    messages,
    record: async (message) => {
      messages.push(message);
    },
    ...changes,
    clock: fakeClock(startsAt),
  };
}

/** Fields as the gateway signs them. */
export function signedByUnionPay(fields: Readonly<Record<string, string>>): Record<string, string> {
  const said = { ...fields, signMethod: '01', signPubKeyCert: secrets.unionpayCertificate };
  const hash = Buffer.from(sha256Hex(signText(said)));
  return { ...said, signature: sign('RSA-SHA256', hash, unionPayKey).toString('base64') };
}

type Sent = Readonly<Record<string, string>>;

export interface Gateway {
  readonly url: string;
  readonly sent: { readonly path: string; readonly fields: Sent }[];
  /** What it says from now on: fields over those of the request, signed; or its raw words. */
  answer(say: (sent: Sent) => Sent | { readonly raw: string; readonly status?: number }): void;
  close(): Promise<void>;
}

/** A gateway that repeats what it is asked, says what a test wants, and signs it. */
export async function startGateway(): Promise<Gateway> {
  const sent: Gateway['sent'] = [];
  let say: Parameters<Gateway['answer']>[0] = () => ({ respCode: '00' });
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      const { signature: _, certId: __, ...fields } = Object.fromEntries(new URLSearchParams(body));
      sent.push({ path: request.url ?? '', fields });
      const said = say(fields);
      if ('raw' in said) {
        response.statusCode = Number((said as { status?: number }).status ?? 200);
        response.end(String(said.raw));
        return;
      }
      const line = Object.entries(signedByUnionPay({ ...fields, ...said }));
      response.end(line.map(([name, value]) => `${name}=${value}`).join('&'));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    sent,
    answer: (next) => {
      say = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

/** The vectors' merchant, at a gateway of a test. */
export function contextAt(gateway: Gateway): TestContext {
  const base = unionPayContext();
  const endpointsThere = {
    gateway: gateway.url,
    front: 'https://front.example.com/f.do',
    file: `${gateway.url}/`,
  };
  return { ...base, account: { ...base.account, endpoints: endpointsThere } };
}
