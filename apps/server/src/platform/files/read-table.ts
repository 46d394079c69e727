import type { Worker } from 'node:worker_threads';
import { startThread } from '../worker-thread.ts';
import type { TableRow, TableSheet } from './cell.ts';
import { type FileErrorCode, fileErrors } from './errors.ts';
import { fileLimits } from './limits.ts';
import type { CsvEncoding } from './read-csv.ts';

export interface ReadTableOptions {
  /** Names of the sheets to read, in this order; all as they stand unless given. */
  readonly sheets?: readonly string[];
  /** Stops each sheet after so many rows with content. */
  readonly rowsPerSheet?: number;
  /** Of a CSV; `auto` unless given. */
  readonly encoding?: CsvEncoding;
}

/**
 * Is told what is read. The next rows are read only after the promise of the last ones.
 * `share` says how much of the sheets is read, from 0 to 1.
 */
export interface TableListener {
  sheet?(sheet: TableSheet): void;
  rows(sheet: string, rows: readonly TableRow[], share: number): Promise<void> | void;
  /** `merges` are areas such as "A2:A5": only their first cell has a value. */
  sheetEnd?(sheet: string, merges: readonly string[]): Promise<void> | void;
}

export interface ReadTableRequest extends ReadTableOptions {
  readonly bytes: Uint8Array;
}

export type FromThread =
  | { readonly kind: 'sheet'; readonly sheet: TableSheet }
  | {
      readonly kind: 'rows';
      readonly sheet: string;
      readonly rows: readonly TableRow[];
      readonly share: number;
    }
  | { readonly kind: 'sheet-end'; readonly sheet: string; readonly merges: readonly string[] }
  | { readonly kind: 'done' }
  | {
      readonly kind: 'failed';
      readonly code: string;
      readonly values: Readonly<Record<string, string | number>>;
    };

/**
 * Reads a workbook (.xlsx) or a CSV in a thread of its own, in bounded memory.
 * @throws an error of fileErrors, in words for the person who chose the file
 */
export async function readTable(
  bytes: Uint8Array,
  options: ReadTableOptions,
  listener: TableListener,
): Promise<void> {
  const copy = Uint8Array.from(bytes);
  const request: ReadTableRequest = { ...options, bytes: copy };
  const thread = startThread(new URL('./read-table.worker.ts', import.meta.url), {
    workerData: request,
    transferList: [copy.buffer],
    resourceLimits: { maxOldGenerationSizeMb: fileLimits.threadHeapMb },
  });
  const timer = setTimeout(() => void thread.terminate(), fileLimits.readMs);
  try {
    await follow(thread, listener);
  } finally {
    clearTimeout(timer);
    await thread.terminate();
  }
}

function follow(thread: Worker, listener: TableListener): Promise<void> {
  return new Promise((resolve, reject) => {
    let work = Promise.resolve();
    thread.on('message', (message: FromThread) => {
      work = work.then(() => handle(message)).catch(reject);
    });
    thread.on('error', (error: NodeJS.ErrnoException) => {
      const isTooLarge = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      reject(isTooLarge ? fileErrors.FILE_TOO_LARGE({ values: limitMb }) : error);
    });
    // What the thread sent comes first; with nothing left to settle, the timer has stopped it.
    thread.on('exit', () => {
      work = work.then(() => reject(fileErrors.FILE_READING_TOO_LONG()));
    });

    async function handle(message: FromThread): Promise<void> {
      if (message.kind === 'sheet') listener.sheet?.(message.sheet);
      else if (message.kind === 'sheet-end') {
        await listener.sheetEnd?.(message.sheet, message.merges);
      } else if (message.kind === 'rows') {
        await listener.rows(message.sheet, message.rows, message.share);
        thread.postMessage('taken');
      } else if (message.kind === 'done') resolve();
      else reject(failure(message));
    }
  });
}

const limitMb = { limitMb: Math.floor(fileLimits.packedBytes / 1024 / 1024) };

function failure({ code, values }: Extract<FromThread, { kind: 'failed' }>): Error {
  const make = fileErrors[code as FileErrorCode];
  return make ? make({ values }) : new Error(`an unknown failure of the reading thread: ${code}`);
}
