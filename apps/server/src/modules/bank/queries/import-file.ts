import { sql, type Tx } from '../../../platform/database/index.ts';

export function readChunks(tx: Tx, importId: string): Promise<{ readonly cipher: Buffer }[]> {
  return tx.many(sql<{ cipher: Buffer }>`
    select cipher from bank.import_chunk
    where company_id = ${tx.companyId} and import_id = ${importId}
    order by chunk_no`);
}
