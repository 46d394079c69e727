import { sql, type Tx } from '../../../platform/database/index.ts';

/** Takes away what ended messages said and to whom; that they were sent stays. */
export async function forgetContents(tx: Tx, before: Date, limit: number): Promise<number> {
  return await tx.run(sql`
    with old as materialized (
      select id from messaging.message
      where company_id = ${tx.companyId} and created_at < ${before} and content_cipher is not null
        and state in ('accepted', 'delivered', 'failed', 'dropped')
      order by created_at, id limit ${limit})
    update messaging.message as m set content_cipher = null
    from old where m.company_id = ${tx.companyId} and m.id = old.id`);
}

export async function deleteStrays(tx: Tx, before: Date, limit: number): Promise<number> {
  return await tx.run(sql`
    with old as materialized (
      select id from messaging.stray_receipt
      where company_id = ${tx.companyId} and received_at < ${before} order by id limit ${limit})
    delete from messaging.stray_receipt as s using old
    where s.company_id = ${tx.companyId} and s.id = old.id`);
}
