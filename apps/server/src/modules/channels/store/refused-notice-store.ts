import { sql, type Tx } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import type { RefusalReason } from '../channel.ts';

export interface RefusedNotice {
  readonly merchantAccountId: string;
  readonly reason: RefusalReason;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly remoteIp: string | null;
  readonly receivedAt: Date;
}

/** Keeps the evidence unless the account has `limit` pieces since `since` already. */
export async function insertRefusedNotice(
  tx: Tx,
  notice: RefusedNotice,
  cap: { readonly limit: number; readonly since: Date },
): Promise<boolean> {
  const written = await tx.run(sql`
    insert into channels.refused_notice (company_id, id, merchant_account_id, reason, headers,
      body, remote_ip, received_at)
    select ${tx.companyId}::uuid, ${newId(notice.receivedAt)}::uuid,
      ${notice.merchantAccountId}::uuid, ${notice.reason}, ${JSON.stringify(notice.headers)}::jsonb,
      ${notice.body}, ${notice.remoteIp}, ${notice.receivedAt}::timestamptz
    where (
      select count(*) from channels.refused_notice as known
      where known.company_id = ${tx.companyId}
        and known.merchant_account_id = ${notice.merchantAccountId}
        and known.received_at > ${cap.since}
    ) < ${cap.limit}`);
  return written === 1;
}

/** The alarm: how many notices of each kind were refused on a day, those without evidence too. */
export async function countRefusals(
  tx: Tx,
  count: {
    readonly merchantAccountId: string;
    readonly day: string;
    readonly reason: RefusalReason;
    readonly times: number;
    readonly at: Date;
  },
): Promise<void> {
  await tx.run(sql`
    insert into channels.refusal_count
      (company_id, merchant_account_id, day, reason, times, last_at)
    values (${tx.companyId}, ${count.merchantAccountId}, ${count.day}, ${count.reason},
      ${count.times}, ${count.at})
    on conflict (company_id, merchant_account_id, day, reason) do update
    set times = refusal_count.times + excluded.times, last_at = excluded.last_at`);
}

export async function deleteOldEvidence(tx: Tx, before: Date): Promise<number> {
  return await tx.run(sql`
    delete from channels.refused_notice
    where company_id = ${tx.companyId} and received_at < ${before}`);
}
