import { type Queryable, sql, type Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';

/** @returns false when the state was used before */
export async function useLogin(tx: Tx, nonce: string, usedAt: Date): Promise<boolean> {
  const written = await tx.run(sql`
    insert into resident.used_login (company_id, id, used_at)
    values (${tx.companyId}, ${derivedId(tx.companyId, nonce)}, ${usedAt})
    on conflict (company_id, id) do nothing`);
  return written === 1;
}

/** For the jobs' role: of every company. */
export async function deleteUsedLogins(db: Queryable, before: Date): Promise<number> {
  return await db.run(sql`delete from resident.used_login where used_at < ${before}`);
}
