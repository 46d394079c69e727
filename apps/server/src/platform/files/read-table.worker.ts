import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../errors.ts';
import type { TableRow, TableSheet } from './cell.ts';
import { fileErrors } from './errors.ts';
import { fileKindOf } from './file-kind.ts';
import { fileLimits } from './limits.ts';
import { readCsv } from './read-csv.ts';
import { readSheet } from './read-sheet.ts';
import type { FromThread, ReadTableRequest } from './read-table.ts';
import { readWorkbook } from './read-workbook.ts';

/** The thread that reads a file. It sends a batch only after the one before was taken. */
const port = parentPort;
if (!port) throw new Error('this file is started as a thread');

const batchRows = 500;
const request = workerData as ReadTableRequest;
let rowsSeen = 0;

read(Buffer.from(request.bytes))
  .then(() => send({ kind: 'done' }))
  .catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    send({ kind: 'failed', code: error.code, values: error.values });
  });

async function read(bytes: Buffer): Promise<void> {
  if (fileKindOf(bytes) === 'text') return await readText(bytes);
  const workbook = await readWorkbook(bytes);
  const { parts, sheets } = workbook;
  const wanted = (request.sheets ?? sheets.map(({ name }) => name)).flatMap(
    (name) => sheets.find((each) => each.name === name) ?? [],
  );
  const before = parts.bytesRead();
  const total = wanted.reduce((sum, { path }) => sum + parts.sizeOf(path), 0);
  const share = () => Math.min(1, (parts.bytesRead() - before) / Math.max(1, total));
  for (const sheet of wanted) {
    const { path: _path, ...shown } = sheet;
    send({ kind: 'sheet', sheet: shown });
    const merges = await readSheet(workbook, sheet, rowTaker(sheet.name, share));
    send({ kind: 'sheet-end', sheet: sheet.name, merges });
  }
}

async function readText(bytes: Buffer): Promise<void> {
  const sheet: TableSheet = { name: 'CSV', hidden: false, from1904: false };
  send({ kind: 'sheet', sheet });
  const taker = rowTaker(sheet.name, () => share);
  let rows: TableRow[] = [];
  let wantsMore = true;
  let share = 0;
  for (const { row, share: read } of readCsv(bytes, sheet.name, request.encoding)) {
    share = read;
    rows.push(row);
    if (rows.length < batchRows) continue;
    wantsMore = await taker.rows(rows);
    rows = [];
    if (!wantsMore) break;
  }
  if (wantsMore && rows.length > 0) await taker.rows(rows);
  send({ kind: 'sheet-end', sheet: sheet.name, merges: [] });
}

function rowTaker(sheet: string, share: () => number) {
  let seenHere = 0;
  return {
    async rows(rows: TableRow[]): Promise<boolean> {
      rowsSeen += rows.length;
      if (rowsSeen > fileLimits.rows) {
        throw fileErrors.FILE_TOO_MANY_ROWS({ values: { limit: fileLimits.rows } });
      }
      const limit = request.rowsPerSheet ?? Number.POSITIVE_INFINITY;
      const wanted = rows.slice(0, limit - seenHere);
      seenHere += wanted.length;
      for (let at = 0; at < wanted.length; at += batchRows) {
        send({ kind: 'rows', sheet, rows: wanted.slice(at, at + batchRows), share: share() });
        await taken();
      }
      return seenHere < limit;
    },
  };
}

function taken(): Promise<void> {
  return new Promise((resolve) => port?.once('message', () => resolve()));
}

function send(message: FromThread): void {
  port?.postMessage(message);
}
