import { sql, type Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';

export interface Cover {
  readonly unitId: string;
  readonly feeItemId: string;
}

export type CoverEnd = 'mandate' | 'home' | 'taken';

export async function insertCovers(
  tx: Tx,
  mandateId: string,
  covers: readonly Cover[],
): Promise<void> {
  const ids = covers.map((each) => derivedId(mandateId, each.unitId, each.feeItemId));
  await tx.run(sql`
    insert into autopay.cover (company_id, id, mandate_id, unit_id, fee_item_id)
    select company.id, given.id, ${mandateId}, given.unit_id, given.fee_item_id
    from identity.company as company
    cross join unnest(${ids}::uuid[], ${covers.map((each) => each.unitId)}::uuid[],
      ${covers.map((each) => each.feeItemId)}::uuid[]) as given(id, unit_id, fee_item_id)
    where company.id = ${tx.companyId}`);
}

/** Mandates of the same account whose covers a new signature takes over. @returns their ids */
export async function takeOwnCovers(
  tx: Tx,
  { mandateId, accountId, at }: { mandateId: string; accountId: string; at: Date },
): Promise<string[]> {
  const rows = await tx.many(sql<{ mandateId: string }>`
    update autopay.cover as old set state = 'ended', ended_at = ${at}, end_reason = 'taken'
    from autopay.cover as fresh, autopay.mandate as mandate
    where old.company_id = ${tx.companyId} and old.state = 'live'
      and fresh.company_id = old.company_id and fresh.mandate_id = ${mandateId}
      and fresh.unit_id = old.unit_id and fresh.fee_item_id = old.fee_item_id
      and fresh.state = 'asked'
      and mandate.company_id = old.company_id and mandate.id = old.mandate_id
      and mandate.account_id = ${accountId} and mandate.id <> ${mandateId}
    returning old.mandate_id as "mandateId"`);
  return [...new Set(rows.map((row) => row.mandateId))].sort();
}

/** What somebody else pays stays theirs; the rest is paid by this mandate from now on. */
export async function makeCoversLive(tx: Tx, mandateId: string, at: Date): Promise<number> {
  await tx.run(sql`
    update autopay.cover as fresh set state = 'ended', ended_at = ${at}, end_reason = 'taken'
    where fresh.company_id = ${tx.companyId} and fresh.mandate_id = ${mandateId}
      and fresh.state = 'asked' and exists (
        select from autopay.cover as other
        where other.company_id = fresh.company_id and other.unit_id = fresh.unit_id
          and other.fee_item_id = fresh.fee_item_id and other.state = 'live')`);
  return await tx.run(sql`
    update autopay.cover set state = 'live'
    where company_id = ${tx.companyId} and mandate_id = ${mandateId} and state = 'asked'`);
}

export async function endCovers(
  tx: Tx,
  mandateId: string,
  end: { readonly at: Date; readonly reason: CoverEnd },
): Promise<void> {
  await tx.run(sql`
    update autopay.cover set state = 'ended', ended_at = ${end.at}, end_reason = ${end.reason}
    where company_id = ${tx.companyId} and mandate_id = ${mandateId} and state <> 'ended'`);
}

export async function hasLiveCovers(tx: Tx, mandateId: string): Promise<boolean> {
  const { isLive } = await tx.one(sql<{ isLive: boolean }>`
    select exists (select from autopay.cover
      where company_id = ${tx.companyId} and mandate_id = ${mandateId}
        and state = 'live') as "isLive"`);
  return isLive;
}

/**
 * Ends what a mandate pays for homes that its account is no longer bound to; all of them when the
 * account is closed. @returns the homes
 */
export async function endLostHomes(tx: Tx, mandateId: string, at: Date): Promise<string[]> {
  const rows = await tx.many(sql<{ unitId: string }>`
    update autopay.cover as cover set state = 'ended', ended_at = ${at}, end_reason = 'home'
    from autopay.mandate as mandate
    where cover.company_id = ${tx.companyId} and cover.mandate_id = ${mandateId}
      and cover.state = 'live'
      and mandate.company_id = cover.company_id and mandate.id = cover.mandate_id
      and not exists (
        select from resident.pub_binding as binding
        join resident.pub_account as account on account.company_id = binding.company_id
          and account.id = binding.account_id and account.state = 'active'
        where binding.company_id = cover.company_id and binding.account_id = mandate.account_id
          and binding.unit_id = cover.unit_id and binding.ended_at is null)
    returning cover.unit_id as "unitId"`);
  return [...new Set(rows.map(({ unitId }) => unitId))];
}

/** Active mandates that pay something for an account. */
export async function mandatesOfAccount(tx: Tx, accountId: string): Promise<string[]> {
  const rows = await tx.many(sql<{ id: string }>`
    select id from autopay.mandate
    where company_id = ${tx.companyId} and account_id = ${accountId} and state = 'active'
    order by id`);
  return rows.map(({ id }) => id);
}
