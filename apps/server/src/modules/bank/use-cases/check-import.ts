import type { BalanceCheck, BankImportTotals } from '@wuye-pay/contract';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import { readCamt } from '../camt/read-camt.ts';
import type { StatementEntry } from '../domain/entry.ts';
import { emptyPreview } from '../domain/statement/preview.ts';
import type { RowProblem } from '../domain/statement/read-row.ts';
import { openFile } from '../import-file.ts';
import { leaseMs, maxProblems } from '../limits.ts';
import { accountNumber } from '../queries/accounts.ts';
import { readChunks } from '../queries/import-file.ts';
import { type Counted, countRows, daysOfRows } from '../queries/import-rows.ts';
import { savedLayouts } from '../queries/layouts.ts';
import { bankRules } from '../queries/settings.ts';
import {
  type Claimed,
  finishImport,
  holdsClaim,
  type ImportRecord,
  reportProgress,
  savePreview,
  setImportLayout,
} from '../store/import-store.ts';
import {
  clearRows,
  insertProblems,
  insertRows,
  judgeRows,
  type StagedRow,
} from '../store/row-store.ts';
import { readTableRows, unfitProblem } from './read-table-rows.ts';
import type { Reading } from './reading.ts';
import { recogniseLayout } from './recognise-layout.ts';
import { createStager } from './stage-rows.ts';

type CheckDeps = Pick<Deps, 'db' | 'clock' | 'secrets'>;

/** Another worker took over: what this one did is worthless, and its rows are gone. */
export class ClaimLost extends Error {
  override name = 'ClaimLost';
}

/** The dry run: reads the whole file, puts its rows aside, and says what they would bring. */
export async function checkImport(
  deps: CheckDeps,
  companyId: string,
  record: ImportRecord,
  claimed: Claimed,
): Promise<void> {
  const [chunks, number, rules, layouts] = await deps.db.read(companyId, (tx) =>
    Promise.all([
      readChunks(tx, record.id),
      accountNumber(tx, record.accountId),
      bankRules(tx),
      savedLayouts(tx),
    ]),
  );
  const bytes = openFile(deps, companyId, chunks);
  const ownAccount = deps.secrets.open(companyId, 'bank.account', number.cipher);
  await deps.db.transaction(companyId, async (tx) => {
    if (!(await holdsClaim(tx, claimed))) throw new ClaimLost();
    await clearRows(tx, record.id);
  });
  const stage = createStager(deps, { companyId, accountId: record.accountId, rules });
  const tally = createTally(deps, companyId, claimed, stage);
  if (record.format === 'camt') await readStatement(bytes, ownAccount, tally);
  else {
    const table = await recogniseLayout(bytes, chosenOf(record), layouts);
    await deps.db.transaction(companyId, async (tx) => {
      await savePreview(tx, record.id, table.preview);
      if (table.found && table.layout) await setImportLayout(tx, record.id, table.layout);
    });
    if (table.found && table.layout && table.sheet !== null) {
      const { sheet, layout, found } = table;
      await readTableRows(bytes, { sheet, found, content: layout.content, ownAccount }, tally);
    } else tally.problems([unfitProblem(table.layout?.name ?? null)]);
  }
  await finishCheck(deps, companyId, record, claimed, tally);
}

function chosenOf({ layout, layoutId, layoutName }: ImportRecord) {
  return layout && { id: layoutId, name: layoutName, content: layout };
}

async function readStatement(bytes: Buffer, ownAccount: string, into: Reading): Promise<void> {
  await readCamt(bytes, ownAccount, async (batch, share) => {
    into.problems(batch.problems);
    into.pending(batch.pending);
    for (const balance of batch.balances) {
      into.balance(balance);
      if (balance.isBalanced === false) into.problems([unbalanced(balance)]);
    }
    await into.entries(batch.entries, share);
  });
}

function unbalanced({ openingFen, sumFen, closingFen }: BalanceCheck): RowProblem {
  const difference = (closingFen ?? 0) - (openingFen ?? 0) - sumFen;
  return {
    severity: 'error',
    row: 0,
    column: 'Bal',
    header: null,
    value: null,
    reason: `期初余额加上各笔发生额不等于期末余额，相差 ${yuanOf(difference)} 元`,
    advice: '文件可能不完整：请重新下载整个期间的对账单，步骤见手册“银行流水不平”',
  };
}

/** Signed, for words of our own. */
function yuanOf(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

interface Tally extends Reading {
  readonly seen: {
    rows: number;
    pending: number;
    skipped: number;
    bad: number;
    warnings: number;
  };
  readonly balances: BalanceCheck[];
  readonly noted: RowProblem[];
}

function createTally(
  deps: CheckDeps,
  companyId: string,
  claimed: Claimed,
  stage: (entries: readonly StatementEntry[]) => StagedRow[],
): Tally {
  const seen = { rows: 0, pending: 0, skipped: 0, bad: 0, warnings: 0 };
  const balances: BalanceCheck[] = [];
  const noted: RowProblem[] = [];
  const badRows = new Set<number>();
  return {
    seen,
    balances,
    noted,
    async entries(entries, share) {
      if (entries.length === 0) return;
      seen.rows += entries.length;
      const rows = stage(entries);
      const until = new Date(deps.clock.now().getTime() + leaseMs);
      // The last tenth is the comparison with what was imported before.
      const progress = { rowsDone: seen.rows, percent: Math.floor(share * 90), until };
      await deps.db.transaction(companyId, async (tx) => {
        if (!(await reportProgress(tx, claimed, progress))) throw new ClaimLost();
        await insertRows(tx, claimed.importId, rows);
      });
    },
    problems(problems) {
      for (const problem of problems) {
        if (problem.severity === 'warning') seen.warnings += 1;
        else if (!badRows.has(problem.row)) {
          badRows.add(problem.row);
          seen.bad += 1;
        }
        if (noted.length < maxProblems) noted.push(problem);
      }
    },
    balance: (check) => void balances.push(check),
    pending: (count) => void (seen.pending += count),
    skipped: (count) => void (seen.skipped += count),
  };
}

async function finishCheck(
  deps: CheckDeps,
  companyId: string,
  record: ImportRecord,
  claimed: Claimed,
  tally: Tally,
): Promise<void> {
  const at = deps.clock.now();
  if (tally.seen.rows === 0 && tally.seen.bad === 0) tally.problems([nothingThere]);
  await deps.db.transaction(companyId, async (tx) => {
    if (!(await holdsClaim(tx, claimed))) throw new ClaimLost();
    await judgeRows(tx, { importId: record.id, accountId: record.accountId });
    const problems = tally.noted.map((problem) => ({ ...problem, id: newId(at) }));
    if (problems.length > 0) await insertProblems(tx, record.id, problems);
    if (record.format === 'camt') await savePreview(tx, record.id, emptyPreview);
    const [counts, days] = await Promise.all([countRows(tx, record.id), daysOfRows(tx, record.id)]);
    await finishImport(
      tx,
      record.id,
      {
        state: 'checked',
        failure: null,
        totals: totalsOf(counts, tally),
        balances: tally.balances,
        ...days,
        rowsTotal: tally.seen.rows,
      },
      at,
    );
  });
}

const nothingThere: RowProblem = {
  severity: 'error',
  row: 0,
  column: null,
  header: null,
  value: null,
  reason: '文件中没有任何一笔流水',
  advice: '请核对导出的期间，或在“列的对应”中改正表头',
};

function totalsOf(counts: readonly Counted[], { seen }: Tally): BankImportTotals {
  const sumOf = (is: (what: string) => boolean) => ({
    count: counts.reduce((all, { what, count }) => all + (is(what) ? count : 0), 0),
    amountFen: counts.reduce((all, { what, amountFen }) => all + (is(what) ? amountFen : 0), 0),
  });
  const none = { count: 0, amountFen: 0 };
  return {
    ...seen,
    credits: sumOf((what) => what.startsWith('credit ')),
    debits: sumOf((what) => what.startsWith('debit ')),
    notPayments: sumOf((what) => what === 'credit not-payment'),
    repeats: sumOf((what) => what.endsWith(' repeat')).count,
    lookAlikes: sumOf((what) => what.endsWith(' look-alike')).count,
    matched: none,
    suspense: none,
  };
}
