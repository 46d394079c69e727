import { createHash } from 'node:crypto';

/** What a seal says of the rows that it covers, and of the seal before it. */
export interface SealClaim {
  readonly companyId: string;
  readonly book: string;
  /** 1, 2, 3 … within a company and book. */
  readonly sealNo: number;
  readonly rows: number;
  readonly content: Buffer;
  readonly previous: Buffer;
  readonly sealedAt: Date;
}

/** What stands before the first seal. */
export const genesis = Buffer.alloc(32);

export function hashOfSeal(claim: SealClaim): Buffer {
  const { companyId, book, sealNo, rows, content, previous, sealedAt } = claim;
  const hashes = [content.toString('hex'), previous.toString('hex')];
  const text = ['seal/1', companyId, book, sealNo, rows, ...hashes, sealedAt.toISOString()];
  return createHash('sha256').update(JSON.stringify(text)).digest();
}

/** Over the hashes of the rows, in their places. */
export function hashOfRows(rowHashes: readonly Buffer[]): Buffer {
  return createHash('sha256').update(Buffer.concat(rowHashes)).digest();
}
