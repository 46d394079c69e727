import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { Problem } from '../../../platform/errors.ts';
import { readTable, type TableRow } from '../../../platform/files/index.ts';
import { newId } from '../../../platform/id.ts';
import { cellText, headingText } from '../domain/statement/table.ts';
import { bankErrors } from '../errors.ts';
import { holdersOfNumbers, unitsByLabel } from '../queries/guide.ts';
import { lockAccount } from '../store/account-store.ts';
import { saveSubAccounts } from '../store/reference-store.ts';

export interface SubAccountsInput {
  readonly actor: StaffActor;
  readonly bankAccountId: string;
  readonly bytes: Buffer;
}

interface ListedNumber {
  readonly row: number;
  readonly community: string;
  readonly label: string;
  readonly number: string;
}

/** Faults told at once; whoever sees so many mends the file. */
const mostProblems = 100;

/**
 * Takes over the bank's list of numbers: community, door, sub-account. All or nothing.
 * @throws SUB_ACCOUNTS_INVALID naming row and column
 */
export async function importSubAccounts(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actor, bankAccountId, bytes }: SubAccountsInput,
): Promise<{ saved: number }> {
  const { listed, problems } = await readList(bytes);
  return await deps.db.transaction(actor.companyId, async (tx) => {
    if (!(await lockAccount(tx, bankAccountId))) throw bankErrors.BANK_ACCOUNT_NOT_FOUND();
    const { saved, wrong } = await matchUnits(tx, listed);
    const all = [...problems, ...wrong];
    if (all.length > 0) {
      throw bankErrors.SUB_ACCOUNTS_INVALID({ problems: all.slice(0, mostProblems) });
    }
    const at = deps.clock.now();
    const rows = saved.map((one) => ({ ...one, id: newId(at), accountId: bankAccountId }));
    await saveSubAccounts(tx, rows, at);
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'bank.import_sub_accounts',
      subjectKind: 'bank_account',
      subjectId: bankAccountId,
      detail: { saved: rows.length },
    });
    return { saved: rows.length };
  });
}

async function readList(bytes: Buffer): Promise<{ listed: ListedNumber[]; problems: Problem[] }> {
  const rows: TableRow[] = [];
  await readTable(bytes, {}, { rows: (_sheet, batch) => void rows.push(...batch) });
  const header = rows.findIndex(({ cells }) => cells.map(headingText).some(isNumberHeading));
  const headings = rows[header]?.cells.map(headingText) ?? [];
  const at = {
    community: headings.findIndex((text) => /小区|项目|community/i.test(text)),
    label: headings.findIndex((text) => /房屋|房号|门牌|unit/i.test(text)),
    number: headings.findIndex(isNumberHeading),
  };
  if (at.label < 0 || at.number < 0) {
    const reason = '没有找到表头：需要“房屋”和“子账号”两列，有多个小区时再加“小区”一列';
    return { listed: [], problems: [{ row: 1, reason }] };
  }
  const problems: Problem[] = [];
  const listed = rows.slice(header + 1).flatMap((row) => {
    const read = (index: number) => (index < 0 ? '' : cellText(row.cells[index]));
    const number = read(at.number).replace(/[\s-]/g, '').toUpperCase();
    const column = headings[at.number] ?? '';
    if (typeof row.cells[at.number] === 'object') {
      problems.push({
        row: row.no,
        column,
        reason: '子账号被改成了科学计数法，请上传银行的原文件',
      });
    } else if (!/^[0-9A-Z]{6,34}$/.test(number)) {
      problems.push({ row: row.no, column, reason: '子账号应为 6 至 34 位数字或字母' });
    }
    const label = read(at.label).replace(/\s+/g, '');
    return [{ row: row.no, community: read(at.community), label, number }];
  });
  return { listed, problems };
}

function isNumberHeading(text: string): boolean {
  return /子账[号户]|虚拟账[号户]|sub-?account/i.test(text);
}

async function matchUnits(
  tx: Tx,
  listed: readonly ListedNumber[],
): Promise<{ saved: { unitId: string; number: string }[]; wrong: Problem[] }> {
  const units = await unitsByLabel(tx, [...new Set(listed.map(({ label }) => label))]);
  const holders = await holdersOfNumbers(
    tx,
    listed.map(({ number }) => number),
  );
  const wrong: Problem[] = [];
  const seen = new Map<string, number>();
  const saved = listed.flatMap(({ row, community, label, number }) => {
    const found = units.filter(
      (unit) => unit.label === label && (community === '' || unit.communityName === community),
    );
    const [unit, another] = found;
    if (!unit) return refuse(row, `没有找到房屋“${community}${label}”，请按房屋列表中的写法填写`);
    if (another) return refuse(row, `有 ${found.length} 个小区都有“${label}”，请加“小区”一列`);
    const earlier = seen.get(number) ?? seen.get(unit.unitId);
    if (earlier !== undefined) return refuse(row, `与第 ${earlier} 行重复`);
    seen.set(number, row).set(unit.unitId, row);
    const holder = holders.get(number);
    if (holder !== undefined && holder !== unit.unitId) {
      return refuse(row, `子账号 ${number} 已分配给另一套房屋`);
    }
    return [{ unitId: unit.unitId, number }];
  });
  return { saved, wrong };

  function refuse(row: number, reason: string): [] {
    wrong.push({ row, reason });
    return [];
  }
}
