import { parentPort, workerData } from 'node:worker_threads';
import iconv from 'iconv-lite';
import { AppError } from '../../../platform/errors.ts';
import { fileLimits, readXml } from '../../../platform/files/index.ts';
import { type CamtReader, createCamtReader } from '../domain/statement/camt.ts';
import { camtLimits } from '../limits.ts';
import type { FromCamtThread, ReadCamtRequest } from './read-camt.ts';

/** The thread that reads a camt.053. It sends a batch only after the one before was taken. */
const port = parentPort;
if (!port) throw new Error('this file is started as a thread');

class Unreadable extends Error {}

const request = workerData as ReadCamtRequest;
read(Buffer.from(request.bytes))
  .then(() => send({ kind: 'done' }))
  .catch((error: unknown) => {
    if (error instanceof Unreadable) return send({ kind: 'failed', reason: error.message });
    if (!(error instanceof AppError)) throw error;
    return send({ kind: 'failed', reason: 'XML 不完整或格式不对，请重新下载' });
  });

async function read(bytes: Buffer): Promise<void> {
  const reader = createCamtReader({ ownAccount: request.ownAccount });
  const xml = asUnicode(bytes);
  let at = 0;
  let seen = 0;
  const handOn = async () => {
    const batch = reader.take();
    seen += batch.entries.length;
    if (seen > fileLimits.rows) throw new Unreadable(`超过 ${fileLimits.rows} 笔，请分段导出`);
    if (isEmpty(batch)) return true;
    send({ kind: 'batch', batch, share: Math.min(1, at / xml.length) });
    await taken();
    return true;
  };
  await readXml(
    piecesOf(xml, (end) => (at = end)),
    handlersOf(reader, handOn),
  );
  await handOn();
  if (!reader.isStatement()) throw new Unreadable('这个 XML 不是 camt.053 对账单');
}

function handlersOf(reader: CamtReader, pause: () => Promise<boolean>) {
  let depth = 0;
  return {
    open(name: string, attributes: Readonly<Record<string, string>>) {
      depth += 1;
      if (depth > camtLimits.depth) throw new Unreadable('XML 嵌套过深，不是对账单');
      reader.open(name, attributes);
    },
    text: (piece: string) => reader.text(piece),
    close() {
      depth -= 1;
      reader.close();
    },
    pause,
  };
}

async function* piecesOf(bytes: Buffer, tell: (end: number) => void): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += camtLimits.pieceBytes) {
    const piece = bytes.subarray(at, at + camtLimits.pieceBytes);
    tell(at + piece.length);
    yield piece;
  }
}

/** Some banks write GBK and say so in the first line. */
function asUnicode(bytes: Buffer): Buffer {
  const head = bytes.subarray(0, 200).toString('latin1');
  const encoding = /^[^<]*<\?xml[^>]*encoding=["']([\w-]+)["']/i.exec(head)?.[1];
  if (!encoding || !/^gb/i.test(encoding)) return bytes;
  return Buffer.from(iconv.decode(bytes, 'gb18030'), 'utf8');
}

function isEmpty({ entries, problems, balances, pending }: ReturnType<CamtReader['take']>) {
  return entries.length + problems.length + balances.length + pending === 0;
}

function taken(): Promise<void> {
  return new Promise((resolve) => port?.once('message', () => resolve()));
}

function send(message: FromCamtThread): void {
  port?.postMessage(message);
}
