import { startOfDay } from '../../../platform/clock.ts';
import { emptySql, type Statement, sql, type Tx } from '../../../platform/database/index.ts';
import { platformErrors } from '../../../platform/errors.ts';
import { companyOf } from './companies.ts';

export interface DayRange {
  readonly from?: string;
  readonly to?: string;
}

const dayMs = 86_400_000;

/**
 * Ids begin with their time, so the days of a list, both included, are a range of the primary key.
 * @param id the column
 */
export async function daysOfIds(tx: Tx, id: Statement, { from, to }: DayRange): Promise<Statement> {
  if (from === undefined && to === undefined) return emptySql;
  const { timeZone } = await companyOf(tx);
  const first = from === undefined ? undefined : startOf('from', from, timeZone);
  const last = to === undefined ? undefined : startOf('to', to, timeZone);
  const start = first === undefined ? emptySql : sql`and ${id} >= ${floorId(first)}::uuid`;
  const end = last === undefined ? emptySql : sql`and ${id} < ${floorId(last + dayMs)}::uuid`;
  return sql`${start} ${end}`;
}

/** @throws INPUT_INVALID for a day that no calendar has */
function startOf(field: 'from' | 'to', day: string, timeZone: string): number {
  try {
    return startOfDay(day, timeZone).getTime();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const reason = '没有这一天，请按 2026-11-24 的形式填写';
    throw platformErrors.INPUT_INVALID({ problems: [{ field, reason }], cause: error });
  }
}

function floorId(startMs: number): string {
  const digits = Math.max(0, startMs).toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}-0000-0000-000000000000`;
}
