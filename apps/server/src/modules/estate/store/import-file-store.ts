import { sql, type Tx } from '../../../platform/database/index.ts';

export interface SealedChunk {
  readonly id: string;
  readonly chunkNo: number;
  readonly cipher: Buffer;
}

/** A statement carries a few megabytes; a file is at most five of them. */
export const chunksAStatement = 4;

export async function insertChunks(
  tx: Tx,
  importId: string,
  chunks: readonly SealedChunk[],
): Promise<void> {
  await tx.run(sql`
    insert into estate.import_chunk (company_id, id, import_id, chunk_no, cipher)
    select company.id, chunk.id, ${importId}, chunk.no, chunk.cipher
    from identity.company as company
    cross join unnest(${chunks.map(({ id }) => id)}::uuid[],
      ${chunks.map(({ chunkNo }) => chunkNo)}::integer[],
      ${chunks.map(({ cipher }) => cipher)}::bytea[]) as chunk (id, no, cipher)
    where company.id = ${tx.companyId}`);
}

export function readChunks(tx: Tx, importId: string): Promise<{ readonly cipher: Buffer }[]> {
  return tx.many(sql<{ cipher: Buffer }>`
    select cipher from estate.import_chunk
    where company_id = ${tx.companyId} and import_id = ${importId}
    order by chunk_no`);
}

/** The file is no longer needed once its rows are taken over: it holds personal data. */
export async function deleteChunks(tx: Tx, importId: string): Promise<void> {
  await tx.run(sql`
    delete from estate.import_chunk
    where company_id = ${tx.companyId} and import_id = ${importId}`);
}
