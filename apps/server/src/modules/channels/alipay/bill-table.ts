import { type Fen, fen, fenFromYuan } from '@wuye-pay/money';

/** A bill that must not be believed; `row` counts from 1 below the header. */
export class BrokenBill extends Error {
  readonly row: number | undefined;
  constructor(reason: string, row?: number) {
    super(reason);
    this.row = row;
  }
}

export interface Row {
  /** @throws BrokenBill for a column that the bill does not have */
  text(column: string): string;
  /** An amount as it is written. @throws BrokenBill */
  yuan(column: string): string;
  /** @throws BrokenBill for what is no amount in whole fen */
  fen(column: string): Fen;
  /** The same where an empty column is nothing. */
  fenOrZero(column: string): Fen;
  /** @throws BrokenBill always, with the number of this row */
  refuse(reason: string): never;
}

export interface BillTable {
  readonly rows: readonly Row[];
  /** The lines that begin with `#`, without it. */
  readonly remarks: readonly string[];
}

/**
 * Longest line in characters; real ones have a few hundred. Bills come over plain HTTP: whoever
 * sits between could send one that keeps the patterns below busy for minutes.
 */
const maxLine = 4000;

/**
 * Reads the form that all of Alipay's bills share: remarks that begin with `#`, a header, rows.
 * @throws BrokenBill when the remarks name another account or day, or a row has not the columns
 */
export function readTable(text: string, expected: { mchId: string; day: string }): BillTable {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.some(({ length }) => length > maxLine)) throw new BrokenBill('a line without end');
  const remarks = lines.filter((line) => line.startsWith('#')).map((line) => line.slice(1).trim());
  const [header, ...others] = lines.filter((line) => !line.startsWith('#'));
  checkRemarks(remarks, expected);
  if (header === undefined) throw new BrokenBill('the bill has no header');
  const columns = header.split(',').map((name) => name.trim());
  const rows = others.map((line, index) => rowOf(columns, line, index + 1));
  return { rows, remarks };
}

/** A total among the remarks. @param pattern finds the count and the yuan. @throws BrokenBill */
export function totalIn(
  { remarks }: BillTable,
  pattern: RegExp,
): { count: number; amountFen: Fen } {
  const [, count, yuan] = remarks.map((line) => pattern.exec(line)).find(Boolean) ?? [];
  // They stand at the end: a bill that was cut off does not have them.
  if (count === undefined || yuan === undefined) throw new BrokenBill('the bill ends early');
  return { count: Number(count), amountFen: fenOr(yuan, () => new BrokenBill(`total ${yuan}`)) };
}

/** @throws BrokenBill unless it holds */
export function check(holds: boolean, what: string): void {
  if (!holds) throw new BrokenBill(`the bill contradicts itself: ${what}`);
}

function checkRemarks(remarks: readonly string[], expected: { mchId: string; day: string }): void {
  const account = remarks.map((line) => /^账号：\[(\d+)\]/.exec(line)?.[1]).find(Boolean);
  // The merchant's number (PID), and a suffix.
  if (!account?.startsWith(expected.mchId)) {
    throw new BrokenBill(`of another account: ${account ?? 'none'}`);
  }
  const from = remarks
    .map((line) => /^起始日期：\[(\d{4})年(\d\d)月(\d\d)日/.exec(line))
    .find((match) => match !== null);
  const day = from?.slice(1).join('-');
  if (day !== expected.day) throw new BrokenBill(`of another day: ${day ?? 'none'}`);
  if (!remarks.some((line) => /^-+\S*列表结束-+$/.test(line))) {
    throw new BrokenBill('the bill ends early');
  }
}

function rowOf(columns: readonly string[], line: string, number: number): Row {
  const values = valuesOf(line, columns.length);
  if (values.length !== columns.length) {
    throw new BrokenBill(`${values.length} values for ${columns.length} columns`, number);
  }
  const named = new Map(columns.map((name, index) => [name, values[index] ?? '']));
  const text = (column: string): string => {
    const value = named.get(column);
    if (value === undefined) throw new BrokenBill(`no column ${column}`);
    return value;
  };
  const refusal = (column: string) => () =>
    new BrokenBill(`${column} is no amount: ${text(column)}`, number);
  return {
    text,
    yuan: (column) => {
      if (!/^-?\d+(\.\d+)?$/.test(text(column))) throw refusal(column)();
      return text(column);
    },
    fen: (column) => fenOr(text(column), refusal(column)),
    fenOrZero: (column) =>
      text(column) === '' ? fen(0) : fenOr(text(column).replace(/^\+/, ''), refusal(column)),
    refuse: (reason) => {
      throw new BrokenBill(reason, number);
    },
  };
}

/** Values that look like numbers end in a tab, so that a spreadsheet keeps their digits. */
function valuesOf(line: string, columns: number): readonly string[] {
  const plain = line.split(',');
  // Quotation marks are not promised: only a line that does not fit without them has them.
  const cells = plain.length === columns ? plain : unquoted(line);
  return cells.map((value) => value.trim());
}

function unquoted(line: string): readonly string[] {
  const cells = line.match(/(?<=^|,)("(?:[^"]|"")*"\s*|[^,]*)(?=,|$)/g) ?? [];
  return cells.map((cell) => cell.replace(/^"((?:[^"]|"")*)"\s*$/, '$1').replaceAll('""', '"'));
}

function fenOr(yuan: string, refusal: () => BrokenBill): Fen {
  try {
    return fenFromYuan(yuan);
  } catch (error) {
    if (error instanceof RangeError) throw refusal();
    throw error;
  }
}
