import { sql, type Tx } from '../../../platform/database/index.ts';

/** Who the wallets say the resident is, by channel and app: `wechat-pay/wx123`. */
export async function walletIds(tx: Tx, accountId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.many(sql<{ scope: string; openId: string }>`
    select scope, open_id as "openId" from resident.pub_wallet_id
    where company_id = ${tx.companyId} and account_id = ${accountId}
    order by created_at`);
  return new Map(rows.map(({ scope, openId }) => [scope, openId]));
}
