import { sql, type Tx } from '../../../platform/database/index.ts';
import { referencesIn } from '../domain/reference.ts';

/** The unit of a payment reference (缴费识别码) in whatever spelling it was typed. */
export async function unitOfReference(tx: Tx, text: string): Promise<string | undefined> {
  const [reference] = referencesIn(text);
  if (reference === undefined) return undefined;
  const row = await tx.maybe(sql<{ unitId: string }>`
    select unit_id as "unitId" from bank.reference
    where company_id = ${tx.companyId} and reference = ${reference}`);
  return row?.unitId;
}
