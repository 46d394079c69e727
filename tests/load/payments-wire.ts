import { createCipheriv, type KeyObject, randomBytes, sign } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** What signs and seals in the place of WeChat Pay. */
export interface Platform {
  readonly serial: string;
  readonly key: KeyObject;
  readonly apiV3Key: string;
}

export interface Notified {
  readonly port: number;
  readonly shortCode: string;
  readonly accountNo: number;
  /** The transaction, as WeChat Pay writes it. */
  readonly transaction: string;
}

/** A whole signed HTTP request, ready to be written to a socket. */
export function notificationOf(platform: Platform, notified: Notified): Buffer {
  const body = JSON.stringify({
    id: crypto.randomUUID(),
    create_time: new Date().toISOString(),
    resource_type: 'encrypt-resource',
    event_type: 'TRANSACTION.SUCCESS',
    summary: '支付成功',
    resource: sealed(platform, notified.transaction),
  });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = randomBytes(16).toString('hex').toUpperCase();
  const signature = sign(
    'RSA-SHA256',
    Buffer.from(`${timestamp}\n${nonce}\n${body}\n`),
    platform.key,
  );
  const path = `/notify/wechat-pay/${notified.shortCode}/${notified.accountNo}`;
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${notified.port}`,
    'User-Agent: Mozilla/4.0',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Wechatpay-Signature-Type: WECHATPAY2-SHA256-RSA2048',
    `Wechatpay-Serial: ${platform.serial}`,
    `Wechatpay-Timestamp: ${timestamp}`,
    `Wechatpay-Nonce: ${nonce}`,
    `Wechatpay-Signature: ${signature.toString('base64')}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function sealed({ apiV3Key }: Platform, clear: string) {
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(apiV3Key), Buffer.from(nonce));
  cipher.setAAD(Buffer.from('transaction'));
  const text = Buffer.concat([cipher.update(clear, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return {
    original_type: 'transaction',
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: text.toString('base64'),
    associated_data: 'transaction',
    nonce,
  };
}

/** One keep-alive connection that has one request under way; as little work as can be. */
export interface Wire {
  /** @returns the status of the answer */
  send(request: Buffer): Promise<number>;
  close(): void;
}

export async function openWire(port: number): Promise<Wire> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  return wireOver(socket);
}

function wireOver(socket: Socket): Wire {
  let received = '';
  let waiting: { resolve(status: number): void; reject(error: Error): void } | undefined;
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    received += text;
    const end = received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = /\r\ncontent-length: (\d+)/i.exec(received)?.[1];
    if (length === undefined) return fail(new Error(`no length: ${received.slice(0, 200)}`));
    if (received.length < end + 4 + Number(length)) return;
    const status = Number(received.slice(9, 12));
    received = '';
    waiting?.resolve(status);
  });
  const fail = (error: Error) => waiting?.reject(error);
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the server closed the connection')));
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request);
      }),
    close: () => {
      waiting = undefined;
      socket.destroy();
    },
  };
}
