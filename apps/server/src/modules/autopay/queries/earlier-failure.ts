import { sql, type Tx } from '../../../platform/database/index.ts';
import type { EndCode } from '../domain/failure.ts';

/** Why the try before failed. */
export async function earlierFailure(
  tx: Tx,
  { firstId, tryNo }: { readonly firstId: string; readonly tryNo: number },
): Promise<EndCode | undefined> {
  const row = await tx.maybe(sql<{ code: EndCode }>`
    select end_code as code from autopay.debit
    where company_id = ${tx.companyId} and first_id = ${firstId} and try_no = ${tryNo - 1}
      and state = 'failed'`);
  return row?.code;
}
