import { emptySql, type Statement, sql, type Tx } from '../../../platform/database/index.ts';

/** A larger amount is a typing error in a price or an area: no channel takes such an order. */
const maxAmountFen = 100_000_000_00;

export interface Draft {
  readonly runId: string;
  readonly communityId: string;
  /** First day of the month, and of the periods that are billed. */
  readonly month: string;
  /** Prefix of the bills' ids, so that they sort by the time of the run. */
  readonly millis: number;
  /**
   * Where to look for bills that exist: in the runs of this month, which costs nothing, or bill by
   * bill in the unique key, after the key refused the first way.
   */
  readonly look: 'runs of the month' | 'every bill';
}

/**
 * Memory for the hash joins of one run. Plans are made for the values at hand, because the first
 * run of a company and its hundredth differ by orders of magnitude.
 */
export async function prepareForBulk(tx: Tx): Promise<void> {
  await Promise.all([
    tx.run(sql`set local work_mem = '256MB'`),
    tx.run(sql`set local jit = off`),
    tx.run(sql`set local plan_cache_mode = force_custom_plan`),
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
  await tx.run(sql`
    with ${termCte(tx, draft)}, ${areaCte(tx, draft)}, ${candidateCte(tx, draft)},
    billed as (
      insert into billing.bill (company_id, id, run_id, community_id, unit_id, fee_item_id,
        tariff_id, month, period_start, period_end, due_on, amount_fen, area_m2, price, surcharge,
        months, rounding)
      select k.company_id,
        ${idOf(draft, sql`k.unit_id::text || k.fee_item_id::text`)},
        ${draft.runId}::uuid, ${draft.communityId}::uuid, k.unit_id, k.fee_item_id, k.tariff_id,
        ${draft.month}::date, ${draft.month}::date, k.period_end, k.due_on, k.amount_fen, k.area_m2, k.price,
        k.surcharge, k.period_months, k.rounding
      from candidate as k
      where k.problem is null and k.amount_fen between 1 and ${maxAmountFen}
    ), totalled as (
      insert into billing.run_total (company_id, id, run_id, fee_item_id, bill_count, amount_fen)
      select k.company_id,
        ${idOf(draft, sql`k.fee_item_id::text`)},
        ${draft.runId}::uuid, k.fee_item_id, count(*), sum(k.amount_fen)
      from candidate as k
      where k.problem is null and k.amount_fen between 1 and ${maxAmountFen}
      group by k.company_id, k.fee_item_id
    )
    insert into billing.skipped_unit (company_id, id, run_id, unit_id, fee_item_id, reason)
    ${skippedRows(tx, draft)}`);
}

/** The run is part of the natural key, because the same period can be billed again after a void. */
function idOf(draft: Draft, key: Statement): Statement {
  return sql`platform.derived_id(${draft.millis}::bigint, ${draft.runId}::text || ${key})`;
}

/**
 * The version of each tariff in force on the first day: the newest that has begun, unless it has
 * ended. A fee item that was retired has none and is left out as a whole.
 */
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

function areaCte(tx: Tx, draft: Draft): Statement {
  return sql`area as (
    select distinct on (m.unit_id) m.unit_id, m.built_m2, m.inner_m2, m.chargeable_m2
    from estate.pub_unit_area as m
    join estate.pub_unit as u on u.company_id = m.company_id and u.id = m.unit_id
    where m.company_id = ${tx.companyId} and u.community_id = ${draft.communityId}
      and m.effective_on <= ${draft.month}
    order by m.unit_id, m.effective_on desc
  )`;
}

/**
 * Every assignment whose period begins this month, with its amount or the problem that stops it.
 * Of assignments that ended, only those of the month before are told.
 */
function candidateCte(tx: Tx, draft: Draft): Statement {
  return sql`candidate as materialized (
    select a.company_id, a.assignment_id, a.unit_id, a.fee_item_id, a.tariff_id, a.period_end,
      a.due_on, a.area_m2, a.price, a.surcharge, a.period_months, a.rounding, a.problem,
      platform.round_fen(a.monthly_yuan * a.rounded_months, a.rounding_mode, a.rounding_unit)
        * a.times as amount_fen
    from (
      select a.company_id, a.id as assignment_id, a.unit_id, a.fee_item_id, t.id as tariff_id,
        t.period_end, t.due_on, t.price, t.surcharge, t.period_months, t.rounding,
        t.rounded_months, t.times, t.rounding_mode, t.rounding_unit,
        ${areaColumn} as area_m2,
        case when t.area_basis is null then t.price + t.surcharge
          else ${areaColumn} * t.price + t.surcharge end as monthly_yuan,
        case
          when u.state <> 'active' then 'unit_retired'
          when a.from_on > ${draft.month} then 'starts_later'
          when a.to_on < ${draft.month} then 'ended'
          when t.id is null or t.is_over then 'no_tariff'
          when u.moved_in_on > ${draft.month} then 'not_moved_in'
          ${draft.look === 'every bill' ? emptySql : sql`when e.unit_id is not null then 'already_billed'`}
          ${draft.look === 'every bill' ? billExists(tx, draft) : emptySql}
        end as problem
      from charging.pub_assignment as a
      join estate.pub_unit as u on u.company_id = a.company_id and u.id = a.unit_id
      join charging.pub_fee_item as f on f.company_id = a.company_id and f.id = a.fee_item_id
        and f.state = 'active'
      left join term as t on t.fee_item_id = a.fee_item_id and t.name = a.tariff_name
      left join area as m on m.unit_id = a.unit_id
      ${draft.look === 'every bill' ? emptySql : billedThisMonth(tx, draft)}
      where a.company_id = ${tx.companyId} and a.community_id = ${draft.communityId}
        and (t.id is null or t.is_over or t.is_due)
        and (a.to_on is null or a.to_on >= ${draft.month}::date - 31)
    ) as a
  )`;
}

const areaColumn = sql`case t.area_basis when 'built' then m.built_m2 when 'inner' then m.inner_m2
  when 'chargeable' then m.chargeable_m2 end`;

function billedThisMonth(tx: Tx, draft: Draft): Statement {
  return sql`left join (
    select b.unit_id, b.fee_item_id
    from billing.bill_run as r
    join billing.bill as b on b.company_id = r.company_id and b.run_id = r.id
    where r.company_id = ${tx.companyId} and r.community_id = ${draft.communityId}
      and r.month = ${draft.month} and r.id <> ${draft.runId}
      and b.period_start = ${draft.month} and b.state <> 'void'
  ) as e on e.unit_id = a.unit_id and e.fee_item_id = a.fee_item_id`;
}

function billExists(tx: Tx, draft: Draft): Statement {
  return sql`when exists (
    select from billing.bill as b
    where b.company_id = ${tx.companyId} and b.unit_id = a.unit_id
      and b.fee_item_id = a.fee_item_id and b.period_start = ${draft.month} and b.state <> 'void'
  ) then 'already_billed'`;
}

/** An assignment that begins later or ended is no gap when another one holds on the day. */
function skippedRows(tx: Tx, draft: Draft): Statement {
  return sql`
    select k.company_id, ${idOf(draft, sql`k.assignment_id::text`)},
      ${draft.runId}::uuid, k.unit_id, k.fee_item_id,
      case when k.problem is not null then k.problem when k.amount_fen is null then 'no_area'
        when k.amount_fen < 1 then 'zero_amount' else 'amount_too_large' end
    from candidate as k
    where (k.problem is not null or k.amount_fen is null
        or k.amount_fen not between 1 and ${maxAmountFen})
      and (k.problem is null or k.problem not in ('starts_later', 'ended') or not exists (
        select from charging.pub_assignment as o
        where o.company_id = k.company_id and o.unit_id = k.unit_id
          and o.fee_item_id = k.fee_item_id and o.from_on <= ${draft.month}
          and (o.to_on is null or o.to_on >= ${draft.month})))
    union all
    select u.company_id, ${idOf(draft, sql`u.id::text`)}, ${draft.runId}::uuid, u.id, null,
      'not_assigned'
    from estate.pub_unit as u
    where u.company_id = ${tx.companyId} and u.community_id = ${draft.communityId}
      and u.state = 'active' and not exists (
        select from charging.pub_assignment as o
        where o.company_id = u.company_id and o.unit_id = u.id)`;
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
