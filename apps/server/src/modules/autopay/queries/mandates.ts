import type { AutopayHome, AutopayMandateRow, AutopayState } from '@wuye-pay/contract';
import { emptySql, sql, type Tx } from '../../../platform/database/index.ts';
import type { Mandate } from '../domain/mandate.ts';
import { walletWords } from '../domain/words.ts';
import { mandateColumns } from './mandate-columns.ts';

/** One person has few; what ended long ago stands in the console only. */
const mostOwn = 20;

/** Those of an account: what runs, and what ended since. Newest first. */
export function ownMandates(
  tx: Tx,
  { accountId, endedSince }: { readonly accountId: string; readonly endedSince: Date },
): Promise<Mandate[]> {
  return tx.many(sql<Mandate>`
    select ${mandateColumns} from autopay.mandate as mandate
    where mandate.company_id = ${tx.companyId} and mandate.account_id = ${accountId}
      and (mandate.state <> 'ended'
        or (mandate.ended_at >= ${endedSince} and mandate.signed_at is not null))
    order by mandate.id desc limit ${mostOwn}`);
}

export interface CoverRow {
  readonly mandateId: string;
  readonly unitId: string;
  readonly communityName: string;
  readonly label: string;
  readonly feeItemId: string;
  readonly name: string;
  readonly state: 'asked' | 'live' | 'ended';
  readonly endReason: 'mandate' | 'home' | 'taken' | null;
}

export function coversOf(tx: Tx, mandateIds: readonly string[]): Promise<CoverRow[]> {
  return tx.many(sql<CoverRow>`
    select cover.mandate_id as "mandateId", cover.unit_id as "unitId",
      community.name as "communityName", unit.label, cover.fee_item_id as "feeItemId",
      item.name, cover.state, cover.end_reason as "endReason"
    from autopay.cover as cover
    join estate.pub_unit as unit on unit.company_id = cover.company_id and unit.id = cover.unit_id
    join estate.pub_community as community on community.company_id = unit.company_id
      and community.id = unit.community_id
    join charging.pub_fee_item as item on item.company_id = cover.company_id
      and item.id = cover.fee_item_id
    where cover.company_id = ${tx.companyId} and cover.mandate_id = any (${mandateIds}::uuid[])
    order by community.name, unit.sort_key, unit.id, item.priority, item.name limit 2000`);
}

export type { AutopayHome };

export interface MonthUse {
  readonly mandateId: string;
  readonly usedFen: number;
}

/** What debits of a month took, or are planned to take. */
export function monthUse(
  tx: Tx,
  mandateIds: readonly string[],
  month: string,
): Promise<MonthUse[]> {
  return tx.many(sql<MonthUse>`
    select mandate_id as "mandateId",
      sum(coalesce(charged_fen, amount_fen))::bigint as "usedFen"
    from autopay.debit
    where company_id = ${tx.companyId} and mandate_id = any (${mandateIds}::uuid[])
      and state in ('planned', 'announced', 'started', 'paid')
      and debit_on >= ${month}::date and debit_on < ${month}::date + interval '1 month'
    group by mandate_id`);
}

export interface MandateFilter {
  readonly state?: AutopayState;
  readonly communityId?: string;
  readonly channel?: string;
}

type Row = Omit<AutopayMandateRow, 'wallet' | 'signedAt' | 'endedAt'> & {
  readonly signedAt: Date | null;
  readonly endedAt: Date | null;
};

/** For staff, newest first. */
export async function listMandates(
  tx: Tx,
  filter: MandateFilter & { readonly after: string | undefined; readonly limit: number },
): Promise<AutopayMandateRow[]> {
  const { state, communityId, channel, after, limit } = filter;
  const rows = await tx.many(sql<Row>`
    select mandate.id, mandate.account_id as "residentId",
      account.display_name as "residentName", account.phone_masked as "phoneMasked",
      mandate.channel, mandate.state, mandate.limit_debit_fen as "limitDebitFen",
      mandate.limit_month_fen as "limitMonthFen", mandate.signed_at as "signedAt",
      mandate.ended_at as "endedAt", debit.debit_on::text as "nextDebitOn",
      debit.amount_fen as "nextDebitFen", (
        select coalesce(jsonb_agg(distinct jsonb_build_object('unitId', unit.id,
          'communityName', community.name, 'label', unit.label)), '[]')
        from autopay.cover as cover
        join estate.pub_unit as unit on unit.company_id = cover.company_id
          and unit.id = cover.unit_id
        join estate.pub_community as community on community.company_id = unit.company_id
          and community.id = unit.community_id
        where cover.company_id = mandate.company_id and cover.mandate_id = mandate.id) as units
    from autopay.mandate as mandate
    join resident.pub_account as account on account.company_id = mandate.company_id
      and account.id = mandate.account_id
    left join autopay.debit as debit on debit.company_id = mandate.company_id
      and debit.mandate_id = mandate.id and debit.state in ('planned', 'announced', 'started')
    where mandate.company_id = ${tx.companyId}
      ${state === undefined ? emptySql : sql`and mandate.state = ${state}`}
      ${channel === undefined ? emptySql : sql`and mandate.channel = ${channel}`}
      ${communityId === undefined ? emptySql : inCommunity(communityId)}
      ${after === undefined ? emptySql : sql`and mandate.id < ${after}::uuid`}
    order by mandate.id desc limit ${limit}`);
  return rows.map((row) => ({
    ...row,
    wallet: walletWords(row.channel),
    signedAt: row.signedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  }));
}

function inCommunity(communityId: string) {
  return sql`and exists (
    select from autopay.cover as own
    join estate.pub_unit as place on place.company_id = own.company_id and place.id = own.unit_id
    where own.company_id = mandate.company_id and own.mandate_id = mandate.id
      and place.community_id = ${communityId})`;
}

export interface Payer {
  readonly residentId: string;
  readonly residentName: string | null;
  readonly phoneMasked: string | null;
  readonly merchantAccountName: string;
}

export function payerOf(tx: Tx, mandateId: string): Promise<Payer> {
  return tx.one(sql<Payer>`
    select account.id as "residentId", account.display_name as "residentName",
      account.phone_masked as "phoneMasked", merchant.name as "merchantAccountName"
    from autopay.mandate as mandate
    join resident.pub_account as account on account.company_id = mandate.company_id
      and account.id = mandate.account_id
    join channels.pub_merchant_account as merchant on merchant.company_id = mandate.company_id
      and merchant.id = mandate.merchant_account_id
    where mandate.company_id = ${tx.companyId} and mandate.id = ${mandateId}`);
}
