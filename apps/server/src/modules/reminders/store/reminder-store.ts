import type { ReminderReason } from '@wuye-pay/contract';
import { sql, type Tx } from '../../../platform/database/index.ts';

export interface PlannedReminder {
  readonly id: string;
  readonly unitId: string;
  /** Days from the due day; null by hand. */
  readonly days: number | null;
  readonly isOverdue: boolean;
  readonly audience: string;
  readonly vias: readonly string[];
  readonly dueAt: Date;
  readonly expiresAt: Date;
}

/** Reminders whose people are not looked up yet; another worker takes others. */
export function takePlanned(tx: Tx, limit: number): Promise<PlannedReminder[]> {
  return tx.many(sql<PlannedReminder>`
    select id, unit_id as "unitId", day - due_on as days, is_overdue as "isOverdue", audience, vias,
      due_at as "dueAt", expires_at as "expiresAt"
    from reminders.reminder
    where company_id = ${tx.companyId} and state = 'planned'
    order by id limit ${limit} for update skip locked`);
}

export async function markQueued(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.run(sql`
    update reminders.reminder set state = 'queued'
    where company_id = ${tx.companyId} and id = any (${ids}::uuid[]) and state = 'planned'`);
}

export interface Dropped {
  readonly id: string;
  readonly reason: ReminderReason;
}

/** Ends reminders of which nothing was sent. */
export async function markDropped(tx: Tx, rows: readonly Dropped[], at: Date): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`
    update reminders.reminder as r set state = 'dropped', reason = d.reason, ended_at = ${at}
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ reason }) => reason)}::text[])
      as d (id, reason)
    where r.company_id = ${tx.companyId} and r.id = d.id
      and r.state in ('planned', 'queued', 'to-print')`);
}

export interface Released {
  readonly id: string;
  readonly amountFen: number;
}

/** Also a reminder that was dropped for one person and is true for another. */
export async function markReleased(tx: Tx, rows: readonly Released[], at: Date): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`
    update reminders.reminder as r set state = 'released', reason = null, ended_at = null,
      released_fen = d.amount_fen, released_at = coalesce(r.released_at, ${at})
    from unnest(${rows.map(({ id }) => id)}::uuid[],
      ${rows.map(({ amountFen }) => amountFen)}::bigint[]) as d (id, amount_fen)
    where r.company_id = ${tx.companyId} and r.id = d.id`);
}

export interface LockedReminder {
  readonly id: string;
  readonly planId: string | null;
  readonly stepId: string | null;
  readonly unitId: string;
  readonly dueOn: string | null;
  readonly isOverdue: boolean;
  readonly audience: string;
  readonly vias: readonly string[];
  readonly feeItemIds: readonly string[];
  readonly minimumFen: number;
  readonly isPlanRunning: boolean;
  readonly pausedUntil: string | null;
  readonly isReplaced: boolean;
  readonly unitLabel: string;
  readonly communityName: string;
}

/** Locks reminders in key order: people of one home are handled one after the other. */
export async function lockReminders(
  tx: Tx,
  ids: readonly string[],
  now: Date,
): Promise<LockedReminder[]> {
  return await tx.many(sql<LockedReminder>`
    select r.id, r.plan_id as "planId", r.step_id as "stepId", r.unit_id as "unitId",
      r.due_on as "dueOn", r.is_overdue as "isOverdue", r.audience, r.vias,
      r.fee_item_ids as "feeItemIds", r.minimum_fen as "minimumFen",
      r.plan_id is null or plan.state = 'active' as "isPlanRunning", pause.until as "pausedUntil",
      exists (select from reminders.reminder as newer
        where newer.company_id = r.company_id and newer.unit_id = r.unit_id
          and newer.plan_id = r.plan_id and newer.day > r.day and newer.due_at <= ${now}
          and newer.state in ('planned', 'queued', 'released')) as "isReplaced",
      unit.label as "unitLabel", community.name as "communityName"
    from reminders.reminder as r
    join estate.pub_unit as unit on unit.company_id = r.company_id and unit.id = r.unit_id
    join estate.pub_community as community on community.company_id = unit.company_id
      and community.id = unit.community_id
    left join reminders.plan as plan on plan.company_id = r.company_id and plan.id = r.plan_id
    left join reminders.pause as pause on pause.company_id = r.company_id and pause.id = r.unit_id
    where r.company_id = ${tx.companyId} and r.id = any (${ids}::uuid[])
    order by r.id for update of r`);
}
