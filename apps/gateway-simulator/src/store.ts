import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** Rows by key. Every change is on its way to the journal before the call returns. */
export type Table<T> = {
  get(key: string): T | undefined;
  set(key: string, value: T): T;
  remove(key: string): void;
  values(): T[];
  find(isWanted: (value: T) => boolean): T | undefined;
  clear(): void;
};

export type Store = { table<T>(name: string): Table<T>; close(): void };

type Line = { table: string; key: string; value: unknown };

const JOURNAL_NAME = 'simulator.jsonl';

/**
 * Tables in memory with an append-only journal of JSON lines behind them; the last line of a key
 * wins. A line is handed to the kernel with one write, so it survives a `kill -9` of this process.
 * Without a folder everything lives in memory only.
 */
export function openStore(dataDir: string | undefined): Store {
  const rows = new Map<string, Map<string, unknown>>();
  const append = dataDir === undefined ? undefined : openJournal(dataDir, rows);
  return {
    table: <T>(name: string) => openTable<T>(name, rows, append?.write),
    close: () => append?.close(),
  };
}

function openTable<T>(
  name: string,
  rows: Map<string, Map<string, unknown>>,
  write: ((line: Line) => void) | undefined,
): Table<T> {
  const mine = rowsOf(rows, name) as Map<string, T>;
  const remove = (key: string) => {
    if (mine.delete(key)) write?.({ table: name, key, value: null });
  };
  return {
    get: (key) => mine.get(key),
    set: (key, value) => {
      mine.set(key, value);
      write?.({ table: name, key, value });
      return value;
    },
    remove,
    values: () => [...mine.values()],
    find: (isWanted) => {
      for (const value of mine.values()) if (isWanted(value)) return value;
      return undefined;
    },
    clear: () => [...mine.keys()].forEach(remove),
  };
}

function openJournal(dataDir: string, rows: Map<string, Map<string, unknown>>) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, JOURNAL_NAME);
  if (existsSync(path)) replay(readFileSync(path, 'utf8'), rows);
  compact(path, rows);
  const file = openSync(path, 'a', 0o600);
  return {
    write: (line: Line) => void writeSync(file, `${JSON.stringify(line)}\n`),
    close: () => closeSync(file),
  };
}

function replay(text: string, rows: Map<string, Map<string, unknown>>): void {
  // What follows the last line feed is a line that a kill cut short; it was never answered.
  for (const line of text.slice(0, text.lastIndexOf('\n') + 1).split('\n')) {
    if (line === '') continue;
    const { table, key, value } = JSON.parse(line) as Line;
    if (value === null) rowsOf(rows, table).delete(key);
    else rowsOf(rows, table).set(key, value);
  }
}

/** Writes the live rows to a new file and puts it in place of the old one at once. */
function compact(path: string, rows: Map<string, Map<string, unknown>>): void {
  const lines = [...rows].flatMap(([table, keys]) =>
    [...keys].map(([key, value]) => `${JSON.stringify({ table, key, value } satisfies Line)}\n`),
  );
  const file = openSync(`${path}.new`, 'w', 0o600);
  writeFileSync(file, lines.join(''));
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.new`, path);
}

function rowsOf(rows: Map<string, Map<string, unknown>>, name: string): Map<string, unknown> {
  const found = rows.get(name) ?? new Map<string, unknown>();
  rows.set(name, found);
  return found;
}
