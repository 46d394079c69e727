import type { Fen } from '@wuye-pay/money';
import { type Queryable, sql, type Tx } from '../../../platform/database/index.ts';
import type { Mandate, NewMandate, StoppedBy } from '../domain/mandate.ts';
import { planBatch } from '../limits.ts';
import { mandateColumns } from '../queries/mandate-columns.ts';

export async function insertMandate(tx: Tx, mandate: NewMandate): Promise<void> {
  const { limitDebitFen, limitMonthFen } = mandate;
  await tx.run(sql`
    insert into autopay.mandate (company_id, id, account_id, channel, merchant_account_id,
      mandate_no, signed_debit_fen, signed_month_fen, limit_debit_fen, limit_month_fen,
      first_debit_on, display_name, return_url, requested_at, check_at)
    values (${tx.companyId}, ${mandate.id}, ${mandate.accountId}, ${mandate.channel},
      ${mandate.merchantAccountId}, ${mandate.mandateNo}, ${limitDebitFen}, ${limitMonthFen},
      ${limitDebitFen}, ${limitMonthFen}, ${mandate.firstDebitOn}, ${mandate.displayName},
      ${mandate.returnUrl}, ${mandate.requestedAt}, ${mandate.checkAt})`);
}

export async function mandateById(tx: Tx, id: string): Promise<Mandate | undefined> {
  return await tx.maybe(sql<Mandate>`
    select ${mandateColumns} from autopay.mandate as mandate
    where mandate.company_id = ${tx.companyId} and mandate.id = ${id}`);
}

/** Whoever changes a mandate or its calendar, or starts a debit of it, holds its row. */
export async function lockMandate(tx: Tx, id: string): Promise<Mandate | undefined> {
  return await tx.maybe(sql<Mandate>`
    select ${mandateColumns} from autopay.mandate as mandate
    where mandate.company_id = ${tx.companyId} and mandate.id = ${id}
    for update`);
}

/** What the channel's own books said last. */
export async function stateAtChannel(
  tx: Tx,
  { merchantAccountId, mandateNo }: Pick<Mandate, 'merchantAccountId' | 'mandateNo'>,
): Promise<{ state: 'requested' | 'active' | 'ended'; signedAt: Date | null } | undefined> {
  return await tx.maybe(sql<{
    state: 'requested' | 'active' | 'ended';
    signedAt: Date | null;
  }>`
    select state, signed_at as "signedAt" from channels.pub_mandate
    where company_id = ${tx.companyId} and merchant_account_id = ${merchantAccountId}
      and mandate_no = ${mandateNo}`);
}

export async function mandateIdOfNo(
  tx: Tx,
  key: { readonly merchantAccountId: string; readonly mandateNo: string },
): Promise<string | undefined> {
  const row = await tx.maybe(sql<{ id: string }>`
    select id from autopay.mandate
    where company_id = ${tx.companyId} and mandate_no = ${key.mandateNo}
      and merchant_account_id = ${key.merchantAccountId}`);
  return row?.id;
}

export async function markActive(
  tx: Tx,
  id: string,
  at: { readonly signedAt: Date; readonly checkAt: Date; readonly planAt: Date },
): Promise<void> {
  await tx.run(sql`
    update autopay.mandate set state = 'active', signed_at = ${at.signedAt},
      check_at = ${at.checkAt}, checks = 0, plan_at = ${at.planAt}
    where company_id = ${tx.companyId} and id = ${id} and state = 'requested'`);
}

/** From the commit on no debit of it starts. */
export async function markStopping(
  tx: Tx,
  id: string,
  stop: { readonly at: Date; readonly by: StoppedBy; readonly note: string | null },
): Promise<void> {
  await tx.run(sql`
    update autopay.mandate set state = 'stopping', stopped_at = ${stop.at},
      stopped_by = ${stop.by}, stop_note = ${stop.note}, check_at = ${stop.at}, checks = 0,
      plan_at = null, ended_at = null
    where company_id = ${tx.companyId} and id = ${id}`);
}

export async function markEnded(
  tx: Tx,
  id: string,
  end: { readonly at: Date; readonly by: StoppedBy; readonly checkAt: Date | null },
): Promise<void> {
  await tx.run(sql`
    update autopay.mandate set state = 'ended', ended_at = ${end.at},
      stopped_at = coalesce(stopped_at, ${end.at}), stopped_by = coalesce(stopped_by, ${end.by}),
      check_at = ${end.checkAt}, checks = 0, plan_at = null
    where company_id = ${tx.companyId} and id = ${id}`);
}

export async function scheduleCheck(
  tx: Tx,
  id: string,
  next: { readonly at: Date | null; readonly checks: number },
): Promise<void> {
  await tx.run(sql`
    update autopay.mandate set check_at = ${next.at}, checks = ${next.checks}
    where company_id = ${tx.companyId} and id = ${id}`);
}

export async function planAgainAt(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.run(sql`
    update autopay.mandate set plan_at = ${at}
    where company_id = ${tx.companyId} and id = ${id} and state = 'active'`);
}

export async function setLimits(
  tx: Tx,
  id: string,
  limits: { readonly limitDebitFen: Fen; readonly limitMonthFen: Fen },
): Promise<void> {
  await tx.run(sql`
    update autopay.mandate set limit_debit_fen = ${limits.limitDebitFen},
      limit_month_fen = ${limits.limitMonthFen}
    where company_id = ${tx.companyId} and id = ${id}`);
}

export async function companiesToCheck(db: Queryable, now: Date): Promise<string[]> {
  const rows = await db.many(sql<{ companyId: string }>`
    select company_id as "companyId" from autopay.mandate where check_at <= ${now}
    group by company_id`);
  return rows.map(({ companyId }) => companyId);
}

/** Takes mandates to be asked about: until `until` no other worker asks. */
export async function claimChecks(
  tx: Tx,
  { now, until, most }: { readonly now: Date; readonly until: Date; readonly most: number },
): Promise<string[]> {
  const rows = await tx.many(sql<{ id: string }>`
    update autopay.mandate set check_at = ${until}
    where company_id = ${tx.companyId} and id in (
      select id from autopay.mandate
      where company_id = ${tx.companyId} and check_at <= ${now}
      order by id limit ${most} for update skip locked)
    returning id`);
  return rows.map(({ id }) => id);
}

export async function companiesToPlan(db: Queryable, now: Date): Promise<string[]> {
  const rows = await db.many(sql<{ companyId: string }>`
    select company_id as "companyId" from autopay.mandate
    where state = 'active' and plan_at <= ${now}
    group by company_id`);
  return rows.map(({ companyId }) => companyId);
}

export async function mandatesToPlan(tx: Tx, now: Date): Promise<string[]> {
  const rows = await tx.many(sql<{ id: string }>`
    select id from autopay.mandate
    where company_id = ${tx.companyId} and state = 'active' and plan_at <= ${now}
    order by id limit ${planBatch}`);
  return rows.map(({ id }) => id);
}

/** New bills, new homes or another rule: calendars are looked at again. */
export async function planAllAgain(tx: Tx, at: Date): Promise<void> {
  await tx.run(sql`
    update autopay.mandate set plan_at = ${at}
    where company_id = ${tx.companyId} and state = 'active' and plan_at > ${at}`);
}
