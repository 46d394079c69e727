import { sql, type Tx } from '../../../platform/database/index.ts';

export interface SealedChunk {
  readonly id: string;
  readonly chunkNo: number;
  readonly cipher: Buffer;
}

/** A statement carries a few megabytes. */
export const chunksAStatement = 4;

export async function insertChunks(
  tx: Tx,
  importId: string,
  chunks: readonly SealedChunk[],
): Promise<void> {
  await tx.run(sql`
    insert into bank.import_chunk (company_id, id, import_id, chunk_no, cipher)
    select company.id, chunk.id, ${importId}, chunk.no, chunk.cipher
    from identity.company as company
    cross join unnest(${chunks.map(({ id }) => id)}::uuid[],
      ${chunks.map(({ chunkNo }) => chunkNo)}::integer[],
      ${chunks.map(({ cipher }) => cipher)}::bytea[]) as chunk (id, no, cipher)
    where company.id = ${tx.companyId}`);
}
