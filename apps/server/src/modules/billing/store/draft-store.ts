import { emptySql, type Statement, sql, type Tx } from '../../../platform/database/index.ts';

/** A larger amount is a typing error in a price or an area: no channel takes such an order. */
const maxAmountFen = 100_000_000_00;
/** A bill of more than this many times the average of its fee item in the run is worth a look. */
const outlierFactor = 3;
const maxLargest = 20;

export interface Draft {
  readonly runId: string;
  readonly communityId: string;
  /** First day of the month, and of the periods that are billed. */
  readonly month: string;
  /** Prefix of the bills' ids, so that they sort by the time of the run. */
  readonly millis: number;
  /**
   * Where to look for bills that exist: nowhere, when the month has no other run; in the other runs
   * of the month; or bill by bill in the unique key, after the key refused what the rest found.
   */
  readonly look: 'nowhere' | 'runs of the month' | 'every bill';
}

/**
 * Memory for the hash joins of one run, and time: a million bills take half a minute on two cores,
 * on slow disks more, and a second run of the month waits for the first. For this transaction only.
 * Not plan_cache_mode: forcing custom plans makes the database plan the check of every foreign key
 * of every row anew.
 */
export async function prepareForBulk(tx: Tx): Promise<void> {
  await Promise.all([
    tx.run(sql`set local work_mem = '256MB'`),
    tx.run(sql`set local jit = off`),
    // Totals are a handful of rows: hashing them is right, sorting a million bills to merge is not.
    tx.run(sql`set local enable_mergejoin = off`),
    tx.run(sql`set local statement_timeout = '10min'`),
    tx.run(sql`set local lock_timeout = '2min'`),
  ]);
}

/**
 * One statement writes the bills of a month, why the others got none, and the totals by fee item.
 * Every assignment of the community is judged once, in `candidate`.
 *
 * Existing bills are left out by an anti-join instead of `on conflict do nothing`, which costs
 * 45 % more on a million rows; the unique key still decides, by refusing the statement.
 */
export async function insertDraft(tx: Tx, draft: Draft): Promise<void> {
  await tx.run(draftStatement(tx, draft));
}

/** Apart, so that the bench can ask the database where its time goes. */
export function draftStatement(tx: Tx, draft: Draft): Statement {
  return sql`
    with ${termCte(tx, draft)}, ${placeCte(tx, draft)}, ${candidateCte(tx, draft)},
    billed as (
      insert into billing.bill (company_id, id, run_id, community_id, unit_id, fee_item_id,
        tariff_id, month, period_start, period_end, due_on, amount_fen, area_m2, price, surcharge,
        months, rounding)
      select k.company_id, ${idOf(draft, sql`k.assignment_id::text`)},
        ${draft.runId}::uuid, ${draft.communityId}::uuid, k.unit_id, k.fee_item_id, k.tariff_id,
        ${draft.month}::date, ${draft.month}::date, k.period_end, k.due_on, k.amount_fen,
        k.area_m2, k.price, k.surcharge, k.period_months, k.rounding
      from candidate as k
      where k.is_payable
    ), total as materialized (
      select k.company_id, k.fee_item_id, count(*) as bill_count,
        sum(k.amount_fen)::bigint as amount_fen
      from candidate as k
      where k.is_payable
      group by k.company_id, k.fee_item_id
    ), totalled as (
      insert into billing.run_total (company_id, id, run_id, fee_item_id, bill_count, amount_fen)
      select t.company_id, ${idOf(draft, sql`t.fee_item_id::text`)}, ${draft.runId}::uuid,
        t.fee_item_id, t.bill_count, t.amount_fen
      from total as t
    ), largest as (
      insert into billing.outlier (company_id, id, run_id, kind)
      select o.company_id, o.id, ${draft.runId}::uuid, 'largest'
      from (
        select k.company_id, ${idOf(draft, sql`k.assignment_id::text`)} as id,
          row_number() over (order by k.amount_fen desc, k.assignment_id) as place
        from candidate as k
        join total as t on t.fee_item_id = k.fee_item_id
        where k.is_payable and k.amount_fen * t.bill_count > ${outlierFactor} * t.amount_fen
      ) as o
      where o.place <= ${maxLargest}
    )
    insert into billing.skipped_unit (company_id, id, run_id, unit_id, fee_item_id, reason)
    ${skippedRows(tx, draft)}`;
}

/** The run is part of the natural key, because the same period can be billed again after a void. */
function idOf(draft: Draft, key: Statement): Statement {
  return sql`platform.derived_id(${draft.millis}::bigint, ${draft.runId}::text || ${key})`;
}

/** The version of each tariff in force on the first day: the newest that has begun. */
function termCte(tx: Tx, draft: Draft): Statement {
  return sql`term as (
    select distinct on (t.fee_item_id, t.name) t.fee_item_id, t.name, t.id, t.area_basis, t.price,
      t.surcharge, t.period_months, t.rounding_mode, t.rounding_unit,
      case t.rounding_point when 'month' then 1 else t.period_months end as rounded_months,
      case t.rounding_point when 'month' then t.period_months else 1 end as times,
      t.rounding_mode || '/' || t.rounding_unit || '/' || t.rounding_point as rounding,
      (${draft.month}::date + make_interval(months => t.period_months))::date - 1 as period_end,
      ${draft.month}::date + t.due_day - 1 as due_on,
      mod(extract(month from ${draft.month}::date)::integer - t.anchor_month + 12,
        t.period_months) = 0 as is_due,
      coalesce(t.effective_to < ${draft.month}, false) as is_over
    from charging.pub_tariff as t
    where t.company_id = ${tx.companyId} and t.effective_from <= ${draft.month}
    order by t.fee_item_id, t.name, t.effective_from desc, t.version desc
  )`;
}

/** The units of the community with the areas valid on the first day. */
function placeCte(tx: Tx, draft: Draft): Statement {
  return sql`place as (
    select distinct on (u.id) u.company_id, u.id, u.state, u.moved_in_on, m.built_m2, m.inner_m2,
      m.chargeable_m2
    from estate.pub_unit as u
    left join estate.pub_unit_area as m on m.company_id = u.company_id and m.unit_id = u.id
      and m.effective_on <= ${draft.month}
    where u.company_id = ${tx.companyId} and u.community_id = ${draft.communityId}
    order by u.id, m.effective_on desc
  )`;
}

/**
 * Every assignment whose period begins this month, with its amount or the problem that stops it,
 * and every unit that has no assignment at all. Of assignments that ended, only those of the month
 * before are told; what belongs to a retired fee item is left out as a whole.
 *
 * `offset 0` keeps the planner from working every amount out twice. The one flag keeps it from
 * taking a million rows for a handful and joining them one by one.
 */
function candidateCte(tx: Tx, draft: Draft): Statement {
  return sql`candidate as materialized (
    select k.*, k.problem is null and k.amount_fen between 1 and ${maxAmountFen} as is_payable
    from (
      select k.company_id, k.assignment_id, k.unit_id, k.fee_item_id, k.tariff_id, k.period_end,
        k.due_on, k.area_m2, k.price, k.surcharge, k.period_months, k.rounding, k.problem,
        platform.round_fen(k.monthly_yuan * k.rounded_months, k.rounding_mode, k.rounding_unit)
          * k.times as amount_fen
      from (${judged(tx, draft)}) as k
      offset 0
    ) as k
  )`;
}

function judged(tx: Tx, draft: Draft): Statement {
  const existing = existingBill(tx, draft);
  return sql`
      select u.company_id, a.id as assignment_id, u.id as unit_id, a.fee_item_id,
        t.id as tariff_id, t.period_end, t.due_on, t.price, t.surcharge, t.period_months,
        t.rounding, t.rounded_months, t.times, t.rounding_mode, t.rounding_unit,
        ${areaColumn} as area_m2,
        case when t.area_basis is null then t.price + t.surcharge
          else ${areaColumn} * t.price + t.surcharge end as monthly_yuan,
        case
          when u.state <> 'active' then 'unit_retired'
          when a.id is null then 'not_assigned'
          when a.from_on > ${draft.month} then 'starts_later'
          when a.to_on < ${draft.month} then 'ended'
          when t.id is null or t.is_over then 'no_tariff'
          when u.moved_in_on > ${draft.month} then 'not_moved_in'
          when ${existing.found} then 'already_billed'
        end as problem
      from place as u
      left join charging.pub_assignment as a on a.company_id = u.company_id and a.unit_id = u.id
        and a.company_id = ${tx.companyId} and a.community_id = ${draft.communityId}
      left join charging.pub_fee_item as f on f.company_id = a.company_id and f.id = a.fee_item_id
        and f.state = 'active'
      left join term as t on t.fee_item_id = a.fee_item_id and t.name = a.tariff_name
      ${existing.join}
      where case when a.id is null then u.state = 'active'
        else f.id is not null and (t.id is null or t.is_over or t.is_due)
          and (a.to_on is null or a.to_on >= ${draft.month}::date - 31) end`;
}

const areaColumn = sql`case t.area_basis when 'built' then u.built_m2 when 'inner' then u.inner_m2
  when 'chargeable' then u.chargeable_m2 end`;

/** How the statement finds that an assignment has its bill already. */
interface Existing {
  readonly join: Statement;
  readonly found: Statement;
}

/** A join with no rows is not free: the planner guesses some, and may hash the million for them. */
function existingBill(tx: Tx, draft: Draft): Existing {
  switch (draft.look) {
    case 'nowhere':
      return { join: emptySql, found: sql`false` };
    case 'runs of the month':
      return billOfMonth(tx, draft);
    case 'every bill':
      return anyBill(tx, draft);
  }
}

function billOfMonth(tx: Tx, draft: Draft): Existing {
  const join = sql`left join (
    select b.unit_id, b.fee_item_id
    from billing.bill_run as r
    join billing.bill as b on b.company_id = r.company_id and b.run_id = r.id
    where r.company_id = ${tx.companyId} and r.community_id = ${draft.communityId}
      and r.month = ${draft.month} and r.id <> ${draft.runId}
      and b.period_start = ${draft.month} and b.state <> 'void'
  ) as e on e.unit_id = u.id and e.fee_item_id = a.fee_item_id`;
  return { join, found: sql`e.unit_id is not null` };
}

function anyBill(tx: Tx, draft: Draft): Existing {
  const found = sql`exists (
    select from billing.bill as b
    where b.company_id = ${tx.companyId} and b.unit_id = u.id
      and b.fee_item_id = a.fee_item_id and b.period_start = ${draft.month}
      and b.state <> 'void')`;
  return { join: emptySql, found };
}

/** An assignment that begins later or ended is no gap when another one holds on the day. */
function skippedRows(tx: Tx, draft: Draft): Statement {
  return sql`
    select k.company_id, ${idOf(draft, sql`coalesce(k.assignment_id, k.unit_id)::text`)},
      ${draft.runId}::uuid, k.unit_id, k.fee_item_id,
      case when k.problem is not null then k.problem when k.amount_fen is null then 'no_area'
        when k.amount_fen < 1 then 'zero_amount' else 'amount_too_large' end
    from candidate as k
    where k.is_payable is not true
      and (k.problem is null or k.problem not in ('starts_later', 'ended') or not exists (
        select from charging.pub_assignment as o
        where o.company_id = k.company_id and o.company_id = ${tx.companyId}
          and o.unit_id = k.unit_id and o.fee_item_id = k.fee_item_id
          and o.from_on <= ${draft.month} and (o.to_on is null or o.to_on >= ${draft.month})))`;
}

/** The counts of a run, from what was written. @returns how many bills it has */
export async function countDraft(tx: Tx, runId: string): Promise<number> {
  const counted = await tx.one(sql<{ count: number }>`
    update billing.bill_run as r set bill_count = t.bill_count, amount_fen = t.amount_fen,
      skipped_count = (select count(*) from billing.skipped_unit as s
        where s.company_id = ${tx.companyId} and s.run_id = ${runId})
    from (
      select coalesce(sum(bill_count), 0)::integer as bill_count,
        coalesce(sum(amount_fen), 0)::bigint as amount_fen
      from billing.run_total where company_id = ${tx.companyId} and run_id = ${runId}
    ) as t
    where r.company_id = ${tx.companyId} and r.id = ${runId}
    returning r.bill_count as count`);
  return counted.count;
}
