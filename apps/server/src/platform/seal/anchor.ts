import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The head of a chain as it was written down outside the database. */
export interface Anchor {
  readonly sealNo: number;
  /** Hex. */
  readonly sha256: string;
}

const linePattern = /^(\d+) ([0-9a-f]{64}) /;

export function anchorFile(directory: string, shortCode: string, book: string): string {
  return join(directory, `${shortCode}-${book}.log`);
}

/** Whole lines only: a crash may have torn the last one. @returns undefined without a file */
export async function readAnchors(file: string): Promise<Anchor[] | undefined> {
  try {
    return anchorsIn(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Longer than any line. */
const tailBytes = 400;

/** The last whole line. */
export async function lastAnchor(file: string): Promise<Anchor | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const { size } = await handle.stat();
    const start = Math.max(0, size - tailBytes);
    const tail = Buffer.alloc(size - start);
    await handle.read(tail, 0, tail.length, start);
    return anchorsIn(tail.toString()).at(-1);
  } finally {
    await handle.close();
  }
}

/** Adds a line and waits until it is on the disk. Lines are never rewritten. */
export async function appendAnchor(
  file: string,
  { sealNo, sha256, rows, sealedAt }: Anchor & { rows: number; sealedAt: Date },
): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'a+', 0o600);
  try {
    const { size } = await handle.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await handle.read(last, 0, 1, size - 1);
    const afterTornLine = size > 0 && last.toString() !== '\n' ? '\n' : '';
    const line = `${sealNo} ${sha256} ${rows} ${sealedAt.toISOString()}\n`;
    await handle.appendFile(afterTornLine + line);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function anchorsIn(text: string): Anchor[] {
  return text
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => {
      const [, sealNo, sha256] = linePattern.exec(line) ?? [];
      return sha256 === undefined ? [] : [{ sealNo: Number(sealNo), sha256 }];
    });
}
