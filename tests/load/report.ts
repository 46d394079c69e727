import { cpus, totalmem } from 'node:os';

/** One measured figure with its unit. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

/** What a bench reaches. */
export interface BenchResult {
  readonly name: string;
  /** Ours to the bound named in `figures`; what it means is said in docs/bench.md. */
  readonly ratio: number;
  readonly figures: readonly Figure[];
  /** Rows, payments or requests that were measured. */
  readonly rows: number;
  /** Whatever else a reader wants to see under the table: a profile, a warning. */
  readonly notes?: readonly string[];
}

/** Prints a table, or one line of JSON. */
export function printResult(result: BenchResult, json: boolean): void {
  if (json) {
    const { notes: _notes, ...facts } = result;
    process.stdout.write(`${JSON.stringify({ ...facts, machine: machineText() })}\n`);
    return;
  }
  const lines = [
    `bench ${result.name}: ratio ${rounded(result.ratio)} over ${result.rows} rows`,
    `on ${machineText()}`,
    '',
    ...tableLines(result.figures),
    ...(result.notes ? ['', ...result.notes] : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** The figures as a table in Markdown, for the terminal and for docs/bench.md. */
export function tableLines(figures: readonly Figure[]): string[] {
  const cells = figures.map(({ name, value, unit }) => [name, rounded(value), unit]);
  const rows = [['figure', 'value', 'unit'], ...cells];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => width(row[column]))));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => pad(cell, widths[column] ?? 0, column === 1)).join(' | ')} |`;
  const rule = `| ${widths.map((size) => '-'.repeat(size)).join(' | ')} |`;
  return [line(rows[0] ?? []), rule, ...rows.slice(1).map(line)];
}

/** @throws RangeError for no values */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The value below which `percent` of the values lie, interpolated. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = ((sorted.length - 1) * percent) / 100;
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  if (low === undefined || high === undefined) throw new RangeError('no values');
  return low + (high - low) * (at - Math.floor(at));
}

/** Cores, memory and versions: a figure means nothing without them. */
export function machineText(): string {
  const [cpu] = cpus();
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  const model = cpu?.model.trim() || process.arch;
  return `${cpus().length} cores (${model}), ${memoryGb} GB, Node ${process.versions.node}`;
}

function rounded(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits);
}

function width(cell: string | undefined): number {
  return cell?.length ?? 0;
}

function pad(cell: string, size: number, right: boolean): string {
  return right ? cell.padStart(size) : cell.padEnd(size);
}
