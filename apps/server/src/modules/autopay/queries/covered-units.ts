import { sql, type Tx } from '../../../platform/database/index.ts';

/** Homes that a mandate pays or paid something for. */
export async function coveredUnits(tx: Tx, mandateId: string): Promise<string[]> {
  const rows = await tx.many(sql<{ unitId: string }>`
    select distinct unit_id as "unitId" from autopay.cover
    where company_id = ${tx.companyId} and mandate_id = ${mandateId}
    order by unit_id limit 100`);
  return rows.map(({ unitId }) => unitId);
}
