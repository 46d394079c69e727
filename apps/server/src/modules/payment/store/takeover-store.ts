import { sql, type Tx } from '../../../platform/database/index.ts';

/** Counts a try to take over, and how many this payer made since an instant, this one included. */
export async function recordTakeover(
  tx: Tx,
  takeover: {
    readonly id: string;
    readonly paymentId: string;
    readonly payerKey: string;
    readonly at: Date;
    readonly since: Date;
  },
): Promise<number> {
  const [, { tries }] = await Promise.all([
    tx.run(sql`
      insert into payment.takeover (company_id, id, payment_id, payer_key, at)
      values (${tx.companyId}, ${takeover.id}, ${takeover.paymentId}, ${takeover.payerKey},
        ${takeover.at})`),
    tx.one(sql<{ tries: number }>`
      select count(*) as tries from payment.takeover
      where company_id = ${tx.companyId} and payer_key = ${takeover.payerKey}
        and at > ${takeover.since}`),
  ]);
  return tries;
}
