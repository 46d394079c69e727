import type { AuditFilter, AuditView } from '@wuye-pay/contract';
import { Temporal } from 'temporal-polyfill';
import type { StaffActor } from '../../../platform/actor.ts';
import { dayOf } from '../../../platform/clock.ts';
import type { Deps } from '../../../platform/deps.ts';
import { platformErrors } from '../../../platform/errors.ts';
import { type AuditPlace, listAudit } from '../queries/audit.ts';

const defaultLimit = 50;
/** Days shown when none are asked for. */
const defaultDays = 31;

export interface AuditPage {
  readonly items: AuditView[];
  readonly next: string | null;
}

/** A page of the log, newest first. */
export async function showAudit(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: StaffActor,
  filter: AuditFilter & { after?: string; limit?: number },
): Promise<AuditPage> {
  const limit = filter.limit ?? defaultLimit;
  const to = filter.to ?? dayOf(deps.clock.now(), 'UTC');
  const from = filter.from ?? daysBefore(to, defaultDays);
  const { after, ...rest } = filter;
  const place = after === undefined ? {} : { after: placeOf(after) };
  const rows = await deps.db.read(actor.companyId, (tx) =>
    listAudit(tx, { ...rest, ...place, from, to, limit: limit + 1 }),
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ day: _day, ...row }) => ({ ...row, at: row.at.toISOString() })),
    next: rows.length > limit && last ? `${last.day}_${last.id}` : null,
  };
}

function placeOf(after: string): AuditPlace {
  const [, day, id] = /^(\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})$/.exec(after) ?? [];
  if (day === undefined || id === undefined) {
    const reason = '翻页标记无效，请从第一页重新查看';
    throw platformErrors.INPUT_INVALID({ problems: [{ field: 'after', reason }] });
  }
  return { day, id };
}

function daysBefore(day: string, days: number): string {
  try {
    return Temporal.PlainDate.from(day).subtract({ days }).toString();
  } catch (error) {
    const reason = '没有这一天，请按 2026-11-24 的形式填写';
    throw platformErrors.INPUT_INVALID({ problems: [{ field: 'to', reason }], cause: error });
  }
}
