import type { BankLayoutContent } from '@wuye-pay/contract';
import { readTable } from '../../../platform/files/index.ts';
import type { StatementEntry } from '../domain/entry.ts';
import { type Balanced, checkBalances } from '../domain/statement/balance.ts';
import { type RowProblem, readRow } from '../domain/statement/read-row.ts';
import { type FoundLayout, headerSearchRows } from '../domain/statement/table.ts';
import type { Reading } from './reading.ts';

export interface TableToRead {
  readonly sheet: string;
  readonly found: FoundLayout;
  readonly content: BankLayoutContent;
  readonly ownAccount: string;
}

/** Reads the rows of a table below its header, and follows the running balance. */
export async function readTableRows(
  bytes: Buffer,
  { sheet, found, content, ownAccount }: TableToRead,
  into: Reading,
): Promise<void> {
  const balanced: Balanced[] = [];
  let isBroken = false;
  await readTable(
    bytes,
    { sheets: [sheet], encoding: content.encoding },
    {
      async rows(_sheet, rows, share) {
        const entries: StatementEntry[] = [];
        for (const row of rows) {
          if (row.no <= found.lastHeaderRow) continue;
          const read = readRow(row, found, content, { ownAccount });
          if (read.kind === 'skipped') into.skipped(1);
          else into.problems(read.problems);
          if (read.kind === 'bad') isBroken = true;
          if (read.kind !== 'entry') continue;
          const { rowNo, direction, amountFen, balanceFen } = read.entry;
          entries.push(read.entry);
          balanced.push({ rowNo, direction, amountFen, balanceFen });
        }
        await into.entries(entries, share);
      },
    },
  );
  // A row that could not be read breaks the chain by itself; it is mended first.
  if (isBroken) return;
  const { check, brokenRow, expectedFen } = checkBalances(balanced);
  into.balance(content.checksBalance ? check : { ...check, isBalanced: null });
  if (content.checksBalance && brokenRow !== null) {
    into.problems([brokenBalance(brokenRow, expectedFen ?? 0, found)]);
  }
}

function brokenBalance(row: number, expectedFen: number, { columns }: FoundLayout): RowProblem {
  const at = columns.find(({ field }) => field === 'balance');
  const digits = String(Math.abs(expectedFen)).padStart(3, '0');
  const expected = `${expectedFen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
  return {
    severity: 'error',
    row,
    column: at?.column ?? null,
    header: at?.header ?? null,
    value: null,
    reason: `余额接不上：按上一笔推算应为 ${expected} 元，文件可能少了行或被改过`,
    advice:
      '请重新导出整个期间的全部流水；若银行只给收入明细，在版式中关掉“核对余额”（见手册“银行流水不平”）',
  };
}

/** No layout fits: somebody has to say what the columns are. */
export function unfitProblem(name: string | null): RowProblem {
  const which = name === null ? '没有认出表头' : `没有找到版式“${name}”的表头`;
  return {
    severity: 'error',
    row: 1,
    column: null,
    header: null,
    value: null,
    reason: `${which}（查找了前 ${headerSearchRows} 行）`,
    advice: '请在“列的对应”中指定各列的含义，并存为版式，下次自动识别',
  };
}
