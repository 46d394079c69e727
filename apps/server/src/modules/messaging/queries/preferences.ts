import { sql, type Tx } from '../../../platform/database/index.ts';

/** The ways that somebody has switched on or off, as `purpose/via`. */
export async function preferencesOf(
  tx: Tx,
  recipientKey: string,
): Promise<ReadonlyMap<string, boolean>> {
  const rows = await tx.many(sql<{ name: string; isOn: boolean }>`
    select purpose || '/' || via as name, is_on as "isOn" from messaging.preference
    where company_id = ${tx.companyId} and recipient_key = ${recipientKey}`);
  return new Map(rows.map(({ name, isOn }) => [name, isOn]));
}
