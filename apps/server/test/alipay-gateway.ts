import { createPrivateKey, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readForm } from '../src/modules/channels/alipay/notify.ts';
import { signText, textToSign } from '../src/modules/channels/alipay/sign.ts';
import type { ChannelContext } from '../src/modules/channels/channel.ts';
import { alipayContext, alipayKeys } from './alipay-context.ts';

const alipayKey = createPrivateKey(alipayKeys.alipayPrivateKeyPkcs8);

export interface Heard {
  readonly method: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly content: Readonly<Record<string, unknown>>;
}

type Answer = object | string;

/** An answer as the gateway writes it, signed. @param key of the channel's */
export function answerOf(method: string, said: Answer, key: KeyObject = alipayKey): string {
  const value = typeof said === 'string' ? said : JSON.stringify(said);
  const name = `${method.replaceAll('.', '_')}_response`;
  return `{"${name}":${value},"sign":"${signText(value, key)}"}`;
}

export const success = (said: object) => ({ code: '10000', msg: 'Success', ...said });
export const failure = (subCode: string, code = '40004') => ({
  code,
  msg: 'Business Failed',
  sub_code: subCode,
  sub_msg: '业务处理失败',
});

/** A gateway that gives prepared answers, one a call, and remembers what it was asked. */
export async function startGateway() {
  const heard: Heard[] = [];
  const answers: (Answer | ((heard: Heard) => string))[] = [];
  const files = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      const file = files.get(request.url ?? '');
      response.writeHead(file ? 200 : 403).end(file);
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const query = request.url?.split('?')[1] ?? '';
      const form = readForm(`${query}&${Buffer.concat(chunks).toString()}`.replace(/&$/, '')) ?? {};
      const { method = '', biz_content: content = '{}', ...parameters } = form;
      const one = { method, parameters, content: contentOf(content) };
      heard.push(one);
      const next = answers.shift() ?? failure('ACQ.SYSTEM_ERROR', '20000');
      response.end(typeof next === 'function' ? next(one) : answerOf(method, next));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    heard,
    /** What a GET of an address brings; all others are refused. */
    files,
    /** Takes the next answers; whatever was left of earlier ones is forgotten. */
    willAnswer(...next: (Answer | ((heard: Heard) => string))[]) {
      answers.splice(0, answers.length, ...next);
      heard.length = 0;
    },
    contextOf(changes: Partial<ChannelContext> = {}) {
      const context = alipayContext('public-key', changes);
      const endpoints = { ...context.account.endpoints, gateway: `${origin}/gateway.do` };
      return { ...context, account: { ...context.account, endpoints, ...changes.account } };
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function contentOf(content: string): Readonly<Record<string, unknown>> {
  return content.startsWith('{') ? (JSON.parse(content) as Record<string, unknown>) : { content };
}

/** A notice as the channel sends it, signed over everything but `sign` and `sign_type`. */
export function noticeOf(
  said: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>> = {},
) {
  const sign = signText(textToSign(said), alipayKey);
  const form = new URLSearchParams({ ...said, sign, sign_type: 'RSA2', ...after });
  return { headers: {}, rawBody: Buffer.from(form.toString()) };
}
