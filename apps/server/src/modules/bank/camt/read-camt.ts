import type { Worker } from 'node:worker_threads';
import { startThread } from '../../../platform/worker-thread.ts';
import type { CamtBatch } from '../domain/statement/camt.ts';
import { bankErrors } from '../errors.ts';
import { camtLimits } from '../limits.ts';

export interface ReadCamtRequest {
  readonly bytes: Uint8Array;
  readonly ownAccount: string;
}

export type FromCamtThread =
  | { readonly kind: 'batch'; readonly batch: CamtBatch; readonly share: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * Reads a camt.053 in a thread of its own, in bounded memory. The next batch is read after the
 * promise of the last one.
 * @throws CAMT_UNREADABLE
 */
export async function readCamt(
  bytes: Uint8Array,
  ownAccount: string,
  take: (batch: CamtBatch, share: number) => Promise<void>,
): Promise<void> {
  const copy = Uint8Array.from(bytes);
  const request: ReadCamtRequest = { bytes: copy, ownAccount };
  const thread = startThread(new URL('./read-camt.worker.ts', import.meta.url), {
    workerData: request,
    transferList: [copy.buffer],
    resourceLimits: { maxOldGenerationSizeMb: camtLimits.threadHeapMb },
  });
  const timer = setTimeout(() => void thread.terminate(), camtLimits.readMs);
  try {
    await follow(thread, take);
  } finally {
    clearTimeout(timer);
    await thread.terminate();
  }
}

function follow(
  thread: Worker,
  take: (batch: CamtBatch, share: number) => Promise<void>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let work = Promise.resolve();
    thread.on('message', (message: FromCamtThread) => {
      work = work.then(() => handle(message)).catch(reject);
    });
    thread.on('error', (error: NodeJS.ErrnoException) => {
      const isTooLarge = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      reject(isTooLarge ? unreadable('文件过大，请分段导出') : error);
    });
    // What the thread sent comes first; with nothing left to settle, the timer has stopped it.
    thread.on('exit', () => {
      work = work.then(() => reject(unreadable('读取用时过长，请分段导出')));
    });

    async function handle(message: FromCamtThread): Promise<void> {
      if (message.kind === 'done') resolve();
      else if (message.kind === 'failed') reject(unreadable(message.reason));
      else {
        await take(message.batch, message.share);
        thread.postMessage('taken');
      }
    }
  });
}

function unreadable(reason: string) {
  return bankErrors.CAMT_UNREADABLE({ values: { reason } });
}
