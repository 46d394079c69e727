import type { Fen } from '@wuye-pay/money';
import { sql, type Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';
import type { MandateNews } from '../channel.ts';

export interface Mandate {
  readonly mandateNo: string;
  readonly merchantAccountId: string;
  /** The channel's number, once the payer agreed. */
  readonly channelMandateNo: string | null;
  readonly state: 'requested' | 'active' | 'ended';
  readonly limitFen: Fen;
  readonly payerOpenId: string | null;
  readonly requestedAt: Date;
  readonly signedAt: Date | null;
  readonly endedAt: Date | null;
}

export interface MandateKey {
  readonly merchantAccountId: string;
  /** Ours. */
  readonly mandateNo: string;
}

/** The same number again is the same mandate. */
export async function insertMandate(
  tx: Tx,
  mandate: MandateKey & Pick<Mandate, 'limitFen' | 'requestedAt'>,
): Promise<void> {
  const { merchantAccountId, mandateNo, limitFen, requestedAt } = mandate;
  await tx.run(sql`
    insert into channels.mandate (company_id, id, merchant_account_id, mandate_no, limit_fen,
      requested_at)
    values (${tx.companyId}, ${derivedId(tx.companyId, merchantAccountId, mandateNo)},
      ${merchantAccountId}, ${mandateNo}, ${limitFen}, ${requestedAt})
    on conflict (company_id, id) do nothing`);
}

export async function mandateByNo(tx: Tx, key: MandateKey): Promise<Mandate | undefined> {
  return await tx.maybe(sql<Mandate>`
    select mandate_no as "mandateNo", merchant_account_id as "merchantAccountId",
      channel_mandate_no as "channelMandateNo", state, limit_fen as "limitFen",
      payer_open_id as "payerOpenId", requested_at as "requestedAt", signed_at as "signedAt",
      ended_at as "endedAt"
    from channels.mandate
    where company_id = ${tx.companyId} and merchant_account_id = ${key.merchantAccountId}
      and mandate_no = ${key.mandateNo}`);
}

/**
 * What the channel told, in whatever order it came: an ended mandate stays ended, and the end
 * that comes before the signature is kept. One that was given up here before anybody signed it,
 * and is signed all the same, is active: it has to be ended at the channel.
 * @returns whether the mandate is ours
 */
export async function applyMandateNews(
  tx: Tx,
  merchantAccountId: string,
  news: MandateNews,
): Promise<boolean> {
  const isActive = news.state === 'active';
  const isOver = sql`state = 'ended' and channel_mandate_no is not null`;
  const changed = await tx.run(sql`
    update channels.mandate
    set channel_mandate_no = coalesce(channel_mandate_no, nullif(${news.channelMandateNo}, '')),
      payer_open_id = coalesce(payer_open_id, ${news.payerOpenId ?? null}),
      state = case when ${isOver} then 'ended' else ${news.state} end,
      signed_at = case when ${isActive} then coalesce(signed_at, ${news.at}) else signed_at end,
      ended_at = case when not ${isActive} then coalesce(ended_at, ${news.at})
        when ${isOver} then ended_at end
    where company_id = ${tx.companyId} and merchant_account_id = ${merchantAccountId}
      and mandate_no = ${news.mandateNo}`);
  return changed > 0;
}
